"""When a procedure is to begin, as plans say it: a month, a quarter or a year (art. 23 ust. 3 pkt 5 PZP)."""

from procurement.choices import OpeningPrecision

MONTHS = "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień".split()
QUARTERS = "I II III IV".split()


def opening_words(day, precision):
    """ "kwiecień 2027", "II kwartał 2027", "2027"; empty when nobody has said."""
    if day is None:
        return ""
    if precision == OpeningPrecision.MONTH:
        return f"{MONTHS[day.month - 1]} {day.year}"
    if precision == OpeningPrecision.QUARTER:
        return f"{QUARTERS[(day.month - 1) // 3]} kwartał {day.year}"
    return str(day.year)

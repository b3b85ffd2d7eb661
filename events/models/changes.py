from core.changes import ChangeNote


class CalendarChange(ChangeNote):
    """That something of the calendar has changed, places taken included."""

    class Meta:
        verbose_name = "zmiana kalendarza"
        verbose_name_plural = "zmiany kalendarza"

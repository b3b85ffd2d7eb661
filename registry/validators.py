"""Identifiers of Polish public registers, checked by python-stdnum where a check digit exists."""

import re

from django.core.exceptions import ValidationError
from stdnum.pl import nip as stdnum_nip
from stdnum.pl import regon as stdnum_regon


def validate_nip(value):
    if not stdnum_nip.is_valid(value):
        raise ValidationError("To nie jest poprawny NIP: nie zgadza się liczba cyfr lub cyfra kontrolna.", code="nip")


def validate_regon(value):
    if not stdnum_regon.is_valid(value):
        raise ValidationError(
            "To nie jest poprawny REGON: nie zgadza się liczba cyfr lub cyfra kontrolna.", code="regon"
        )


def validate_krs(value):
    """KRS has ten digits and no check digit."""
    if not re.fullmatch(r"[0-9]{10}", value):
        raise ValidationError("Numer KRS ma dziesięć cyfr, z zerami na początku.", code="krs")


def validate_ade(value):
    """Electronic delivery address: AE:PL-00000-00000-AAAAA-00."""
    if not re.fullmatch(r"AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}", value):
        raise ValidationError("Adres do e-Doręczeń ma postać AE:PL-00000-00000-AAAAA-00.", code="ade")

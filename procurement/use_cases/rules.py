"""When the law changes: one row ends and the next begins, in one step."""

from django.db import transaction

from core.exceptions import Refused


@transaction.atomic
def succeed(*, model, row_id, valid_from, changes):
    """End the dated row (a model of procurement.models.rules or OfferPeriod) on `valid_from` and open the next one.

    The next one is as the ended one but for `changes` {field: value}, is not checked unless these say so, and has no
    end. Returns it. Refused: a day that is not after the beginning of the row, or after its end, when nothing would be
    in force between the two. What was judged by the old row stays judged by it.
    """
    row = model.objects.select_for_update().filter(pk=row_id).first()
    if row is None:
        raise Refused("Tego wiersza już nie ma.")
    if valid_from <= row.valid_from:
        raise Refused(
            f"Następny wiersz musi się zacząć po {row.valid_from:%d.%m.%Y}, kiedy zaczął się ten.", field="valid_from"
        )
    if row.valid_until and valid_from > row.valid_until:
        raise Refused(
            f"Ten wiersz kończy się {row.valid_until:%d.%m.%Y}. Następny musi się zacząć najpóźniej tego dnia.",
            field="valid_from",
        )
    row.valid_until = valid_from
    row.save(update_fields=["valid_until"])
    copied = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return model.objects.create(
        **copied | {"is_checked": False} | changes | {"valid_from": valid_from, "valid_until": None}
    )

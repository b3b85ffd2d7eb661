"""How an inquiry stands, for the officer: who was asked, who answered, and what may be read now."""

from dataclasses import dataclass, field

from registry.models import Organisation


@dataclass(frozen=True)
class Asked:
    """One organisation that was asked; `replies` are empty as long as they are sealed, the last one counts."""

    addressee: object
    card: Organisation
    has_replied: bool
    replies: list = field(default_factory=list)

    @property
    def words(self):
        if self.has_replied:
            return "przyszła odpowiedź"
        if self.addressee.declined_at:
            return "nie weźmie udziału"
        return "nie odpowiedziano" if self.addressee.letters else "brak adresu: przekaż odsyłacz"


def standing(inquiry, *, now):
    """[Asked] in the order of the list. Four queries."""
    addressees = list(inquiry.addressees.prefetch_related("replies"))
    cards = Organisation.objects.with_party().in_bulk([one.organisation_id for one in addressees])
    open_now = inquiry.shows_replies(now)
    return [
        Asked(
            addressee=one,
            card=cards[one.organisation_id],
            has_replied=bool(one.replies.all()),
            replies=list(reversed(one.replies.all())) if open_now else [],
        )
        for one in addressees
    ]

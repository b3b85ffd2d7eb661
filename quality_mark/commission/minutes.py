"""The minutes of a sitting (protokół) as a PDF, by the words of the rules of its first case."""

from django.utils import timezone

from core import pdf
from core.templatetags.portal import date_words, moment_words
from quality_mark.choices import DocumentKind
from quality_mark.letters_of_judging import title_of
from quality_mark.voting import OPINIONS, Choice, Result
from quality_mark.wording import fill, paragraphs, template_of


def items_of(sitting):
    """Items with all that is said of them. A fixed number of queries."""
    return list(
        sitting.items.select_related(
            "application__rulebook",
            "mark",
            "application__offer__organisation__institution",
            "application__offer__organisation__unit",
        ).prefetch_related("votes__ballots__voter__person", "votes__ballots__seat__person", "recusals__member__person")
    )


def minutes_pdf(sitting, *, signed_by="", signed_at=None):
    """Bytes of the minutes as things stand. Of a secret vote they tell who has voted and the sums."""
    items = items_of(sitting)
    template = template_of(items[0].application.rulebook, DocumentKind.MINUTES)
    presences = sitting.presences.select_related("member__person", "seat__person")
    present = [_present(one) for one in presences] or _voters(items)
    facts = {
        "date": moment_words(sitting.starts_at),
        "place": sitting.place or sitting.link or "głosowanie zdalne",
        "present": ", ".join(present) or "nikt",
    }
    signed = f"Podpisano w portalu: {signed_by}, {moment_words(signed_at)}." if signed_at else "Projekt, niepodpisany."
    data = {
        "title": fill(template.title, facts),
        "foot": f"{sitting.term}, {date_words(timezone.localdate(sitting.starts_at))}",
        "paragraphs": paragraphs(template.body, facts),
        "items": [_item(one) for one in items],
        "recommended": _named(items, Result.YES),
        "refused": _named(items, Result.NO),
        "opinions": _opinions(items),
        "signed": signed,
    }
    return pdf.document("quality_mark/minutes.typ", data, standards=pdf.ARCHIVE)


def result_words(vote, item):
    """What a vote says in words; of a mark it is an opinion."""
    words = vote.get_result_display()
    return OPINIONS.get(vote.result, words) if item.mark_id else words


def _present(presence):
    stands_for = "" if presence.member_id == presence.seat_id else f" (zastępuje: {presence.seat})"
    chairs = " – przewodniczy" if presence.member.is_chair else ""
    return f"{presence.member}{chairs}{stands_for}"


def _voters(items):
    """From afar those are present who vote."""
    ballots = [ballot for one in items for vote in one.votes.all() for ballot in vote.ballots.all()]
    return sorted({ballot.voter_id: str(ballot.voter) for ballot in ballots}.values())


def _item(item):
    application = item.application
    return {
        "title": f"{item.position}. {title_of(item)}",
        "organisation": str(application.offer.organisation),
        "recused": [f"{one.member}: {one.reason}" for one in item.recusals.all()],
        "votes": [_vote(one, item) for one in item.votes.all()],
    }


def _vote(vote, item):
    kind = "tajne" if vote.is_secret else "jawne"
    return {
        "head": f"Głosowanie {vote.number} ({kind})",
        "sums": f"za {vote.votes_for}, przeciw {vote.votes_against}, wstrzymało się {vote.votes_abstain}; "
        f"obecni {vote.present} z {vote.seats}",
        "result": result_words(vote, item),
        "names": _names(vote),
    }


def _names(vote):
    ballots = list(vote.ballots.all())
    if vote.is_secret:
        return ["Głosowali: " + ", ".join(sorted(str(one.voter) for one in ballots))] if ballots else []
    by_choice = [(choice, [str(one.voter) for one in ballots if one.choice == choice]) for choice in Choice]
    return [f"{choice.label}: {', '.join(names)}" for choice, names in by_choice if names]


def _opinions(items):
    """What the commission says of marks that may be taken away."""
    return [
        f"{title_of(one)}: {OPINIONS[votes[-1].result]}"
        for one in items
        if one.mark and (votes := list(one.votes.all())) and votes[-1].result in OPINIONS
    ]


def _named(items, result):
    return [
        f"{one.application.number}: {one.application.offer.organisation}, {one.application.offer.name}"
        for one in items
        if one.mark is None and (votes := list(one.votes.all())) and votes[-1].result == result
    ]

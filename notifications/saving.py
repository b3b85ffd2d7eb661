"""What a person says about a saved search: that it is wanted, how often, by which name, and that it is enough.

Nobody learns from an answer whether an address is known: whoever asks for one gets the same page, whatever is so.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from core import locks
from core.commit_order import horizon
from core.exceptions import Refused
from notifications import outbox
from notifications.choices import AlertFrequency, SearchState
from notifications.models import SavedSearch
from notifications.search_letters import CONFIRMATION, confirmation

FULL = "Obserwujesz już najwięcej wyszukiwań, ile można: {}. Zakończ któreś z nich."


@transaction.atomic
def save_for_account(*, user, search, query, title, frequency, now):
    """An account's search, active at once; one that was there already gets the frequency. Returns the SavedSearch."""
    _lock_owner(user)
    row = SavedSearch.objects.select_for_update().filter(user=user, search=search, query=query).first()
    if row is None or row.state == SearchState.ENDED:
        _check_number(SavedSearch.objects.of(user))
    if row is None:
        row = SavedSearch(user=user, search=search, query=query, created_at=now)
    row.title, row.frequency = title, frequency
    if row.state != SearchState.ACTIVE:
        _begin(row, now)
    row.save()
    return row


@transaction.atomic
def ask_for_address(*, email, search, query, title, frequency, now):
    """Keep that somebody wants a search at this address, and send it a link to say so. Returns nothing to be told.

    Nothing is sent when the address has too many already, or has got this link today.
    """
    # Addresses have no row of their own: two requests for one address take turns by its number.
    _lock_address(email)
    mine = SavedSearch.objects.of_address(email)
    row = mine.select_for_update().filter(search=search, query=query).first()
    if row is None or row.state == SearchState.ENDED:
        waiting = mine.filter(state=SearchState.WAITING).count()
        kept = mine.exclude(state=SearchState.ENDED).count()
        if waiting >= settings.SEARCHES_WAITING_PER_ADDRESS or kept >= settings.SEARCHES_PER_PERSON:
            return
    if row is None:
        row = SavedSearch(email=email, search=search, query=query, created_at=now)
    if row.state != SearchState.ACTIVE:
        row.title, row.frequency, row.state = title, frequency, SearchState.WAITING
        row.created_at, row.confirmed_at, row.ended_at = now, None, None
        row.save()
    outbox.enqueue(
        to=email,
        template=CONFIRMATION,
        context=confirmation(row),
        dedupe_key=f"search-confirmation:{row.pk}:{row.link_key}:{now:%Y-%m-%d}",
        now=now,
    )


@transaction.atomic
def confirm(*, pk, now):
    """The address says yes. Safe to repeat; what was ended begins again. Refused when it is gone."""
    row = _locked(pk)
    if row.state != SearchState.ACTIVE:
        if row.state == SearchState.ENDED:
            _check_number(_of_owner(row).exclude(state=SearchState.ENDED))
        _begin(row, now)
        row.save()
    return row


@transaction.atomic
def change(*, pk, now, frequency=None, title=None):
    """Another frequency, another name, or both. After a time without letters they tell of what comes from now on."""
    row = _locked(pk)
    if frequency and frequency != row.frequency:
        if row.frequency == AlertFrequency.NONE:
            row.seen_until, row.looked_at = horizon(), now
        row.frequency = frequency
    if title:
        row.title = title
    row.save()
    return row


@transaction.atomic
def end(*, pk, now):
    """No more of this search. Safe to repeat."""
    row = _locked(pk)
    if row.state != SearchState.ENDED:
        row.state, row.ended_at = SearchState.ENDED, now
        row.save()
    return row


@transaction.atomic
def take_over(*, user, address):
    """What a confirmed address of this account had asked for without one becomes the account's, marks and all."""
    _lock_owner(user)
    own = set(SavedSearch.objects.filter(user=user).values_list("search", "query"))
    for row in SavedSearch.objects.of_address(address).active().select_for_update():
        if (row.search, row.query) not in own:
            row.user, row.email = user, ""
            row.save(update_fields=["user", "email"])
    SavedSearch.objects.of_address(address).delete()


def _begin(row, now):
    row.state, row.confirmed_at, row.ended_at = SearchState.ACTIVE, now, None
    # Told is what becomes visible from now on, also of a transaction that is still running.
    row.seen_until, row.looked_at = horizon(), now
    row.broken_since, row.broken_reason = None, ""


def _locked(pk):
    row = SavedSearch.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise Refused("Tego wyszukiwania już nie ma.")
    return row


def _of_owner(row):
    objects = SavedSearch.objects
    return objects.filter(user=row.user_id) if row.user_id else objects.of_address(row.email)


def _check_number(rows):
    if rows.count() >= settings.SEARCHES_PER_PERSON:
        raise Refused(FULL.format(settings.SEARCHES_PER_PERSON))


def _lock_owner(user):
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)


def _lock_address(email):
    """Until the transaction ends."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(lower(%s)))", [locks.ADDRESS, email])

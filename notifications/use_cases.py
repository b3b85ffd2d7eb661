"""What a person says about letters."""

from django.db import transaction

from notifications.choices import AlertFrequency, Frequency, SearchState
from notifications.letters import DIGEST
from notifications.models import OutgoingEmail, Preference, QuietHours, SavedSearch
from notifications.search_letters import ALERT


@transaction.atomic
def choose_letters(*, user_id, frequencies, quiet_hours):
    """Keep how often each kind may come, `{template: frequency}`, and the quiet hours, `(starts, ends)` or None.

    What waits of a kind that is refused is thrown away; what waits for a digest stays for it.
    """
    for template, frequency in frequencies.items():
        _keep(template, frequency, user_id=user_id)
    if quiet_hours:
        starts, ends = quiet_hours
        QuietHours.objects.update_or_create(user_id=user_id, defaults={"starts": starts, "ends": ends})
    else:
        QuietHours.objects.filter(user=user_id).delete()


@transaction.atomic
def unsubscribe(*, email_id, now):
    """Say no to the kind of this letter for whom it went to; to a digest: to all that this person has in it.

    To what is new in saved searches: to all of them, and whoever saves another one later hears of that.
    """
    email = OutgoingEmail.objects.get(pk=email_id)
    if email.template == ALERT:
        end_letters(user_id=email.user_id, address=email.to, now=now)
        return
    if email.template != DIGEST:
        _keep(email.template, Frequency.NEVER, user_id=email.user_id, address=email.to)
        return
    frequency = email.items.values_list("frequency", flat=True).first()
    chosen = Preference.objects.filter(user=email.user_id, user__isnull=False, frequency=frequency)
    for template in list(chosen.values_list("template", flat=True)):
        _keep(template, Frequency.NEVER, user_id=email.user_id)


@transaction.atomic
def end_letters(*, user_id, address, now):
    """No more letters of any search of this person: what an address asked for ends, an account keeps its feeds."""
    if user_id:
        SavedSearch.objects.filter(user=user_id).update(frequency=AlertFrequency.NONE)
    else:
        mine = SavedSearch.objects.of_address(address).exclude(state=SearchState.ENDED)
        mine.update(state=SearchState.ENDED, ended_at=now)


def _keep(template, frequency, *, user_id, address=""):
    owner = {"user_id": user_id, "address": "" if user_id else address.lower()}
    Preference.objects.update_or_create(**owner, template=template, defaults={"frequency": frequency})
    if frequency == Frequency.NEVER:
        of_owner = {"user": user_id} if user_id else {"user": None, "to__iexact": address}
        unsent = OutgoingEmail.objects.filter(sent_at=None, failed_at=None, digest=None, template=template, **of_owner)
        # One that is being sent at this moment goes.
        free = unsent.select_for_update(skip_locked=True).values_list("pk", flat=True)
        OutgoingEmail.objects.filter(pk__in=list(free)).delete()

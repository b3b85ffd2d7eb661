"""Every read of the calendar, of enrolment and of sign-ups. Each method returns a queryset."""

from datetime import timedelta

from django.db import models
from django.db.models import Case, DurationField, ExpressionWrapper, F, FilteredRelation, Q, Value, When
from django.db.models.functions import Greatest, Least, Lower

from events.choices import EnrolmentState, EventState, PresenceKind, PresenceSource, RegistrationState

# So much of a day may be missing before it counts as missing: finding a seat, a lost connection.
UNNOTICED = timedelta(minutes=15)


def is_ahead(now):
    return Q(state__in=[*EventState.coming(), EventState.CANCELLED], ends_at__gt=now)


class EditionQuerySet(models.QuerySet):
    def taking_enrolments(self, day):
        return self.filter(
            Q(enrolment_until__gte=day) | Q(enrolment_until=None, ends_on__gte=day), starts_on__lte=day, closed_at=None
        )


class VersionQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Announced and in force, the newest first."""
        return self.filter(published_at__isnull=False, valid_from__lte=day).order_by("-version")


class EnrolmentQuerySet(models.QuerySet):
    def living(self):
        return self.filter(state__in=EnrolmentState.living())

    def to_check(self):
        """The coordinators' queue: the longest waiting first."""
        return self.filter(state=EnrolmentState.SUBMITTED).order_by("submitted_at", "pk")


class DelegationQuerySet(models.QuerySet):
    def on(self, day):
        """People on the list on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


class EventQuerySet(models.QuerySet):
    def public(self):
        # In the words of the index events_event_public, which then tells by itself.
        return self.exclude(state=EventState.DRAFT)

    def coming(self, now):
        """Going to take place, or taking place now; the nearest first."""
        return self.filter(state__in=EventState.coming(), ends_at__gt=now).order_by("starts_at", "pk")

    def ahead(self, now):
        """Not over yet, the cancelled ones among them: people look for what they have heard of."""
        return self.filter(is_ahead(now))

    def between(self, start, end):
        """Any part of it lies in [start, end)."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def page(self, start, stop):
        """Keys of the rows of one page, in the order of time. Found first and sorted then: left alone, PostgreSQL
        walks all years from the first one on until it meets the few that are to come."""
        when = ExpressionWrapper(F("starts_at") + Value(timedelta(0)), output_field=models.DateTimeField())
        return list(self.order_by(when, "pk").values_list("pk", flat=True)[start:stop])

    def for_lists(self):
        """What a line of a list shows, without the long texts."""
        return self.defer("description", "ics", "search", "getting_in").prefetch_related("days")


class DayQuerySet(models.QuerySet):
    def public(self):
        return self.exclude(event__state=EventState.DRAFT)

    def attended(self):
        """Somebody was noted there, or the signed list is attached: the hours of such a day are evidence."""
        return self.filter(Q(presences__isnull=False) | Q(scans__isnull=False)).distinct()

    def between(self, start, end):
        """Any part of it lies in [start, end), in the order of a schedule."""
        return self.filter(starts_at__lt=end, ends_at__gt=start).order_by("starts_at", "pk")


class RegistrationQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state__in=RegistrationState.active())

    def seated(self):
        return self.filter(state__in=RegistrationState.seated())

    def in_reserve(self):
        """In the order of arrival."""
        return self.filter(state=RegistrationState.RESERVE).order_by("pk")

    def overdue(self, now):
        """Places whose time to confirm or to send documents is over.

        Once the event has begun nobody else could use the place of somebody without papers: whether they came is for
        coordinators to say.
        """
        begun = Q(state=RegistrationState.AWAITING_DOCUMENTS, event__starts_at__lte=now)
        return self.filter(~begun, state__in=RegistrationState.waiting(), hold_until__lte=now)

    def concerned_since(self, moment):
        """Those who had a place or a turn at that moment, or have got one since."""
        return self.filter(Q(state__in=RegistrationState.active()) | Q(ended_at__gte=moment))

    def of_account(self, user, addresses):
        """One's own: as a participant with an account, or by one of `addresses` (in small letters)."""
        small = self.alias(address=Lower("email"))
        return small.filter(Q(participant__user=user) | Q(address__in=addresses))

    def of_institutions(self, ids):
        return self.filter(enrolment__institution__in=ids)

    def with_presence(self, day):
        """Every row once, with what is marked of a day: `presence` (kind or None), `arrived`, `left`, `marked`."""
        return self.annotate(of_day=FilteredRelation("presences", condition=Q(presences__day=day))).annotate(
            presence=F("of_day__kind"),
            arrived=F("of_day__arrived_at"),
            left=F("of_day__left_at"),
            marked=F("of_day__marked_at"),
        )


class PresenceQuerySet(models.QuerySet):
    def lasting(self):
        """With `lasted`: how long the person was there, of days with hours alone.

        A certificate and a figure may say no more than the evidence beside them. So who came later or left early was
        there from or until the hour noted then, and who is known from the file of a meeting for the minutes of that
        file. A signature without an hour, and all but UNNOTICED of a day, are the whole day.
        """
        length = _duration(F("day__ends_at") - F("day__starts_at"))
        came = Q(kind__in=PresenceKind.came_late(), arrived_at__isnull=False)
        went = Q(kind__in=PresenceKind.went_early(), left_at__isnull=False)
        begins = Case(When(came, then=Greatest("arrived_at", "day__starts_at")), default="day__starts_at")
        ends = Case(When(went, then=Least("left_at", "day__ends_at")), default="day__ends_at")
        noted = Greatest(_duration(ends - begins), Value(timedelta(0)))
        connected = Least(noted, _duration(F("minutes") * Value(timedelta(minutes=1))))
        by_file = Q(source=PresenceSource.MEETING, minutes__isnull=False)
        rows = self.filter(day__is_all_day=False).alias(length=length)
        rows = rows.alias(known=Case(When(by_file, then=connected), default=noted))
        whole = Q(known__gte=_duration(F("length") - Value(UNNOTICED)))
        return rows.annotate(lasted=Case(When(whole, then=F("length")), default=F("known")))


def _duration(expression):
    return ExpressionWrapper(expression, output_field=DurationField())


class CertificateQuerySet(models.QuerySet):
    def of_present(self, event):
        """Of those who count as having been there, in the order of numbers."""
        return self.filter(registration__event=event, registration__state=RegistrationState.PRESENT).order_by("pk")

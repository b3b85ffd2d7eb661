from events.models.changes import CalendarChange
from events.models.editions import Edition, EditionLogo, EditionText, FormQuestion, FormVersion
from events.models.enrolments import Delegation, Enrolment, EnrolmentUpdate, FieldRemark, Paper, Signatory
from events.models.event_parts import AgendaItem, EventDay, EventPhoto, EventQuestion, EventStep, Material, Speaker
from events.models.events import Event, Series
from events.models.participants import Participant, ParticipantConsent
from events.models.registrations import (
    AttendanceScan,
    Certificate,
    CertificateCounter,
    EventMessage,
    Presence,
    Registration,
    RegistrationStep,
)

__all__ = [
    "AgendaItem",
    "AttendanceScan",
    "CalendarChange",
    "Certificate",
    "CertificateCounter",
    "Delegation",
    "Edition",
    "EditionLogo",
    "EditionText",
    "Enrolment",
    "EnrolmentUpdate",
    "Event",
    "EventDay",
    "EventMessage",
    "EventPhoto",
    "EventQuestion",
    "EventStep",
    "FieldRemark",
    "FormQuestion",
    "FormVersion",
    "Material",
    "Paper",
    "Participant",
    "ParticipantConsent",
    "Presence",
    "Registration",
    "RegistrationStep",
    "Series",
    "Signatory",
    "Speaker",
]

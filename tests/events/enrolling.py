"""An institution's way through its form, as a person takes it: pages opened, fields filled in, buttons pressed."""

import io

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.choices import Role
from core import links
from events.letters.enrolment import ENROLMENT, PARTICIPANT
from events.models import FormQuestion
from notifications.models import OutgoingEmail
from tests.accounts.factories import account
from tests.events.factories import DelegationFactory, EditionFactory, EnrolmentFactory, ParticipantFactory

PDF_SCAN = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
STEPS = {
    "instytucja": {
        "name": "Fundacja Zielony Próg",
        "category": "pes",
        "legal_form": "fundacja",
        "regon": "",
        "krs": "",
        "other_register": "",
    },
    "adres": {
        "street": "ul. Drukarska",
        "house_number": "37",
        "flat_number": "",
        "postal_code": "53-311",
        "post_office": "",
        "town": "Wrocław",
        "municipality": "0264011",
        "correspondence_address": "",
        "phone": "71 770 40 50",
        "email": "biuro@example.pl",
        "www": "",
    },
    "kontakt": {"contact_name": "Jan Przykładowy", "contact_phone": "601 202 303", "contact_email": "jan@example.pl"},
}
ANSWERS = {"pytanie-prawda": "on", "pytanie-zasieg": "gmina"}


def edition(**given):
    """An edition with every text, both forms, and a declaration and a question in the institution's form."""
    one = EditionFactory(texts=True, **given)
    form = one.forms.get(kind="instytucja")
    FormQuestion.objects.create(
        form=form, code="prawda", label="Dane są prawdziwe.", answer="declaration", is_required=True, position=2
    )
    FormQuestion.objects.create(
        form=form, code="zasieg", label="Gdzie działacie?", answer="choice", choices=["gmina", "powiat"], position=1,
        is_required=True,
    )  # fmt: skip
    return one


def address(enrolment, name="enrolment", *more):
    return reverse(f"events:{name}", args=[links.token(ENROLMENT, enrolment), *more])


def own_address(participant, name="participation", *more):
    return reverse(f"events:{name}", args=[links.token(PARTICIPANT, participant), *more])


def ticked(page, *kinds):
    """What a person's own page sends of itself: its version of the questions, and boxes of these texts, or of all."""
    boxes = page.context["consents"].fields.items()
    sent = {f"zgoda-{name}": field.widget.version for name, field in boxes if not kinds or name in kinds}
    return {"form": page.context["form_mark"]} | sent


def hidden(page):
    """What a page of a step sends of itself."""
    return {name: page.context[name] for name in ("shown", "versions") if name in page.context}


def fill(client, enrolment, step, **changed):
    """Open a step and send it; returns the answer."""
    page = client.get(address(enrolment, "enrolment_step", step))
    given = ANSWERS if step == "pytania" else STEPS[step]
    return client.post(page.request["PATH_INFO"], given | changed | hidden(page))


def complete(client, enrolment):
    """All steps filled in, one signatory and one person."""
    for step in [*STEPS, "pytania"]:
        assert fill(client, enrolment, step).status_code == 302, step
    client.post(
        address(enrolment, "enrolment_signatories"), {"name": "Maria Przykładowa", "function": "prezeska zarządu"}
    )
    client.post(address(enrolment, "enrolment_people"), person())
    enrolment.refresh_from_db()


def person(**changed):
    given = {"first_name": "Ola", "last_name": "Kowalska", "role": "pracownik", "job_title": "", "phone": ""}
    return given | {"email": "ola@example.pl"} | changed


def draft(one=None, **given):
    return EnrolmentFactory(edition=one or edition(), **given)


def to_sign(client, one=None, **given):
    enrolment = draft(one, **given)
    complete(client, enrolment)
    assert client.post(address(enrolment, "enrolment_summary")).status_code == 302
    enrolment.refresh_from_db()
    return enrolment


def submitted(client, one=None, **given):
    enrolment = to_sign(client, one, **given)
    assert client.post(address(enrolment, "enrolment_state"), {"files": [scan()]}).status_code == 302
    enrolment.refresh_from_db()
    return enrolment


def accepted(edition_=None, *, people=(), **given):
    """An accepted form with people who have declared or not: names of the fields of ParticipantFactory."""
    enrolment = EnrolmentFactory(edition=edition_ or edition(), accepted=True, **given)
    for one in people or [{}]:
        DelegationFactory(enrolment=enrolment, participant=ParticipantFactory(edition=enrolment.edition, **one))
    return enrolment


def letters(template=None):
    rows = OutgoingEmail.objects.order_by("pk")
    return list(rows.filter(template=f"events/email/{template}") if template else rows)


def signed_in(client, user):
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return client


def coordinator(user=None):
    return signed_in(Client(), user or account(Role.COORDINATOR))


def opened(client, enrolment):
    """The page of a coordinator who has said that they look into the form."""
    client.post(f"/panel/zgloszenia/{enrolment.pk}/otworz/")
    return client.get(f"/panel/zgloszenia/{enrolment.pk}/")


def scan(name="skan.pdf", content=PDF_SCAN):
    return SimpleUploadedFile(name, content)


def photo(name="strona.jpg", size=(3000, 4000), kind="JPEG"):
    drawn = io.BytesIO()
    Image.new("RGB", size, "white").save(drawn, kind)
    return SimpleUploadedFile(name, drawn.getvalue())

"""A person's declaration by their own link, as tests send it."""

from events.models import FormQuestion
from tests.events.enrolling import accepted, edition, own_address, ticked

# 14 May 1944, a man.
HIS = "44051401458"
FIELDS = ["pesel", "data_urodzenia", "plec", "wyksztalcenie", "rynek_pracy", "adres", "telefon"]
GIVEN = {
    "first_name": "Ola",
    "last_name": "Kowalska",
    "email": "ola@example.pl",
    "phone": "601 202 303",
    "pesel": HIS,
    "birth_date": "",
    "sex": "",
    "education": "isced-5-8",
    "labour_status": "pracujaca",
    "street_line": "ul. Tajemna 7",
    "postal_code": "53-311",
    "town": "Wrocław",
    "municipality": "0264011",
    "special_needs": "POTRZEBY-WÓZEK",
    "diet": "DIETA-BEZ-GLUTENU",
    "pytanie-zdrowie": "SEKRET-ZDROWIE",
}
READ = ("regulamin", "informacja")


def asking(fields=FIELDS, **given):
    one = edition(person_fields=fields, **given)
    form = one.forms.get(kind="osoba")
    FormQuestion.objects.create(
        form=form, code="zdrowie", label="Niepełnosprawność?", answer="text", is_sensitive=True
    )
    return one


def delegated(one=None, **given):
    enrolment = accepted(one or asking(), people=[{"first_name": "Ola", "last_name": "Kowalska"} | given])
    return enrolment.delegations.get().participant


def declare(client, participant, *also, **changed):
    """What must be read is ticked, and `also` these consents."""
    page = client.get(own_address(participant))
    return client.post(own_address(participant), GIVEN | ticked(page, *READ, *also) | changed)

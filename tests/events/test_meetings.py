"""Files of the usual meeting programs, and those that only say that they are."""

import pytest

from events.day.meetings import MAX_BYTES, Expected, Person, Unreadable, match, read

TEAMS = """1. Summary
Meeting title\tSpotkanie sieciujące
Attended participants\t3
Start time\t12/3/26, 9:00:00 AM
End time\t12/3/26, 2:00:00 PM
Meeting duration\t5h 0m 0s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Ewa Żółć\t12/3/26, 8:58:01 AM\t12/3/26, 1:58:01 PM\t4h 30m 12s\tewa@example.pl\tewa@example.pl\tPresenter
Jan Przykładowy (Gość)\t12/3/26, 9:10:00 AM\t12/3/26, 9:20:30 AM\t10m 30s\t\t\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Ewa Żółć\t12/3/26, 8:58:01 AM\t12/3/26, 9:58:01 AM\t1h 0m 0s\tewa@example.pl\tPresenter
"""
TEAMS_PL = """1. Podsumowanie
Tytuł spotkania\tSpotkanie
Uczestnicy\t1

2. Uczestnicy
Nazwa\tPierwsze dołączenie\tOstatnie opuszczenie\tCzas trwania spotkania\tAdres e-mail\tRola
Ewa Żółć\t03.12.2026, 09:00:00\t03.12.2026, 10:02:03\t1 godz. 2 min 3 s\tewa@example.pl\tOsoba prowadząca
"""
TEAMS_OLD = """Full Name\tUser Action\tTimestamp
Ewa\tJoined\t12/3/2026
"""
ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
851,Spotkanie,12/03/2026 09:00:00 AM,12/03/2026 02:00:00 PM,biuro@example.pl,300,2

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room
Ewa Żółć,ewa@example.pl,12/03/2026 09:00:00 AM,12/03/2026 10:00:00 AM,60,No,No
Ewa Żółć,ewa@example.pl,12/03/2026 09:30:00 AM,12/03/2026 10:30:00 AM,60,No,No
Ewa Żółć,ewa@example.pl,12/03/2026 12:00:00 PM,12/03/2026 12:15:00 PM,15,No,No
iPhone (Ola),,12/03/2026 09:00:00 AM,12/03/2026 09:05:00 AM,5,Yes,No
Ktoś,,12/03/2026 08:00:00 AM,12/03/2026 08:59:00 AM,59,Yes,Yes
"""
MEET = """First name,Last name,Email,Duration,Time joined,Time exited
Ewa,Żółć,ewa@example.pl,1 hr 5 min,9:00 AM,10:05 AM
Jan,Nocny,,30 min,11:50 PM,12:20 AM
"""
MEET_PL = (
    "Imię;Nazwisko;Adres e-mail;Czas trwania;Godzina dołączenia;Godzina opuszczenia\nEwa;Żółć;;45 min;9:00;9:45\n"
)
EWA = "Ewa Żółć"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_a_report_of_teams_in_any_of_its_encodings(encoding):
    assert read(TEAMS.encode(encoding)) == [
        Person(EWA, "ewa@example.pl", 270, 1),
        Person("Jan Przykładowy (Gość)", "", 10, 1),
    ]


def test_a_polish_report_of_teams():
    assert read(TEAMS_PL.encode("utf-16")) == [Person(EWA, "ewa@example.pl", 62, 1)]


def test_zoom_counts_two_devices_at_one_time_once_and_nobody_of_the_waiting_room():
    assert read(ZOOM.encode()) == [Person(EWA, "ewa@example.pl", 105, 3), Person("iPhone (Ola)", "", 5, 1)]


def test_meet_has_names_in_two_columns_and_may_go_on_over_midnight():
    assert read(MEET.encode()) == [Person(EWA, "ewa@example.pl", 65, 1), Person("Jan Nocny", "", 30, 1)]
    assert read(MEET_PL.encode("cp1250")) == [Person(EWA, "", 45, 1)]


def test_any_table_with_name_joining_and_leaving():
    text = "Imię i nazwisko;E-mail;Wejście;Wyjście\nEwa Żółć;ewa@example.pl;03.12.2026 09:00;03.12.2026 09:45\n"
    assert read(text.encode()) == [Person(EWA, "ewa@example.pl", 45, 1)]


def test_a_line_without_hours_has_no_minutes_rather_than_invented_ones():
    assert read("Name,Join time,Leave time\nEwa Żółć,jutro,\n".encode()) == [Person(EWA, "", None, 1)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "pusty"),
        (b" \r\n\t", "pusty"),
        (b"%PDF-1.7\n1 0 obj", "nie jest plik CSV"),
        (bytes(range(256)) * 4, "nie jest plik CSV"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "nie jest plik CSV"),
        (b"\xff\xfe\x00", "nie jest plik CSV"),
        (b"a,b,c\n1,2,3\n", "nie ma tabeli uczestnik"),
        (TEAMS_OLD.encode(), "nie ma tabeli uczestnik"),
        (b"Name,Duration\n", "ani jednej osoby"),
        (b"Name,Duration\n" + b"x" * 10_000_000, "za du"),
        (b"Name,Duration\n" + b"a,1\n" * 5_001, "za du"),
        (b'Name,Duration\n"' + b"x" * 200_000, "nie jest plik CSV"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(content, words):
    with pytest.raises(Unreadable, match=words):
        read(content)


def test_the_limit_is_the_one_that_is_said():
    assert MAX_BYTES == 2 * 1024 * 1024


LIST = [
    Expected(1, "Ewa Żółć", "ewa@example.pl"),
    Expected(2, "Jan Przykładowy", "jan@example.pl"),
    Expected(3, "Jan Przykładowy", ""),
    Expected(4, "Ola Wspólna", "biuro@example.pl"),
    Expected(5, "Iga Wspólna", "biuro@example.pl"),
    Expected(6, "Anna Kowalska", "anna@example.pl"),
]


def found(*people):
    people = [Person(name, email, 60, 1) for name, email in people]
    return [(one.kind, sorted(candidate.pk for candidate in one.candidates)) for one in match(people, LIST)]


@pytest.mark.parametrize(
    ("name", "email", "kind", "candidates"),
    [
        ("cokolwiek żółć", "EWA@example.pl", "matched", [1]),
        ("iPhone", "ewa@example.pl", "matched", [1]),
        ("ZOLC ewa", "", "matched", [1]),
        ("Żółć, Ewa", "inny@example.pl", "matched", [1]),
        ("Jan Przykładowy", "", "doubtful", [2, 3]),
        ("Iga Wspólna", "biuro@example.pl", "matched", [5]),
        ("Biuro", "biuro@example.pl", "doubtful", [4, 5]),
        ("Piotr Inny", "anna@example.pl", "doubtful", [6]),
        ("Anna Kowalska (Fundacja Próg)", "", "doubtful", [6]),
        ("Kowalska", "", "doubtful", [6]),
        ("iPhone (Anna)", "", "doubtful", [6]),
        ("Nieznany Gość", "", "unknown", []),
        ("iPhone", "", "unknown", []),
        ("", "", "unknown", []),
    ],
)
def test_who_is_who(name, email, kind, candidates):
    assert found((name, email)) == [(kind, candidates)]


def test_one_person_with_and_without_an_address_is_one():
    assert found(("Ewa Żółć", "ewa@example.pl"), ("Ewa Zolc", "")) == [("matched", [1]), ("matched", [1])]


def test_two_people_of_the_file_who_would_be_one_are_both_left_to_a_person():
    assert found(("Ewa Żółć", "inna@example.pl"), ("Żółć Ewa Maria", "ewa@example.pl")) == [
        ("doubtful", [1]),
        ("doubtful", [1]),
    ]

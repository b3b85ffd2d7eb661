"""Components get their inputs and nothing else; these tests hold what pages rely on."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.http import paginate
from core.showcase import SampleForm

COUNTED = [{"value": str(number), "label": f"powiat {number}", "count": number} for number in range(12)]


def pairs(pattern, html):
    return re.findall(pattern, html)


def test_a_faulty_field_keeps_its_value_and_says_what_is_wrong_beside_it():
    html = SampleForm({"email": "biuro@", "name": "Zielony Próg"})["email"].as_field_group()
    field = re.search(r"<input[^>]*>", html)[0]
    assert 'value="biuro@"' in field
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_email_error"' in field
    assert '<ul class="errors" id="id_email_error"><li>Wprowadź poprawny adres email.</li></ul>' in html


def test_hint_and_error_are_both_tied_to_the_field():
    html = SampleForm({"name": ""})["name"].as_field_group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    html = SampleForm()["reach"].as_field_group()
    assert (
        re.sub(r"\s+", " ", html)
        .strip()
        .startswith('<fieldset class="field options"> <legend>Obszar działania</legend>')
    )


def test_a_faulty_form_lists_its_faulty_fields_first():
    html = str(SampleForm({"name": "Zielony Próg", "email": "biuro@", "kind": "coop"}))
    links = pairs(r'<li><a href="#([\w-]+)">([^<]+)</a></li>', html)
    assert links == [
        ("id_email", "E-mail"),
        ("id_reach", "Obszar działania"),
        ("id_legal_person", "Osobowość prawna"),
        ("id_description", "Opis"),
        ("id_agreed", "Dane są prawdziwe"),
    ]
    assert [target for target, _ in links if f'id="{target}"' not in html] == []


def test_only_fields_one_may_leave_empty_are_marked():
    html = str(SampleForm())
    assert pairs(r"<label[^>]*>([^<]+) <span class=\"optional\">", html) == ["E-mail", "Zdjęcie"]


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [("1", "", "?powiat=0264&powiat=0211&page=2"), ("3", "?powiat=0264&powiat=0211&page=2", "")],
)
def test_the_pager_keeps_the_rest_of_the_address(asked, before, after):
    request = RequestFactory().get("/katalog/", {"powiat": ["0264", "0211"], "page": asked})
    page = paginate(request, range(60), 25)
    html = render_to_string("components/_pager.html", {"page": page}, request).replace("&amp;", "&")
    assert pairs(r'rel="prev" href="([^"]*)"', html) == ([before] if before else [])
    assert pairs(r'rel="next" href="([^"]*)"', html) == ([after] if after else [])
    assert f"Strona {asked} z 3" in html


def test_a_single_page_has_no_pager():
    request = RequestFactory().get("/katalog/")
    assert (
        render_to_string("components/_pager.html", {"page": paginate(request, range(25), 25)}, request).strip() == ""
    )


def test_a_filter_shows_ten_options_folds_the_rest_and_opens_on_an_error():
    group = {"name": "powiat", "label": "Powiat", "options": COUNTED, "error": "Nie znamy powiatu „99”."}
    html = render_to_string("components/_filter_panel.html", {"groups": [group], "chosen": 3})
    shown, folded = html.split("Pokaż pozostałe")
    assert (shown.count("<input"), folded.count("<input")) == (10, 2)
    assert '<details class="filter" id="filter-powiat" open>' in html
    assert '<fieldset aria-describedby="filter-powiat-error">' in html
    assert '<p class="errors" id="filter-powiat-error">Nie znamy powiatu „99”.</p>' in html
    assert '<span class="tally">3</span>' in html
    assert '<li class="none"><label><input type="checkbox" id="f-powiat-0"' in html


def test_an_option_may_carry_its_own_parameter():
    group = {
        "name": "status",
        "label": "Status",
        "options": [{"value": "1", "label": "PS", "name": "ps", "checked": True}],
    }
    html = render_to_string("components/_filter_panel.html", {"groups": [group], "chosen": 1})
    assert '<input type="checkbox" id="f-ps-1" name="ps" value="1" checked>' in html
    assert 'class="count"' not in html


def test_a_chip_says_what_following_it_does():
    chips = [{"label": "Wrocław", "url": "?q=kawa"}]
    html = render_to_string("components/_chips.html", {"chips": chips, "clear_url": "/katalog/"})
    assert pairs(r"<a ([^>]+)>([^<]+)</a>", html) == [
        ('href="?q=kawa" rel="nofollow" aria-label="Usuń filtr: Wrocław"', "Wrocław"),
        ('class="clear" href="/katalog/"', "wyczyść wszystko"),
    ]


def test_the_number_found_is_data_and_words():
    html = render_to_string("components/_result_bar.html", {"count": 33, "words": "33 podmioty"})
    assert '<data id="result-count" value="33" data-announce>33 podmioty</data>' in html


def test_a_table_stays_a_table_when_it_folds():
    table = {
        "columns": [{"label": "Przedmiot"}, {"label": "Wartość", "numeric": True}],
        "rows": [["Obiady", "1 000 zł"]],
    }
    html = render_to_string("components/_table.html", table)
    assert '<th role="rowheader" scope="row" data-label="Przedmiot">Obiady</th>' in html
    assert '<td role="cell" data-label="Wartość" class="numeric">1 000 zł</td>' in html


@pytest.mark.parametrize(
    ("kind", "role"), [("good", "status"), ("error", "alert"), ("bad", "alert"), (None, "status")]
)
def test_only_bad_news_interrupts(kind, role):
    html = render_to_string("components/_notice.html", {"kind": kind, "text": "Tekst"})
    assert f'role="{role}"' in html


def test_progress_of_unknown_length_has_no_value():
    known = render_to_string("components/_progress.html", {"label": "Import", "percent": 0})
    unknown = render_to_string("components/_progress.html", {"label": "Import", "percent": None})
    assert '<progress id="progress" max="100" value="0">' in known
    assert '<progress id="progress" max="100">' in unknown


def test_text_from_people_is_escaped_in_every_component():
    evil = "<script>alert(1)</script>"
    drawn = [
        render_to_string("components/_badge.html", {"text": evil}),
        render_to_string(
            "components/_row.html", {"url": "/", "title": evil, "meta": evil, "text": evil, "fresh": evil}
        ),
        render_to_string("components/_chips.html", {"chips": [{"label": evil, "url": "?"}], "clear_url": "/"}),
        render_to_string("components/_search_bar.html", {"label": evil, "value": f'"{evil}'}),
        render_to_string("components/_empty.html", {"title": evil, "text": evil}),
        render_to_string("components/_facts.html", {"facts": [(evil, evil)]}),
    ]
    assert [html for html in drawn if "<script" in html] == []


def test_steps_of_a_form_tell_where_one_is_and_what_lacks_something():
    steps = [
        {"url": "/a/", "label": "Adres", "current": False, "state": "good"},
        {"url": "/b/", "label": "Osoby", "current": True, "state": "warn"},
        {"url": "/c/", "label": "Podsumowanie", "current": False, "state": ""},
    ]
    given = {"label": "Kroki wniosku", "steps": steps, "number": 2, "count": 3, "step_label": "Osoby", "step": "osoby"}
    html = render_to_string("components/_steps.html", given)
    assert '<nav aria-label="Kroki wniosku">' in html
    assert "Krok 2 z 3: Osoby" in html
    assert pairs(r'href="(\S+)"( aria-current="step")?', html) == [
        ("/a/", ""), ("/b/", ' aria-current="step"'), ("/c/", ""),
    ]  # fmt: skip
    assert pairs(r'class="state (\w+)">([^<]+)', html) == [("good", "gotowe"), ("warn", "do uzupełnienia")]
    assert 'class="steps">' in html
    last = render_to_string("components/_steps.html", given | {"step": "podsumowanie", "warns": "uwagi"})
    assert 'class="steps" open>' in last
    assert ">uwagi<" in last


def test_what_somebody_else_has_saved_is_told_beside_what_is_typed():
    given = {"title": "Ktoś zapisał.", "changed": [("Cel", "<b>praca</b>\nnauka")]}
    html = render_to_string("components/_changed.html", given)
    assert 'role="alert"' in html
    assert "Cel: &lt;b&gt;praca&lt;/b&gt;<br>nauka" in html
    assert "Zapisane zostanie to, co jest w polach.</p>" in html

"""What the columns of a file with a plan are: which rows are headings, and one choice a column."""

from django import forms

from core.templatetags.portal import NBSP
from procurement.plan_sheets import headings

AUTO, SKIP = "auto", "pomin"
_LONGEST = 120


class RowsForm(forms.Form):
    """The heading row of each sheet; `layout` is that of a PlanImport, `rows` {number of a sheet: row}."""

    use_required_attribute = False

    def __init__(self, data=None, *, layout, rows):
        super().__init__(data)
        self.given = rows
        for number, sheet in enumerate(layout):
            found = [str(table["row"]) for table in sheet["tables"]]
            told = f"jak odczytał portal: wiersz {', '.join(found)}" if found else "portal nie znalazł tu nagłówków"
            choices = [(AUTO, told), *((str(row), _row_words(row, cells)) for row, cells in sheet["rows"])]
            if len(layout) > 1:
                choices.append((SKIP, "nie wczytuj tego arkusza"))
            self.fields[f"arkusz-{number}"] = forms.ChoiceField(
                label=f"Nagłówki w arkuszu „{sheet['name']}”" if sheet["name"] else "Wiersz z nagłówkami",
                choices=choices,
                initial=_choice(rows.get(number)),
                error_messages={"required": "Wybierz z listy.", "invalid_choice": "Wybierz wiersz z listy."},
            )

    @property
    def rows(self):
        """{number of a sheet: row, or 0 for one that is left out}; sheets read as the portal does are not named."""
        if not self.is_bound or not self.is_valid():
            return self.given
        chosen = {int(name.partition("-")[2]): value for name, value in self.cleaned_data.items()}
        return {number: 0 if row == SKIP else int(row) for number, row in chosen.items() if row != AUTO}

    @property
    def hidden(self):
        """(name, value) pairs by which the form of the columns says the same."""
        return [(f"arkusz-{number}", _choice(row)) for number, row in self.rows.items()]


def _choice(row):
    return AUTO if row is None else SKIP if row == 0 else str(row)


def _row_words(row, cells):
    words = " | ".join(dict.fromkeys(text for text in cells if text))
    return f"wiersz {row}: {words[:_LONGEST]}{'…' if len(words) > _LONGEST else ''}"


class ColumnsForm(forms.Form):
    """One select a column. `tables` are those of plan_sheets.layouts, `known` {key of a heading: field or ""}, of them
    `remembered` those that come from an earlier file."""

    use_required_attribute = False

    def __init__(self, data=None, *, tables, known, remembered):
        super().__init__(data)
        self.tables, self._names = tables, {}
        choices = [(SKIP, "nie wczytuj tej kolumny"), *headings.LABELS.items()]
        for table in tables:
            fields = headings.recognise(table.texts, known=known)
            sure = headings.recognise(table.texts, known=known, guess=False)
            for index, key in enumerate(table.keys):
                if key in self._names or not (table.texts[index] or table.examples_of(index)):
                    continue
                field = fields.get(index, headings.IGNORED)
                is_settled = key in known or field != headings.IGNORED
                name = self._names[key] = f"kolumna-{len(self._names)}"
                self.fields[name] = forms.ChoiceField(
                    label=table.texts[index] or f"kolumna {index + 1} bez nagłówka",
                    choices=choices,
                    initial=SKIP if field == headings.IGNORED else field,
                    help_text=self._help(table, index, _how(key in remembered, is_settled, index in sure)),
                    error_messages={"required": "Wybierz z listy.", "invalid_choice": "Wybierz z listy."},
                )

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        for table in self.tables:
            taken = {}
            for key in table.keys:
                name = self._names.get(key)
                field = cleaned.get(name, SKIP)
                if field == SKIP:
                    continue
                first = taken.setdefault(field, name)
                if first != name and name not in self.errors:
                    taken_by = f"„{headings.LABELS[field]}” to już kolumna „{self.fields[first].label}”"
                    self.add_error(name, f"{taken_by}. Wskaż to pole tylko w jednej kolumnie.")
            self._whole(table, taken)
        return cleaned

    def _whole(self, table, taken):
        where = f" w arkuszu „{table.sheet}”" if table.sheet else ""
        if "subject" not in taken:
            self.add_error(None, f"Wskaż kolumnę z przedmiotem zamówienia{where}; bez niej nie da się wczytać planu.")
        elif len(taken) < 2:
            self.add_error(None, f"Wskaż obok przedmiotu zamówienia jeszcze jedną kolumnę{where}.")

    def columns(self):
        """{key of a heading: field, or "" for a column that is not loaded}."""
        chosen = {key: self.cleaned_data[name] for key, name in self._names.items()}
        return {key: "" if field == SKIP else field for key, field in chosen.items()}

    def _help(self, table, index, how):
        shown = ", ".join(f"„{text}”" for text in table.examples_of(index))
        where = f"Arkusz „{table.sheet}”. " if table.sheet else ""
        return f"{where}{how}W{NBSP}pierwszych wierszach: {shown or 'nic'}."


def _how(is_remembered, is_settled, is_sure):
    if is_remembered:
        return "Zapamiętana z wcześniejszego pliku. "
    if not is_settled:
        return "Tej kolumny portal nie zna. "
    return "" if is_sure else "Odgadnięta, sprawdź. "

"""One case of the demo on its way: every step by the verb that a person would press, at the time it is given."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from core import pdf
from quality_mark.applying import steps
from quality_mark.applying.missing import gaps
from quality_mark.choices import ApplicationKind
from quality_mark.models import Application
from quality_mark.office.places import standing
from quality_mark.use_cases import (
    applying,
    assessing,
    assigning,
    calling,
    checking,
    deciding,
    overdue,
    papers,
    recommendations,
    renewing,
)

GOOD, FAIR, BAD = 5, 4, 2
REASON = "Przykład: tak wynika z wniosku, rekomendacji i wizyty."
DAY = timedelta(days=1)


class Way:
    """Of one application. Each verb returns the Way, so that a case reads as a line."""

    def __init__(self, people, offer, at, *, mark=None):
        self.people, self.offer, self.at = people, offer, at
        self.applicant, self.clerk = people.applicant(offer), people["koordynator"]
        by = {"actor": self.applicant, "now": at}
        draft = renewing.begin(mark_id=mark.pk, **by) if mark else applying.begin(offer_id=offer.pk, **by)
        self.pk, self.rulebook, self.kind = draft.pk, draft.rulebook, draft.kind

    @property
    def application(self):
        return Application.objects.get(pk=self.pk)

    def _by(self, actor, at=None):
        return {"application_id": self.pk, "actor": actor, "now": at or self.at}

    def later(self, days):
        self.at += days * DAY
        return self

    def filled(self, own=250_000, *, some=False):
        """Every step, or `some` of them; `own` of an income of 400,000 is the organisation's own.

        What is typed in a whole draft is written at once: saving thirty of them step by step would take seconds.
        """
        typed = _answers(self.offer, self.at, own) | {steps.SURVEY: _survey(self.rulebook)}
        typed = {step: typed[step] for step in steps.written_of(self.kind)}
        if some:
            for step in list(typed)[:2]:
                applying.save(step=step, typed=typed[step], seen={}, **self._by(self.applicant))
            return self
        revisions = {step: 1 + self.application.revisions.get(step, 0) for step in typed}
        Application.objects.filter(pk=self.pk).update(answers=typed, revisions=revisions, saved_at=self.at)
        self._papers()
        return self

    def _papers(self):
        for paper in self.application.papers_asked.filter(is_required=True):
            papers.add_paper(code=paper.code, upload=_document(), **self._by(self.applicant))
        if self.kind == ApplicationKind.FIRST:
            for number in range(self.rulebook.least_recommendations):
                name = f"Odbiorca {number + 1} (przykład)"
                recommendations.upload(recommender=name, upload=_document(name), **self._by(self.applicant))

    def submitted(self):
        applying.submit(gaps=gaps, **self._by(self.applicant))
        return self

    def withdrawn(self):
        applying.withdraw(reason="Przykład: złożymy wniosek w przyszłym roku.", **self._by(self.applicant))
        return self

    def taken(self):
        checking.take(**self._by(self.clerk))
        return self

    def judged(self, *, is_met=True):
        """All formal criteria; the last one as `is_met` says."""
        *first, last = self.rulebook.formalcriterion_set.all()
        verdicts = {one.pk: (True, "") for one in first}
        verdicts[last.pk] = (is_met, "" if is_met else "Przykład: z danych o przychodach to nie wynika.")
        checking.judge(verdicts=verdicts, **self._by(self.clerk))
        return self

    def failing(self):
        checking.propose_failure(reason="Przykład: za mały udział przychodów własnych.", **self._by(self.clerk))
        return self

    def called(self):
        faults = [
            {"text": "Opisz, dla kogo jest ta praca.", "step": steps.AIM, "field": "aim", "code": ""},
            {"text": "Dołącz wyciąg, na którym widać datę.", "step": "", "field": "", "code": "wyciag"},
        ]
        calling.call(faults=faults, standing=standing, **self._by(self.clerk))
        return self

    def left(self):
        """Nobody answers, and the clock leaves the application where it is."""
        overdue.leave_overdue(now=self.at)
        return self

    def passed(self):
        self.judged()
        checking.pass_on(**self._by(self.clerk))
        return self

    def assigned(self, *names):
        assigning.assign(assessor_ids=[self.people[name].pk for name in names], **self._by(self.clerk))
        return self

    def scored(self, name, value):
        """This assessor declares that there is no conflict and sends the same score for every criterion."""
        one = self.application.assessments.get(assessor=self.people[name])
        by = {"assessment_id": one.pk, "actor": self.people[name], "now": self.at}
        assessing.declare(**by)
        scores = {row.pk: (value, REASON) for row in self.rulebook.substantivecriterion_set.all()}
        assessing.send(scores=scores, comment="Przykładowa ocena.", **by)
        return self

    def put(self):
        assigning.put(**self._by(self.clerk))
        return self

    def assessed(self, value=GOOD):
        """From the submission to the commission, with two scores, in three weeks."""
        self.filled().submitted().later(2).taken().later(3).passed().later(1).assigned("asesor2", "asesor3")
        return self.later(6).scored("asesor2", value).scored("asesor3", value).later(1).put()

    def decided(self, step):
        deciding.decide(step=step, reason=REASON, **self._by(self.people["dyrektor"]))
        return self


def _answers(offer, at, own):
    year = at.year - 1
    return {
        steps.CHANGES: {"changes": "Przykład: pracują z nami dwie osoby więcej, oferta jest ta sama."},
        steps.OFFER: {
            "product": f"{offer.name}. {offer.description or 'Robimy to dla samorządów, firm i mieszkańców.'}",
            "quality": "Odbiorcy wracają, a reklamacje rozpatrujemy w trzy dni.",
            "distinction": "Pracują u nas osoby, którym trudno znaleźć pracę.",
        },
        steps.AIM: {
            "aim": "Praca i reintegracja osób zagrożonych wykluczeniem, w miejscu, w którym mieszkają.",
            "groups": [],
            "results": "Trzy osoby zdobyły zawód i stałą umowę.",
        },
        steps.MONEY: {"year1": str(year), "total1": "400000", "own1": str(own)},
        steps.DECLARATIONS: {"true": "on", "rules_known": "on", "may_sign": "on"},
    }


def _survey(rulebook):
    return {
        one.code: "tak" if one.answer == "yes_no" else "Przykładowa odpowiedź, krótka i zgodna z wnioskiem."
        for one in rulebook.questions.exclude(answer="file")
    }


_made = {}


def _document(author="Dokument przykładowy"):
    """One page that says that it is an example, set once for each author: one file is one recommendation."""
    if author not in _made:
        data = {"title": author, "paragraphs": ["Ten dokument powstał na potrzeby pokazu portalu."]}
        _made[author] = pdf.document("quality_mark/example.typ", data)
    return SimpleUploadedFile("dokument-przykladowy.pdf", _made[author], content_type="application/pdf")

"""Letters that go with the verbs of the office: questions, extension, orientation, return."""

from tadbir import law
from tadbir.acts import actions as acts
from tadbir.acts.kinds import Kind
from tadbir.acts.models import Act
from tadbir.councils.models import Person
from tadbir.desk.papers.parts import Block, clock_on_paper, letter, paragraph, paragraphs
from tadbir.dossiers import queries
from tadbir.dossiers.models import Dossier, Fact
from tadbir.ui.dates import by_words

NOTICE = Kind(
    "applicant_notice", "إشعار إلى صاحب الطلب", "Avis au demandeur", "N", signed=False, layout="letter", at_once=True
)


def issue_question(dossier: Dossier, fact: Fact, text: str, by: Person) -> Act:
    """The letter that goes with one of the officer's verbs; a short notice, sealed but not signed."""
    title, said = _words(dossier, fact.kind)
    wanted = dossier.sheet.parsed.document(str(fact.data.get("document"))) if dossier.sheet else None
    blocks: list[Block] = [paragraph(said.ar)]
    french: list[Block] = [paragraph(said.fr)]
    if wanted:
        blocks.append({"t": "list", "items": [wanted.ar]})
        french.append({"t": "list", "items": [wanted.fr]})
    blocks += paragraphs(text)
    french += paragraphs(text)
    if fact.kind == "extended":
        _new_date(dossier, fact, blocks, french)
    body = letter(dossier, title.ar, title.fr, blocks, french)
    return acts.issue(NOTICE.code, body, dossier_ref=dossier.number)


def _words(dossier: Dossier, kind: str) -> tuple[law.Words, law.Words]:
    """The title and the text of a step under the law of this dossier; where it words none, what the step is."""
    filed = Fact.objects.filter(dossier=dossier, kind="filed").first()
    row, name = law.REGIMES[dossier.kind].facts.get(kind), law.FACTS[kind]
    found = row.letter(filed.data if filed else {}) if row else None
    if found is not None:
        return found.title, found
    return name, law.Words(
        f"نخبركم بما يلي بخصوص ملفكم: {name.ar}.", f"Nous vous informons de ce qui suit\u00a0: {name.fr}."
    )


#: The only grounds of an extension (law 55-19, article 17).
_GROUNDS = {"expertise": ("خبرة تقنية", "expertise technique"), "inquiry": ("بحث عمومي", "enquête publique")}


def _new_date(dossier: Dossier, fact: Fact, blocks: list[Block], french: list[Block]) -> None:
    """The ground of an extension before its reasons; after them the new date, and how it was counted."""
    (ground_ar, ground_fr), days = _GROUNDS[fact.data["ground"]], fact.data["days"]
    blocks.insert(1, paragraph(f"السبب: {ground_ar}، عدد الأيام: {days}"))
    french.insert(1, paragraph(f"Motif : {ground_fr}, nombre de jours : {days}"))
    clock = queries.main_clock(dossier)
    told = clock_on_paper(clock)
    if clock is None or clock.do_by is None or told is None:
        return
    blocks += [paragraph(f"التاريخ الجديد للجواب: {by_words(clock.do_by, 'ar')}"), paragraph("لماذا هذا التاريخ؟")]
    blocks.append({"t": "list", "items": [step["text_ar"] for step in told["steps"]]})
    new_date = f"Nouvelle date de réponse : {by_words(clock.do_by, 'fr')}"
    french += [paragraph(new_date), paragraph("Pourquoi cette date ?")]
    french.append({"t": "list", "items": [step["text_fr"] for step in told["steps"]]})

"""The pieces that several papers share."""

from collections.abc import Iterable, Sequence
from textwrap import shorten
from typing import Any

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.models import Act, Draft
from tadbir.councils.clock import local_date, today
from tadbir.councils.house import house_of
from tadbir.councils.models import in_language
from tadbir.desk.promises import ending_of
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Duty, Fact, Party
from tadbir.register.canonical import canonical, sha256_hex
from tadbir.ui.dates import as_date, by_words, day_words, moment_words

Block = dict[str, Any]
#: Series of the numbers of answers to people; receipts, notices and blocks keep their kind's own.
ANSWERS = "L"
#: What of a way to contest is counted on the day of the seal.
COUNTED = ("file_before", "if_received")


def paragraph(text: str) -> Block:
    """One paragraph of a paper."""
    return {"t": "p", "text": text}


def paragraphs(text: str) -> list[Block]:
    """A text as paragraphs, one a line."""
    return [paragraph(part.strip()) for part in text.split("\n") if part.strip()]


def lines_of(blocks: Sequence[Block]) -> str:
    """The words of a paper's blocks, one a line."""
    return "\n".join(line for block in blocks for line in block.get("items", [block.get("text", "")]))


def told_by(paper: Act | Draft) -> dict[str, Any]:
    """What a paper says, as data."""
    return paper.document if isinstance(paper, Act) else paper.body


def digest(value: Any) -> str:
    """Which text, which remedies: another digest as soon as one of them changes."""
    return sha256_hex(canonical(value))


def remedy_words(remedy: dict[str, Any]) -> str:
    """A way to contest in the reader's language, with its last day where it has one, and what that is counted from: in
    the very words of the paper (`acts/documents/typst`)."""
    day, received = (as_date(remedy.get(key)) for key in COUNTED)
    text = in_language(remedy["text_ar"], remedy["text_fr"])
    if day is None:
        return text
    if received is None:
        return f"{text} ({_('to be filed by preference %(by)s') % {'by': by_words(day)}})"
    told = {"received": day_words(received), "by": by_words(day)}
    said = _("the delay runs from the day you receive this letter; received on %(received)s, by preference %(by)s")
    return f"{text} ({said % told})"


def day_among(fact: Fact, alike: Iterable[Fact], lang: str) -> str:
    """The day of a fact; with its hour where another one of the same kind came that day."""
    day = local_date(fact.happened_at)
    same = [one for one in alike if one.pk != fact.pk and local_date(one.happened_at) == day]
    return moment_words(fact.happened_at, lang) if same else day_words(day, lang)


def service_of(dossier: Dossier) -> dict[str, Any]:
    """The service that a dossier is about, as a receipt names it: its kind where it has no sheet."""
    named = dossier.sheet.parsed if dossier.sheet else law.REGIMES[dossier.kind]
    return {"procedure_ar": named.ar, "procedure_fr": named.fr}


def asked_for(dossier: Dossier) -> dict[str, Any]:
    """The same, with the subject that its person wrote, in his own words in both languages; where he left the name of
    the service there, what he asked, in short: a receipt that says neither proves nothing of what was asked."""
    return service_of(dossier) | ({"subject_ar": own} if (own := dossier.own_subject or _in_short(dossier)) else {})


#: Letters of an answer that a receipt repeats at most.
_SHORT = 120


def _in_short(dossier: Dossier) -> str:
    """The first answer that says in its person's own words what he asks; empty where its sheet asks for none."""
    asked = dossier.sheet.parsed.questions if dossier.sheet else ()
    own = [one for rank, one in enumerate(asked) if one.type == "long_text" or (one.type == "text" and rank == 0)]
    said = next((text for one in own if (text := str(dossier.answers.get(one.code) or "").strip())), "")
    return shorten(said, _SHORT, placeholder="…")


#: The question of a sheet that asks where its person lives (law 31-13, article 14).
_ADDRESS = "address"


def _address_told(dossier: Dossier) -> str:
    """The address that the request itself gave, where its sheet asks it; empty else."""
    asks = dossier.sheet is not None and any(one.code == _ADDRESS for one in dossier.sheet.parsed.questions)
    return str(dossier.answers.get(_ADDRESS) or "") if asks else ""


def recipient(dossier: Dossier) -> dict[str, str] | None:
    """Whom a paper is for."""
    party = dossier.applicant
    if party is None:
        return None
    address = party.address or _address_told(dossier)
    return {
        "civility_ar": "السيد(ة)" if party.kind == Party.Kind.PERSON else "",
        "name_ar": party.name,
        "name_fr": party.name,
        "address_ar": address,
        "address_fr": address,
    }


def clock_on_paper(duty: Duty | None) -> dict[str, Any] | None:
    """The clock printed on a paper, with its steps."""
    if duty is None or duty.do_by is None or duty.starts_on is None:
        return None
    said = clockwork.explained(duty)
    cited, *steps = said.steps()  # the first says the rule with its article and law, and stands above them on the paper
    return {
        "starts_on": duty.starts_on.isoformat(),
        "do_by": duty.do_by.isoformat(),
        "duty": duty.key,
        "article": said.article,
        "sentence_ar": cited.ar,
        "sentence_fr": cited.fr,
        "steps": [{"text_ar": step.ar, "text_fr": step.fr} for step in steps],
    } | _ending(duty)


def _ending(duty: Duty) -> dict[str, str]:
    """What the paper says of the day: an answer is the plain case."""
    ending = ending_of(duty.rule)
    if ending != "answer":
        return {ending: "yes"}
    return {"aim": "yes"} if law.REGIMES[duty.dossier.kind].aim else {}


#: Beside the day of a remedy against an answer that came after a silence: it has a second reading.
_MAY_CONFIRM = law.Words(
    "سبق هذا الجواب سكوتٌ قد يُحتسب الأجل من انصرامه، وهو الأسلم؛ وبقراءة ثانية يُحتسب من توصلكم بهذا الجواب",
    "un silence a précédé cette réponse : le plus sûr est de compter le délai de sa fin ; par une seconde lecture,"
    " il est compté de la réception de cette réponse",
)
_MAY_BE_OVER = law.Words(
    "سبق هذا الجواب سكوتٌ قد يُحتسب الأجل من انصرامه فيكون قد انتهى: بادروا بها دون انتظار؛ وبقراءة ثانية يُحتسب من توصلكم"
    " بهذا الجواب",
    "un silence a précédé cette réponse : compté de sa fin, le délai peut être passé, agissez sans attendre ; par une"
    " seconde lecture, il est compté de la réception de cette réponse",
)


def printed(remedy: law.Remedy, right: law.Duty, to_come: bool) -> dict[str, Any]:
    """A remedy as a letter prints it, with its day; `to_come`: it runs from the reception of that letter."""
    day = right.file_before.isoformat() if right.file_before else ""
    said, on = {"text_ar": remedy.ar, "text_fr": remedy.fr, "file_before": day}, {"if_received": today().isoformat()}
    if not to_come or right.second_reading is None:
        return said | on if to_come else said
    over = right.file_before is not None and right.file_before < today()
    doubt = _MAY_BE_OVER if over else _MAY_CONFIRM
    said |= {"text_ar": f"{remedy.ar}؛ {doubt.ar}", "text_fr": f"{remedy.fr} ; {doubt.fr}"}
    return said | {"file_before": right.second_reading.isoformat()} | on if over else said


def letter(dossier: Dossier, title_ar: str, title_fr: str, blocks: list[Block], french: list[Block]) -> dict[str, Any]:
    """The body of a letter about a request, from the president; where its law is a decree on complaints, with the
    address of the council (2-17-265, article 10)."""
    regime, house = law.REGIMES.get(dossier.kind), house_of(dossier.council)
    where = {lang: house[f"where_{lang}"] if regime and regime.aim else "" for lang in ("ar", "fr")}
    return {
        "title_ar": title_ar,
        "title_fr": title_fr,
        "recipient": recipient(dossier),
        "sender_ar": "، ".join(filter(None, (f"رئيس {dossier.council.title_ar}", where["ar"]))),
        "sender_fr": ", ".join(filter(None, (f"Le président du {dossier.council.title_fr}", where["fr"]))),
        "reference_ar": f"طلبكم المودع بتاريخ {day_words(dossier.opened_on, 'ar')} تحت رقم {dossier.number}",
        "reference_fr": f"votre demande du {day_words(dossier.opened_on, 'fr')}, n° {dossier.number}",
        "greeting_ar": "سلام تام بوجود مولانا الإمام",
        "greeting_fr": "Madame, Monsieur,",
        "blocks": blocks,
        "fr": french if dossier.language == "fr" else [],
        "remedies": [],
    }

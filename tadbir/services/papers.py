"""What the council writes in a request: receipts, letters, answers. Each is an act made from data; PDF comes later."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts import actions as acts
from tadbir.acts.kinds import Kind
from tadbir.acts.models import Act, Draft
from tadbir.councils.clock import CASABLANCA, now, today
from tadbir.councils.models import Person
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.services.codes import follow_code
from tadbir.services.models import PaperBlock
from tadbir.services.regimes import REGIMES

CHANNELS = {
    "online": ("عبر الأنترنت", "en ligne"),
    "counter": ("بالشباك", "au guichet"),
    "post": ("عبر البريد", "par la poste"),
    "paper-block": ("بالشباك، بوصل ورقي مرقم", "au guichet, sur récépissé papier numéroté"),
}
#: Series of the numbers of answers to people (receipts, notices and blocks keep their kind's own).
ANSWERS = "L"
NOTICE = Kind("applicant_notice", "إشعار إلى صاحب الطلب", "Avis au demandeur", "N", signed=False, layout="letter")
APPEAL_ANSWER = Kind("appeal_answer", "جواب عن طعن", "Réponse à un recours", ANSWERS, layout="letter")
SENSES = {
    "granted": ("الاستجابة للطلب", "Suite favorable"),
    "partial": ("الاستجابة الجزئية للطلب", "Suite partiellement favorable"),
    "refused": ("عدم الاستجابة للطلب", "Suite défavorable"),
}


def _p(text: str) -> dict[str, str]:
    return {"t": "p", "text": text}


def _paragraphs(text: str) -> list[dict[str, str]]:
    return [_p(part.strip()) for part in text.split("\n") if part.strip()]


def _recipient(dossier: Dossier) -> dict[str, str] | None:
    party = dossier.applicant
    if party is None:
        return None
    return {"name_ar": party.name, "name_fr": party.name, "address_ar": party.address, "address_fr": party.address}


def _clock(duty: Duty | None) -> dict[str, Any] | None:
    """The clock printed on a paper, with its steps."""
    if duty is None or duty.do_by is None or duty.starts_on is None:
        return None
    told = duty.explanation
    steps = told["steps"][1:]  # the first says the rule, which stands above them on the paper
    return {
        "starts_on": duty.starts_on.isoformat(), "do_by": duty.do_by.isoformat(), "article": told["article"],
        "sentence_ar": told["ar"], "sentence_fr": told["fr"],
        "steps": [{"text_ar": step["ar"], "text_fr": step["fr"]} for step in steps],
    }  # fmt: skip


def remedies(dossier: Dossier, facts: Iterable[law.Fact]) -> list[dict[str, Any]]:
    """The remedies of a regime with the date to file before, were these the facts."""
    derived = law.duties(dossier.kind, list(facts), clockwork.calendar(), today())
    dates = {duty.rule_id: duty.file_before for duty in derived if duty.file_before}
    return [
        {"text_ar": remedy.ar, "text_fr": remedy.fr, "file_before": dates[remedy.rule].isoformat()}
        for remedy in REGIMES[dossier.kind].remedies
        if remedy.rule in dates
    ]


def remedies_if_notified(dossier: Dossier, sense: str) -> list[dict[str, Any]]:
    """The remedies to print on an answer: counted as if it were handed over today, the earliest reading."""
    if sense == "granted":
        return []
    facts = clockwork.law_facts(clockwork.facts_of(dossier))
    said = law.Fact("next", "notified", now().astimezone(CASABLANCA), {"sense": sense, "means": "hand"}, seq=len(facts))
    return remedies(dossier, [*facts, said])


def _missing(dossier: Dossier, codes: list[str]) -> list[dict[str, str]]:
    sheet = dossier.sheet.parsed if dossier.sheet else None
    found = [sheet.document(code) for code in codes] if sheet else []
    return [{"text_ar": doc.ar, "text_fr": doc.fr} for doc in found if doc]


def issue_receipt(dossier: Dossier, missing: list[str], by: Person | None, filed: Fact | None = None) -> Act:
    """The receipt of article 10, given at once: «ملف مودع», or «ملف في طور الإيداع» with the whole list."""
    regime, sheet = REGIMES[dossier.kind], dossier.sheet
    clock, shows_delay = queries.main_clock(dossier), sheet is not None and sheet.is_adopted
    state = "filing" if missing else "filed" if dossier.kind == "55-19" and shows_delay else "registered"
    filed = filed or Fact.objects.filter(dossier=dossier, kind="filed").first()
    moment: datetime = filed.happened_at if filed else now()
    on_paper = filed is not None and clockwork.day_start(dossier.opened_on) == moment
    channel_ar, channel_fr = CHANNELS[dossier.channel]
    receipt = {
        "state": state, "regime": dossier.kind, "code": follow_code(dossier), "missing": _missing(dossier, missing),
        "procedure_ar": sheet.parsed.ar if sheet else dossier.subject,
        "procedure_fr": sheet.parsed.fr if sheet else dossier.subject,
        "filed_at": str(dossier.opened_on) if on_paper else moment.astimezone(CASABLANCA).isoformat(timespec="minutes"),
        "channel_ar": channel_ar, "channel_fr": channel_fr, "clock": _clock(clock) if shows_delay and not missing else None,
    }  # fmt: skip
    if missing and clock is not None and clock.file_before:
        receipt["supply_by"] = clock.file_before.isoformat()
    if by is not None:
        receipt |= {"received_by_ar": by.name_ar, "received_by_fr": by.name_fr}
    body = {
        "title_ar": regime.receipt_ar, "title_fr": regime.receipt_fr, "blocks": [],
        "recipient": _recipient(dossier), "remedies": [], "receipt": receipt, "copy_fr": dossier.language == "fr",
    }  # fmt: skip
    return acts.issue("receipt", body, dossier_ref=dossier.number)


_QUESTIONS = {
    "replacement_asked": (
        "طلب تعويض وثيقة", "Demande de remplacement d’une pièce",
        "نطلب منكم تعويض الوثيقة التالية داخل أجل ثلاثين (30) يوما كاملا من توصلكم بهذا الطلب، وإلا أعيد إليكم الملف"
        " (المادة 10 من القانون رقم 55.19). ويتوقف أجل الجواب إلى حين الإدلاء بها.",
        "Nous vous demandons de remplacer la pièce suivante dans les trente (30) jours francs de la réception de la"
        " présente, faute de quoi le dossier vous est retourné (article 10 de la loi n° 55-19). Le délai de réponse"
        " est suspendu jusque-là.",
    ),
    "original_asked": (
        "طلب الاطلاع على الأصل", "Demande de présentation de l’original",
        "لوجود شك في النسخة المدلى بها، نطلب منكم الإدلاء بأصل الوثيقة التالية أو بنسخة مشهود بمطابقتها للأصل"
        " (المادة 7 من القانون رقم 55.19). ويتوقف أجل الجواب إلى حين الإدلاء بها.",
        "Un doute existant sur la copie produite, nous vous demandons l’original ou une copie certifiée de la pièce"
        " suivante (article 7 de la loi n° 55-19). Le délai de réponse est suspendu jusque-là.",
    ),
    "information_asked": (
        "طلب معلومات تكميلية", "Demande d’informations complémentaires",
        "نطلب منكم المعلومات التكميلية التالية، مرة واحدة (المادة 14 من القانون رقم 55.19). ويتوقف أجل الجواب"
        " إلى حين التوصل بها، ثم يستأنف ما تبقى منه.",
        "Nous vous demandons, une seule fois, les informations suivantes (article 14 de la loi n° 55-19). Le délai de"
        " réponse est suspendu jusqu’à leur réception, puis le reste court.",
    ),
    "extended": (
        "إخبار بتمديد الأجل", "Avis de prorogation du délai",
        "نخبركم بتمديد أجل الجواب مرة واحدة للسبب التالي (المادة 17 من القانون رقم 55.19).",
        "Le délai de réponse est prorogé une seule fois pour le motif suivant (article 17 de la loi n° 55-19).",
    ),
    "misdirected": (
        "توجيه الطلب", "Orientation de la demande",
        "طلبكم لا يدخل في اختصاص المجلس. الجهة المختصة هي:",
        "Votre demande ne relève pas du conseil. L’autorité compétente est :",
    ),
    "file_returned": (
        "إرجاع الملف", "Retour du dossier",
        "نعيد إليكم ملفكم لعدم الإدلاء بالوثائق المطلوبة داخل الأجل (المادة 10 من القانون رقم 55.19)."
        " ويمكنكم إيداع طلب جديد في أي وقت.",
        "Votre dossier vous est retourné, les pièces demandées n’ayant pas été produites dans le délai (article 10 de"
        " la loi n° 55-19). Vous pouvez déposer une nouvelle demande à tout moment.",
    ),
}  # fmt: skip


def issue_question(dossier: Dossier, fact: Fact, text: str, by: Person) -> Act:
    """The letter that goes with one of the officer's verbs; a short notice, sealed but not signed."""
    title_ar, title_fr, body_ar, body_fr = _QUESTIONS[fact.kind]
    wanted = dossier.sheet.parsed.document(str(fact.data.get("document"))) if dossier.sheet else None
    blocks, french = [_p(body_ar)], [_p(body_fr)]
    if wanted:
        blocks.append({"t": "list", "items": [wanted.ar]})
        french.append({"t": "list", "items": [wanted.fr]})
    blocks += _paragraphs(text)
    french += _paragraphs(text)
    clock = queries.main_clock(dossier)
    if fact.kind == "extended" and clock is not None and clock.do_by:
        blocks.append(_p(f"التاريخ الجديد للجواب: {clock.do_by.isoformat()}"))
        french.append(_p(f"Nouvelle date de réponse : {clock.do_by.isoformat()}"))
    body = _letter(dossier, title_ar, title_fr, blocks, french)
    return acts.issue(NOTICE.code, body, dossier_ref=dossier.number)


def _letter(
    dossier: Dossier, title_ar: str, title_fr: str, blocks: list[dict[str, Any]], french: list[dict[str, Any]]
) -> dict[str, Any]:
    opened = dossier.opened_on.isoformat()
    return {
        "title_ar": title_ar, "title_fr": title_fr, "recipient": _recipient(dossier),
        "sender_ar": f"رئيس {dossier.council.title_ar}", "sender_fr": f"Le président — {dossier.council.title_fr}",
        "reference_ar": f"طلبكم المودع بتاريخ {opened} تحت رقم {dossier.number}",
        "reference_fr": f"votre demande du {opened}, n° {dossier.number}",
        "greeting_ar": "سلام تام بوجود مولانا الإمام", "greeting_fr": "",
        "blocks": blocks, "fr": french if dossier.language == "fr" else [], "remedies": [],
    }  # fmt: skip


class _Blank(dict[str, str]):
    """Placeholders the dossier does not fill stay visible as dots for the officer."""

    def __missing__(self, key: str) -> str:
        return "……"


def half_written(dossier: Dossier, sense: str) -> tuple[str, str]:
    """The letter before the officer touches it: the sheet's wording filled from the answers, in both languages."""
    if dossier.sheet is None:
        return "", ""
    sheet = dossier.sheet.parsed
    wording = sheet.granted if sense == "granted" else sheet.refused
    arabic, french = _Blank(), _Blank()
    for question in sheet.questions:
        answer = str(dossier.answers.get(question.code, "")) or "……"
        chosen = next((choice for choice in question.choices if choice.code == answer), None)
        arabic[question.code] = chosen.ar if chosen else answer
        french[question.code] = chosen.fr if chosen else answer
    return wording.ar.format_map(arabic), wording.fr.format_map(french)


def draft_answer(
    dossier: Dossier, sense: str, body_ar: str, reasons_ar: str, body_fr: str, by: Person
) -> Draft:
    """The answer as a draft act: body, reasons, remedies with their dates."""
    title_ar, title_fr = SENSES[sense]
    blocks = _paragraphs(body_ar)
    if reasons_ar.strip():
        blocks += [{"t": "h", "text": "الأسباب من حيث الواقع والقانون"}, *_paragraphs(reasons_ar)]
    body = _letter(dossier, title_ar, title_fr, blocks, _paragraphs(body_fr))
    body |= {"sense": sense, "remedies": remedies_if_notified(dossier, sense)}
    body["subject_ar"] = dossier.sheet.parsed.ar if dossier.sheet else dossier.subject
    open_draft = Draft.objects.filter(
        kind="outcome", dossier_ref=dossier.number, act__isnull=True, signed_on__isnull=True
    ).last()
    if open_draft is not None:
        return acts.change_draft(open_draft, body)
    return acts.prepare_draft("outcome", body, series=ANSWERS, dossier_ref=dossier.number, by=by)


def sense_of(paper: Act | Draft) -> str:
    """Whether an answer grants or refuses. Raises ValidationError for a paper that is no answer."""
    document = paper.document if isinstance(paper, Act) else paper.body
    sense = str(document.get("sense", ""))
    if sense not in SENSES:
        raise ValidationError(_("This act is not an answer."))
    return sense


def issue_appeal_receipt(dossier: Dossier, fact: Fact, by: Person | None) -> Act:
    """The receipt of an appeal: the proof of its date."""
    clock = next((row for row in queries.duties(dossier) if row.explanation["trigger"] == str(fact.pk)), None)
    channel_ar, channel_fr = CHANNELS["counter" if by else "online"]
    receipt = {
        "state": "registered", "regime": dossier.kind, "code": follow_code(dossier), "missing": [],
        "procedure_ar": "طعن لدى رئيس المجلس", "procedure_fr": "Recours devant le président du conseil",
        "filed_at": fact.happened_at.astimezone(CASABLANCA).isoformat(timespec="minutes"),
        "channel_ar": channel_ar, "channel_fr": channel_fr, "clock": _clock(clock),
    }  # fmt: skip
    body = {
        "title_ar": "وصل إيداع طعن", "title_fr": "Récépissé de recours", "blocks": [],
        "recipient": _recipient(dossier), "remedies": [], "receipt": receipt, "copy_fr": dossier.language == "fr",
    }  # fmt: skip
    return acts.issue("receipt", body, dossier_ref=dossier.number)


def issue_appeal_answer(dossier: Dossier, fact: Fact, reasons: str, by: Person) -> Act:
    """The answer to an appeal, signed by hand. Raises NoSigningPower for somebody without the power today."""
    signature = acts.check_power(by, APPEAL_ANSWER.code, today())
    granted = fact.data.get("sense") == "granted"
    text_ar = "قررنا قبول طعنكم." if granted else "تعذر قبول طعنكم للأسباب التالية:"
    text_fr = "Votre recours est accueilli." if granted else "Votre recours n’a pu être accueilli pour les motifs suivants :"
    blocks, french = [_p(text_ar), *_paragraphs(reasons)], [_p(text_fr), *_paragraphs(reasons)]
    body = _letter(dossier, "الجواب عن الطعن", "Réponse au recours", blocks, french)
    return acts.issue(APPEAL_ANSWER.code, body, dossier_ref=dossier.number, signature=signature)


def issue_blank_receipts(block: PaperBlock, numbers: list[str]) -> Act:
    """The pages of a block of numbered paper receipts."""
    body = {
        "title_ar": "وصولات ورقية مرقمة مسبقا", "title_fr": "Récépissés papier prénumérotés",
        "blocks": [], "recipient": None, "remedies": [], "numbers": numbers,
    }  # fmt: skip
    return acts.issue("blank_receipts", body, dossier_ref=block.code)


def papers_of(dossier: Dossier) -> list[Act]:
    """Every act of a dossier, oldest first."""
    return list(Act.objects.filter(dossier_ref=dossier.number).order_by("pk"))


def answer_being_prepared(dossier: Dossier) -> Draft | None:
    """The answer that is written, perhaps signed, but not yet numbered."""
    return Draft.objects.filter(kind="outcome", dossier_ref=dossier.number, act__isnull=True).last()


def texts_of(draft: Draft) -> dict[str, str]:
    """What the officer wrote in an answer being prepared: body, reasons, French copy."""
    blocks = [dict(block) for block in draft.body.get("blocks", [])]
    heading = next((rank for rank, block in enumerate(blocks) if block.get("t") == "h"), len(blocks))
    joined = ["\n".join(str(block.get("text", "")) for block in part) for part in (blocks[:heading], blocks[heading + 1 :])]
    french = "\n".join(str(block.get("text", "")) for block in draft.body.get("fr", []))
    return {"body_ar": joined[0], "reasons_ar": joined[1], "body_fr": french}

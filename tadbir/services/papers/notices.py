"""Letters that take the steps of a request: questions, extension, orientation, return."""

from typing import Any

from tadbir import law
from tadbir.acts.kinds import Kind
from tadbir.councils.clock import CASABLANCA, now
from tadbir.desk.papers import Letter, Step
from tadbir.desk.papers.parts import Block, letter, paragraph, paragraphs
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Dossier
from tadbir.ui.dates import by_words

#: What takes effect by its signature, and leaves at once.
NOTICE = Kind("applicant_notice", "إشعار إلى صاحب الطلب", "Avis au demandeur", "N", layout="letter", at_once=True)
#: What changes a delay only once the person was notified of it.
SERVED = Kind("served_notice", "إشعار للتبليغ", "Avis à notifier", "N", layout="letter", at_once=True, notified=True)
_QUESTIONS = {
    "replacement_asked": (
        "طلب تعويض وثيقة",
        "Demande de remplacement d’une pièce",
        "نطلب منكم تعويض الوثيقة التالية داخل أجل ثلاثين (30) يوما كاملا من توصلكم بهذا الطلب، وإلا أُرجع إليكم الملف"
        " (المادة 10 من القانون رقم 55.19). ويتوقف أجل الجواب إلى حين الإدلاء بها.",
        "Nous vous demandons de remplacer la pièce suivante dans les trente (30) jours francs de la réception de la"
        " présente, faute de quoi le dossier vous est retourné (article 10 de la loi n° 55-19). Le délai de réponse"
        " est suspendu jusque-là.",
    ),
    "original_asked": (
        "طلب الاطلاع على الأصل",
        "Demande de présentation de l’original",
        "لوجود شك في النسخة المدلى بها، نطلب منكم الإدلاء بأصل الوثيقة التالية أو بنسخة مشهود بمطابقتها للأصل"
        " (المادة 7 من القانون رقم 55.19). ويتوقف أجل الجواب إلى حين الإدلاء بها.",
        "Un doute existant sur la copie produite, nous vous demandons l’original ou une copie certifiée de la pièce"
        " suivante (article 7 de la loi n° 55-19). Le délai de réponse est suspendu jusque-là.",
    ),
    "information_asked": (
        "طلب معلومات تكميلية",
        "Demande d’informations complémentaires",
        "نطلب منكم المعلومات التكميلية التالية، مرة واحدة (المادة 14 من القانون رقم 55.19). ويتوقف أجل الجواب"
        " إلى حين التوصل بها، ثم يستأنف ما تبقى منه.",
        "Nous vous demandons, une seule fois, les informations suivantes (article 14 de la loi n° 55-19). Le délai de"
        " réponse est suspendu jusqu’à leur réception, puis le reste court.",
    ),
    "extended": (
        "إخبار بتمديد الأجل",
        "Avis de prorogation du délai",
        "نخبركم بتمديد أجل الجواب مرة واحدة للسبب التالي (المادة 17 من القانون رقم 55.19).",
        "Le délai de réponse est prorogé une seule fois pour le motif suivant (article 17 de la loi n° 55-19).",
    ),
    "extension_notified": (
        "إخبار بتمديد أجل الجواب",
        "Avis de prorogation du délai de réponse",
        "نخبركم بتمديد أجل الجواب عن طلبكم مرة واحدة للأسباب التالية (المادة 16 من القانون رقم 31.13).",
        "Le délai de réponse à votre demande est prorogé une seule fois pour les motifs suivants (article 16 de la loi"
        " n° 31-13).",
    ),
    "defect_notified": (
        "جواب عن شكاية غير مستوفية",
        "Réponse à une réclamation incomplète",
        "تعذرت معالجة شكايتكم على حالها للأسباب التالية. وستعالج بمجرد استكمالها (المادة 11 من المرسوم رقم 2.17.265).",
        "Votre réclamation ne peut être traitée en l’état pour les motifs suivants. Elle le sera dès qu’elle sera"
        " complétée (article 11 du décret n° 2-17-265).",
    ),
    "bureau_accepted": (
        "قبول عريضة",
        "Acceptation d’une pétition",
        "قرر مكتب المجلس قبول عريضتكم. وستسجل في جدول أعمال الدورة العادية الموالية (المادتان 39 و116 من القانون"
        " التنظيمي رقم 112.14).",
        "Le bureau du conseil a accepté votre pétition. Elle sera inscrite à l’ordre du jour de la session ordinaire"
        " suivante (articles 39 et 116 de la loi organique n° 112-14).",
    ),
    "misdirected": (
        "توجيه الطلب",
        "Orientation de la demande",
        "لا يدخل طلبكم في اختصاص المجلس. الجهة المختصة هي:",
        "Votre demande ne relève pas du conseil. L’autorité compétente est :",
    ),
    "file_returned": (
        "إرجاع الملف",
        "Retour du dossier",
        "نرجع إليكم ملفكم لعدم الإدلاء بالوثائق المطلوبة داخل الأجل (المادة 10 من القانون رقم 55.19)."
        " ويمكنكم إيداع طلب جديد في أي وقت.",
        "Votre dossier vous est retourné, les pièces demandées n’ayant pas été produites dans le délai (article 10 de"
        " la loi n° 55-19). Vous pouvez déposer une nouvelle demande à tout moment.",
    ),
}


def _plain(fact: str) -> tuple[str, str, str, str]:
    """A step that has no words here: what it is called, before what was written for it."""
    kind = law.FACTS[fact]
    ar, fr = f"نخبركم بما يلي بخصوص ملفكم: {kind.ar}.", f"Nous vous informons de ce qui suit : {kind.fr}."
    return kind.ar, kind.fr, ar, fr


def step_body(dossier: Dossier, step: Step) -> dict[str, Any]:
    """The letter that takes a step, with what the officer wrote for it."""
    title_ar, title_fr, body_ar, body_fr = _QUESTIONS.get(step.fact) or _plain(step.fact)
    wanted = dossier.sheet.parsed.document(str(step.data.get("document"))) if dossier.sheet else None
    blocks: list[Block] = [paragraph(body_ar)]
    french: list[Block] = [paragraph(body_fr)]
    if step.fact == "extended":
        (ground_ar, ground_fr), days = _GROUNDS[step.data["ground"]], step.data["days"]
        blocks.append(paragraph(f"السبب: {ground_ar}، عدد الأيام: {days}"))
        french.append(paragraph(f"Motif : {ground_fr}, nombre de jours : {days}"))
    if wanted:
        blocks.append({"t": "list", "items": [wanted.ar]})
        french.append({"t": "list", "items": [wanted.fr]})
    text = ". ".join(filter(None, (step.words.get("to", ""), step.words.get("reason", ""))))
    return letter(dossier, title_ar, title_fr, [*blocks, *paragraphs(text)], [*french, *paragraphs(text)])


#: The only grounds of an extension (law 55-19, article 17).
_GROUNDS = {"expertise": ("خبرة تقنية", "expertise technique"), "inquiry": ("بحث عمومي", "enquête publique")}


def step_dates(dossier: Dossier, step: Step) -> dict[str, Any]:
    """The letter of an extension with the new date, were it notified today, and how that is counted."""
    body = step_body(dossier, step)
    clock = _clock_after(dossier, step)
    if clock is None or clock.do_by is None:
        return {}
    for key, lang, new, why in (
        ("blocks", "ar", "التاريخ الجديد للجواب", "لماذا هذا التاريخ؟"),
        ("fr", "fr", "Nouvelle date de réponse", "Pourquoi cette date ?"),
    ):
        if not body[key]:
            continue
        steps = [str(getattr(one, lang)) for one in clock.steps[1:]]  # the first says the rule
        colon = " : " if lang == "fr" else ": "
        body[key] += [paragraph(f"{new}{colon}{by_words(clock.do_by, lang)}"), paragraph(why)]
        body[key] += [{"t": "list", "items": steps}]
    return {"blocks": body["blocks"], "fr": body["fr"]}


def _clock_after(dossier: Dossier, step: Step) -> law.Duty | None:
    """The clock of a dossier as it would run, were this step taken now."""
    running = queries.main_clock(dossier)
    facts = clockwork.told(dossier)
    said = law.Fact("next", step.fact, now().astimezone(CASABLANCA), dict(step.data), seq=len(facts))
    after = clockwork.derived(dossier, [*facts, said]) if running else []
    return next((duty for duty in after if running and duty.key == running.key), None)


#: How each step of a request is written.
LETTERS = {
    **dict.fromkeys(("replacement_asked", "original_asked", "information_asked"), Letter(NOTICE, step_body)),
    **dict.fromkeys(("misdirected", "file_returned", "bureau_accepted"), Letter(NOTICE, step_body)),
    **dict.fromkeys(("rectified", "access_given"), Letter(NOTICE, step_body)),
    **dict.fromkeys(("extended", "extension_notified"), Letter(SERVED, step_body, step_dates)),
    "defect_notified": Letter(SERVED, step_body),
}

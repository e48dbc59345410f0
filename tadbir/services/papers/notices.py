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


def issue_question(dossier: Dossier, fact: Fact, text: str, by: Person) -> Act:
    """The letter that goes with one of the officer's verbs; a short notice, sealed but not signed."""
    title_ar, title_fr, body_ar, body_fr = _QUESTIONS.get(fact.kind) or _plain(fact)
    wanted = dossier.sheet.parsed.document(str(fact.data.get("document"))) if dossier.sheet else None
    blocks: list[Block] = [paragraph(body_ar)]
    french: list[Block] = [paragraph(body_fr)]
    if wanted:
        blocks.append({"t": "list", "items": [wanted.ar]})
        french.append({"t": "list", "items": [wanted.fr]})
    blocks += paragraphs(text)
    french += paragraphs(text)
    if fact.kind == "extended":
        _new_date(dossier, fact, blocks, french)
    body = letter(dossier, title_ar, title_fr, blocks, french)
    return acts.issue(NOTICE.code, body, dossier_ref=dossier.number)


def _plain(fact: Fact) -> tuple[str, str, str, str]:
    """A step that has no words here: what it is, and what was written with it."""
    kind = law.FACTS[fact.kind]
    return (
        kind.ar,
        kind.fr,
        f"نخبركم بما يلي بخصوص ملفكم: {kind.ar}.",
        f"Nous vous informons de ce qui suit : {kind.fr}.",
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

"""Requests for the council's equipment, in every way that they can go and end."""

from datetime import timedelta
from typing import Any

from tadbir.councils.clock import today
from tadbir.desk import actions as desk
from tadbir.dossiers import actions as dossiers
from tadbir.services import actions
from tadbir.services.requests import Filing, Piece
from tadbir.site.demo.stage import Stage, Story

LOAN, BOTH = "equipment-loan", ("signed-request", "liability")
PLACES = ("دوار النخلة", "حي السلام", "مركز الجماعة", "قرية الصيادين", "ساحة المسيرة")


def loan(stage: Stage, what: str, purpose: str) -> dict[str, Any]:
    """The answers of a request for equipment."""
    first = today() + timedelta(days=25)
    return {
        "equipment": what,
        "from": first.isoformat(),
        "days": str(1 + stage.chance.randrange(5)),
        "place": stage.chance.choice(PLACES),
        "purpose": purpose,
    }


def granted(
    stage: Stage,
    who: int,
    what: str,
    subject: str,
    *,
    days: int = 6,
    signatory: str = "president",
    counter: bool = False,
) -> Story:
    """A complete request, granted, signed, handed over."""
    dossier = stage.file(LOAN, who, subject, loan(stage, what, subject), BOTH, counter=counter).dossier
    yield stage.later(days)
    act = stage.answer(dossier, "officer", "granted", signatory)
    yield stage.later(2)
    stage.notify(act, dossier, "officer")


def refused(stage: Stage, who: int, what: str, subject: str, reasons: str, *, appeal: bool = False) -> Story:
    """A reasoned refusal, notified; perhaps contested before the president, who answers."""
    dossier = stage.file(LOAN, who, subject, loan(stage, what, subject), BOTH).dossier
    yield stage.later(8)
    act = stage.answer(dossier, "officer", "refused", "head", reasons=reasons)
    yield stage.later(1)
    stage.notify(act, dossier, "officer", "registered_post")
    if appeal:
        yield stage.later(9)
        text = "نلتمس إعادة النظر: تاريخ النشاط قابل للتأجيل أسبوعا."
        actions.file_appeal(dossier, text, f"demo-appeal-{dossier.number}")
        yield stage.later(7)
        stage.answer_appeal(dossier, "officer", "granted", "نستجيب لطعنكم: أمكن برمجة المعدات في الأسبوع الموالي.")


def incomplete(stage: Stage, who: int, subject: str, *, supplied: bool) -> Story:
    """A file with a document missing: told at once; supplied later and answered, or returned after thirty days."""
    filed = stage.file(LOAN, who, subject, loan(stage, "chairs", subject), ("signed-request",), counter=True)
    if not supplied:
        yield stage.later(36)
        actions.return_file(filed.dossier, stage.person("officer"), "missing")
        return
    yield stage.later(5)
    actions.receive_document(filed.dossier, "liability", "engagement.jpg", stage.picture("engagement"))
    yield stage.later(6)
    act = stage.answer(filed.dossier, "officer", "granted", "head")
    yield stage.later(2)
    stage.notify(act, filed.dossier, "officer")


def questions(stage: Stage, who: int, kind: str, subject: str, *, answered: bool = True) -> Story:
    """One of the three questions that stop the clock; the rest of the delay runs after the answer."""
    dossier = stage.file(LOAN, who, subject, loan(stage, "tents", subject), BOTH).dossier
    officer = stage.person("officer")
    yield stage.later(2)
    if kind == "replacement":
        asked = actions.ask_replacement(dossier, officer, "liability", "الالتزام غير مقروء: الصورة مبتورة من الأسفل.")
    elif kind == "original":
        asked = actions.ask_original(dossier, officer, "liability", "يختلف التوقيع في النسختين.")
    else:
        asked = actions.ask_information(dossier, officer, "كم عدد المستفيدين، وهل يوجد مكان مغلق لحفظ الخيام ليلا؟")
    yield stage.later(1)
    actions.mark_received(dossier, officer, asked, "text")
    if not answered:
        return
    yield stage.later(6)
    if kind == "information":
        actions.answer_information(dossier, "مائة وعشرون مستفيدا، وتحفظ الخيام بمقر الجمعية.")
    elif kind == "original":
        actions.receive_document(dossier, "liability", "original.jpg", None, by=stage.person("clerk"), as_original=True)
    else:
        actions.receive_document(dossier, "liability", "engagement-2.jpg", stage.picture("engagement 2"))
    yield stage.later(4)
    act = stage.answer(dossier, "officer", "granted", "president")
    yield stage.later(2)
    stage.notify(act, dossier, "officer")


def opinion(stage: Stage, who: int, subject: str, *, given: bool) -> Story:
    """Another division is asked what it thinks; the person's clock goes on."""
    dossier = stage.file(LOAN, who, subject, loan(stage, "truck", subject), BOTH).dossier
    yield stage.later(1)
    social = stage.cast.units["social"]
    asked = desk.ask_opinion(dossier, stage.person("officer"), social, "هل النشاط من برامجكم المدعمة؟")
    if not given:
        return
    yield stage.later(3)
    desk.give_opinion(dossier, stage.person("officer-social"), asked, "النشاط مدرج في برنامج القسم، ولا مانع.")
    yield stage.later(4)
    act = stage.answer(dossier, "officer", "granted", "vice")
    yield stage.later(1)
    stage.notify(act, dossier, "officer")


def forgotten(stage: Stage, who: int, subject: str, *, contested: bool) -> Story:
    """Nobody answers in time: the lapse is recorded and told, and opens the remedy; silence is not consent."""
    dossier = stage.file(LOAN, who, subject, loan(stage, "grader", subject), BOTH).dossier
    if not contested:
        return
    yield stage.later(24)
    actions.file_appeal(dossier, "لم أتوصل بأي جواب داخل الأجل.", f"demo-lapse-{dossier.number}")
    yield stage.later(8)
    text = "قررنا الاستجابة لطعنكم: تعتذر الإدارة عن التأخر، وتبرمج الآلة."
    stage.answer_appeal(dossier, "officer", "granted", text)
    yield stage.later(2)
    act = stage.answer(dossier, "officer", "granted", "president")
    yield stage.later(1)
    stage.notify(act, dossier, "officer")


def waiting(stage: Stage, who: int, what: str, subject: str, *, counter: bool = False, drafted: bool = False) -> Story:
    """A request that is being dealt with today; perhaps its answer waits for a signature."""
    dossier = stage.file(LOAN, who, subject, loan(stage, what, subject), BOTH, counter=counter).dossier
    if drafted:
        yield stage.later(2)
        body, french = actions_half(dossier)
        stage.write(dossier, "officer", "granted", body, "", french)


def actions_half(dossier: Any) -> tuple[str, str]:
    """The letter as the sheet writes it."""
    from tadbir.desk.papers import half_written

    return half_written(dossier, "granted")


def to_notify(stage: Stage, who: int, what: str, subject: str) -> Story:
    """Signed, not handed over yet: the duty to answer is not discharged."""
    dossier = stage.file(LOAN, who, subject, loan(stage, what, subject), BOTH).dossier
    yield stage.later(5)
    stage.answer(dossier, "officer", "granted", "head")


def withdrawn(stage: Stage, who: int, subject: str) -> Story:
    """The person takes the request back."""
    dossier = stage.file(LOAN, who, subject, loan(stage, "tanker", subject), BOTH).dossier
    yield stage.later(3)
    actions.withdraw(dossier)


def misdirected(stage: Stage, who: int, subject: str) -> Story:
    """Another authority does this; the person is told which."""
    dossier = stage.file(LOAN, who, subject, loan(stage, "tanker", subject), BOTH).dossier
    yield stage.later(2)
    actions.misdirected(dossier, stage.person("officer"), "الجماعة الترابية المعنية", "توزيع الماء من مرافق الجماعة.")


def twice(stage: Stage, who: int, subject: str) -> Story:
    """Filed twice, on line and at the counter; the first one goes on."""
    first = stage.file(LOAN, who, subject, loan(stage, "chairs", subject), BOTH).dossier
    yield stage.later(1)
    second = stage.file(LOAN, who, subject, loan(stage, "chairs", subject), BOTH, counter=True).dossier
    yield stage.later(1)
    actions.mark_duplicate(second, stage.person("officer"), first)
    yield stage.later(4)
    act = stage.answer(first, "officer", "granted", "head")
    yield stage.later(1)
    stage.notify(act, first, "officer")


def corrected(stage: Stage, who: int, subject: str) -> Story:
    """A question entered in the wrong dossier is voided with its reason; the dates come back."""
    dossier = stage.file(LOAN, who, subject, loan(stage, "chairs", subject), BOTH).dossier
    yield stage.later(1)
    asked = actions.ask_information(dossier, stage.person("officer"), "هل تتوفر الجمعية على رخصة استغلال القاعة؟")
    yield stage.later(1)
    desk.correct_entry(asked, stage.person("officer"), "سجل السؤال في هذا الملف خطأ.")
    yield stage.later(4)
    act = stage.answer(dossier, "officer", "granted", "president")
    yield stage.later(1)
    stage.notify(act, dossier, "officer")


def reassigned(stage: Stage, who: int, subject: str) -> Story:
    """Given to another division, which answers."""
    dossier = stage.file(LOAN, who, subject, loan(stage, "tents", subject), BOTH).dossier
    yield stage.later(2)
    to, social = stage.person("officer-social"), stage.cast.units["social"]
    dossiers.reassign(dossier, stage.person("head"), to, social, "نشاط اجتماعي")
    dossier.refresh_from_db()
    yield stage.later(5)
    act = stage.answer(
        dossier,
        "officer-social",
        "partial",
        "president",
        reasons="عدد الخيام المتوفرة ست فقط.",
        text="تقرر تمكينكم من ست خيام من أصل عشر.",
    )
    yield stage.later(1)
    stage.notify(act, dossier, "officer-social")


def paper_block(stage: Stage) -> Story:
    """A day without power: receipts given on paper, keyed in the day after; the rest of the block is closed."""
    clerk = stage.person("clerk")
    block, _pages = actions.print_block(clerk, stage.cast.units["equipment"], 10)
    numbers = list(block.receipts.values_list("number", flat=True))
    yield stage.later(6)
    when = today()
    yield stage.later(1)
    taken = []
    for rank, number in enumerate(numbers[:2]):
        applicant = stage.applicant(4 + rank)
        filing = Filing(
            stage.sheets[LOAN],
            applicant,
            "طلب كراس لمأتم",
            loan(stage, "chairs", "مأتم"),
            tuple(Piece(code, code, None) for code in BOTH),
            filed_on=when,
        )
        taken.append(actions.key_in_receipt(clerk, number, filing).dossier)
    yield stage.later(3)
    reasons = dict.fromkeys(numbers[3:], "لم يستعمل") | {numbers[2]: "أتلف أثناء الكتابة"}
    actions.close_block(clerk, block, reasons)
    for dossier in taken:
        act = stage.answer(dossier, "officer", "granted", "head")
        stage.notify(act, dossier, "officer")

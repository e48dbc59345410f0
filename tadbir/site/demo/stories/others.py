"""What else people ask of a council: information, a complaint, a petition, their data, a road, a bus."""

from tadbir.councils.clock import today
from tadbir.councils.models import Quality
from tadbir.desk.actions import powers
from tadbir.services import actions
from tadbir.services.actions import steps
from tadbir.site.demo.stage import Stage, Story


def information(stage: Stage, who: int, text: str, *, how: str = "answer", urgent: bool = False) -> Story:
    """Law 31-13: answered in time, extended once with reasons, or refused with the right to complain."""
    answers = {"information": text, "address": "شارع الساحل", "form": "email", "urgent": "yes" if urgent else "no"}
    dossier = stage.file("access-to-information", who, text, answers, urgent=urgent).dossier
    officer = "information"
    if how == "open":
        return
    yield stage.later(1 if urgent else 6)
    if how == "extended":
        steps.record_step(dossier, stage.person(officer), "extension_notified", today(), "حجم الوثائق المطلوبة كبير.")
        stage.send_waiting(dossier, "extension_notified", officer)
        yield stage.later(16)
    if how == "refused":
        reasons = "المعلومة المطلوبة تتعلق بالحياة الخاصة للغير (القانون رقم 31.13، المادة 7)."
        text = "تعذر تسليم المعلومة المطلوبة."
        act = stage.answer(dossier, officer, "refused", "president", reasons=reasons, text=text)
    else:
        act = stage.answer(dossier, officer, "granted", "president", text="تجدون رفقته المعلومات المطلوبة.")
    yield stage.later(1)
    stage.notify(act, dossier, officer, "acknowledged_mail")
    if how == "refused":
        yield stage.later(5)
        actions.file_appeal(dossier, "أطلب الوثيقة بعد حجب الأسماء.", f"demo-head-{dossier.number}")
        yield stage.later(6)
        stage.answer_appeal(dossier, officer, "granted", "قررنا قبول شكايتكم: تسلم الوثيقة بعد حجب الأسماء.")


def new_head(stage: Stage) -> Story:
    """A quality that signs, asked for by one person: it waits for a second one."""
    head, unit = stage.person("officer-affairs"), stage.cast.units["affairs"]
    powers.give_role(head, Quality.HEAD, today(), unit, None, by=stage.person("director"))
    yield from ()


def complaint(stage: Stage, who: int, text: str, *, answered: bool) -> Story:
    """A complaint (decree 2-17-265): acknowledged, then answered."""
    dossier = stage.file("complaint", who, text, {"nature": "complaint", "facts": text, "wish": "إصلاح الوضع"}).dossier
    yield stage.later(1)
    steps.record_step(dossier, stage.person("officer-affairs"), "acknowledged", today())
    if answered:
        yield stage.later(9)
        act = stage.answer(dossier, "officer-affairs", "granted", "president", text="عولجت شكايتكم وأُصلح الوضع.")
        yield stage.later(1)
        stage.notify(act, dossier, "officer-affairs")


def petition(stage: Stage, who: int, item: str, *, on_agenda: bool) -> Story:
    """A petition: accepted by the bureau, notified, put on the agenda; or still to be examined."""
    brought = ("petition-form", "identity-copies", "association-receipt", "statutes", "mandate")
    answers = {"item": item, "reasons": "خدمة تهم ساكنة عدة دواوير.", "agent": "وكيل العريضة", "signatures": "120"}
    dossier = stage.file("petition", who, item, answers, brought, counter=True).dossier
    if on_agenda:
        yield stage.later(12)
        steps.record_step(dossier, stage.person("officer-affairs"), "bureau_accepted", today())
        stage.send_waiting(dossier, "bureau_accepted", "officer-affairs")
        yield stage.later(10)
        steps.record_step(dossier, stage.person("officer-affairs"), "put_on_agenda", today())


def data_rights(stage: Stage, who: int, *, done: bool) -> Story:
    """Law 09-08: somebody asks that a telephone number be corrected."""
    answers = {"right": "rectification", "birth_date": "1990-04-12", "data": "رقم هاتفي في ملف سابق غير صحيح."}
    dossier = stage.file("personal-data-rights", who, "تصحيح رقم الهاتف", answers).dossier
    if done:
        yield stage.later(4)
        steps.record_step(dossier, stage.person("officer-affairs"), "rectified", today(), "صُحح المعطى في السجل")
        stage.send_waiting(dossier, "rectified", "officer-affairs")


def road(stage: Stage, who: int, place: str, *, mended: bool) -> Story:
    """A damaged track: the council's own commitment, not a delay of the law."""
    answers = {"what": "track", "place": place, "danger": "cut_off"}
    dossier = stage.file("road-damage", who, f"مسلك متضرر: {place}", answers).dossier
    if mended:
        yield stage.later(7)
        text = "بخصوص الضرر الذي بلغتم عنه، قرر المجلس إصلاح المقطع المتضرر في الأسبوع المقبل."
        act = stage.answer(dossier, "officer", "granted", "president", text=text)
        stage.notify(act, dossier, "officer")


def school(stage: Stage, who: int, pupil: str) -> Story:
    """A draft sheet: a plain letter with a receipt, no legal delay."""
    answers = {"pupil": pupil, "school": "إعدادية المنار", "douar": "دوار النخلة"}
    stage.file("school-transport", who, f"النقل المدرسي: {pupil}", answers)
    yield from ()

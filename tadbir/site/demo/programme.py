"""What is played, when, in each council: days before today, and the story."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from tadbir.councils.clock import today
from tadbir.operations.actions import run_steps
from tadbir.procedures import actions as procedures
from tadbir.procedures.queries import as_shown
from tadbir.site.demo import stories as s
from tadbir.site.demo.registers import on_paper
from tadbir.site.demo.stage import Play, Stage, Story, office_hour
from tadbir.site.demo.tracks import track

#: Months that the demonstration looks back on.
FIRST_DAY = 200
Scene = tuple[int, Callable[[Stage], Story]]

#: Sheet, unit, delay in days (none where the law itself sets it), what covers its personal data.
ADOPTED = (
    ("equipment-loan", "equipment", 15, "D-SPECIMEN-101/2026"),
    ("access-to-information", "affairs", None, "D-SPECIMEN-102/2026"),
    ("resolution-copy", "affairs", None, "D-SPECIMEN-102/2026"),
    ("complaint", "affairs", None, "D-SPECIMEN-103/2026"),
    ("petition", "affairs", None, "A-SPECIMEN-104/2026"),
    ("personal-data-rights", "affairs", None, "D-SPECIMEN-105/2026"),
    ("road-damage", "equipment", 15, "D-SPECIMEN-106/2026"),
    ("rural-track", "equipment", 60, "D-SPECIMEN-107/2026"),
)
LEFT_DRAFT = (("school-transport", "social"), ("birth-certificate", "affairs"))

IN_REPAIR = "الشاحنة في الصيانة إلى نهاية الشهر."
OED: list[Scene] = [
    (180, lambda st: s.granted(st, 0, "tents", "خيام لحفل نهاية الموسم الدراسي")),
    (172, lambda st: s.granted(st, 2, "tanker", "صهريج ماء لورشة التعاونية", counter=True)),
    (165, lambda st: s.information(st, 6, "Budget primitif de l’année en cours")),
    (160, lambda st: s.refused(st, 7, "truck", "شاحنة لنقل معدات رياضية", IN_REPAIR, appeal=True)),
    (150, lambda st: s.incomplete(st, 1, "كراس لقافلة طبية", supplied=True)),
    (144, lambda st: s.complaint(st, 4, "إنارة منطفئة أمام مقر المصلحة", answered=True)),
    (138, lambda st: s.questions(st, 0, "information", "خيام لمخيم صيفي")),
    (131, lambda st: s.forgotten(st, 1, "آلة تسوية لمسلك الدوار", contested=True)),
    (124, lambda st: s.petition(st, 13, "بناء قنطرة صغيرة على الوادي", on_agenda=True)),
    (120, lambda st: track(st, 3, "من دوار السدرة إلى الطريق الجهوية", answered=True)),
    (117, lambda st: s.questions(st, 9, "replacement", "خيام لمعرض منتوجات")),
    (110, lambda st: s.withdrawn(st, 10, "صهريج ماء لبناء سور")),
    (104, s.paper_block),
    (97, lambda st: s.data_rights(st, 12, done=True)),
    (92, lambda st: s.twice(st, 10, "كراس لزفاف جماعي")),
    (85, lambda st: s.misdirected(st, 5, "صهريج لتوزيع الماء على الحي")),
    (78, lambda st: s.information(st, 11, "Liste des marchés de l’année et titulaires", how="extended")),
    (70, lambda st: s.opinion(st, 1, "شاحنة لتوزيع قفف التضامن", given=True)),
    (66, lambda st: s.questions(st, 2, "original", "خيام لمهرجان الصيد")),
    (60, lambda st: s.incomplete(st, 5, "كراس لحفل عائلي", supplied=False)),
    (52, lambda st: s.refused(st, 12, "grader", "تسوية أرض خاصة", "الآليات مخصصة للمنفعة العامة (مقرر المجلس).")),
    (46, lambda st: s.corrected(st, 0, "كراس لأمسية ثقافية")),
    (40, lambda st: s.information(st, 4, "محاضر لجنة التعمير", how="refused")),
    (36, lambda st: track(st, 8, "من دوار النخلة إلى مركز الجماعة", answered=False)),
    (34, lambda st: s.reassigned(st, 9, "خيام لورشة نسائية")),
    (28, lambda st: s.forgotten(st, 3, "آلة تسوية لطريق السوق", contested=False)),
    (20, on_paper),
    (9, lambda st: s.to_notify(st, 8, "chairs", "كراس لدوري رياضي")),
    (16, lambda st: s.road(st, 10, "الطريق بين المركز وقرية الصيادين", mended=False)),
    (13, lambda st: s.waiting(st, 0, "tents", "خيام لمسابقة قرآنية")),
    (12, lambda st: s.complaint(st, 6, "Retard dans une réponse écrite", answered=False)),
    (9, lambda st: s.questions(st, 7, "information", "خيام لسباق الكثبان", answered=False)),
    (8, lambda st: s.waiting(st, 13, "chairs", "كراس لاجتماع أولياء التلاميذ", drafted=True)),
    (6, lambda st: s.opinion(st, 2, "شاحنة لنقل شباك الصيد", given=False)),
    (5, lambda st: s.information(st, 10, "رخصة مقلع قريب من دوار آهل بالسكان", how="open", urgent=True)),
    (4, lambda st: s.data_rights(st, 5, done=False)),
    (3, lambda st: s.petition(st, 1, "إحداث ملعب للقرب", on_agenda=False)),
    (2, lambda st: s.school(st, 4, "آية")),
    (1, lambda st: s.waiting(st, 11, "truck", "شاحنة لتنظيف الشاطئ", counter=True)),
    (1, s.new_head),
]
AOUSSERD: list[Scene] = [
    (170, lambda st: s.granted(st, 9, "tents", "خيام لموسم ثقافي")),
    (140, lambda st: s.information(st, 0, "لائحة الجمعيات المستفيدة من الدعم")),
    (120, lambda st: s.questions(st, 1, "information", "خيام لقافلة طبية")),
    (90, lambda st: s.incomplete(st, 4, "كراس لحفل مدرسي", supplied=True)),
    (64, lambda st: s.refused(st, 12, "truck", "شاحنة لنقل مواد بناء خاصة", "الاستعمال خاص لا عمومي (مقرر المجلس).")),
    (45, lambda st: s.road(st, 10, "مسلك آبار القافلة", mended=True)),
    (26, lambda st: s.forgotten(st, 3, "آلة تسوية لمسلك الرعاة", contested=False)),
    (11, lambda st: s.waiting(st, 9, "tanker", "صهريج لتعاونية النساء")),
    (7, lambda st: s.complaint(st, 5, "تأخر تسليم وصل", answered=False)),
    (2, lambda st: s.waiting(st, 0, "chairs", "كراس ليوم دراسي", counter=True)),
]


def set_up_sheets(stage: Stage) -> None:
    """Take the sheets from the catalogue and adopt those that may be."""
    director, since = stage.person("director"), today()
    for code, unit, delay, cndp in ADOPTED:
        draft = procedures.take_from_catalogue(code, stage.cast.units[unit])
        stage.sheets[code] = procedures.adopt(
            director,
            code,
            shown=as_shown(draft).token,
            reference=f"قرار رقم {11 + len(stage.sheets)}/{since.year} (نموذج)",
            adopted_on=since,
            delay_days=delay,
            cndp_reference=cndp,
        )
    for code, unit in LEFT_DRAFT:
        stage.sheets[code] = procedures.take_from_catalogue(code, stage.cast.units[unit])


def every_morning(stage: Stage) -> Iterator[datetime]:
    """The daily round, as the server would have run it."""
    while True:
        run_steps()
        yield office_hour(today() + timedelta(days=1), stage.chance).replace(hour=6, minute=0)


def announce(play: Play, stage: Stage, scenes: list[Scene]) -> None:
    """Put a council's stories on the programme."""
    for days, story in scenes:
        play.add(stage, office_hour(today() - timedelta(days=days), stage.chance), story(stage))
    play.add(stage, office_hour(today() - timedelta(days=FIRST_DAY - 5), stage.chance), every_morning(stage))

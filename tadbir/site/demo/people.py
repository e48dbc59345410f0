"""The fictional people of the demonstration: agents, elected members, residents. No name is anybody's."""

import secrets
from dataclasses import dataclass, field
from datetime import date

from tadbir.councils import actions as councils
from tadbir.councils.models import Delegation, Person, Quality, Unit

UNITS = (
    ("equipment", "قسم التجهيز والآليات", "Division de l’équipement et des engins"),
    ("social", "قسم العمل الاجتماعي", "Division de l’action sociale"),
    ("affairs", "مصلحة شؤون المجلس", "Service des affaires du conseil"),
)
#: quality, unit or nothing, name in Arabic, name in French, word of the e-mail address
CASTS: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    "oed": (
        (Quality.PRESIDENT, "", "سعاد المثالي", "Souad Exemple", "president"),
        (Quality.VICE_PRESIDENT, "", "حسن الخيالي", "Hassan Fiction", "vice"),
        (Quality.SECRETARY, "", "مريم النموذجي", "Mariam Modèle", "secretary"),
        (Quality.DIRECTOR, "", "كريم التجريبي", "Karim Essai", "director"),
        (Quality.HEAD, "equipment", "نادية الروائي", "Nadia Roman", "head"),
        (Quality.HEAD, "social", "إدريس الافتراضي", "Driss Supposé", "head-social"),
        (Quality.OFFICER, "equipment", "يونس المسرحي", "Younès Théâtre", "officer"),
        (Quality.OFFICER, "social", "لطيفة الحكائي", "Latifa Conte", "officer-social"),
        (Quality.OFFICER, "affairs", "عمر التمثيلي", "Omar Scène", "officer-affairs"),
        (Quality.INFORMATION_OFFICER, "affairs", "سناء البياني", "Sanae Témoin", "information"),
        (Quality.CLERK, "", "خديجة العينة", "Khadija Spécimen", "clerk"),
        (Quality.ADMIN, "", "أنس المحاكي", "Anas Simulé", "admin"),
    ),
    "aousserd": (
        (Quality.PRESIDENT, "", "محمد سالم المثالي", "Mohamed Salem Exemple", "president"),
        (Quality.VICE_PRESIDENT, "", "فاطمة الزهراء الخيالي", "Fatima Zahra Fiction", "vice"),
        (Quality.SECRETARY, "", "سعيد النموذجي", "Saïd Modèle", "secretary"),
        (Quality.DIRECTOR, "", "ليلى التجريبي", "Leïla Essai", "director"),
        (Quality.HEAD, "equipment", "عبد الله الروائي", "Abdallah Roman", "head"),
        (Quality.HEAD, "social", "نعيمة الافتراضي", "Naïma Supposé", "head-social"),
        (Quality.OFFICER, "equipment", "رشيد المسرحي", "Rachid Théâtre", "officer"),
        (Quality.OFFICER, "social", "هند الحكائي", "Hind Conte", "officer-social"),
        (Quality.OFFICER, "affairs", "طارق التمثيلي", "Tarik Scène", "officer-affairs"),
        (Quality.INFORMATION_OFFICER, "affairs", "زينب البياني", "Zineb Témoin", "information"),
        (Quality.CLERK, "", "حمزة العينة", "Hamza Spécimen", "clerk"),
        (Quality.ADMIN, "", "سلمى المحاكي", "Salma Simulé", "admin"),
    ),
}
#: The town of the seat, which a letter is dated from; where it is not said, a letter bears its date alone.
SEATS = {"oed": ("الداخلة", "Dakhla")}
#: kind, name, telephone, language. Telephones are numbers that nobody has: 0600 00 00 xx.
RESIDENTS = (
    ("association", "جمعية آفاق النخلة", "0600000001", "ar"),
    ("association", "جمعية واحة التضامن", "0600000002", "ar"),
    ("cooperative", "تعاونية اللؤلؤ للصيد التقليدي", "0600000003", "ar"),
    ("public", "جماعة الكثبان", "", "ar"),
    ("person", "فاطمة بنت أحمد العيدي", "0600000005", "ar"),
    ("person", "سيدي محمد الغيلاني", "0600000006", "ar"),
    ("person", "Amina Berrada", "0600000007", "fr"),
    ("association", "Association Dunes et Sport", "0600000008", "fr"),
    ("person", "بشرى المزوار", "", "ar"),
    ("cooperative", "تعاونية نساء القافلة", "0600000010", "ar"),
    ("person", "مولاي رشيد الطيبي", "0600000011", "ar"),
    ("firm", "Société Oasis Services", "0600000012", "fr"),
    ("person", "عائشة الكنتاوي", "0600000013", "ar"),
    ("association", "جمعية آباء وأولياء تلاميذ مدرسة المنار", "0600000014", "ar"),
)


@dataclass
class Cast:
    """Who plays in one council; `people` by the word of the e-mail address."""

    units: dict[str, Unit]
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, word: str) -> Person:
        return self.people[word]


def hire(troupe: str, since: date) -> Cast:
    """Make the units, people and roles of the current council, all in force since `since`.

    Those who confirm powers have chosen how they sign in, so that what signs takes two people here too.
    """
    cast = Cast({code: councils.create_unit(code, ar, fr) for code, ar, fr in UNITS})
    for quality, unit, ar, fr, word in CASTS[troupe]:
        person = councils.create_person(ar, fr, f"{word}@{troupe}.example")
        councils.give_role(person, quality, since, cast.units.get(unit))
        cast.people[word] = person
        if quality in (Quality.PRESIDENT, Quality.DIRECTOR, Quality.ADMIN) and person.account is not None:
            person.account.set_password(secrets.token_urlsafe(32))  # known to nobody: its links open the demonstration
            person.account.save(update_fields=["password"])
    return cast


def delegate(cast: Cast, since: date, ended: date) -> None:
    """The delegations of the demonstration: to the head of division, to the vice-president, and one that ended."""
    president = cast["president"]
    councils.delegate(president, cast["head"], ["outcome", "applicant_notice"], "4/2026", since)
    powers = Delegation.Scope.POWERS
    councils.delegate(president, cast["vice"], ["outcome", "letter"], "5/2026", since, scope=powers)
    councils.delegate(president, cast["head-social"], ["outcome"], "6/2026", since, ended)

"""The fictional people of the demonstration: agents, elected members, residents. No name is anybody's."""

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
        (Quality.PRESIDENT, "", "سعاد المنصوري", "Souad Mansouri", "president"),
        (Quality.VICE_PRESIDENT, "", "حسن بلعربي", "Hassan Belarbi", "vice"),
        (Quality.SECRETARY, "", "مريم الداودي", "Mariam Daoudi", "secretary"),
        (Quality.DIRECTOR, "", "كريم العلمي", "Karim Alami", "director"),
        (Quality.HEAD, "equipment", "نادية الزروالي", "Nadia Zerouali", "head"),
        (Quality.HEAD, "social", "إدريس المساوي", "Driss Moussaoui", "head-social"),
        (Quality.OFFICER, "equipment", "يونس بناني", "Younes Bennani", "officer"),
        (Quality.OFFICER, "social", "لطيفة أوحساين", "Latifa Ouhsaine", "officer-social"),
        (Quality.OFFICER, "affairs", "عمر التازي", "Omar Tazi", "officer-affairs"),
        (Quality.INFORMATION_OFFICER, "affairs", "سناء القادري", "Sanae Kadiri", "information"),
        (Quality.CLERK, "", "خديجة أمزيل", "Khadija Amzil", "clerk"),
        (Quality.ADMIN, "", "أنس الرامي", "Anas Rami", "admin"),
    ),
    "aousserd": (
        (Quality.PRESIDENT, "", "محمد سالم الوردي", "Mohamed Salem Ouardi", "president"),
        (Quality.VICE_PRESIDENT, "", "فاطمة الزهراء بنيس", "Fatima Zahra Bennis", "vice"),
        (Quality.SECRETARY, "", "سعيد الحمداوي", "Said Hamdaoui", "secretary"),
        (Quality.DIRECTOR, "", "ليلى الصقلي", "Leila Skalli", "director"),
        (Quality.HEAD, "equipment", "عبد الله الريفي", "Abdallah Rifi", "head"),
        (Quality.HEAD, "social", "نعيمة الشاوي", "Naima Chaoui", "head-social"),
        (Quality.OFFICER, "equipment", "رشيد الوالي", "Rachid Ouali", "officer"),
        (Quality.OFFICER, "social", "هند المريني", "Hind Merini", "officer-social"),
        (Quality.OFFICER, "affairs", "طارق الفلالي", "Tarik Filali", "officer-affairs"),
        (Quality.INFORMATION_OFFICER, "affairs", "زينب العمراني", "Zineb Amrani", "information"),
        (Quality.CLERK, "", "حمزة الدكالي", "Hamza Doukkali", "clerk"),
        (Quality.ADMIN, "", "سلمى الناصري", "Salma Naciri", "admin"),
    ),
}
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
    """Make the units, people and roles of the current council, all in force since `since`."""
    cast = Cast({code: councils.create_unit(code, ar, fr) for code, ar, fr in UNITS})
    for quality, unit, ar, fr, word in CASTS[troupe]:
        person = councils.create_person(ar, fr, f"{word}@{troupe}.example")
        councils.give_role(person, quality, since, cast.units.get(unit))
        cast.people[word] = person
    return cast


def delegate(cast: Cast, since: date, ended: date) -> None:
    """The delegations of the demonstration: to the head of division, to the vice-president, and one that ended."""
    president = cast["president"]
    councils.delegate(president, cast["head"], ["outcome"], "قرار رقم 4", since)
    powers = Delegation.Scope.POWERS
    councils.delegate(president, cast["vice"], ["outcome", "letter"], "قرار رقم 5", since, scope=powers)
    councils.delegate(president, cast["head-social"], ["outcome"], "قرار رقم 6", since, ended)

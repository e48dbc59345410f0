"""One search on two engines: the same questions find the same objects, in one council only."""

import random
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from tadbir.councils.models import Council
from tadbir.councils.scope import NoCouncil, council_scope
from tadbir.textsearch import actions
from tadbir.textsearch.actions import Findable, Source, index, reindex, remove
from tadbir.textsearch.models import SearchEntry
from tadbir.textsearch.queries import found_ids, search
from tadbir.textsearch.stemmer import STEMMER_VERSION
from tests.factories import a_council

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TEXTS = {
    1: "DKH-2026-000123 طلب إعانة مالية لجمعية الأمل فاطمة الزهراء",
    2: "DKH-2026-000124 Demande de subvention, association Al Amal",
    3: "DKH-2026-001230 اتفاقية شراكة بين المجلس والتعاونيات الفلاحية",
    4: "DKH-2025-000007 إصلاح الطرق والمسالك القروية بدوار أولاد علي",
    5: "مشاريع تزويد الدواوير بالماء الصالح للشرب — adduction d’eau potable",
    6: "محضر للجنة المالية والميزانية",
    7: "M’hamed El Idrissi عبد الله بوعمر",
}
#: question -> ids, newest first. One table for both engines: that is the proof that they agree.
ANSWERS = {
    "جمعية": [1],
    "الجمعيات": [1],
    "إعانات": [1],
    "اعانه": [1],
    "subventions": [2],
    "association": [2],
    "تعاونية": [3],
    "شراكات": [3],
    "الاتفاقيات": [3],
    "طريق": [4],
    "المسلك": [4],
    "دوار": [5, 4],
    "الدوار": [5, 4],
    "مشروع": [5],
    "eau potable": [5],
    "l'eau": [5],
    "اللجنة": [6],
    "لجان": [6],
    "2026": [3, 2, 1],
    "000123": [1],
    "0123": [1],
    "00": [4, 3, 2, 1],
    "123": [3, 1],
    "1230": [3],
    "dkh": [4, 3, 2, 1],
    "DKH-2026-0001": [2, 1],
    "Mhamed": [7],
    "m'hamed elidrissi": [7],
    "EL-IDRISSI": [7],
    "عبدالله": [7],
    "عبد الله بو عمر": [7],
    "الله": [7],
    "عبد الرحيم": [],
    "المالية": [6, 1],
    "مجلس": [3],
    "dkh 2025": [4],
    "لا شيء هنا": [],
    "demande de la subvention": [2],
    "في": [],
    "٢٠٢٥": [4],
    "طالب": [],
    "* OR (": [],
    '"': [],
    "NOT dkh": [],
    "@1": [3, 2, 1],
    "#dossier": [],
}


@pytest.fixture
def council() -> Iterator[Council]:
    with council_scope(a_council("north")) as here:
        yield here


def fill() -> None:
    for number, text in TEXTS.items():
        index("dossier", number, text, date(2026, 1, number))


@pytest.mark.usefixtures("council")
def test_every_question_has_the_same_answer_on_both_engines() -> None:
    fill()
    given = {question: [int(number) for number in found_ids(question, "dossier")] for question in ANSWERS}
    wrong = {question: (given[question], right) for question, right in ANSWERS.items() if given[question] != right}
    assert wrong == {}


@pytest.mark.usefixtures("council")
def test_newest_first_page_after_page_whatever_the_order_of_writing() -> None:
    days = list(range(40))
    random.Random(7).shuffle(days)
    for day in days:
        index("dossier", day, "طلب رخصة", date(2026, 1, 1) + timedelta(days=day))
    first = search("طلب", limit=15)
    second = search("طلب", limit=15, before=first[-1].position)
    third = search("طلب", limit=15, before=second[-1].position)
    assert [int(hit.object_id) for hit in first + second + third] == list(range(39, -1, -1))
    assert first[0].date == date(2026, 2, 9)
    assert search("طلب", before=third[-1].position) == []


@pytest.mark.usefixtures("council")
def test_a_changed_object_is_found_by_its_new_words_and_date_only() -> None:
    index("dossier", 1, "ملعب القرب", date(2026, 1, 1))
    index("dossier", 2, "ملعب كبير", date(2026, 1, 2))
    index("dossier", 1, "مسبح مغطى", datetime(2026, 1, 3, 23, 30, tzinfo=UTC))
    assert found_ids("ملاعب", "dossier") == ["2"]
    assert [(hit.object_id, hit.date) for hit in search("المسبح")] == [
        ("1", date(2026, 1, 4))
    ]  # past midnight in Casablanca
    assert SearchEntry.objects.count() == 2
    assert remove("dossier", 1) is True
    assert remove("dossier", 1) is False
    assert search("المسبح") == []


@pytest.mark.usefixtures("council")
def test_types_are_told_apart_and_strange_ones_refused() -> None:
    index("dossier", 1, "دورة أكتوبر", date(2026, 1, 1))
    index("session", "a-1", "دورة أكتوبر", date(2026, 1, 2))
    assert [hit.object_type for hit in search("دورة")] == ["session", "dossier"]
    assert found_ids("دورة", "session") == ["a-1"]
    assert len(search("دورة", ["dossier", "session"])) == 2
    with pytest.raises(ValueError, match="not a type"):
        index('x" OR "y', 1, "x", date(2026, 1, 1))


def test_a_council_never_finds_what_another_wrote() -> None:
    north, south = a_council("north"), a_council("south")
    with council_scope(north):
        index("dossier", 1, "طلب من الشمال", date(2026, 1, 1))
    with council_scope(south):
        assert search("طلب") == []
        index("dossier", 1, "طلب من الجنوب", date(2026, 1, 1))
        assert [hit.object_id for hit in search("طلب")] == ["1"]
        assert search("الشمال") == []
        assert search(f"@{north.pk} طلب") == []
        remove("dossier", 1)
    with council_scope(north):
        assert len(search("الشمال")) == 1
    with pytest.raises(NoCouncil):
        search("طلب")


@pytest.mark.usefixtures("council")
def test_an_index_that_was_rolled_back_finds_nothing() -> None:
    class Undo(Exception):
        pass

    def work() -> None:
        with transaction.atomic():
            index("dossier", 1, "طلب", date(2026, 1, 1))
            assert len(search("طلب")) == 1
            raise Undo

    with pytest.raises(Undo):
        work()
    assert search("طلب") == []


def source_of(texts: dict[int, str]) -> Source:
    def read(ids: Sequence[str]) -> Iterator[Findable]:
        return (Findable("dossier", n, texts[int(n)], date(2026, 1, int(n))) for n in ids if int(n) in texts)

    return Source(lambda: map(str, texts), read)


def test_reindexing_follows_a_new_stemmer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_sources", {})
    monkeypatch.setattr(actions, "CHUNK", 2)
    council, texts = a_council("north"), dict(TEXTS)
    actions.register_source("dossier", source_of(texts))
    with council_scope(council):
        assert reindex() == len(TEXTS)
        assert actions.reindex_stale(60) == 0
        monkeypatch.setattr(actions, "STEMMER_VERSION", STEMMER_VERSION + 1)
        index("dossier", 1, TEXTS[1], date(2026, 1, 1))  # somebody changed it meanwhile
        assert actions.reindex_stale(0) == 2  # stopped after one transaction, the newest first
        done = SearchEntry.objects.filter(version=STEMMER_VERSION + 1).order_by("-position")
        newest = sorted(TEXTS, reverse=True)
        assert [int(one.object_id) for one in done] == [*newest[:2], 1]
        del texts[newest[2]]
        assert actions.reindex_in_turns() == len(TEXTS) - 4  # it goes on, and one is gone
        assert actions.reindex_stale(60) == 0
        assert not actions.reindex_later()
        assert SearchEntry.objects.count() == len(TEXTS) - 1
        texts[newest[2]] = TEXTS[newest[2]]
        assert reindex() == len(TEXTS)
        with pytest.raises(RuntimeError, match="all councils"):
            actions.rebuild_engine()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO textsearch_fts (textsearch_fts) VALUES ('delete-all')")
        with council_scope(council):
            assert search("جمعية") == []
        assert actions.rebuild_engine() == len(TEXTS)
    with council_scope(council):
        assert found_ids("جمعية", "dossier") == ["1"]


@pytest.mark.usefixtures("council")
def test_strange_questions_are_harmless() -> None:
    fill()
    strange = ("", "   ", "'", '"*', "a" * 5000, "طلب " * 900, "\x00", "\ud83d", "1" * 4000, "%_", "'); DROP TABLE x;")
    for question in strange:
        search(question)
    index("dossier", 99, " ".join(strange) + " كلمة", date(2026, 2, 1))
    assert found_ids("كلمة", "dossier") == ["99"]
    assert found_ids("a" * 4000, "dossier") == ["99"]
    assert search("'") == []


@pytest.mark.proof
@pytest.mark.alone
@pytest.mark.usefixtures("council")
def test_ten_thousand_objects_are_searched_in_milliseconds() -> None:
    """Measured, printed, and held to a bar five times the budget of 10 ms, so that a busy machine stays green."""
    words = " ".join(TEXTS.values()).split()
    choose = random.Random(3)
    for number in range(10_000):
        text = f"DKH-2026-{number:06} طلب " + " ".join(choose.choices(words, k=25))
        index("dossier", number, text, date(2020, 1, 1) + timedelta(days=number % 2500))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE textsearch_searchentry")
    for question in (
        "طلب",
        "جمعية",
        "DKH-2026-004567",
        "45",
        "2026",
        "اتفاقية الشراكة مع التعاونيات",
        "subvention eau",
    ):
        times = []
        for _ in range(41):
            began = time.perf_counter()
            hits = search(question)
            times.append((time.perf_counter() - began) * 1000)
        middle = sorted(times)[20]
        print(f"{connection.vendor:10} {question!r:40} {len(hits):3} found, p50 {middle:6.2f} ms")
        assert hits
        assert middle < 50

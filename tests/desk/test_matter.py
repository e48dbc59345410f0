"""The one door: what it lets in, and what it refuses, because one of two would be hidden or contradicted."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tadbir import law
from tadbir.acts import kinds
from tadbir.acts.kinds import Kind, kind_of
from tadbir.desk import matter as door
from tadbir.desk.matter import Item, Matter, Section, Tray, WrongMatter, declare, matter_of, matters, menu, trays
from tadbir.desk.verbs import DeskForm, Verb
from tadbir.law.errors import LawError
from tadbir.ledgers.kinds import Register, register_of
from tadbir.notify import wordings
from tadbir.notify.wordings import UnknownWording

GRANT = Kind("grant_letter", "رسالة منحة", "Lettre de subvention", "N", signed=False, layout="letter")


@pytest.fixture(autouse=True)
def _a_door_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test declares is forgotten after it."""
    monkeypatch.setattr(door, "_matters", dict(door._matters))
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(wordings, "_catalogue", dict(wordings._catalogue))


def verb(code: str, **changes: Any) -> Verb:
    return Verb(code, code, code, DeskForm, lambda desk, typed: None, **{"rank": 10, "done": code} | changes)


def register(code: str) -> Register:
    return Register(code, code, code, code, (), lambda first, last: None, lambda rows: [])  # type: ignore[arg-type,return-value]


def grants(**changes: Any) -> Matter:
    """A matter that contradicts nothing, but for these changes."""
    values: dict[str, Any] = {
        "kinds": ("session",),
        "verbs": (verb("award", fact="scheduled"),),
        "trays": (Tray("grants", "Grants", list),),
        "menu": (Item("office-grants", "Grants", 36, key="9"),),
        "papers": (GRANT,),
        "registers": (register("grants"),),
        "sections": (Section("grant", "x.html", lambda desk: None),),
        "office": "tests.desk.grants_urls",
    }
    return Matter("grants", **values | changes)


def test_what_contradicts_nothing_comes_in_once() -> None:
    before = matters()
    one = grants()
    for _twice in range(2):
        declare(one)
    assert matters() == [*before, one]
    assert matter_of("session") == one
    assert one.trays[0] in trays()
    assert one.menu[0] in menu()
    assert register_of("grants") == one.registers[0]
    assert kind_of("grant_letter") == GRANT


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kinds": ("55-19",)}, "grants and services: the same kind of dossier: 55-19"),
        ({"trays": (Tray("scan", "x", list),)}, "grants and desk: the same tray: scan"),
        ({"menu": (Item("office-counter", "x", 1),)}, "grants and services: the same menu entry: office-counter"),
        ({"menu": (Item("office-x", "x", 1, key="2"),)}, "grants and services: the same key of the menu: 2"),
        ({"registers": (register("acts"),)}, "grants and ledgers: the same register: acts"),
        ({"verbs": (verb("erase"),)}, "grants and desk: the same verb: erase"),
        ({"kinds": (), "verbs": (verb("supply"),)}, "grants and services: the same verb: supply"),
        (
            {"office": "tadbir.services.office.urls"},
            "grants and services: the same module of addresses: tadbir.services.office.urls",
        ),
        ({"kinds": ("grant",)}, "grants: the law knows no kind of dossier called grant"),
        ({"verbs": (verb("award", fact="awarded"),)}, "grants: the law knows no fact called awarded"),
        ({"on_fact": {"awarded": lambda dossier, fact: None}}, "grants: the law knows no fact called awarded"),
    ],
)
def test_what_would_hide_another_matter_or_names_what_nobody_knows_is_refused(changes: Any, said: str) -> None:
    before = matters()
    with pytest.raises(WrongMatter, match=f"^{said}$"):
        declare(grants(**changes))
    assert matters() == before
    declare(grants())


def test_two_matters_of_one_code_are_refused_and_two_domains_may_share_the_code_of_a_verb() -> None:
    declare(grants())
    with pytest.raises(WrongMatter, match=r"^two matters under one code: grants$"):
        declare(grants(trays=()))
    declare(Matter("agenda", kinds=("resolution",), verbs=(verb("award"), verb("supply"))))
    assert matter_of("resolution").code == "agenda"


@pytest.mark.parametrize(
    "changes",
    [
        {"sections": (Section("grant", "x.html", lambda desk: None, place="left"),)},
        {"sections": (Section("grant", "x.html", lambda desk: None),) * 2},
        {"verbs": (verb("award"), verb("award"))},
        {"trays": (Tray("grants", "x", list),) * 2},
        {"registers": (register("grants"),) * 2},
        {"papers": (GRANT, replace(GRANT, series="Z"))},
        {"kinds": (), "on_fact": {"filed": lambda dossier, fact: None}},
    ],
)
def test_a_matter_that_contradicts_itself_is_refused(changes: Any) -> None:
    with pytest.raises(WrongMatter):
        grants(**changes)
    assert grants()


@pytest.mark.parametrize("paper", [replace(GRANT, code="outcome"), replace(GRANT, layout="poem")])
def test_a_paper_that_contradicts_the_house_is_refused(paper: Kind) -> None:
    with pytest.raises(ValueError, match=r"two kinds of act under one code|no layout is called"):
        declare(grants(papers=(paper,)))
    assert "grants" not in [one.code for one in matters()]
    declare(grants())


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that a matter may name, to put its folders in."""
    folder = tmp_path / "grants_of_a_test"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, folder.name, raising=False)
    return folder


NOTICE = 'needs = []\nsubject_ar = "x"\nsubject_fr = "x"\nar = "x"\nfr = "x"\n'


def test_a_wording_that_another_matter_words_otherwise_is_refused(package: Path) -> None:
    file = package / "data" / "wordings.toml"
    file.parent.mkdir()
    file.write_text(f"[grant_awarded]\n{NOTICE}\n[outcome]\n{NOTICE}")
    with pytest.raises(UnknownWording, match="two wordings under one code: 'outcome'"):
        declare(grants(wordings=package.name))
    assert "grant_awarded" not in wordings.catalogue()
    file.write_text(f"[grant_awarded]\n{NOTICE}")
    declare(grants(wordings=package.name))
    assert "grant_awarded" in wordings.catalogue()


def test_a_law_that_contradicts_that_of_the_house_is_refused(package: Path) -> None:
    before = dict(law.REGIMES), dict(law.FACTS)
    regimes = package / "law" / "regimes"
    with pytest.raises(WrongMatter, match="has no folder called law"):
        declare(grants(law=package.name))
    regimes.mkdir(parents=True)
    regime = 'ar = "x"\nfr = "x"\nopened_by = "council"\nconfidence = "memory"\nbased_on = ["_council"]\n'
    for code, facts in (("session", "[facts]"), ("grant", "[facts.awarded]\nphases = 'always'")):
        (regimes / f"{code}.toml").write_text(f'code = "{code}"\n{regime}{facts}\n')
        with pytest.raises(LawError, match=rf"regimes/{code}\.toml"):
            declare(grants(law=package.name))
        (regimes / f"{code}.toml").unlink()
    assert (dict(law.REGIMES), dict(law.FACTS)) == before
    assert "grants" not in [one.code for one in matters()]

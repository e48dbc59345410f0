"""Where a page shows what differs, each part has its name in the reader's language: no key that a machine reads."""

import ast
import dataclasses
from dataclasses import fields
from typing import Any, get_args, get_type_hints

from django.utils.translation import override

from tadbir.desk.papers.letters import words_shown
from tadbir.desk.queries.definitions import name_of
from tadbir.desk.words import LETTER_WORDS
from tadbir.procedures.labels import KEYS, label_of
from tadbir.procedures.queries import as_shown, newest_sheet
from tadbir.procedures.sheet import SheetBody
from tadbir.services import actions
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing
from tests.house.reading import files


def _keys(shape: Any) -> set[str]:
    found = {one.name for one in fields(shape)}
    for hint in get_type_hints(shape).values():
        for inner in (hint, *get_args(hint)):
            found |= _keys(inner) if dataclasses.is_dataclass(inner) else set()
    return found


def test_every_key_of_a_sheet_has_its_name_in_both_languages() -> None:
    assert _keys(SheetBody) == set(KEYS)
    for language in ("ar", "fr"):
        with override(language):
            names = {key: str(label) for key, label in KEYS.items()}
        assert not {key for key, name in names.items() if name == key or "_" in name}
        assert language == "fr" or {name.isascii() for name in names.values()} == {False}


def _plain(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")


def test_an_item_is_named_by_its_own_name_and_what_is_unknown_by_words() -> None:
    body = {"documents": [{"code": "liability", "ar": "التزام", "fr": "Engagement", "help_ar": "x"}]}
    with override("fr"):
        assert _plain(label_of("documents[liability].help_ar", body)) == "Document · Engagement · Aide en arabe"
        assert _plain(label_of("conditions[2].ar", body)).startswith("Condition · 2 · ")
        assert "_" not in label_of("not_known[x].neither", body) + name_of("whens[1].neither")
        assert name_of("whens[1].max") == "Durée"


def _bare(key: ast.expr, label: ast.expr) -> bool:
    """Whether the label of a line is its very key, another key of data, or words of one language."""
    other = isinstance(label, ast.Attribute) and label.attr == "key"
    text = isinstance(label, ast.Constant) and str(label.value).strip() != ""
    return ast.dump(key) == ast.dump(label) or other or text


def test_no_line_that_a_page_displays_is_labelled_by_its_key() -> None:
    found, bare = 0, []
    for path in files("tadbir", ".py"):
        tree = ast.parse(path.read_text("utf-8"))
        taken = {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}
        for node in ast.walk(tree):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if not isinstance(node, ast.Call) or name not in taken & {"Line", "Difference"} or len(node.args) < 2:
                continue
            found += 1
            key, label = node.args[:2] if name == "Line" else (ast.Constant(0), node.args[0])
            bare += [f"{path}:{node.lineno}"] if _bare(key, label) else []
    assert found > 30
    assert bare == []


def test_two_who_write_one_letter_read_what_differs_in_words(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    draft = actions.ask_information(dossier, office.officer, "أي يوم بالضبط؟")
    page = address(office.council, "office-letter-words", dossier.number, draft.pk)
    client = sign_in(office.officer)
    read = words_shown(draft).token
    at_once.actions.change_letter(draft, dossier, office.officer, {"reason": "أي ساعة بالضبط؟"}, shown=read)
    refused = client.post(page, {"reason": "في أي مكان بالضبط؟", "shown": read})
    assert refused.status_code == 409
    said = refused.content.decode().split("data-errors")[1].split("</table>")[0]
    with override("ar"):
        assert str(LETTER_WORDS["reason"]) in said
    assert ">reason<" not in said


def test_what_differs_in_a_sheet_is_said_in_words(office: Office) -> None:
    sheet = adopted_loan(office)
    before = as_shown(sheet)
    at_once.correct_sheet(office.director, sheet, {**sheet.body, "cost_ar": "عشرة دراهم"})
    now = newest_sheet(sheet.code)
    assert now
    shown = as_shown(now)
    assert shown.since
    with override("ar"):
        found = {_plain(str(one.label)): (one.after, one.by) for one in shown.since(before.told)}
    assert found["الكلفة بالعربية"] == ("عشرة دراهم", str(office.director))
    assert "cost_ar" not in found

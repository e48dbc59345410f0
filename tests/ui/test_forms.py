"""Forms: what is cleaned, what is refused, what the person reads."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tadbir.councils.models import Unit
from tadbir.ui import forms
from tadbir.ui.text import CONTROLS, clean_name, clean_prose, file_name


class Walkin(forms.Form):
    name = forms.NameField(label="Name", help_text="As on the card")
    phone = forms.PhoneField(label="Phone", required=False)
    about = forms.LongTextField(label="About", required=False, max_length=50)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    day = forms.DayField(label="Day", required=False)


GOOD = {"name": "فاطمة المثالية", "kind": "a"}


def test_a_name_loses_hidden_directions_and_keeps_its_letter_forms() -> None:
    form = Walkin({**GOOD, "name": "\u202e سعيد\u200f  المثالي\u200d \u2067x\u2069"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "سعيد المثالي\u200d x"


#: What nobody sees and everybody pastes, with the rest of the text: from Word, from a PDF, from a messenger.
PASTED = [
    ("سع\x00يد", "سعيد"),
    ("a\x07", "a"),
    ("a\ufffe", "a"),
    ("Sa\u00adid", "Said"),
    ("sous\x1edirection", "sous-direction"),
    ("direc\x1ftion", "direction"),
    ("page\x0cfin", "page fin"),
    ("ligne\x0bsuite", "ligne suite"),
    ("\ufeffSaid\u200b", "Said"),
    ("\uf0b7 Tentes", "• Tentes"),
    ("Tentes\uf8ff\ufffc", "Tentes"),
    ("Said\u2028Amrani", "Said Amrani"),
    ("عبد\u00a0الله", "عبد الله"),
    ("عبد\u2069الله", "عبدالله"),
]


@pytest.mark.parametrize(("pasted", "kept"), PASTED)
def test_what_nobody_sees_is_taken_out(pasted: str, kept: str) -> None:
    form = Walkin({**GOOD, "name": pasted})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == kept
    assert Walkin({**GOOD, "about": "سطر\r\nسطر\tثان"}).is_valid()


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_name(text)
    assert clean_name(once) == once
    assert "\n" not in once
    prose = clean_prose(text)
    assert clean_prose(prose) == prose
    for cleaned, kept in ((once, "\u200c\u200d"), (prose, "\n\t\u200c\u200d\u200e\u200f\u061c")):
        assert not CONTROLS.search(cleaned)
        seen = (sign for sign in cleaned if sign not in kept)
        assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in seen)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 34 56 78", "+212612345678"),
        ("٠٦١٢٣٤٥٦٧٨", "+212612345678"),
        ("00 212-6.12.34.56.78", "+212612345678"),
        ("+222 36 12 34 56", "+22236123456"),
    ],
)
def test_telephones_are_kept_one_way(typed: str, kept: str) -> None:
    form = Walkin({**GOOD, "phone": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"] == kept
    assert not Walkin({**GOOD, "phone": "12"}).is_valid()


@pytest.mark.parametrize(
    "typed",
    ["2026-12-31", "31/12/2026", "31-12-2026", "٣١/١٢/٢٠٢٦", "31 / 12 / 2026", "\u200e31.12.2026", "2026/12/31"],
)
def test_a_date_is_read_both_ways(typed: str) -> None:
    with override("ar"):
        form = Walkin({**GOOD, "day": typed})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["day"].isoformat() == "2026-12-31"
        assert not Walkin({**GOOD, "day": "31/31/2026"}).is_valid()
        for wrong in ("0026-12-31", "31/12/9999", "31/12/26"):
            assert not Walkin({**GOOD, "day": wrong}).is_valid(), wrong


def test_a_refused_form_keeps_what_was_typed_and_says_why_beside_it() -> None:
    with override("ar"):
        form = Walkin({"name": "", "about": "كلام " * 30, "phone": "12"})
        page = Template("{% load ui %}{% error_summary form %}{% fields form %}").render(Context({"form": form}))
    assert 'href="#id_name"' in page
    assert 'href="#id_kind_0"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert "هذه الخانة ضرورية." in page
    assert "كلام كلام" in page
    assert 'value="12"' in page
    assert 'maxlength="' not in page, "a browser cuts what is pasted, without a word"
    with override("ar"):
        quiet = Template("{% load ui %}{% error_summary form %}").render(Context({"form": Walkin()}))
    assert quiet.strip() == ""


def test_a_long_text_says_its_limit_and_is_never_cut() -> None:
    from django import forms as django_forms

    class Letter(forms.Form):
        about = forms.LongTextField(label="About", max_length=50)
        note = django_forms.CharField(widget=django_forms.Textarea(attrs={"maxlength": 9}), max_length=9)
        name = forms.NameField(label="Name")

    long = "كلام طويل " * 12
    with override("ar"):
        drawn = Template("{% load ui %}{% fields form %}")
        asked = drawn.render(Context({"form": Letter()}))
        refused = Letter({"about": long, "note": long, "name": long * 2})
        said = drawn.render(Context({"form": refused}))
    for page in (asked, said):
        assert "maxlength" not in page
        assert "أقصى عدد للحروف: 50" in page
        assert "أقصى عدد للحروف: 9" in page
        assert page.count("data-most") == 2, "a line says it once it is too long"
        assert "id_about_most" in page.partition("<textarea")[2].partition(">")[0], "heard with its box"
    assert said.count(long) == 4
    assert set(refused.errors) == {"about", "note", "name"}


def test_a_plain_django_field_gets_the_bounds_of_the_house() -> None:
    from django import forms as django_forms

    class Plain(forms.Form):
        word = django_forms.CharField()
        note = django_forms.CharField(widget=django_forms.Textarea, required=False)

    with override("fr"):
        assert Plain({"word": "x" * 200}).is_valid()
        assert "trop long" in str(Plain({"word": "x" * 201}).errors)
        assert "trop long" in str(Plain({"word": "x", "note": "x" * 4001}).errors)
        assert "nécessaire" in str(Plain({}).errors)
        assert not Plain({"word": "x\x01"}).is_valid()


def test_numbers_are_read_in_any_digits() -> None:
    class Sizes(forms.Form):
        count = forms.IntegerField(min_value=1)
        cost = forms.DecimalField(max_digits=9, decimal_places=2)

    for count, cost in (("12", "1250.5"), ("١٢", "١ ٢٥٠٫٥"), ("\u200f12", "1\u00a0250,5")):
        form = Sizes({"count": count, "cost": cost})
        assert form.is_valid(), form.errors
        assert (form.cleaned_data["count"], str(form.cleaned_data["cost"])) == (12, "1250.5")
    assert not Sizes({"count": "0", "cost": "x"}).is_valid()


def test_a_long_name_of_a_file_is_shortened() -> None:
    class Paper(forms.Form):
        document = forms.FileField(label="Document")

    form = Paper({}, {"document": SimpleUploadedFile("و" * 300 + ".pdf", b"%PDF-")})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["document"].name == "و" * 195 + "….pdf"
    assert file_name("a" * 250) == "a" * 199 + "…"
    assert file_name("a.pdf") == "a.pdf"


def test_one_document_is_bounded_and_its_name_cleaned() -> None:
    class Paper(forms.Form):
        document = forms.FileField(label="Document", limit=1000)

    good = Paper({}, {"document": SimpleUploadedFile("\u202eوثيقة.pdf", b"%PDF-")})
    assert good.is_valid(), good.errors
    assert good.cleaned_data["document"].name == "وثيقة.pdf"
    with override("fr"):
        heavy = Paper({}, {"document": SimpleUploadedFile("a.pdf", b"x" * 1001)})
        assert "trop lourd" in str(heavy.errors)
        assert "vide" in str(Paper({}, {"document": SimpleUploadedFile("a.pdf", b"")}).errors)


@pytest.mark.parametrize(("language", "word"), [("ar", "خطأ:"), ("fr", "Erreur\u00a0:")])
def test_the_title_of_a_page_with_errors_says_so_first(language: str, word: str) -> None:
    page = Template("{% load ui %}{% titled %}<title>Demande</title>{{ typed }}{% error_summary form %}{% endtitled %}")
    with override(language):
        wrong = page.render(Context({"form": Walkin({}), "typed": ""}))
        right = page.render(Context({"form": Walkin(), "typed": '<div class="notice bad" data-errors '}))
    assert f"<title>{word} Demande</title>" in wrong
    assert "<title>Demande</title>" in right


def test_a_list_of_rows_begins_with_a_word() -> None:
    """Neither dashes nor nothing: whoever must choose is told so, and whoever may choose none reads that."""
    for required, word in ((True, "اختاروا من اللائحة"), (False, "لا شيء")):
        form = Walkin()
        form.add("unit", forms.ModelChoiceField(queryset=Unit.everywhere.none(), required=required))
        with override("ar"):
            assert f'<option value="">{word}</option>' in "".join(str(form["unit"]).split("\n")).replace(
                " selected", ""
            )

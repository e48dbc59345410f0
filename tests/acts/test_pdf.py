"""The PDF of each template: conforming, spoken in order, read back from paper, the same bytes every time."""

import hashlib
import io
import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tadbir.acts.documents import canonical, cose, pdf, qr
from tests.acts import samples
from tests.acts.conftest import BASE, MOMENT, Chain
from tests.acts.validator import findings

SAMPLES = {
    "receipt-a5": (samples.receipt_complete, "a5"),
    "receipt-both": (lambda: samples.receipt_complete(copy_fr=True), "a4"),
    "filing-a5": (samples.receipt_filing, "a5"),
    "filing-a4": (samples.receipt_filing, "a4"),
    "letter": (samples.letter, "a4"),
    "minutes": (samples.minutes, "a4"),
    "blanks": (samples.blanks, "a4"),
    "register": (samples.register_pages, "a4"),
}
GOLDEN = Path(__file__).with_name("golden.json")
each = pytest.mark.parametrize("name", SAMPLES)


def make(chain: Chain, name: str) -> tuple[dict[str, Any], bytes]:
    """The document and its unsealed PDF."""
    maker, paper = SAMPLES[name]
    return maker(), chain.render(maker(), paper)


def page_text(data: bytes) -> str:
    """What a viewer extracts, all pages."""
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


@each
def test_claims_and_attachment(chain: Chain, name: str) -> None:
    document, made = make(chain, name)
    with pikepdf.open(io.BytesIO(made)) as file:
        meta = file.open_metadata()
        assert meta.pdfa_status == "3A"
        assert meta["pdfuaid:part"] == "1"
        assert str(file.Root.Lang).startswith("ar")
        assert file.Root.MarkInfo.Marked
        assert len(file.Root.AF) == 2
        relationships = {str(spec.get("/UF", spec.F)): str(spec.AFRelationship) for spec in file.Root.AF}
        assert relationships["act.json"] == "/Data"
    files = pdf.attachments(made)
    assert hashlib.sha256(files["act.json"]).digest() == canonical.digest(document)
    assert json.loads(files["act.json"])["number"] == document["number"]
    assert cose.from_text(files["seal.txt"].decode()) == chain.message(document)


@each
def test_spoken_text_is_the_source_in_order(chain: Chain, name: str) -> None:
    document, made = make(chain, name)
    said = pdf.actual_texts(made)
    assert said
    assert "" not in said
    joined = " ".join(said).replace("\u00a0", " ")
    wanted = [document["title_ar"]]
    for block in document["blocks"]:
        wanted += [block["text"]] if block["t"] in ("h", "note") else []
        wanted += [cell for row in [block["head"], *block["rows"]] for cell in row] if block["t"] == "table" else []
    place = 0
    for text in wanted:  # each after the one before it
        found = joined.find(text.replace("\u00a0", " "), place)
        assert found >= 0, (text, joined[place : place + 300])
        place = found + len(text)
    assert not any(mark in joined for mark in "\u2066\u2067\u2068\u2069")


@each
def test_spoken_and_drawn_letters_agree(chain: Chain, name: str) -> None:
    """Count every digit and Latin letter: a text spoken at another place or left out would show here."""
    _document, made = make(chain, name)
    drawn = Counter(c for c in page_text(made) if c.isascii() and c.isalnum())
    spoken = Counter(c for c in "".join(pdf.actual_texts(made)) if c.isascii() and c.isalnum())
    assert spoken
    assert not spoken - drawn


@pytest.mark.parametrize(
    ("said", "line"),
    [({}, "إلى السيد(ة) مريم"), ({"civility_ar": "السيد(ة)"}, "إلى السيد(ة) مريم"), ({"civility_ar": ""}, "إلى مريم")],
)
def test_a_person_is_addressed_as_one_and_a_body_is_not(chain: Chain, said: dict[str, str], line: str) -> None:
    """An act that says nothing of it is from before, and is drawn as it was."""
    made = chain.render(samples.letter(fr=[], recipient={"name_ar": "مريم", "name_fr": "Maryam"} | said), "a4")
    assert line in [text.translate(dict.fromkeys(map(ord, "\u2068\u2069"))) for text in pdf.actual_texts(made)]


def test_a_last_day_that_runs_from_the_receipt_of_a_letter_says_so(chain: Chain) -> None:
    """The reader who gets it later counts from that day; a day that hangs on nothing to come is said alone."""
    made = chain.render(samples.letter(), "a4")
    said = [text.translate(dict.fromkeys(map(ord, "\u2068\u2069"))) for text in pdf.actual_texts(made)]
    (arabic,) = [text for text in said if text.startswith("طعن أمام رئيس المجلس")]
    assert (
        "يُحسب الأجل من يوم تسلمكم هذه الرسالة؛ فإذا تسلمتموها بتاريخ 31 دجنبر 2026، يُنصح بذلك إلى غاية 29 يناير 2027"
        in arabic
    )
    (french,) = [text.replace("\u00a0", " ") for text in said if text.startswith("Recours devant le président")]
    assert "le délai court du jour où vous recevez cette lettre ; reçue le 31 décembre 2026, à déposer de" in french
    assert "de préférence au plus tard le 29 janvier 2027)" in french
    (court,) = [text for text in said if text.startswith("دعوى الإلغاء")]
    assert court.endswith("(يُنصح بذلك إلى غاية 29 يناير 2027)")


def test_a_long_paper_narrows_before_its_seal_falls_on_a_page_of_its_own(chain: Chain) -> None:
    """Each language on one page as long as it can; a short letter stays wide, and a text for two pages takes them."""

    def pages(document: dict[str, Any], paper: str) -> int:
        return len(pypdfium2.PdfDocument(chain.render(document, paper)))

    assert (pages(samples.receipt_complete(copy_fr=True), "a5"), pages(samples.receipt_filing(copy_fr=True), "a5")) == (
        2,
        2,
    )
    assert pages(samples.letter(), "a4") == 2
    long = samples.letter(fr=[], blocks=[{"t": "p", "text": "نص طويل من أجل التجربة. " * 60}] * 3)
    assert pages(long, "a4") == 2


def _line_of(made: bytes, page: int, mark: str) -> tuple[float, list[float]]:
    """Where a mark is drawn on a page, from its left, and where the other letters of its line are."""
    text = pypdfium2.PdfDocument(made)[page].get_textpage()
    drawn = [
        (chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, at)), text.get_charbox(at)) for at in range(text.count_chars())
    ]
    (found,) = [box for letter, box in drawn if letter == mark]
    return found[0], [box[0] for letter, box in drawn if letter.isalpha() and abs(box[1] - found[1]) < 8]


def test_a_text_in_the_other_language_keeps_its_own_direction(chain: Chain) -> None:
    """A clerk's Arabic line in a French copy ends on its left, and a French line in the Arabic letter on its right."""
    arabic, french = {"t": "p", "text": "حجم كبير؟"}, {"t": "p", "text": "Dossier volumineux #"}
    made = chain.render(samples.letter(blocks=[french], fr=[arabic], remedies=[]), "a4")
    middle = 297
    end, letters = _line_of(made, 1, "؟")
    assert middle < end < min(letters), "it begins at the right margin"
    end, letters = _line_of(made, 0, "#")
    assert max(letters) < end < middle


def test_each_element_speaks_its_own_text(chain: Chain) -> None:
    """Paint every text element with its own content: the letters under a tag are those it speaks."""
    made = chain.render(samples.letter(fr=[]), "a4")
    page = pypdfium2.PdfDocument(made)[0]
    drawn: dict[int, str] = {}
    textpage = page.get_textpage()
    for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        mark = pypdfium2.raw.FPDFPageObj_GetMarkedContentID(item.raw)
        if mark >= 0:
            size = pypdfium2.raw.FPDFTextObj_GetText(item.raw, textpage.raw, None, 0)
            buffer = (pypdfium2.raw.FPDF_WCHAR * (size // 2))()
            pypdfium2.raw.FPDFTextObj_GetText(item.raw, textpage.raw, buffer, size)
            drawn[mark] = drawn.get(mark, "") + bytes(buffer).decode("utf-16-le").rstrip("\0")
    checked = 0
    with pikepdf.open(io.BytesIO(made)) as file:
        elements: list[Any] = []
        pdf._leaves(file.Root.StructTreeRoot.K, elements)
        for element in elements:
            kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
            letters = Counter(c for k in kids if isinstance(k, int) for c in drawn.get(k, "") if c.isdigit())
            spoken = Counter(c for c in str(element.ActualText) if c.isdigit())
            if letters or spoken:
                assert letters == spoken, str(element.ActualText)
                checked += 1
    assert checked > 12


@each
def test_same_act_same_bytes(chain: Chain, name: str) -> None:
    assert make(chain, name)[1] == make(chain, name)[1]


@each
def test_golden_bytes(name: str) -> None:
    """A change of font, template or library shows here. TADBIR_GOLDEN=write keeps the new bytes' hashes."""
    document = SAMPLES[name][0]()
    key = ec.derive_private_key(0xC0FFEE, ec.SECP256R1())
    message = cose.sign(cose.claims_of(document, canonical.digest(document)), key)
    made = hashlib.sha256(pdf.render(document, message=message, base=BASE, paper=SAMPLES[name][1])).hexdigest()
    kept = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {}
    if os.environ.get("TADBIR_GOLDEN") == "write":
        GOLDEN.write_text(json.dumps(kept | {name: made}, indent=1, sort_keys=True) + "\n")
    else:
        assert made == kept[name]


@pytest.mark.parametrize("name", ["receipt-a5", "filing-a4", "letter", "minutes"])
def test_qr_reads_back_from_a_150_dpi_scan(chain: Chain, name: str) -> None:
    document, made = make(chain, name)
    picture = io.BytesIO()
    pypdfium2.PdfDocument(made)[0].render(scale=150 / 72).to_pil().convert("L").save(picture, "JPEG", quality=45)
    texts = qr.read(picture.getvalue())
    assert len(texts) == 1
    assert texts[0].startswith(f"{BASE}/v#")
    claims = cose.verify(cose.from_text(texts[0]), {bytes.fromhex(chain.known.kid): chain.known.x509.public_key()})
    assert (claims.number, claims.sha256) == (document["number"], canonical.digest(document))


def test_receipt_says_the_words_of_the_law(chain: Chain) -> None:
    complete = pdf.actual_texts(make(chain, "receipt-a5")[1])
    filing = pdf.actual_texts(make(chain, "filing-a5")[1])
    assert "ملف مودع" in complete
    assert "ملف في طور الإيداع" not in complete
    assert "ملف في طور الإيداع" in filing
    assert "ملف مودع" not in filing
    assert [m["text_ar"] for m in samples.receipt_filing()["receipt"]["missing"]] == [
        text for text in filing if text in {m["text_ar"] for m in samples.receipt_filing()["receipt"]["missing"]}
    ]
    assert any("إلى غاية 31 دجنبر 2026، ويتسلمها المجلس إلى غاية 4 يناير 2027" in text for text in filing)
    assert any("القانون رقم 55.19 (المادة 12)" in text for text in complete)
    assert "فاتح فبراير 2027" in complete
    assert any(samples.HEAD[:8] in text for text in complete)
    for change in ({"regime": "council-commitment", "state": "registered"}, {"code": None}):
        other = samples.receipt_complete() | {"remedies": []}  # article 12 speaks of the receipt of article 10 alone
        other["receipt"] |= change
        assert not any("المادة 12" in text for text in pdf.actual_texts(chain.render(other, "a5")))


def test_specimen_stands_on_every_page_of_a_demonstration(chain: Chain) -> None:
    for demo in (True, False):
        made = pypdfium2.PdfDocument(chain.render(samples.register_pages(demo=demo)))
        assert len(made) > 1
        assert {"SPÉCIMEN" in page.get_textpage().get_text_range() for page in made} == {demo}


def test_emoji_in_a_name_prevents_no_receipt(chain: Chain) -> None:
    document = samples.receipt_complete()
    document["recipient"] = {"name_ar": 'علي 😀 #read("/etc/passwd") \u202eقلب\u0000', "name_fr": "Ali 😀"}
    made = chain.render(document, "a5")
    said = pdf.actual_texts(made)
    assert 'علي ◌ #read("/etc/passwd") قلب' in said
    assert any("علامة ◌" in text for text in said)
    assert "😀" in json.loads(pdf.attachments(made)["act.json"])["recipient"]["name_ar"]
    plain = pdf.actual_texts(make(chain, "receipt-a5")[1])
    assert not any("علامة ◌" in text for text in plain)


def test_a_french_copy_speaks_french(chain: Chain) -> None:
    made = make(chain, "receipt-both")[1]
    assert "Copie en français. Seul le texte arabe fait foi." in pdf.actual_texts(made)
    assert "Dossier déposé" in pdf.actual_texts(made)
    arabic, french = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
    assert {"page", "sur"} <= set(french.split())  # its foot too
    assert "page" not in arabic


@each
def test_a_second_validator_finds_every_sealed_paper_conforming(chain: Chain, name: str) -> None:
    """PDF/A-3a and PDF/UA-1 after the seal, which once wrote the metadata anew and stood in no Form element."""
    assert findings(chain.sealed(make(chain, name)[0], SAMPLES[name][1])) == []


def test_the_second_validator_finds_faults(chain: Chain) -> None:
    from tadbir.acts.documents import seal

    with pikepdf.open(io.BytesIO(make(chain, "letter")[1])) as file:
        del file.Root.AcroForm
        del file.pages[0].Annots
        out = io.BytesIO()
        file.save(out)
    assert len(findings(seal.seal(out.getvalue(), chain.key, MOMENT))) >= 2  # the field that the library makes itself


@pytest.mark.proof
@each
def test_foreign_checkers(chain: Chain, name: str, tmp_path: Path) -> None:
    made = chain.sealed(make(chain, name)[0], SAMPLES[name][1])
    (tmp_path / "act.pdf").write_bytes(made)
    for program, arguments in (("qpdf", ["--check", "act.pdf"]),):
        if shutil.which(program) is None:
            pytest.skip(f"not run: {program} is missing")
        done = subprocess.run([program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.proof
def test_zbarimg_reads_the_code(chain: Chain, tmp_path: Path) -> None:
    if shutil.which("zbarimg") is None:
        pytest.skip("not run: zbarimg is missing")
    document, made = make(chain, "receipt-a5")
    pypdfium2.PdfDocument(made)[0].render(scale=150 / 72).to_pil().save(tmp_path / "scan.png")
    command = ["zbarimg", "-q", "--raw", "scan.png"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert cose.from_text(done.stdout) == chain.message(document)

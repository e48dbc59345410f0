"""Typst makes the page (PDF/A-3a + PDF/UA-1, act attached); pikepdf writes what a screen reader says.

Measured on two shared cores: about 30 ms for a page, ActualText included. Nothing may rewrite the file after
`seal.py` signed it.
"""

import io
import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tadbir.acts.documents import cose, fonts, layout, qr, seal
from tadbir.acts.documents.bidi import NBSP, strip_isolates
from tadbir.acts.documents.canonical import canonical

TEMPLATES = Path(__file__).parent / "typst"
STANDARDS = ["a-3a", "ua-1"]
_local = threading.local()
_fonts_lock = threading.Lock()
_fonts: list[Any] = []


class PdfRefused(RuntimeError):
    """Typst or the ActualText pass refused: the file would not conform. The message says where."""


def render(
    document: dict[str, Any],
    *,
    message: bytes | None = None,
    base: str = "",
    paper: str = "a4",
    months: str = "administrative",
    signed: bytes | None = None,
    text_digest: str = "",
) -> bytes:
    """The unsealed PDF of an act document (see docs/acts.md for its shape).

    `signed` is the same document signed by a person's qualified certificate: it is attached.
    `message` is its COSE seal; a draft has none and bears the code of its `text_digest`. `base` is the council's
    printed address. `issued_at` of the act is the file's date, so the same act gives the same bytes.
    Raises `layout.CannotPrint`, `PdfRefused`, `fonts.FontsChanged`.
    """
    act = canonical(document)
    document = json.loads(act)
    mark, url = None, ""
    if message is not None:
        url = qr.address(base, message)
        mark = layout.Seal(url=url, code=cose.check_code(message), verifier=url.partition("#")[0])
    data = layout.prepare(document, mark, paper, months)
    if text_digest:
        data["print"] |= layout.to_sign(qr.address_of_draft(base, text_digest), text_digest)
    raw, texts = _typeset(layout.template_for(document["layout"]), data, act, url, document["issued_at"])
    return _speak(raw, texts, signed, datetime.fromisoformat(document["issued_at"]), to_sign=message is None)


def _compiler(template: str) -> Any:
    """One compiler per thread and template; the fonts, checked once, are shared."""
    import typst

    with _fonts_lock:
        if not _fonts:
            fonts.check_fonts()
            _fonts.append(
                typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])
            )
    made = _local.__dict__.setdefault("compilers", {})
    if template not in made:
        made[template] = typst.Compiler(str(TEMPLATES / template), root=str(TEMPLATES), font_paths=_fonts[0])
    return made[template]


def _typeset(template: str, data: dict[str, Any], act: bytes, url: str, issued_at: str) -> tuple[bytes, list[str]]:
    import typst

    compiler = _compiler(template)
    inputs = {"data": json.dumps(data, ensure_ascii=False), "act": act.decode(), "seal": url}
    moment = datetime.fromisoformat(issued_at).astimezone(UTC)
    try:
        raw = compiler.compile(sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=moment)
        # The query answers from the same compilation: the source strings in the order of the pages.
        texts = json.loads(compiler.query("<say>", field="value"))
    except typst.TypstError as error:
        raise PdfRefused(f"{template}: {error.message} {error.diagnostic} {' '.join(error.hints)}") from error
    return raw, texts


def _speak(raw: bytes, texts: list[str], signed: bytes | None, moment: datetime, *, to_sign: bool) -> bytes:
    """Set /ActualText on every structure element that holds text, by order. Fails, never guesses.

    The signed file of a person goes in here too: Typst can only attach text given from outside.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(raw)) as pdf:
        elements: list[Any] = []
        _leaves(pdf.Root.StructTreeRoot.K, elements)
        if len(elements) != len(texts):
            raise PdfRefused(f"{len(elements)} tagged texts for {len(texts)} source texts: template at fault")
        for element, text in zip(elements, texts, strict=True):
            # What holds a line together is for the eye: who listens, searches or copies meets plain spaces.
            element["/ActualText"] = pikepdf.String(strip_isolates(text).replace(NBSP, " "))
        if to_sign:  # a form to put a signature in: without it nobody can tell later what a signatory added
            pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array(), SigFlags=3))
        else:
            _place_of_the_seal(pdf)
        if signed is not None:
            _attach(pdf, "signed.pdf", signed, moment)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _place_of_the_seal(pdf: Any) -> None:
    """The field that `seal.py` signs: unseen on the page, but part of what a screen reader walks.

    PDF/UA-1, 7.18.1 and 7.18.4: a widget has words of its own and stands in a Form element; the library that signs
    would make one without.
    """
    import pikepdf

    tree, page = pdf.Root.StructTreeRoot, pdf.pages[0].obj
    rank = int(tree.ParentTreeNextKey)
    widget = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=seal.FIELD,
            TU="ختم المجلس الإلكتروني / Cachet électronique du conseil",
            F=132,  # printed and locked
            Rect=pikepdf.Array([0, 0, 0, 0]),
            P=page,
            StructParent=rank,
        )
    )
    kids = tree.K if isinstance(tree.K, pikepdf.Array) else pikepdf.Array([tree.K])
    whole = kids[0]
    held = pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=widget, Pg=page)
    form = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Form, P=whole, K=held, Alt=widget.TU)
    )
    whole.K.append(form)
    tree.ParentTree.Nums.extend([rank, form])
    tree.ParentTreeNextKey = rank + 1
    page.Annots = pikepdf.Array([*page.get("/Annots", []), widget])
    pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array([widget]), SigFlags=3))


def _attach(pdf: Any, name: str, content: bytes, moment: datetime) -> None:
    """Attach as PDF/A-3 wants it: relationship, dates; pikepdf lists it in the catalogue's /AF."""
    import pikepdf

    spec = pikepdf.AttachedFileSpec(
        pdf,
        content,
        filename=name,
        mime_type="application/pdf",
        relationship=pikepdf.Name.Source,
        description="Document signé par certificat qualifié / الوثيقة الممضاة بشهادة مؤهلة",
        creation_date=moment.strftime("D:%Y%m%d%H%M%SZ"),
        mod_date=moment.strftime("D:%Y%m%d%H%M%SZ"),
    )
    pdf.attachments[name] = spec


def _leaves(node: Any, found: list[Any]) -> None:
    """Structure elements that hold text directly; list labels and pictures speak for themselves."""
    import pikepdf

    if isinstance(node, pikepdf.Array):
        for item in node:
            _leaves(item, found)
        return
    kids = node.get("/K")
    if kids is None or node.get("/S") in ("/Lbl", "/Figure"):
        return
    items = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    if any(isinstance(x, int) or (isinstance(x, pikepdf.Dictionary) and x.get("/Type") == "/MCR") for x in items):
        found.append(node)
    for item in items:
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            _leaves(item, found)


def attachments(pdf_bytes: bytes) -> dict[str, bytes]:
    """The files attached to a PDF, by name (`act.json`, `seal.txt`). Raises `PdfRefused` on a broken file."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
            return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    except pikepdf.PdfError as error:
        raise PdfRefused(f"not a readable PDF: {error}") from error


def actual_texts(pdf_bytes: bytes) -> list[str]:
    """What a screen reader says, in order."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        elements: list[Any] = []
        _leaves(pdf.Root.StructTreeRoot.K, elements)
        return [str(element.get("/ActualText", "")) for element in elements]

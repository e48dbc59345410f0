"""`tadbir verify FILE`: a PDF, the text of a QR code, or an act.json, checked without network.

A report says what was checked, whose keys are trusted, and what nobody can know off line. An old receipt is
also a witness: the head of the register printed on it must still be in the chain.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509

from tadbir.acts.documents import cose, pdf, pki, qr, seal, witness
from tadbir.acts.documents.canonical import NotCanonical, canonical

OFFLINE = (
    (
        "لا يُعرف دون اتصال هل بُلغت الوثيقة، ولا هل أُلغيت أو عُوضت.",
        "Sans connexion on ne peut savoir si le document a été notifié, annulé ou remplacé.",
    ),
    (
        "لا يُعرف دون اتصال هل سُحب مفتاح الختم بعد صدور اللائحة.",
        "Sans connexion on ne peut savoir si la clé a été révoquée depuis la liste utilisée.",
    ),
    (
        "الختم يبين المصدر والسلامة، ولا يقوم مقام الإمضاء.",
        "Le cachet montre l’origine et l’intégrité ; il ne remplace pas une signature.",
    ),
)


@dataclass(frozen=True)
class Check:
    """One thing looked at. `passed` is None when it could not be looked at here."""

    code: str
    passed: bool | None
    ar: str
    fr: str


@dataclass
class Report:
    """The answer. `good` is true only when at least one seal held and nothing failed."""

    kind: str
    checks: list[Check] = field(default_factory=list)
    claims: cose.Claims | None = None
    trusted: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether a seal holds, every seal can be judged, and nothing contradicts them."""
        held = any(c.passed and c.code.startswith("seal") for c in self.checks)
        return held and not self.undecided and not any(c.passed is False for c in self.checks)

    @property
    def undecided(self) -> bool:
        """Whether nothing is wrong but that a seal is by a key that we were not given: neither true nor false."""
        unknown = any(c.passed is None and c.code in ("seal-code", "seal-pdf") for c in self.checks)
        return unknown and not any(c.passed is False for c in self.checks)

    def add(self, code: str, passed: bool | None, ar: str, fr: str) -> None:
        """Note one check."""
        self.checks.append(Check(code, passed, ar, fr))


def verify(data: bytes, keys: Iterable[pki.KnownKey], head_known: witness.HeadKnown = witness.no_register) -> Report:
    """Check the content of a file. Never raises for a bad file: the report says what is wrong."""
    known = {key.kid: key for key in keys}
    if data.startswith(b"%PDF"):
        report = _pdf(data, known, head_known)
    elif data.lstrip().startswith(b"{"):
        report = Report("act.json")
        _document(report, data, None, head_known)
        report.add(
            "seal",
            None,
            "ملف البيانات وحده بلا ختم: قارنوه برمز الوثيقة أو بملف PDF.",
            "Les données seules ne portent pas de cachet : comparez-les au code QR ou au PDF.",
        )
    else:
        report = Report("qr")
        _code(report, data.decode("utf-8", "replace"), known)
    report.trusted = [_describe(key) for key in known.values()]
    return report


def _describe(key: pki.KnownKey) -> str:
    return f"{key.kid} {key.x509.subject.rfc4514_string()} ({key.council})"


#: How an act was signed when it was sealed: whether that can be relied on, and the words.
SIGNED: dict[str, tuple[bool | None, str, str]] = {
    "session": (True, "أمضاها صاحب الإمضاء بنفسه من حسابه.", "Signé par le signataire lui-même dans sa session."),
    "qualified": (True, "ممضاة بتوقيع إلكتروني مؤهل.", "Signé par une signature électronique qualifiée."),
    "by_hand": (
        None,
        "مصرح بأنها ممضاة بخط اليد، وقد تعرف النظام على رمز المطبوع في نسخة ممسوحة سُلمت عند الختم.",
        "Déclaré signé à la main ; le code de l’imprimé a été reconnu sur une copie numérisée remise lors du cachet.",
    ),
    "said": (
        None,
        "مصرح بأنها ممضاة بخط اليد: لم تكن النسخة الممسوحة قد وردت عند الختم.",
        "Déclaré signé à la main : la copie numérisée n’était pas reconnue au moment du cachet.",
    ),
}


def _signature(report: Report, document: dict[str, Any]) -> None:
    """Who signed, how, and who wrote it down, as the act says."""
    told = document.get("signature")
    if not isinstance(told, dict):
        report.add(
            "signature", None, "لم يمضها أحد: وثيقة مختومة فقط.", "Personne ne l’a signé : il est seulement cacheté."
        )
        return
    passed, ar, fr = SIGNED.get(
        str(told.get("state", "")), (None, str(told.get("means_ar", "")), str(told.get("means_fr", "")))
    )
    who_ar = f"{told.get('name_ar', '')}، {told.get('quality_ar', '')}، {told.get('signed_on', '')}"
    who_fr = f"{told.get('name_fr', '')}, {told.get('quality_fr', '')}, {told.get('signed_on', '')}"
    by_ar = f" سجل الإمضاء: {told['recorded_by_ar']}." if "recorded_by_ar" in told else ""
    by_fr = f" Signature enregistrée par {told.get('recorded_by_fr', '')}." if "recorded_by_fr" in told else ""
    report.add("signature", passed, f"{who_ar}: {ar}{by_ar}", f"{who_fr} : {fr}{by_fr}")


#: Why a code is refused.
_NO_CODE = "ليس رمز وثيقة من تدبير", "ce n’est pas le code d’un document de Tadbir"
_CHANGED = "ختمه لا يطابق، فقد غُيّر فيه شيء", "son cachet ne correspond pas, quelque chose y a été changé"


def _code(report: Report, text: str, known: dict[str, pki.KnownKey]) -> cose.Claims | None:
    if qr.text_of_draft(text):
        report.add(
            "draft",
            False,
            "نسخة معدة للإمضاء وليست الوثيقة الرسمية: لهذه رقم ورمز للتحقق.",
            "Exemplaire à signer, non le document officiel : celui-ci porte un numéro et un code de vérification.",
        )
        return None
    try:
        message = cose.from_text(text)
        claims = cose.verify(message, {bytes.fromhex(k): key.x509.public_key() for k, key in known.items()})
    except cose.UnknownKey:
        ar = "مفتاح ختم الرمز ليس بين المفاتيح المعروفة هنا."
        report.add("seal-code", None, ar, "La clé du code QR n’est pas parmi celles connues ici.")
        return None
    except cose.BadSeal as error:
        ar, fr = _CHANGED if isinstance(error, cose.Changed) else _NO_CODE
        report.add("seal-code", False, f"رمز الاستجابة السريعة غير صحيح: {ar}.", f"Code QR refusé : {fr}.")
        return None
    report.claims = claims
    report.add(
        "seal-code",
        True,
        f"ختم الرمز صحيح: {claims.number} ({claims.kind})، {claims.date}.",
        f"Le cachet du code QR est valide : {claims.number} ({claims.kind}), {claims.date}.",
    )
    if report.kind == "qr" and claims.signed in SIGNED:
        report.add("signature", *SIGNED[claims.signed])
    key = known[cose.parts(message)[0].hex()]
    _key_checks(report, key, claims)
    return claims


def _key_checks(report: Report, key: pki.KnownKey, claims: cose.Claims) -> None:
    certificate = key.x509
    within = certificate.not_valid_before_utc <= claims.issued_at <= certificate.not_valid_after_utc
    report.add(
        "key-period",
        within,
        "المفتاح ساري المفعول عند الإصدار." if within else "المفتاح لم يكن ساريا عند الإصدار.",
        "Clé en vigueur à l’émission." if within else "La clé n’était pas en vigueur à l’émission.",
    )
    same = key.council == claims.council
    report.add(
        "key-council",
        same,
        "المفتاح مفتاح هذا المجلس." if same else "المفتاح لمجلس آخر.",
        "La clé est celle de ce conseil." if same else "La clé est celle d’un autre conseil.",
    )
    if key.revoked_at is not None and claims.issued_at >= key.revoked_at:
        report.add("key-revoked", False, "صدرت الوثيقة بعد سحب المفتاح.", "Émis après la révocation de la clé.")
    if claims.demo or pki.is_demo(certificate):
        report.add("demo", None, "نموذج للتجربة لا أثر قانوني له.", "SPÉCIMEN sans effet juridique.")


def _document(report: Report, data: bytes, claims: cose.Claims | None, head_known: witness.HeadKnown) -> None:
    try:
        document: dict[str, Any] = json.loads(data)
        exact = canonical(document) == data
    except (ValueError, NotCanonical, TypeError, RecursionError):
        report.add("act", False, "ملف البيانات غير مقروء.", "Les données de l’acte sont illisibles.")
        return
    digest = hashlib.sha256(data).digest()
    report.add(
        "act",
        exact,
        f"بيانات الوثيقة سليمة، بصمتها {digest.hex()}." if exact else "بيانات الوثيقة مغيرة الكتابة.",
        f"Données canoniques, empreinte {digest.hex()}." if exact else "Données non canoniques.",
    )
    if claims is not None:
        same = digest == claims.sha256 and document.get("number") == claims.number
        report.add(
            "act-code",
            same,
            "البيانات هي التي ختم عليها الرمز." if same else "البيانات ليست التي ختم عليها الرمز.",
            "Ce sont les données que garantit le cachet du code QR."
            if same
            else "Ce ne sont pas les données que garantit le cachet.",
        )
    _signature(report, document)
    if head := str(document.get("register_head") or ""):
        held = claims if not any(c.passed is False for c in report.checks) else None
        report.add("witness", *witness.of_head(head, held, head_known))


def _pdf(data: bytes, known: dict[str, pki.KnownKey], head_known: witness.HeadKnown) -> Report:
    report = Report("pdf")
    roots = {key.root: x509.load_pem_x509_certificate(key.root.encode()) for key in known.values()}
    try:
        signatures = seal.verify_pdf(data, roots.values())
        files = pdf.attachments(data)
    except (seal.SealRefused, pdf.PdfRefused) as error:
        report.add("seal-pdf", False, f"ملف PDF غير مقروء ({error}).", f"PDF illisible ({error}).")
        return report
    mine = [one for one in signatures if one.field == seal.FIELD]
    if not mine:
        report.add("seal-pdf", False, "لا ختم على ملف PDF.", "Le PDF ne porte pas de cachet.")
    for one in mine:
        if one.holds and not one.trusted:
            text = (
                "ملف PDF لم يتغير، ومفتاح ختمه ليس بين المفاتيح المعروفة هنا",
                "PDF intact, cacheté par une clé inconnue",
            )
            report.add("seal-pdf", None, f"{text[0]}: {one.subject}.", f"{text[1]} : {one.subject}.")
            continue
        report.add(
            "seal-pdf",
            one.valid,
            f"ختم ملف PDF {'صحيح' if one.valid else 'غير صحيح'}: {one.subject}.",
            f"Cachet du PDF {'valide' if one.valid else 'refusé'} : {one.subject}.",
        )
        if not one.whole_file:
            report.add(
                "added",
                False,
                "أضيف شيء إلى الملف بعد الختم: قد لا يكون ما يظهر من المجلس.",
                "Quelque chose a été ajouté après le cachet : ce qui s’affiche peut ne pas venir du conseil.",
            )
    claims = _code(report, files["seal.txt"].decode("ascii", "replace"), known) if "seal.txt" in files else None
    if "act.json" in files:
        _document(report, files["act.json"], claims, head_known)
    else:
        report.add("act", False, "لا بيانات مرفقة بالوثيقة.", "L’acte n’est pas joint au PDF.")
    return report


def as_text(report: Report, language: str = "ar") -> str:
    """The report for a terminal."""
    mark = {True: "+", False: "X", None: "?"}
    lines = [f"[{mark[c.passed]}] {c.ar if language == 'ar' else c.fr}" for c in report.checks]
    lines += [f"[?] {pair[0] if language == 'ar' else pair[1]}" for pair in OFFLINE]
    lines.append("المفاتيح الموثوق بها:" if language == "ar" else "Clés auxquelles on se fie :")
    lines += [f"    {text}" for text in report.trusted] or ["    -"]
    verdict = {
        (True, False): ("النتيجة: الوثيقة سليمة.", "Résultat : le document est authentique."),
        (False, False): ("النتيجة: لا يمكن الاعتماد على هذا الملف.", "Résultat : ne pas s’y fier."),
        (False, True): (
            "النتيجة: لا يمكن الحكم على هذه الوثيقة بهذه المفاتيح. خذوا لائحة مفاتيح مجلسها (v/keys.json)"
            " وأعيدوا التحقق.",
            "Résultat : ces clés ne permettent pas d’en juger. Prenez la liste du conseil émetteur (v/keys.json), puis"
            " vérifiez de nouveau.",
        ),
    }[report.good, report.undecided]
    return "\n".join([*lines, verdict[language != "ar"]])

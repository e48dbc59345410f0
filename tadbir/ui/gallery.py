"""Every piece of the design system on one page, to be looked at. Shown on demonstrations only."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tadbir.councils.clock import CASABLANCA
from tadbir.ui import forms
from tadbir.ui.dates import reader_language
from tadbir.ui.errors import TEXTS, error_page
from tadbir.ui.paging import page_of_list

TODAY = date(2027, 1, 20)
SENTENCES = {
    "ar": "يجيب المجلس عن الطلب داخل ستين يوما كاملا من تاريخ اكتمال الملف.",
    "fr": "Le conseil répond à la demande dans les soixante jours francs qui suivent le dossier complet.",
}
STEPS = [
    {"ar": "اكتمل الملف يوم 1 دجنبر 2026.", "fr": "Le dossier est complet le 1er décembre 2026.", "iso": "2026-12-01"},
    {
        "ar": "60 يوما كاملا بعده: الأحد 31 يناير 2027.",
        "fr": "60 jours francs après : dimanche 31 janvier 2027.",
        "iso": "2027-01-31",
    },
    {
        "ar": "اليوم يوم عطلة، فينتقل الأجل إلى الاثنين فاتح فبراير 2027.",
        "fr": "Ce jour est non ouvrable : le délai passe au lundi 1er février 2027.",
        "iso": "2027-02-01",
    },
]


def _duty(**change: Any) -> dict[str, Any]:
    return {
        "starts_on": date(2026, 12, 1),
        "do_by": date(2027, 2, 1),
        "steps": STEPS,
        "suspensions": [],
        "sentence_ar": SENTENCES["ar"],
        "sentence_fr": SENTENCES["fr"],
        "article": "55-19, art. 16",
        **change,
    }


def duties() -> list[dict[str, Any]]:
    """One duty in each state of the clock bar."""
    return [
        _duty(),
        _duty(do_by=date(2027, 1, 23), confidence="memory"),
        _duty(do_by=TODAY),
        _duty(do_by=date(2027, 1, 18)),
        _duty(suspensions=[(date(2026, 12, 12), date(2026, 12, 24))]),
        _duty(suspensions=[(date(2027, 1, 10), None)]),
        _duty(discharged_on=date(2027, 1, 14)),
        _duty(do_by=date(2027, 1, 5), discharged_on=date(2027, 1, 16)),
        _duty(starts_on=date(2027, 1, 25), do_by=date(2027, 3, 25)),
        _duty(do_by=None, starts_on=date(2027, 1, 4)),
    ]


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.NameField(label=_("Full name"), help_text=_("As it is written on the identity card."))
    phone = forms.PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    day = forms.DayField(label=_("Date"))
    kind = forms.ChoiceField(
        label=_("How do you want the answer?"),
        choices=[("paper", _("On paper, at the counter")), ("mail", _("By e-mail"))],
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(label=_("Service"), choices=[("", "—"), ("a", _("Secretariat")), ("b", _("Finance"))])
    about = forms.LongTextField(label=_("What do you ask for?"), max_length=300)
    agreed = forms.BooleanField(label=_("I have read how my information is used."))


class Paper(forms.Form):
    """The field of one document."""

    document = forms.FileField(label=_("Document"), help_text=_("PDF or photo."))


ROWS = [
    ("2027/0041", ("جمعية النخلة للتنمية", "Association An-Nakhla"), ("طلب منحة", "Subvention")),
    ("2027/0042", ("تعاونية الرمال", "Coopérative Ar-Rimal"), ("استعمال ملعب", "Usage d’un stade")),
]
EVENTS = [
    {"at": date(2026, 12, 1), "title": ("اكتمل الملف", "Dossier complet"), "by": ("سعيد المثالي", "Saïd El Mitali")},
    {
        "at": datetime(2027, 1, 4, 9, 30, tzinfo=CASABLANCA),
        "title": ("طُلب رأي قسم المالية", "Avis demandé à la division des finances"),
        "text": ("الملف عدد 41", "Dossier n° 41"),
    },
    {"at": date(2027, 1, 18), "title": ("انصرم أجل الرأي", "Le délai de l’avis a expiré"), "tone": "bad"},
]
VALUES = [
    (("صاحب الطلب", "Demandeur"), ("جمعية النخلة للتنمية", "Association An-Nakhla")),
    (("المسطرة", "Procédure"), ("منحة لجمعية", "Subvention à une association")),
    (("رمز التتبع", "Code de suivi"), "K7QF-93MX"),
]


def _said(value: Any, lang: str) -> Any:
    """Sample content in a language: pairs of Arabic and French, at any depth."""
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(one, str) for one in value):
        return value[lang == "fr"]
    if isinstance(value, dict):
        return {key: _said(one, lang) for key, one in value.items()}
    return [_said(one, lang) for one in value] if isinstance(value, list | tuple) else value


def _allowed(request: HttpRequest) -> None:
    council = getattr(request, "council", None)
    if not (settings.DEBUG or settings.DEMO or (council and council.demo)):
        raise Http404


def gallery(request: HttpRequest, office: bool = False) -> HttpResponse:
    """Every piece; a POST shows the forms refusing."""
    _allowed(request)
    lang = reader_language()
    wrong = Sample({"name": "123", "phone": "12", "email": "x@", "about": "أريد " * 80, "kind": "", "unit": ""})
    context = {
        "duties": duties(),
        "gallery_day": TODAY,
        "form": Sample(prefix="a"),
        "wrong": wrong,
        "paper": Paper(prefix="p"),
        "rows": _said(ROWS, lang),
        "events": _said(EVENTS, lang),
        "values": _said(VALUES, lang),
        "page": page_of_list(range(60), request),
        "columns": [_("Number"), _("Who"), _("What")],
        "base": "ui/office_base.html" if office else "ui/base.html",
        "statuses": list(TEXTS),
        "office": office,
    }
    return render(request, "ui/gallery.html", context)


def sent(request: HttpRequest, status: str) -> HttpResponse:
    """An error page, to be looked at."""
    _allowed(request)
    if status == "expired":
        return error_page(request, 403, word=status)
    if not status.isdecimal() or int(status) not in TEXTS:
        raise Http404
    return error_page(request, int(status))

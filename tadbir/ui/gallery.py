"""Every piece of the design system on one page, to be looked at. Shown on demonstrations only."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tadbir.ui import forms
from tadbir.ui.dates import reader_language
from tadbir.ui.errors import TEXTS, error_page
from tadbir.ui.paging import page_of_list

TODAY = date(2027, 1, 20)
SENTENCES = {
    "ar": "يجيب المجلس على الطلب داخل ستين يوماً كاملاً من تاريخ اكتمال الملف.",
    "fr": "Le conseil répond à la demande dans les soixante jours francs qui suivent le dossier complet.",
}
STEPS = [
    {"ar": "اكتمل الملف يوم 1 دجنبر 2026.", "fr": "Le dossier est complet le 1er décembre 2026.", "iso": "2026-12-01"},
    {"ar": "60 يوماً كاملاً بعده: الأحد 31 يناير 2027.", "fr": "60 jours francs après : dimanche 31 janvier 2027.", "iso": "2027-01-31"},
    {"ar": "اليوم يوم عطلة، فينتقل الأجل إلى الاثنين فاتح فبراير 2027.", "fr": "Ce jour est chômé : le délai passe au lundi 1er février 2027.", "iso": "2027-02-01"},
]  # fmt: skip


def _duty(**change: Any) -> dict[str, Any]:
    return {
        "starts_on": date(2026, 12, 1), "do_by": date(2027, 2, 1), "steps": STEPS, "suspensions": [],
        "sentence_ar": SENTENCES["ar"], "sentence_fr": SENTENCES["fr"], "article": "55-19, art. 16", **change,
    }  # fmt: skip


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


def _texts(lang: str) -> dict[str, Any]:
    """Sample content, which is data and not interface."""
    arabic = lang == "ar"
    return {
        "rows": [
            ["2027/0041", "جمعية النخلة للتنمية" if arabic else "Association An-Nakhla", "طلب منحة" if arabic else "Subvention"],
            ["2027/0042", "تعاونية الرمال" if arabic else "Coopérative Ar-Rimal", "استعمال ملعب" if arabic else "Usage d'un stade"],
        ],
        "events": [
            {"at": date(2026, 12, 1), "title": "اكتمل الملف" if arabic else "Dossier complet", "by": "سعيد المثالي" if arabic else "Saïd El Mitali"},
            {"at": date(2027, 1, 4), "title": "طُلب رأي قسم المالية" if arabic else "Avis demandé à la division des finances", "text": "الملف عدد 41" if arabic else "Dossier n° 41"},
            {"at": date(2027, 1, 18), "title": "انقضى أجل الرأي" if arabic else "Le délai de l'avis est passé", "tone": "bad"},
        ],
        "values": [
            ("صاحب الطلب" if arabic else "Demandeur", "جمعية النخلة للتنمية" if arabic else "Association An-Nakhla"),
            ("المسطرة" if arabic else "Procédure", "منحة لجمعية" if arabic else "Subvention à une association"),
            ("رمز التتبع" if arabic else "Code de suivi", "K7QF-93MX"),
        ],
    }  # fmt: skip


def _allowed(request: HttpRequest) -> None:
    council = getattr(request, "council", None)
    if not (settings.DEBUG or settings.DEMO or (council and council.demo)):
        raise Http404


def gallery(request: HttpRequest, office: bool = False) -> HttpResponse:
    """Every piece; a POST shows the forms refusing."""
    _allowed(request)
    wrong = Sample({"name": "123", "phone": "12", "email": "x@", "about": "أريد " * 80, "kind": "", "unit": ""})
    context = {
        "duties": duties(), "gallery_day": TODAY, "form": Sample(prefix="a"), "wrong": wrong, "paper": Paper(prefix="p"),
        "page": page_of_list(range(60), request), "columns": [_("Number"), _("Who"), _("What")],
        "base": "ui/office_base.html" if office else "ui/base.html", "statuses": list(TEXTS), "office": office,
        **_texts(reader_language()),
    }  # fmt: skip
    return render(request, "ui/gallery.html", context)


def sent(request: HttpRequest, status: str) -> HttpResponse:
    """An error page, to be looked at."""
    _allowed(request)
    if status == "expired":
        return error_page(request, 403, word=status)
    if not status.isdecimal() or int(status) not in TEXTS:
        raise Http404
    return error_page(request, int(status))

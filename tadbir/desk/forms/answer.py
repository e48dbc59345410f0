"""What comes in with an answer: its text, its signature, its notification, its scan."""

from typing import Any

from django.forms import CheckboxInput
from django.utils.translation import gettext_lazy as _

from tadbir.acts.models import Means, NoticeMeans
from tadbir.acts.recognition import Reading
from tadbir.desk.forms.keeping import KeepingForm
from tadbir.desk.words import SENSES
from tadbir.reading.days import Span
from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm, ShownField


class OutcomeForm(ConfirmingForm):
    """The answer, half written from the sheet."""

    sense = forms.ChoiceField(label=_("Sense of the answer"), choices=list(SENSES.items()), widget=forms.RadioSelect)
    body_ar = forms.LongTextField(label=_("The letter in Arabic"))
    reasons_ar = forms.LongTextField(
        label=_("Reasons, in fact and in law"),
        sometimes=True,
        help_text=_("Obligatory unless everything is granted (law 03-01, article 1)."),
    )
    unreasoned = forms.BooleanField(
        label=_("Taken by necessity, or in exceptional circumstances: its reasons cannot be given now"),
        required=False,
        help_text=_(
            "Law 03-01, article 4. The letter says so in their place; the person may ask for them within 30 days, and"
            " they are then owed within 15."
        ),
    )
    body_fr = forms.LongTextField(label=_("The letter in French (a copy, not obligatory)"), required=False)
    reasons_fr = forms.LongTextField(
        label=_("Reasons, in the French copy"), sometimes=True, help_text=_("Needed when the French copy is kept.")
    )

    other_sense = forms.ConfirmField(
        label=_("I read the whole text again: it says what this sense says"),
        error_messages={
            "required": _("The text was written for another sense: read it again, put it right, then tick.")
        },
    )

    def __init__(self, *args: Any, may_be_unreasoned: bool = False, other_sense: bool = False, **kwargs: Any) -> None:
        """`other_sense`: its text was written for another sense than the one that is chosen now."""
        super().__init__(*args, **kwargs)
        if not may_be_unreasoned:
            del self.fields["unreasoned"]
        if not other_sense:
            del self.fields["other_sense"]
        told = self.data or self.initial
        reasoned = told.get("sense") in ("refused", "partial") and not (may_be_unreasoned and told.get("unreasoned"))
        self.fields["reasons_ar"].required = reasoned
        self.fields["body_ar"].widget.attrs.update(rows=10, dir="rtl", lang="ar")
        self.fields["reasons_ar"].widget.attrs.update(rows=6, dir="rtl", lang="ar")
        for name in ("body_fr", "reasons_fr"):
            self.fields[name].widget.attrs.update(rows=6, dir="ltr", lang="fr")

    def clean(self) -> dict[str, Any]:
        """An answer that grants everything has no reasons: those written for another sense wait in the form."""
        found = super().clean() or self.cleaned_data
        found.pop("other_sense", None)  # asked of whoever writes, kept nowhere
        return {**found, "reasons_ar": "", "reasons_fr": ""} if found.get("sense") == "granted" else found


#: How somebody else than the signatory may record a signature: in a session only its holder signs.
RECORDED = [(means.value, means.label) for means in (Means.WET_INK, Means.QUALIFIED)]


#: What whoever files a scan confirms: a code says which text a page is, and no program sees a signature.
SEEN = _("I looked at this very scan: the handwritten signature of the signatory is on it")

#: The same where no scan came with it.
SEEN_ON_PAPER = _("I saw this paper signed by hand by the person named here; its scan stays awaited")


class SignForm(KeepingForm, ConfirmingForm):
    """Who signed away from his own session, when, how."""

    signatory = forms.ChoiceField(label=_("Who signs"))
    on = forms.DayField(span=Span.DONE, label=_("Signed on"))
    means = forms.ChoiceField(label=_("How"), choices=RECORDED, widget=forms.RadioSelect)
    document = forms.FileField(
        label=_("Scan of the signed paper, or PDF with the qualified signature"),
        required=False,
        help_text=_("A scan can wait. A PDF with a qualified signature cannot."),
    )
    given = ShownField(max_length=1000, required=False)  # the scan that the page shows, with what its code says
    seen = forms.ConfirmField(label=SEEN, required=False)
    unread = forms.ConfirmField(
        label=_("Go on without a code that can be read: a readable scan stays awaited"),
        help_text=_("The paper will say that it is said to be signed by hand and that its scan was not recognised."),
        required=False,
    )

    def __init__(self, *args: Any, powers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("signatory", [("", "—"), *powers])  # whoever records it says who signed
        self.show_scan(None)

    def show_scan(self, read: Reading | None, token: str = "") -> None:
        """Show what the code of the scan says that was given, if any; it travels with the form as `token`."""
        self.read, self.fields["given"].initial = read, token
        asks = read is not None and not read.recognised and read.other is None  # a foreign one is given again
        self.fields["unread"].widget = CheckboxInput() if asks else forms.HiddenInput()
        foreign = read is not None and read.other is not None
        self.fields["seen"].widget = forms.HiddenInput() if foreign else CheckboxInput()
        self["seen"].label = SEEN_ON_PAPER if read is None else SEEN  # the field as bound: it was made to be read

    def show_fresh(self) -> None:
        """Another scan is shown than the one that was confirmed, if any: it is looked at anew."""
        self.data = {name: value for name, value in self.data.items() if name not in ("seen", "unread")}


class OwnSignatureForm(ConfirmingForm):
    """The signatory signs what he has read, in his own session."""

    read = forms.ConfirmField(label=_("I have read this letter and I sign it"))


class SendBackForm(ConfirmingForm):
    """Why a letter is not signed, as its page displays it."""

    reason = forms.ReasonField(label=_("What must change"), max_length=4000)


class ContestForm(ConfirmingForm):
    """Why a signature that somebody recorded is not one's own."""

    reason = forms.ReasonField(label=_("What happened"), max_length=4000)
    sure = forms.ConfirmField(label=_("I did not sign this document: annul it"))


class NotifyForm(KeepingForm, ConfirmingForm):
    """How the person got the answer."""

    how = forms.ChoiceField(label=_("How"), choices=NoticeMeans.choices, widget=forms.RadioSelect)
    on = forms.DayField(span=Span.DONE, label=_("On"))
    proof = forms.TextField(
        label=_("Proof"), help_text=_("Reference of the signed slip, of the acknowledgement of receipt…")
    )
    document = forms.FileField(label=_("Scan of the proof"), required=False)

    def __init__(self, *args: Any, has_mail: bool, by_hand_only: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        means = [row for row in NoticeMeans.choices if row[0] != NoticeMeans.ACKNOWLEDGED_MAIL or has_mail]
        if by_hand_only:  # the counter serves who came: it sends nothing
            means = [row for row in means if row[0] == NoticeMeans.IN_HAND]
        self.choose("how", means)


class SignedScanForm(KeepingForm):
    """The scan of the signed answer."""

    document = forms.FileField(label=_("Scan of the signed paper"))
    seen = forms.ConfirmField(label=SEEN)


class ScanForm(forms.Form):
    """The scan of one document that was taken on paper: it asks nothing else, so that nothing refuses a good one."""

    document = forms.FileField(label=_("Choose the scan or a photo"))

"""The letters that wait for a signature: what stands in the way of each, and the others of the same dossier; whoever
signs knows of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from tadbir.acts.models import Act, Draft
from tadbir.councils.clock import today
from tadbir.councils.models import Person, in_language
from tadbir.desk import papers
from tadbir.desk.dossier import Desk
from tadbir.desk.papers.parts import told_by
from tadbir.desk.queries import signing as read
from tadbir.dossiers.clockwork import stories
from tadbir.dossiers.models import Dossier


@dataclass(frozen=True)
class Other:
    """Another letter of the same dossier: it waits for its signature, or (`act`) for its notification. `url`: its page,
    for those who may open it."""

    title: str
    draft: Draft | None = None
    act: Act | None = None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A letter of the signing folder. `objections`: why it cannot be signed today."""

    draft: Draft
    dossier: Dossier
    objections: list[str]
    others: list[Other]


def _title(paper: Act | Draft) -> str:
    told = told_by(paper)
    return in_language(str(told.get("title_ar", "")), str(told.get("title_fr", "")))


def _to_sign(draft: Draft, signable: bool) -> Other:
    return Other(_title(draft), draft=draft, url=reverse("office-signing-letter", args=[draft.pk]) if signable else "")


def others(desk: Desk, draft: Draft) -> list[Other]:
    """The letters that wait beside this one, those to sign first; each leads to its page for those who sign it, else
    for those who work on the dossier."""
    signable = _signable(desk.person, [desk.dossier.number])
    found = []
    written = read.waiting().filter(dossier_ref=desk.dossier.number).exclude(pk=draft.pk)
    for one in written.select_related("prepared_by").order_by("pk"):
        other = _to_sign(one, one.pk in signable)
        found.append(other if other.url or not desk.works else Other(other.title, one, url=_page(desk, one)))
    return found + [_to_notify(desk, act) for act in desk.acts if act.waits_for_notification]


def _page(desk: Desk, draft: Draft) -> str:
    """Where a letter is read and recorded as signed."""
    if papers.step_of(draft) is None:
        return reverse("office-answer-sign", args=[desk.dossier.number])
    return reverse("office-letter", args=[desk.dossier.number, draft.pk])


def _to_notify(desk: Desk, act: Act) -> Other:
    number = desk.dossier.number
    url = reverse("office-answer-notify", args=[number, act.number]) if desk.hands_over else ""
    return Other(_title(act), act=act, url=url)


def _signable(person: Person, numbers: Sequence[str]) -> set[int]:
    """The letters of these dossiers that a person may sign today, by key."""
    return set(read.to_sign(person, today()).filter(dossier_ref__in=numbers).values_list("pk", flat=True))


def folder_rows(drafts: Sequence[Draft], mine: QuerySet[Draft]) -> list[Row]:
    """The letters of a page of the signing folder (`mine`); what is asked does not grow with them."""
    dossiers = read.dossiers_of(drafts)
    told = stories(dossiers.values())
    beside = read.beside(dossiers, mine)
    return [
        Row(
            draft,
            dossier := dossiers[draft.dossier_ref],
            papers.why_not_signed(dossier, draft, told[dossier.pk], listed=True),
            [
                _to_sign(one, signable)
                for one, signable in beside
                if one.dossier_ref == draft.dossier_ref and one.pk != draft.pk
            ],
        )
        for draft in drafts
    ]

"""Filing a request, on the phone or at the counter, and the receipt given at once (law 55-19, articles 10 and 11)."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts.models import Act
from tadbir.councils.actions import require
from tadbir.councils.clock import local_date, today
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.desk import notice_words
from tadbir.desk.codes import follow_code
from tadbir.desk.notices import has_it, tell
from tadbir.desk.search import index_dossier
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Dossier, Fact, Party
from tadbir.procedures.queries import serves
from tadbir.reading.numbers import DOSSIERS
from tadbir.register.actions import keep_content, next_number
from tadbir.services import papers
from tadbir.services.actions.drafts import lock_draft
from tadbir.services.models import Draft
from tadbir.services.queries import residents
from tadbir.services.requests import Applicant, Filed, Filing, a_year_ago, lacking_in
from tadbir.ui.dates import day_words


def file_request(filing: Filing, by: Person | None = None) -> Filed:
    """File a request: dossier, facts, receipt and notice in one transaction.

    At the counter `by` is the clerk. Raises ValidationError for a signpost, a version that does not serve or a date
    ahead. What was begun earlier goes by `file_draft`, under the version it began with.
    """
    if by is not None:
        require(by, Right.FILE_AT_COUNTER)
    if not serves(filing.sheet):
        raise ValidationError(_("This service cannot be asked for here."))
    return _file(filing, by)


def _file(filing: Filing, by: Person | None = None) -> Filed:
    if filing.sheet.law.elsewhere:
        raise ValidationError(_("This service cannot be asked for here."))
    lacks = lacking_in(filing)
    if essential := lacks.essential:
        told = _("Without this document there is no request, and it is not taken: %(document)s. Add it first.")
        raise ValidationError(told, code="essential", params={"document": essential[0].label})
    if filing.filed_on and filing.filed_on > today():
        raise ValidationError({"filed_on": _("This date lies ahead of today.")})
    if filing.filed_on and filing.filed_on < a_year_ago():
        raise ValidationError({"filed_on": _("This date is more than a year old: check the paper.")})
    with transaction.atomic(savepoint=False):
        dossier = _open(filing)
        recorded, missing = _record_filing(dossier, filing, by)
        receipt = papers.issue_receipt(dossier, missing, by, recorded, besides=lacks.besides_on_paper)
        index_dossier(dossier, new=True)
        code = follow_code(dossier)
        _tell_receipt(dossier, code, missing, recorded, by)
    return Filed(dossier, receipt, code)


def _tell_receipt(
    dossier: Dossier, code: str, missing: list[str], recorded: dossiers.Recorded, by: Person | None
) -> None:
    """The receipt goes by every way that the person left; that of an incomplete file says so, and what lacks."""
    clock = queries.choose_clock(recorded.duties)
    tell(
        dossier.applicant,
        "receipt_incomplete" if missing else "receipt",
        dossier,
        key=f"receipt:{dossier.pk}",
        in_hand=has_it(dossier.applicant, by),
        every_way=True,
        follow_code=code,
        answer="" if missing else notice_words.answer_by(dossier, clock),
        before=notice_words.before(dossier, recorded.facts[-1], recorded.duties) if missing else "",
        lacking=notice_words.lacking(dossier, missing),
    )


def _party(applicant: Applicant) -> Party:
    return Party.objects.create(**asdict(applicant))


def _open(filing: Filing) -> Dossier:
    content = keep_content({"subject": filing.subject, "answers": dict(filing.answers), "mandate": filing.mandate})
    return dossiers.open_dossier(
        number=str(next_number(DOSSIERS, today().year)),
        kind=filing.sheet.regime,
        unit=filing.sheet.unit,
        sheet=filing.sheet,
        applicant=_party(filing.applicant),
        request=content,
        channel=filing.channel,
        representative=_party(filing.representative) if filing.representative else None,
        language=filing.language,
        opened_on=filing.filed_on or today(),
    )


def _record_filing(dossier: Dossier, filing: Filing, by: Person | None) -> tuple[dossiers.Recorded, list[str]]:
    """The facts of filing: filed, then either completed or the whole list of what is missing, once.

    The list is made known by the receipt: on the day it is given, whatever the day on the paper; a receipt given on
    paper bore it already (law 55-19, article 10).
    """
    sheet, missing = filing.sheet, lacking_in(filing).codes
    source = "online" if filing.channel == "online" else "counter"
    data = {
        "channel": filing.channel,
        "procedure": sheet.code,
        "sheet": sheet.version,
        "complete": not missing,
        "delay_days": sheet.delay_days,
        "delay_unit": "days",
        "investment": sheet.parsed.investment,
        "urgent": filing.urgent,
        "paper": filing.paper_number,
        "adopted": sheet.is_adopted,
    }
    for name in sheet.law.counted_by:  # as the right exercised: each has its own clock
        if filing.answers.get(name):
            data[name] = str(filing.answers[name])
    happenings = [dossiers.Happening("filed", filing.filed_on, data)]
    listed = filing.filed_on if filing.paper_number else None
    if missing and listed is None and filing.filed_on is not None:
        happenings.append(dossiers.Happening("receipt_given"))  # whatever the day on the paper
    if missing:
        happenings.append(dossiers.Happening("missing_listed", listed, {"documents": missing}))
    elif sheet.law.needs_completion:
        happenings.append(dossiers.Happening("completed", filing.filed_on))
    recorded = dossiers.record_all(dossier, happenings, by=by, source=source, new=True)
    pieces = [(piece.requirement, piece.name, piece.file) for piece in filing.pieces]
    dossiers.keep_documents(dossier, recorded.facts[0], pieces)
    return recorded, missing


def complete_if_all_there(dossier: Dossier, fact: Fact, *, by: Person | None = None) -> Act | None:
    """When the last missing document is in (`fact`), the file is complete: the clock starts and a new receipt says so.
    Nothing where the law of this dossier knows no completeness. `by`: whoever finds it so later."""
    completed = Fact.objects.filter(dossier=dossier, kind="completed", voided_by__isnull=True)
    if dossier.sheet is None or completed.exists() or queries.lacking(dossier):
        return None
    if not clockwork.may(dossier, "completed", local_date(fact.happened_at)):
        return None
    complete = dossiers.record(dossier, "completed", at=fact.happened_at, by=by or fact.by, source=fact.source)
    receipt = papers.issue_receipt(dossier, [], fact.by)
    held = has_it(dossier.applicant, fact.by)
    day = day_words(local_date(fact.happened_at), notice_words.reader_of(dossier))
    answer, key = notice_words.main_answer_by(dossier), f"complete:{complete.pk}"
    tell(dossier.applicant, "complete", dossier, key=key, in_hand=held, every_way=True, day=day, answer=answer)
    return receipt


@transaction.atomic
def file_draft(draft: Draft, filing: Filing, *, shown: str, visit: str = "") -> Filed:
    """File a draft once: a double click, a reload or a repeated send gives the first receipt again.

    The draft is its own key: its row is locked, and says which dossier came of it. `shown`: the request and its
    documents as the last page displayed them; raises Changed when another page changed them since. `visit`: the browser
    that sends it, which alone finds its receipt again without number and code.
    """
    locked = lock_draft(draft)
    if locked.dossier_id is not None:
        dossier = Dossier.objects.get(pk=locked.dossier_id)
        first = Act.objects.filter(kind="receipt", dossier_ref=dossier.number).order_by("pk")[0]
        return Filed(dossier, first, follow_code(dossier))
    residents.draft_shown(locked, residents.pieces_of(locked)).require(shown)
    filed = _file(filing)
    Draft.objects.filter(pk=draft.pk).update(dossier=filed.dossier, sent_in=visit)
    return filed

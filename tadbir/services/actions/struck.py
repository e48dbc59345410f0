"""What a correction does in a request: what lacks is listed anew, and no receipt says what is no longer so."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir.acts import actions as acts
from tadbir.councils.clock import local_date
from tadbir.desk import notice_words
from tadbir.desk.notices import struck_key, tell
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import queries
from tadbir.dossiers.corrections import lists_anew, lists_struck
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.services import papers
from tadbir.services.actions.filing import complete_if_all_there
from tadbir.services.models import PaperReceipt
from tadbir.ui.dates import day_words


def put_receipts_right(dossier: Dossier, correction: Fact) -> None:
    """An entry was struck out: the receipt of what never came is annulled, a file that is not complete gets
    the list of what lacks, with a receipt that takes the place of the one that called it complete."""
    struck, reason = correction.voids, str(correction.words.get("reason", ""))
    if struck is None:
        return
    for act in papers.receipts_of(dossier, struck):
        acts.annul(act, reason)
    if lists_anew(dossier, struck):
        _list_anew(dossier, correction, reason)


def _list_anew(dossier: Dossier, correction: Fact, reason: str) -> None:
    """List what lacks of a file that was called complete by mistake, or whose list was mistaken: its person's days run
    from this list. A new receipt of whoever received the request says so, and one message names what lacks and by when
    it is brought. One to which nothing lacks is complete."""
    given = papers.receipts_of_filing(dossier)
    if last := _all_there(dossier):
        if receipt := complete_if_all_there(dossier, last, by=correction.by):
            for act in given:
                acts.replace(act, receipt, reason)
        return
    before = lists_struck(Story(list(queries.history(dossier))))
    said = [
        dossiers.Happening("entry_corrected", data={"kind": old.kind}, private={"reason": reason}, voids=old)
        for old in before
    ]
    missing = queries.lacking(dossier)
    listed = dossiers.Happening("missing_listed", data={"documents": missing})
    anew = dossiers.Happening("receipt_given")
    made = dossiers.record_all(dossier, [*said, anew, listed], by=correction.by)
    filed = Story(list(queries.history(dossier))).first("filed")
    receipt = papers.issue_receipt(dossier, missing, filed.by if filed else None)
    for act in given:
        acts.replace(act, receipt, reason)
    tell(
        dossier.applicant,
        "incomplete_again",
        dossier,
        key=struck_key(correction),
        lacking=notice_words.lacking(dossier, missing),
        before=notice_words.before(dossier, made.facts[-1], made.duties),
    )


def _all_there(dossier: Dossier) -> Fact | None:
    """What brought the last document of a file to which none lacks; None where one does, or no sheet asks for any."""
    if dossier.sheet is None or queries.lacking(dossier):
        return None
    brought = Fact.objects.filter(pk__in=queries.documents(dossier).values("fact"))
    return brought.order_by("happened_at").last() or Story(list(queries.history(dossier))).first("filed")


def give_new_receipt(dossier: Dossier, correction: Fact) -> None:
    """The day on which the request came was put right: a new receipt takes the place of those that say another, and
    the person is told. Raises ValidationError for a day before the numbered paper that was given was printed."""
    block = PaperReceipt.objects.filter(dossier=dossier).select_related("block").first()
    if block is not None and dossier.opened_on < (printed := local_date(block.block.printed_at)):
        told = _("This receipt was printed on %(day)s: nobody could give it before.") % {"day": day_words(printed)}
        raise ValidationError({"day": told})
    _replace_receipts(dossier, correction)
    day = day_words(dossier.opened_on, notice_words.reader_of(dossier))
    key = f"day_corrected:{correction.pk}"
    tell(dossier.applicant, "receipt_corrected", dossier, key=key, every_way=True, day=day, answer=_by_when(dossier))


def _by_when(dossier: Dossier) -> str:
    """By when the council answers; of a file that is not complete, by when its person brings what lacks: a day that he
    was told moves with that of the filing, and he is told the new one."""
    story = Story(list(queries.history(dossier)))
    listed = None if story.first("completed") else story.last("missing_listed")
    return notice_words.before(dossier, listed) if listed else notice_words.main_answer_by(dossier)


def tell_urgency(dossier: Dossier, correction: Fact) -> None:
    """The request is urgent after all, or is not: where a receipt said the delay, a new one takes its place, and the
    person is told by when he is answered."""
    if queries.shows_delay(queries.history(dossier)):
        _replace_receipts(dossier, correction)
    answer, key = notice_words.main_answer_by(dossier), f"urgency_corrected:{correction.pk}"
    code = "made_urgent" if correction.data["urgent"] else "made_ordinary"
    tell(dossier.applicant, code, dossier, key=key, every_way=True, answer=answer)


def _replace_receipts(dossier: Dossier, correction: Fact) -> None:
    """A new receipt, of whoever received the request, takes the place of those given at the filing."""
    story, given = Story(list(queries.history(dossier))), papers.receipts_of_filing(dossier)
    filed, complete = story.first("filed"), story.first("completed") is not None
    receipt = papers.issue_receipt(dossier, [] if complete else queries.lacking(dossier), filed.by if filed else None)
    for act in given:
        acts.replace(act, receipt, str(correction.words["reason"]))

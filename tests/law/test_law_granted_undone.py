"""What a remedy granted and nobody did; what it granted before there was anything to contest, or of what was struck."""

import pytest

from .facts import allowed, of
from .test_law_may import COMPLETE, NOTIFIED
from .test_law_may_remedies import ASKED, SILENCES

#: The right that opens with the silence of each regime.
OPENS = {
    ("55-19", "appeal"): "PROC-APPEAL",
    ("55-19", "grievance"): "COURT-SILENCE",
    ("31-13", "complaint"): "ATI-COMPLAIN",
    ("petition", "grievance"): "COURT-SILENCE",
    ("09-08", "grievance"): "COURT-SILENCE",
    ("council-commitment", "grievance"): "COURT-SILENCE",
}


@pytest.mark.parametrize(("kind", "remedy", "rules", "data"), SILENCES)
@pytest.mark.parametrize("sense", ["refused", "partial", "granted"])
def test_what_was_answered_before_the_silence_leaves_whole_what_the_silence_opens(kind, remedy, rules, data, sense):
    rows = [["2026-10-01", "filed"], ["2026-10-01", "completed"], ["2026-10-05", ASKED[remedy], data, "r"]]
    rows += [["2026-10-06", f"{remedy}_answered", {"asked": "r", "sense": sense, "means": "hand"}]]
    on = "2026-11-20" if kind == "31-13" else "2026-12-10"
    [right] = of(OPENS[kind, remedy], kind, rows, on)
    assert right.open, "granted or refused, it came before the silence, and used nothing against it"
    taken = allowed(ASKED[remedy], rows, on, kind=kind)
    assert (taken.allowed, taken.early) == (True, False)
    used = [*rows, [on, ASKED[remedy], {**data, "against": "lapse"}, "s"]]
    assert not of(OPENS[kind, remedy], kind, used, on)[0].open
    assert allowed(ASKED[remedy], used, on, kind=kind).reasons[0].code == "appeal_pending"


def test_what_was_granted_of_a_refusal_struck_out_since_uses_nothing_against_the_silence():
    refused = [["2026-10-20", "outcome_signed", {"sense": "refused"}], ["2026-10-21", "notified", {"sense": "refused"}]]
    appeal = [["2026-10-25", "appeal_filed", {"against": "refusal"}, "a"]]
    appeal += [["2026-10-28", "appeal_answered", {"asked": "a", "sense": "granted", "means": "hand"}]]
    stands, struck = [*COMPLETE, *refused, *appeal], [*COMPLETE, *appeal]
    assert allowed("appeal_filed", stands, "2026-12-10").reasons[0].code == "granted_and_owed"
    taken = allowed("appeal_filed", struck, "2026-12-10")
    assert (taken.allowed, taken.early) == (True, False)
    # silent from Tuesday 1 December, thirty full days: Thursday 31
    assert [duty.open for duty in of("PROC-APPEAL", "55-19", struck, "2026-12-10")] == [True]
    orientation = [*COMPLETE, ["2026-10-20", "misdirected"], *appeal]
    assert allowed("appeal_filed", orientation, "2026-12-10").reasons[0].code == "granted_and_owed"


def test_what_was_granted_and_is_not_done_is_said_for_what_it_is_by_every_way():
    rows = [*NOTIFIED, ["2026-10-25", "appeal_filed", {"against": "refusal"}, "a"]]
    rows += [["2026-10-28", "appeal_answered", {"asked": "a", "sense": "granted", "means": "hand"}]]
    for verb in ("appeal_filed", "grievance_filed"):
        for on in ("2026-10-29", "2027-08-02"):
            [why] = allowed(verb, rows, on).reasons
            assert why.code == "granted_and_owed"
            assert "28 octobre 2026" in why.fr
            assert "nouvelle demande" in why.fr
            assert "طلب جديد" in why.ar
    for kind in ("09-08", "petition"):
        silent = [["2026-10-01", "filed"], ["2026-12-15", "grievance_filed", {"against": "lapse"}, "g"]]
        silent += [["2026-12-20", "grievance_answered", {"asked": "g", "sense": "granted", "means": "hand"}]]
        for verb in ("grievance_filed", "reasons_asked"):
            assert allowed(verb, silent, "2027-02-20", kind=kind).reasons[0].code == "granted_and_owed"
        assert allowed("reasons_asked", silent[:1], "2027-02-20", kind=kind), "of the silence, before it was taken away"
    complaint = [["2026-10-01", "filed"], ["2026-11-10", "complaint_to_head", {"against": "lapse"}, "c"]]
    complaint += [["2026-11-15", "complaint_answered", {"asked": "c", "sense": "granted", "means": "hand"}]]
    assert allowed("complaint_to_head", complaint, "2026-11-20", kind="31-13").reasons[0].code == "granted_and_owed"
    assert allowed("cdai_seised", complaint, "2026-11-20", kind="31-13"), "article 20 does not say a refusal"
    part = [*rows[:-1], ["2026-10-28", "appeal_answered", {"asked": "a", "sense": "partial", "means": "hand"}]]
    assert allowed("appeal_filed", part, "2026-10-29").reasons[0].code == "appeal_used", "the rest goes to the court"


def test_the_delay_that_a_person_let_run_out_is_nobody_s_silence():
    rows = [["2026-10-01", "filed"], ["2026-10-02", "missing_listed"]]
    rows += [["2026-11-05", "lapsed"], ["2026-11-06", "completed"]]
    rows += [["2026-11-10", "appeal_filed", {"against": "early"}, "a"]]
    for owner, nothing in (("user", True), ("administration", False)):
        said = [*rows]
        said[2] = ["2026-11-05", "lapsed", {"rule": "PROC-COMPLETE", "owner": owner}]
        answered = [*said, ["2026-11-12", "appeal_answered", {"asked": "a", "sense": "refused", "means": "hand"}]]
        assert allowed("outcome_signed", answered, "2026-11-16").allowed is nothing
        assert of("PROC-DECIDE", "55-19", answered, "2026-11-16")[0].open is nothing
        assert allowed("court_seised", said[:4], "2026-11-16").early is nothing


def test_an_early_remedy_names_the_very_day_from_which_its_answer_is_counted():
    early = [*COMPLETE, ["2026-10-05", "appeal_filed", {"against": "early"}, "a"]]

    def said(rows, on):
        [owed] = of("PROC-APPEAL-ANS", "55-19", rows, on)
        fr = " ".join(step.fr for step in owed.steps).replace("\xa0", " ").replace("\u202f", " ")
        return " ".join(step.ar for step in owed.steps), fr

    ar, fr = said(early, "2026-10-06")
    assert "Point de départ : expiration du délai de réponse à la demande" in fr
    assert "بداية الاحتساب: انصرام أجل الجواب عن الطلب" in ar
    ar, fr = said([*early, *NOTIFIED[2:]], "2026-10-22")
    assert "Point de départ : réponse à la demande, le mercredi 21 octobre 2026" in fr
    assert "بداية الاحتساب: تبليغ الجواب عن الطلب" in ar
    assert "Cette demande est anticipée" not in fr, "the request is another thing"


@pytest.mark.parametrize(("kind", "remedy", "rules", "data"), SILENCES)
def test_what_follows_a_grant_in_part_is_not_said_to_follow_a_refusal_alone(kind, remedy, rules, data):
    rows = [["2026-10-01", "filed"], ["2026-10-01", "completed"]]
    rows += [["2026-10-20", "outcome_signed"], ["2026-10-21", "notified", {"sense": "partial"}]]
    rows += [["2026-10-25", ASKED[remedy], {**data, "against": "refusal"}, "r"]]
    rows += [["2026-10-28", f"{remedy}_answered", {"asked": "r", "sense": "partial", "means": "hand"}]]
    rule = {"appeal": "COURT-APPEAL", "grievance": "COURT-GRIEVANCE", "complaint": "ATI-CDAI"}[remedy]
    [right] = [duty for duty in of(rule, kind, rows, "2026-10-29") if duty.open]
    fr = " ".join(step.fr for step in right.steps)
    assert "réponse du président" in fr if kind == "31-13" else "rejet, total ou partiel" in fr
    if kind == "55-19":
        [appeal] = of("PROC-APPEAL", kind, rows[:4], "2026-10-22")
        assert "refus, total ou partiel" in " ".join(step.fr for step in appeal.steps)
    if kind == "31-13":
        assert "le laisse ouvert pour le reste" in fr

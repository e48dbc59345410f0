"""What a proof found, in the language of the reader.

A proof keeps its differences in English, as the register keeps its links: the same line today and next week, whoever
asks. Each sentence stands here once more, as it is translated; one that does not is shown as it is.
"""

import re
from functools import cache

from django.utils.translation import gettext, gettext_noop

#: What differs. The first that fits is taken.
WHATS = (
    gettext_noop("fact %(pk)s of %(number)s (%(kind)s)"),
    gettext_noop("fact of %(number)s (%(kind)s)"),
    gettext_noop("document %(pk)s of %(number)s"),
    gettext_noop("PDF of %(number)s (%(kind)s)"),
    gettext_noop("PDF of %(number)s"),
    gettext_noop("scan of %(number)s"),
    gettext_noop("series %(kind)s of %(number)s"),
    gettext_noop("witness of %(number)s"),
    gettext_noop("witnesses/%(number)s is not there or empty"),
    gettext_noop("paper receipt %(number)s"),
    gettext_noop("link %(number)s"),
    gettext_noop("the tie of dossier %(number)s to dossier %(other)s"),
    gettext_noop("tie of dossiers %(number)s"),
    gettext_noop("second factor %(number)s (%(kind)s) of account %(account)s"),
    gettext_noop("second factor %(number)s"),
    gettext_noop("account %(number)s of person %(person)s"),
    gettext_noop("account %(number)s"),
    gettext_noop("enrolment link %(number)s"),
    gettext_noop("dossier %(dossier)s"),
    gettext_noop("act %(number)s"),
    gettext_noop("file %(number)s"),
    gettext_noop("content %(number)s"),
    gettext_noop("role %(number)s"),
    gettext_noop("delegation %(number)s"),
    gettext_noop("person %(number)s"),
    gettext_noop("unit %(number)s"),
    gettext_noop("sheet %(number)s"),
)
#: In what.
WHYS = (
    gettext_noop("%(name)s of its duty %(key)s is %(now)s, its facts give %(told)s"),
    gettext_noop("its duty %(key)s is not there"),
    gettext_noop("has a duty %(key)s, which its facts do not give"),
    gettext_noop("closed by %(now)s; its facts say %(told)s"),
    gettext_noop("idle is %(now)s, its duties say %(told)s"),
    gettext_noop("happened on %(now)s, the register says %(told)s"),
    gettext_noop("is open, the register says closed"),
    gettext_noop("%(name)s is %(now)s, the register says %(told)s"),
    gettext_noop("stands under no link"),
    gettext_noop("is not there"),
    gettext_noop("was changed"),
    gettext_noop("does not follow the link before it"),
    gettext_noop("link %(number)s is missing"),
    gettext_noop("link %(number)s with head %(head)s is not in the chain any more"),
    gettext_noop("is filed under another row than it speaks of"),
    gettext_noop("the head says another link is the newest"),
    gettext_noop("stands at a rank that Tadbir never gives"),
    gettext_noop("there are more links, or fewer, than its rank says (%(now)s)"),
    gettext_noop("has a key that Tadbir never gives"),
    gettext_noop("no link tells its %(name)s"),
    gettext_noop("was signed by somebody who, by the links of roles and orders, had no such power that day"),
    gettext_noop("cannot be read: it, or a link about it, holds what Tadbir never wrote there (%(kind)s)"),
    gettext_noop("counted to %(now)s, which the register never saw"),
    gettext_noop("says %(now)s, and a later number was given"),
    gettext_noop("nothing holds it"),
    gettext_noop("was erased, and words stand there again"),
    gettext_noop("is empty, and no link says why"),
    gettext_noop("is marked as erased, and somebody still refers to it"),
    gettext_noop("cannot be read (%(kind)s)"),
    gettext_noop("its bytes were changed"),
    gettext_noop("its words were changed"),
    gettext_noop("its words are gone"),
    gettext_noop("has words that its link does not know"),
    gettext_noop("came with a fact of another dossier"),
    gettext_noop("stands under a link of another kind"),
    gettext_noop("was recorded at another moment than its link"),
    gettext_noop("its check code is not that of its seal"),
    gettext_noop("its series or its dossier is not that of its text"),
    gettext_noop("the head of the register printed on it is not the one before its link"),
    gettext_noop("its certificate is of another key"),
    gettext_noop("is not the one that was brought"),
    gettext_noop("is withdrawn, or is not, and the register says otherwise"),
    gettext_noop("another one took its place, or none did, and the register says otherwise"),
    gettext_noop("came on %(now)s, the register says %(told)s"),
    gettext_noop("was taken away, or was not, and the register says otherwise"),
    gettext_noop("is not what was kept"),
    gettext_noop("is another file than the one that was sealed"),
    gettext_noop("its text is not what was sealed"),
    gettext_noop("it is not what its seal says"),
    gettext_noop("its seal does not hold (%(kind)s)"),
    gettext_noop("is closed, and no link says so"),
    gettext_noop("its password was changed, and no link says so"),
    gettext_noop("its e-mail is %(now)s, and that is another one"),
    gettext_noop("its secret was changed"),
    gettext_noop("was taken away, and stands there again"),
    gettext_noop("is open again, and a newer link had ended it"),
    gettext_noop("bears no mark of this installation: neither a page nor a command wrote it (%(kind)s)"),
    gettext_noop("is open, and its account was closed since it was made"),
    gettext_noop("is called “%(now)s”, and that is another name"),
    gettext_noop("was erased, and has a name again"),
    gettext_noop("its type is %(now)s, its bytes are %(told)s"),
    gettext_noop("no head of its %(now)s links is written down"),
)
#: What a column of a row is called; one that is not here is shown as it is.
NAMES = {
    "rule": gettext_noop("the rule"),
    "rule_version": gettext_noop("the version of the rule"),
    "calendar_version": gettext_noop("the version of the calendar"),
    "owner": gettext_noop("whose turn it is"),
    "unit_id": gettext_noop("the unit in charge"),
    "officer_id": gettext_noop("the agent in charge"),
    "starts_on": gettext_noop("the first day"),
    "do_by": gettext_noop("the last day"),
    "lapses_on": gettext_noop("the day on which it has run out"),
    "file_before": gettext_noop("the last day that is advised"),
    "accept_until": gettext_noop("the last day that is accepted"),
    "suspended": gettext_noop("its suspensions"),
    "is_suspended": gettext_noop("whether it is suspended"),
    "discharged_on": gettext_noop("the day on which it was done"),
    "over_on": gettext_noop("the day on which it ended"),
    "lapse_recorded": gettext_noop("whether its running out is recorded"),
    "length": gettext_noop("the length"),
    "length_unit": gettext_noop("the unit of its length"),
    "waits": gettext_noop("whether it waits for somebody"),
    "quality": gettext_noop("the quality"),
    "status": gettext_noop("the state"),
    "number": gettext_noop("the number"),
    "active": gettext_noop("whether it is open"),
    "account": gettext_noop("whose it is"),
    "token": gettext_noop("what opens it"),
    "expires": gettext_noop("until when it opens"),
    "confirmed_by": gettext_noop("who confirmed it"),
    "over": gettext_noop("whether it was used"),
    "name_ar": gettext_noop("the name in Arabic"),
    "name_fr": gettext_noop("the name in French"),
}
#: What a table is called where its rows were taken over.
NOUNS = {
    "role": gettext_noop("roles"),
    "delegation": gettext_noop("delegations"),
    "power": gettext_noop("changes of powers"),
    "person": gettext_noop("the agents of the council"),
    "unit": gettext_noop("units"),
    "account": gettext_noop("accounts"),
    "enrolment": gettext_noop("enrolment links"),
    "factor": gettext_noop("second factors"),
    "documents": gettext_noop("names of documents"),
    "dossier_link": gettext_noop("ties of dossiers"),
    "dossier": gettext_noop("dossiers"),
    "derived": gettext_noop("dossiers with their duties"),
    "act": gettext_noop("papers"),
    "sheet": gettext_noop("sheets"),
    "change": gettext_noop("changes of rules or wordings"),
    "closed_day": gettext_noop("days of the calendar"),
    "print": gettext_noop("printed registers"),
    "seal_key": gettext_noop("seal keys"),
}
SINCE = gettext_noop("changed after link %(number)s of %(now)s")
_LINK = re.compile(r" \(link (?P<number>\d+) of (?P<now>[-\d]+ [:\d]+)\)$")


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """The sentence as it is read again."""
    parts = re.split(r"%\((\w+)\)s", text)
    return re.compile(
        "".join(re.escape(part) if rank % 2 == 0 else f"(?P<{part}>.+)" for rank, part in enumerate(parts))
    )


def _said(text: str, known: tuple[str, ...]) -> str:
    for one in known:
        if found := _pattern(one).fullmatch(text):
            values = found.groupdict()
            if name := NAMES.get(values.get("name", "")):
                values["name"] = gettext(name)
            return gettext(one) % values
    return text


def in_words(line: str) -> str:
    """One difference, as the reader reads it."""
    link = _LINK.search(line)
    what, colon, why = line[: link.start() if link else None].partition(": ")
    if not colon:
        return line
    since = f" ({gettext(SINCE) % link.groupdict()})" if link else ""
    return f"{_said(what, WHATS)}{colon}{_said(why, WHYS)}{since}"

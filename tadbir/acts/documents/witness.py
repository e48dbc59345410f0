"""A paper as a witness: the head of the register printed on it must still be in the chain.

It witnesses only under a seal that holds, and only of the register of the council that sealed it: anyone can print a
head of his own invention. Where that register was restored from a backup, it has lost the links, and the papers, of
the hours between the backup and the restore, and says so.
"""

from collections.abc import Callable
from datetime import date

from tadbir.acts.documents.cose import Claims

#: Is this register head (hexadecimal) a link of the chain of the council that sealed the paper? A day: no, the register
#: was restored from the backup of that day, and the paper came after it. None: that register is not here.
HeadKnown = Callable[[str, Claims], bool | date | None]

WORDS: dict[bool | None, tuple[str, str]] = {
    True: (
        "رأس السجل المطبوع موجود في سلسلة السجل: لم تُعد كتابة ما قبله.",
        "La tête imprimée est dans la chaîne : ce qui la précède n’a pas été réécrit.",
    ),
    False: (
        "رأس السجل المطبوع غير موجود في السجل: أعيدت كتابة السجل أو فقد جزء منه.",
        "La tête imprimée n’est plus dans la chaîne : le registre a été réécrit ou amputé.",
    ),
    None: ("لا سجل هنا للمقارنة برأس السجل المطبوع.", "Pas de registre ici pour comparer la tête imprimée."),
}
UNSEALED = (
    "رأس السجل المطبوع لا يشهد على السجل إلا تحت ختم صحيح: لم يُقارن بالسجل.",
    "La tête imprimée ne témoigne du registre que sous un cachet valide : elle n’a pas été comparée.",
)
AFTER_BACKUP = (
    "استُرجع السجل من النسخة الاحتياطية ليوم %s، وصدرت هذه الوثيقة بعدها: لا أثر لها فيه، وختمها هو الشاهد على صحتها.",
    "Le registre a été restauré à partir de la sauvegarde du %s, et ce document est postérieur : le registre n’en a pas"
    " trace, son cachet seul en répond.",
)


def no_register(head: str, claims: Claims) -> None:
    """Nothing to say: there is no register here to ask."""


def of_head(head: str, claims: Claims | None, head_known: HeadKnown) -> tuple[bool | None, str, str]:
    """Whether the head is as it should be, and the words; `claims` are those of the seal, when all of it holds."""
    if claims is None:
        return None, *UNSEALED
    known = head_known(head, claims)
    if known is None or isinstance(known, bool):
        return known, *WORDS[known]
    return None, AFTER_BACKUP[0] % known.isoformat(), AFTER_BACKUP[1] % known.isoformat()

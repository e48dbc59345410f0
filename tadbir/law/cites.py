"""Naming an article of a law in Arabic and in French: المادتان 39 و116 من..., articles 39 et 116 de..."""

from __future__ import annotations

import re

from .vocabulary import LAWS
from .words import isolated

#: The article of a rule that comes from the council's own procedure sheet, not from a law.
SHEET = "sheet"
#: That of a rule which no text and no sheet gives: the council promised it, and says it as its own word.
UNDERTAKING = "undertaking"
#: What is cited by itself, of no law.
_ALONE = {SHEET: ("بطاقة المسطرة", "fiche de la procédure"), UNDERTAKING: ("تعهد من المجلس", "engagement du conseil")}
_RANGE = re.compile(r"(\d+)-(\d+)")


def article_ar(article: str) -> str:
    """المادة 16، المادتان 39 و116، المواد من 72 إلى 76"""
    if article in _ALONE:
        return _ALONE[article][0]
    between = _RANGE.fullmatch(article)
    if between:
        return f"المواد من {between[1]} إلى {between[2]}"
    numbers = article.split(", ") if "(" not in article else [article]
    if len(numbers) == 1:
        return f"المادة {isolated(article)}"
    name = "المادتان" if len(numbers) == 2 else "المواد"
    return f"{name} " + " و".join(numbers)


def article_fr(article: str) -> str:
    """article 16, articles 39 et 116, articles 72 à 76"""
    if article in _ALONE:
        return _ALONE[article][1]
    between = _RANGE.fullmatch(article)
    if between:
        return f"articles {between[1]} à {between[2]}"
    numbers = article.split(", ") if "(" not in article else [article]
    if len(numbers) == 1:
        return f"article {article}"
    return f"articles {', '.join(numbers[:-1])} et {numbers[-1]}"


def cite_ar(article: str, law: str) -> str:
    """المادة 16 من القانون رقم 55.19"""
    return article_ar(article) if article in _ALONE else f"{article_ar(article)} من {LAWS[law].ar}"


def cite_fr(article: str, law: str) -> str:
    """article 16 de la loi n° 55-19"""
    if article in _ALONE:
        return article_fr(article)
    name = LAWS[law].fr
    of = f"du {name[3:]}" if name.startswith("le ") else f"de {name}"
    return f"{article_fr(article)} {of}"

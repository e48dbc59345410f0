"""A light stemmer for the words of the administration, in Arabic and French (pure: no framework).

It takes off what Arabic sticks to a word (article, prepositions, pronouns, plural endings), knows the broken
plurals listed in data/words.toml, and leaves roots alone: طلب and طالب stay two words.
"""

import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import resources
from threading import Lock
from typing import NamedTuple

import snowballstemmer

from tadbir.textsearch.fold import Word, fold, words

#: Kept with every index entry; raise it when a rule or words.toml changes, or what a thing is found under: entries of
#: before are redone.
STEMMER_VERSION = 3

_PREFIXES = ("وبال", "فبال", "وكال", "ولل", "وال", "بال", "كال", "فال", "لل", "ال")
_PRONOUNS = ("كما", "هما", "هم", "هن", "ها", "نا", "كم")
_ENDINGS = ("يتين", "يتان", "يات", "اته", "يته", "تين", "تان", "ات", "ون", "ين", "ان", "يه", "ته", "تك", "ه", "ي")
_SHORTEST = 3
#: Letters of a word that count; PostgreSQL refuses words of more than 2,046 bytes.
LONGEST = 40


def _load() -> tuple[dict[str, str], dict[str, str], dict[str, str], frozenset[str]]:
    """The broken plurals, the French forms, the French words with a stem of their own, the words to leave out."""
    data = tomllib.loads((resources.files(__package__) / "data" / "words.toml").read_text("utf-8"))
    arabic = {fold(form): fold(word) for word, forms in data["arabic"].items() for form in (word, *forms)}
    french = {fold(form): fold(word) for word, forms in data["french"].items() for form in forms}
    # Before a pronoun the last hamza becomes a yaa, which the rules take off: أعضاؤه، أعضائه.
    arabic.update({form[:-1]: word for form, word in list(arabic.items()) if form.endswith("اء")})
    apart = {fold(form): fold(word) for word, forms in data["apart"].items() for form in (word, *forms)}
    return arabic, french, apart, frozenset(fold(word) for word in data["stop"]["words"])


_PLURALS, _FRENCH_FORMS, _FRENCH_APART, STOP_WORDS = _load()
_snowball = snowballstemmer.stemmer("french")
_snowball_lock = Lock()  # its state is not meant for two threads


def _without_prefix(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            return word[len(prefix) :]
    if word.startswith("و") and len(word) >= 5:
        return word[1:]
    return word


def _without_pronoun(word: str) -> str:
    for pronoun in _PRONOUNS:
        if word.endswith(pronoun) and len(word) - len(pronoun) >= _SHORTEST:
            word = word[: -len(pronoun)]
            break
    if word.endswith("ت") and not word.endswith("ات") and len(word) >= 4:
        return word[:-1]  # the taa of a taa marbuta before a pronoun: جمعيتهم
    return word


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


_STEPS: tuple[Callable[[str], str], ...] = (_without_prefix, _without_pronoun, _without_ending, _without_ending)


def _by_rules(word: str) -> str:
    for step in _STEPS:
        word = step(word)
    return word


def _arabic(word: str, first_step: int = 0) -> str:
    """Take off one thing after another, asking after each whether what is left is a listed plural."""
    for step in (*_STEPS[first_step:], str.strip):
        singular = _PLURALS.get(word)
        if singular is not None:
            return _by_rules(singular)
        word = step(word)
    return word


def _french(word: str) -> str:
    word = _FRENCH_FORMS.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]  # snowball stems conseillers and conseiller differently
    if word in _FRENCH_APART:
        return _FRENCH_APART[word]
    if len(word) > 4 and word.endswith("ee"):
        word = word[:-1]  # a participle whose accent was folded away: signée, signé
    with _snowball_lock:
        stem: str = _snowball.stemWord(word)
    return fold(stem)


@lru_cache(maxsize=50_000)
def stem_forms(token: str) -> tuple[str, ...]:
    """The stems of one folded token: usually one; two where the writing is ambiguous (للجنة, 000123)."""
    token = token[:LONGEST]
    if any(letter.isdigit() for letter in token):
        short = token.lstrip("0")
        return (token, short) if short and short != token else (token,)
    if token.isascii():
        return (_french(token),)
    return tuple(dict.fromkeys(_readings(token)))


def _readings(token: str) -> Iterator[str]:
    """An Arabic word as written may be read in two ways; both are indexed and both are asked for."""
    yield _arabic(token)
    if token.startswith("لل") and len(token) >= 5:  # ل + اللجنة is written للجنة: the word may begin with ل
        yield _arabic(token[1:])
        return
    bare = token
    if token.startswith("و") and _without_prefix(token) == token[1:]:  # "and", or the word's own letter: وزارة
        yield _arabic(token, first_step=1)
        bare = token[1:]
    if bare[0] in "بل" and len(bare) >= 5 and bare not in _PLURALS and _without_prefix(bare) == bare:
        yield _arabic(bare[1:], first_step=1)  # by, for, or the word's own letter: بمجلس


def stems(text: str) -> str:
    """The distinct stems of a text, separated by spaces: what the index keeps."""
    said = (one for word in words(text) for one in (word.word, word.elided, *word.joined) if one)
    return " ".join(dict.fromkeys(form for token in said for form in stem_forms(token)))


class Form(NamedTuple):
    """One stem to ask for; with `start`, any stem that begins with it."""

    stem: str
    start: bool = False


def query_terms(text: str) -> list[tuple[Form, ...]]:
    """The terms of a question: for each word, the stems of which one must be there.

    A number is found by its start, and without its zeros when it is whole. Words that say nothing (في, de, la)
    are left out, unless the question has no others.
    """
    asked = list(dict.fromkeys(_asked(word) for word in words(text) if not word.leads))
    telling = [tokens for tokens in asked if tokens[0] not in STOP_WORDS] or asked
    return [_forms(tokens) for tokens in telling]


def _asked(word: Word) -> tuple[str, ...]:
    """What to ask for: a name with all that stands before it; a word after an elided one alone too (L'Houssaine)."""
    if word.joined:
        return (word.joined[-1],)
    return (word.word, word.elided) if word.elided else (word.word,)


def _forms(tokens: tuple[str, ...]) -> tuple[Form, ...]:
    first, *others = (form for token in tokens for form in stem_forms(token))
    number = any(letter.isdigit() for letter in tokens[0])
    return (Form(first, start=number), *map(Form, others))

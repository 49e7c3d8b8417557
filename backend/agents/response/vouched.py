"""Whether each word by which an English sentence states something stands in its evidence, or means what does."""

import re
from functools import cache, lru_cache
from pathlib import Path

from backend.rag.synonyms import synonyms
from backend.rag.words import FILLER, raw_words, stem, term_set

_LEXICON = Path(__file__).parent / "lexicon"
#: What is said of every one or for ever: a closed class, and the evidence must say so too. "All three" counts.
_EVERY = re.compile(
    r"\b(?:both|every(?:thing|one|where)?|always|all(?! (?:of|the|three|four|five|\d+|in|right)\b))\b", re.IGNORECASE
)
_EVERY_ONE = re.compile(r"\b(?:both|every\w*|always|all|each)\b", re.IGNORECASE)
#: The same of what is not said further, unless it is denied: "we have no stores" is "we don't have any".
_ANY = re.compile(r"\bany(?:thing|time|where|one|body)?\b|\bno matter\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|no|never|without)\b|n['’]t\b", re.IGNORECASE)
#: "you'd", "there's"
_SHORTENED = re.compile(r"['’](?:d|re|ll|ve|s|m)\b|\b\w{2,6}n['’]t\b")
#: An amount of money speaks of a price.
MONEY = re.compile(r"[$€£₹]\s?\d")
_AT_ONCE = re.compile(r"\bat once\b", re.IGNORECASE)
#: More words than a figure by itself has.
_ALONE = 3
#: What may be said by itself.
_KIND = re.compile(r"\b(?:sorry|glad to|happy to|welcome|hope|let me know|thank)", re.IGNORECASE)
_NEWS = re.compile(r"\b(?:good|great|bad) news\b", re.IGNORECASE)
_NUMERALS = frozenset("two three four five six seven eight nine ten eleven twelve".split())


def vouched(sentence: str, *passages: str) -> bool:
    """Whether the passages, or the courtesy of an assistant, account for every word, the passages for one at least:
    "consider it done" tells of nothing. Figures are held elsewhere.
    """
    told = frozenset[str]().union(*(_known(passage) for passage in passages))
    known, words = told | courteous(), said_by(sentence)
    counted = any(map(str.isdigit, sentence)) and len(sentence.split()) > _ALONE
    if not (counted or _KIND.search(sentence) or any(not told.isdisjoint(_forms(word)) for word in words)):
        return False
    whole = " ".join(passages)
    if _EVERY.search(sentence) and not _EVERY_ONE.search(whole):
        return False
    if _ANY.search(sentence) and not (_ANY.search(whole) or _DENIED.search(sentence)):
        return False
    return all(not known.isdisjoint(_forms(word)) for word in words)


def said_by(sentence: str) -> list[str]:
    """The words by which a sentence states something; numbers are left out, also those in words."""
    plain = _AT_ONCE.sub("immediately", _SHORTENED.sub("", _NEWS.sub("", sentence)))
    words = (word.removesuffix("'s") for word in raw_words(plain))
    return [w for w in words if w not in FILLER and w not in _NUMERALS and not any(sign.isdigit() for sign in w)]


@lru_cache(maxsize=2_000)
def roots(text: str) -> frozenset[str]:
    """Stems that are cut again: "covered" and "covers" meet so."""
    return frozenset(
        _root(word) for word in term_set(_AT_ONCE.sub("immediately", _SHORTENED.sub("", _NEWS.sub("", text))))
    )


def _root(stemmed: str) -> str:
    root = stem(stemmed)
    return root[:-1] if root.endswith("ll") else root


@lru_cache(maxsize=20_000)
def same_as(root: str) -> frozenset[str]:
    """The root and those that may stand for it in a reply."""
    return frozenset(_root(other) for other in synonyms(root)) | _others().get(root, frozenset()) | {root}


@cache
def courteous() -> frozenset[str]:
    """The roots of words that need no evidence."""
    return frozenset(root for line in _lines("courteous.txt") for word in line.split() for root in _inflected(word))


@lru_cache(maxsize=20_000)
def _forms(word: str) -> frozenset[str]:
    """The roots of a word, that of a superlative too."""
    forms = {word, f"{word[:-3]}er"} if word.endswith("est") else {word}
    return frozenset(_root(stem(form)) for form in forms)


@lru_cache(maxsize=500)
def _known(passage: str) -> frozenset[str]:
    """The roots of a passage, and those that mean the same."""
    told = roots(passage) | ({_root("price")} if MONEY.search(passage) else frozenset())
    same = frozenset(_root(other) for word in term_set(passage) for other in synonyms(word))
    return told.union(same, *(same_as(root) for root in told))


@cache
def _others() -> dict[str, frozenset[str]]:
    """Root → the roots of the lines that it stands in."""
    found: dict[str, frozenset[str]] = {}
    for line in _lines("other_words.txt"):
        group = frozenset(root for word in line.split() for root in _inflected(word))
        for root in group:
            found[root] = found.get(root, frozenset()) | group
    return found


def _inflected(word: str) -> frozenset[str]:
    """The roots of a word and its forms: the stem of a word does not always meet that of another of its forms."""
    bare = word.removesuffix("e")
    return frozenset(_root(stem(form)) for form in (word, f"{word}s", f"{bare}ed", f"{bare}ing"))


def _lines(name: str) -> list[str]:
    text = (_LEXICON / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]

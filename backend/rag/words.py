"""Words as the lexical index sees them: lower case, without filler, cut to a light stem, numbers apart from units."""

import re
from functools import lru_cache

#: Letters and digits of any script; "2.4", "wi-fi" and "don't" stay in one piece at first.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*", re.UNICODE)

#: Words that carry no subject: they neither rank a passage nor count as unanswered.
_FILLER = """
    a an the this that these those it its it's i i'm i've i'd i'll me my mine we our us you your yours
    they them their he she his her
    is are was were be been being am do does did doing done don't doesn't didn't have has had having
    can could can't cannot couldn't will would won't wouldn't shall should shouldn't may might must isn't aren't wasn't
    of to in on at by for from with without into onto as than and or but if so not no nor
    what what's which who whom whose when where why how there here any some all each every either neither
    please tell show know want need like just also too very really much many more most only even still
    get got gets let lets say says said thing things stuff way about up out hi hello hey thanks thank
    something anything nothing everything someone somebody anyone anybody else
    u ur r im ive id theyre youre thats whats wheres hows whos whens theres heres pls plz thx
    dont doesnt didnt cant couldnt wont wouldnt shouldnt isnt arent wasnt havent hasnt gonna wanna gotta
"""
FILLER = frozenset(_FILLER.split())

_IRREGULAR = {
    "bought": "buy",
    "broke": "break",
    "broken": "break",
    "batteries": "battery",
    "came": "come",
    "went": "go",
    "gone": "go",
    "sent": "send",
    "paid": "pay",
    "sold": "sell",
    "held": "hold",
    "kept": "keep",
    "left": "left",
    "lost": "lose",
    "made": "make",
    "ran": "run",
    "took": "take",
    "taken": "take",
    "worn": "wear",
    "feet": "foot",
    "inches": "inch",
    "wifi": "wifi",
    "tvs": "tv",
    "pcs": "pc",
    "series": "series",
    "lens": "lens",
    "lenses": "lens",
    "warranties": "warranty",
}

_VOWEL = re.compile(r"[aeiouy]")


#: What is longer is no word of a text: it stays as it is, and fills no memory.
LONGEST_WORD = 40


def stem(word: str) -> str:
    """A light English stem: plural, -ed, -ing, -ly and a few endings more; other languages pass nearly unchanged."""
    return _stem(word) if len(word) <= LONGEST_WORD else word


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.isascii():
        return word
    word = _singular(word)
    for ending in ("ing", "ed", "er", "ly", "ment", "able", "ible", "ation", "ion"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and _VOWEL.search(base):
            return _tidy(base)
    return _tidy(word)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _tidy(base: str) -> str:
    """Double consonants and a silent e vanish, y becomes i, so that forms of one word meet."""
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "aeiouls":
        base = base[:-1]
    if len(base) > 3 and base.endswith("e"):
        base = base[:-1]
    return base[:-1] + "i" if len(base) > 2 and base.endswith("y") else base


def raw_words(text: str) -> list[str]:
    """Lower-case words and numbers in order, filler included, nothing stemmed."""
    return [token.replace("’", "'") for token in _TOKEN.findall(text.lower())]


def spoken(text: str) -> list[tuple[str, int, int]]:
    """The raw words with the places where they begin and end."""
    return [(m[0].lower().replace("’", "'").removesuffix("'s"), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def terms(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem(word.removesuffix("'s")) for word in raw_words(text) if word not in FILLER]


@lru_cache(maxsize=10_000)
def term_set(text: str) -> frozenset[str]:
    """The different ones, remembered: the same lines of documents are held against question after question."""
    return frozenset(terms(text))

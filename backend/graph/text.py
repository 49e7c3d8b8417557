"""Words as the catalogue compares them: lower case, no accents, one spelling, word by word."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# a "+" belongs to the word: AM3+ is not AM3, 80+ is not 80; \x01 holds one word's halves together
_WORD = re.compile(r"[^\W_]+(?:\x01[^\W_]+)?\+?")
_WIFI = re.compile(r"\bwi[\s-]fi", re.IGNORECASE)
#: Letters that hold the words right before a place.
_NEAR = 80
_IRREGULAR = {
    "mice": "mouse",
    "lenses": "lens",
    "chassis": "chassis",
    "series": "series",
    "wireless": "wireless",
    "cpus": "cpu",
    "gpus": "gpu",
    "psus": "psu",
    "fully": "full",
    "maximum": "max",
    "minimum": "min",
    "grey": "gray",
    "colour": "color",
    "colours": "color",
    "flavour": "flavor",
    "flavours": "flavor",
    "shelves": "shelf",
    "bookshelves": "bookshelf",
    "knives": "knife",
    "scarves": "scarf",
    "loaves": "loaf",
}


class Token(NamedTuple):
    """A word with its place in the text it came from."""

    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """Lower case without accents, of the same length as `text`, so that places stay true."""
    if text.isascii():
        return text.lower()
    return "".join(_plain_letter(letter) for letter in text)


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1].lower()
    return base if len(base) == 1 else letter


def before(text: str, place: int) -> str:
    """The end of what stands before a place: who asks for the words right before it needs no more, and a long text
    of many names is not read once for each of them.
    """
    return text[max(0, place - _NEAR) : place]


def tokens(text: str) -> list[Token]:
    """The words of a text, each with its place; "Wi-Fi" is one word."""
    joined = _WIFI.sub("wi\x01fi", plain(text))
    return [Token(m.group().replace("\x01", ""), m.start(), m.end()) for m in _WORD.finditer(joined)]


def words(text: str) -> list[str]:
    """The words of a text."""
    return [token.text for token in tokens(text)]


#: What is longer is no word of a text: it stays as it is, and fills no memory.
_LONGEST_WORD = 40


def singular(word: str) -> str:
    """A word in the singular, as far as its ending tells: "batteries" → "battery", "boxes" → "box"."""
    return _singular(word) if len(word) <= _LONGEST_WORD else word


@lru_cache(maxsize=65_536)
def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.isalpha() or word.endswith(("ss", "us", "is")):
        return word[:-1] if len(word) == 3 and word.endswith("s") and word not in ("gps", "ips", "ups", "fps") else word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def stems(text: str) -> tuple[str, ...]:
    """The words of a text in the singular."""
    return tuple(singular(word) for word in words(text))


@lru_cache(maxsize=65_536)
def squeezed(text: str) -> str:
    """A value for comparing: case, spaces, hyphens do not count ("LGA 1700" = "lga1700", "Wi-Fi 6" = "wifi6")."""
    return re.sub(r"[\s\-_]+", "", plain(text)).replace("grey", "gray")

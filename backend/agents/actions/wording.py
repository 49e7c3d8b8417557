"""Words of a shopper compared with words of the records: folded, without filler, singular."""

import re

_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*")
_FILLER = frozenset(
    (
        "a an and are at be both but by can could do for from get give have i if in instead into is it its like me "
        "my of on one or order our please than that the their them then there these this to want was with would "
        "you your "
    ).split()
)


def words(text: str) -> list[str]:
    """The words of a text in order, folded, plural forms reduced."""
    return [_singular(word) for word in _WORD.findall(text.lower().replace("’", "'"))]


def telling(text: str) -> set[str]:
    """The words that tell things apart."""
    return {word for word in words(text) if word not in _FILLER}


def phrase(text: str) -> re.Pattern[str]:
    """Matches the words of `text` in that order wherever they stand as whole words, plural or not."""
    parts = [_written(word) + r"(?:e?s)?" for word in words(text)]
    return re.compile(r"(?<![a-z0-9])" + r"[\s\-+/&]*".join(parts) + r"(?![a-z0-9])", re.IGNORECASE)


#: Ways to write what is measured, and spellings.
_SAME = {
    "grey": "gr[ae]y",
    "gray": "gr[ae]y",
    "ft": "(?:ft|foot|feet|')",
    "inch": '(?:inch|"|in\\b)',
    "liter": "(?:liter|litre|l)",
    "l": "(?:liter|litre|l)",
    "ml": "(?:ml|milliliter|millilitre)",
    "gb": "(?:gb|gig|gigabyte)",
    "tb": "(?:tb|terabyte)",
    "lb": "(?:lb|pound)",
}


def _written(word: str) -> str:
    """A pattern of a word in its usual writings: "750ml", "750 ml"."""
    if word == "mouse":
        return "m(?:ous|ic)e"
    if word.endswith("f") and len(word) > 3:  # shelf, shelves
        word, ending = word[:-1], "(?:f|ve)"
    else:
        ending = ""
    pieces = re.findall(r"[0-9.]+|[^0-9.]+", word)
    return r"[\s\-]*".join(_SAME.get(piece, re.escape(piece)) for piece in pieces) + ending


_PLURALS = {"mice": "mouse", "knives": "knife", "shelves": "shelf", "feet": "foot"}


def _singular(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("shes", "ches", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word

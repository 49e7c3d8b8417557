"""Whether a message is a wish for goods and nothing else: a kind of goods, conditions, and words that say nothing."""

import re
from typing import Final

from backend.domain.catalogue import ProductFilter
from backend.graph.asking import Asked

#: goods that somebody has, and questions of how goods go together, are no search
_OTHER: Final = re.compile(
    r"(?<!for )\b(?:my|mine)\b|\b(?:bought|ordered|purchased|received|returned|compare|compared|comparison|differences?"
    r"|versus|vs|compatible|compatibility|fits?|works?|goes|similar|alternatives?|instead|upgrade|why|because)\b",
    re.IGNORECASE,
)
#: what goods are for is no condition: "for the office"
_PURPOSE: Final = re.compile(r"\bfor (?:the |our |my |an? )?(?:[a-z]+ ){0,1}[a-z]+\W*$", re.IGNORECASE)
_EVERYTHING = re.compile(
    r"\beverything\b(?! (?:else|about|it))|\ball (?:of )?(?:your|the) (?:products|goods|items|stuff)\b"
    r"|\bthe (?:whole|entire) (?:shop|store|catalog(?:ue)?)\b",
    re.IGNORECASE,
)


def in_whole_shop(text: str) -> bool:
    """Whether a wish looks through all goods again, whatever was looked for before: "show me everything under $30"."""
    return bool(_EVERYTHING.search(text))


#: "show me phones instead": the goods before are none of this wish's
_INSTEAD: Final = re.compile(r"\W+(?:instead|rather)\W*$", re.IGNORECASE)


def without_purpose(text: str) -> str:
    """The text without what the goods are for, or that they are wanted instead, which stands last."""
    return _PURPOSE.sub("", _INSTEAD.sub("", text))


def narrows(asked: Asked, text: str) -> bool:
    """Whether every telling word of the text is a condition on goods that were spoken of before."""
    wanted = asked.filter.model_copy(update={"category": None})
    return asked.any and wanted != ProductFilter() and not (asked.unknown or wanted.text or _OTHER.search(text))


def seeks(asked: Asked, text: str) -> bool:
    """Whether every telling word of the text is a kind of goods or a condition on it."""
    wanted = asked.filter
    if _OTHER.search(text) or (wanted.category is None and not (asked.narrower or asked.head)):
        return False
    if asked.head:
        return not asked.unknown
    told = " ".join(filter(None, (asked.beside, asked.narrower)))
    return not asked.unknown and wanted.text in (asked.narrower, told)

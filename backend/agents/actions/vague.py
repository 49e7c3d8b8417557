"""Answers to a question of yes or no that are neither, and ask for nothing else."""

import re
from collections.abc import Iterable

from backend.agents.actions.wishes import WISHES
from backend.agents.understanding.clauses import is_wish
from backend.domain.acts import Act
from backend.domain.conversation import Request

_HEDGE = re.compile(
    r"^\W*(?:(?:well|hmm+|um+|uh+|so|but|yes|ok(?:ay)?|no)\W+)*(?:i guess|i suppose|i think|maybe|perhaps|possibly"
    r"|why not|not sure|i'?m not sure|i am not sure|i don'?t know|dunno|hmm+|um+|uh+|probably|whatever"
    r"|if you (?:like|say so)|it depends|let me think|let me see)(?:\W+(?:so|then|yes|ok(?:ay)?))*\W*$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:person|human|agents?|someone|somebody|representative|operator|staff|manager|supervisor|people|real|talk"
    r"|speak|call me|hand(?:off| over))\b",
    re.IGNORECASE,
)
#: Messages up to this many words that name nothing answer nothing.
_FEW_WORDS = 4
_CERTAIN = 0.9
#: Acts that are meant when they are read, however short.
_PLAIN = frozenset(
    {Act.HANDOFF, Act.SHOP_QUESTION, Act.REFUND_QUESTION, Act.DELIVERY_QUESTION, Act.ORDER_LOOKUP, Act.DELIVERY_TRACK}
)


def is_vague(text: str, requests: Iterable[Request]) -> bool:
    """Whether a message neither agrees nor declines nor asks for anything: "I guess", "maybe", "hmm"."""
    if _HEDGE.match(text.replace("’", "'")):
        return True
    short = len(text.split()) <= _FEW_WORDS and not is_wish(text)
    return short and not any(_asks_something(request) for request in requests)


def names_a_person(text: str) -> bool:
    """Whether a message speaks of a person, so that a wish for one is no guess."""
    return bool(_PERSON.search(text))


def _asks_something(request: Request) -> bool:
    said = request.entities
    named = said.products or said.order_ids or said.category or said.complaint_ids or said.refund_ids
    return bool(named) or request.act in _PLAIN or (request.act in WISHES and request.confidence >= _CERTAIN)

"""Whether a text leans on the question before it, and which question that is."""

import re
from collections.abc import Sequence

_LEANS = re.compile(
    r"^(?:and|but|or|so|then|also|why|what if|(?:what|how) about)\b|\b(?:its?|they|them|their|that|this|those|these"
    r"|ones?|there|then|meanwhile|too|either|instead|otherwise|same|next|(?:an)?other|else|both|again|after|first)\b",
    re.IGNORECASE,
)
#: A question of its own, and what may lead to it or stand in it for the thing that was spoken of.
_WHOLE = re.compile(
    r"^(?:how|what|where|which|when|who|can|may|could|do|does|did|is|are|will|should)\b.*\w+\W+\w+", re.IGNORECASE
)
_LEADS, _IT = (
    re.compile(r"^(?:(?:and|but|so|ok|also),? )+", re.IGNORECASE),
    re.compile(r"\b(?:its?|they|them|their)\b", re.I),
)
_SHORT = 3


def leans_on(history: Sequence[str], text: str) -> str | None:
    """The question before, where a text is hardly understood without it. `history`: what was said, oldest first."""
    if not history or not (_LEANS.search(text.strip()) or len(text.split()) <= _SHORT):
        return None
    return last_question(history)


def asks_anew(text: str) -> bool:
    """Whether a text is a question of its own, about a thing that was named before: "and how do I clean it?"."""
    bare = _LEADS.sub("", text.strip())
    return bool(_WHOLE.search(bare)) and not _LEANS.search(_IT.sub("", bare))


def last_question(history: Sequence[str]) -> str:
    """The last text that asks; without any question mark, questions and answers take turns."""
    questions = [said for said in history if said.rstrip().endswith("?")]
    return (questions[-1] if questions else history[-2:][0]).strip()

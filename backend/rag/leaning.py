"""Whether a text leans on the question before it, and which question that is."""

import re
from collections.abc import Sequence

_LEANS = re.compile(
    r"^(?:and|but|or|so|then|also|why|what if|(?:what|how) about)\b|\b(?:its?|they|them|their|that|this|those|these"
    r"|ones?|there|then|meanwhile|too|either|instead|otherwise|same|next|(?:an)?other|else|both|again|after|first)\b",
    re.IGNORECASE,
)
_SHORT = 3


def leans_on(history: Sequence[str], text: str) -> str | None:
    """The question before, where a text is hardly understood without it. `history`: what was said, oldest first."""
    if not history or not (_LEANS.search(text.strip()) or len(text.split()) <= _SHORT):
        return None
    return last_question(history)


def last_question(history: Sequence[str]) -> str:
    """The last text that asks; without any question mark, questions and answers take turns."""
    questions = [said for said in history if said.rstrip().endswith("?")]
    return (questions[-1] if questions else history[-2:][0]).strip()

"""What a shopper wants when the first wish cannot be had: "if it is not available, cancel the whole order"."""

import re

from backend.agents.actions.grammar import CONDITIONAL, wishes_in
from backend.domain.acts import Act

_IMPOSSIBLE = re.compile(
    r"^\W*(?:(?:and|but|so|then|only)\W+)*(?:otherwise|or else|if not|if (?:no|none|neither)\b"
    r"|(?:if|in case|should)\b[^,;:]{0,60}?(?:\bnot\b|n['’]?t\b|\bcannot\b|\bno longer\b|\bunavailable\b|\bimpossible\b"
    r"|\bsold out\b|\bout of stock\b|\bfails?\b|\brefuse\w*))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|,\s+(?=(?:(?:and|but|so) )?(?:if|otherwise|or else)\b)", re.IGNORECASE)
_CLAUSE = re.compile(r"^[^,;:]*[,;:]\s*|^\W*(?:otherwise|or else|if not)\W+", re.IGNORECASE)
_PASSIVE = (
    (Act.ORDER_CANCEL, re.compile(r"\bcancel", re.IGNORECASE)),
    (Act.RETURN, re.compile(r"\breturn|\brefund", re.IGNORECASE)),
    (Act.EXCHANGE, re.compile(r"\bexchang|\bswap", re.IGNORECASE)),
)
_EITHER = re.compile(r"\bcancel\b\s*(?:/|or)\s*(?:to )?(?P<other>return|send back)\b", re.IGNORECASE)


def is_fallback(sentence: str) -> bool:
    """Whether a sentence says what to do when the wish before it is impossible."""
    return bool(CONDITIONAL.match(sentence) and _IMPOSSIBLE.match(sentence) and wished(_rest(sentence)))


def _rest(sentence: str) -> str:
    """The sentence without its condition, which a comma may end or not."""
    rest = _CLAUSE.sub("", sentence, count=1)
    condition = _IMPOSSIBLE.match(sentence)
    return rest if wished(rest) or condition is None else sentence[condition.end() :]


def split_fallback(text: str) -> tuple[str, str]:
    """The wish, and the sentences that say what else would do; the second is empty when nothing does."""
    sentences = _SENTENCE.split(text)
    other = [s for s in sentences if is_fallback(s)]
    if other:
        return " ".join(s for s in sentences if s not in other), other[0]
    either = _EITHER.search(text)
    return text, f"Otherwise, {either['other']} it" if either else ""


def fallback_act(sentence: str) -> tuple[Act, str]:
    """The act of a fallback and its words without the condition."""
    rest = _rest(sentence)
    return wished(rest) or Act.ORDER_CANCEL, rest


def wished(rest: str) -> Act | None:
    """The act that words without a condition wish for; None when they wish for nothing, "keep it"."""
    plain = wishes_in(rest)
    return plain[0][1] if plain else next((act for act, said in _PASSIVE if said.search(rest)), None)

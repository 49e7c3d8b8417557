"""Words of a wish in their usual writing: slips that are known, and the shorthand of short messages."""

import re

from backend.agents.understanding.spelling import unshortened
from backend.tools.said_numbers import in_digits

_UNITS = (
    r"(?:ft|foot|feet|inch(?:es)?|in|hours?|h|gb|tb|mb|cups?|l|lit(?:er|re)s?|ml|oz|pieces?|lbs?|kg|bar|mm|cm|m|x"
    r"|persons?|people|of|items?|orders?|days?|weeks?|months?|years?|times?)"
)
#: Before these a digit is a digit: "ship it to 4 Mill Lane", "size is 4".
_COUNTED = r"(?:to|at|is|are|of|or|and|than|only|just|all|for|from|number|no|size|age|by|with|the|my|in|on|order)"
_SHORT = (
    (re.compile(rf"(?<![\w-])((?!{_COUNTED}\b)[A-Za-z)]+) 4(?= (?!{_UNITS}\b)(?:[a-z]|\d))"), r"\1 for"),
    (re.compile(rf"(?<![\w-])((?!{_COUNTED}\b)[A-Za-z)]+) 2(?= (?:a|an|the|my|me|u|you|new)\b)"), r"\1 to"),
    (re.compile(r"(?<=[\w)]) n(?= [a-z\d#])"), " and"),
    (re.compile(r"(?<=[\w)]) w/?(?= [A-Za-z#])"), " with"),
)


def spelled_out(text: str) -> str:
    """The text with its slips mended and spoken order numbers in digits; names and everything else stay."""
    text = in_digits(unshortened(text))
    for pattern, word in _SHORT:
        text = pattern.sub(word, text)
    return text

"""Codes that a display shows and a table explains: "error E4", "number 30 on the display", "shows F07"."""

import re
from functools import lru_cache

_CODE = r"([a-z]{0,3}-?\d{1,4})(?![\w-]|[.,]\d)"
#: What a code stands behind.
_SIGN = r"(?:errors?|codes?|faults?|warnings?|alarms?)"
_SHOWS = r"(?:says|shows|showing|displays|reads|flashes|flashing|blinks|blinking)"
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_SIGN}(?: (?:message|code|number|no\.?))?:? {_CODE}",
        rf"\b{_SHOWS} (?:an? |the )?(?:number )?{_CODE}",
        rf"\bnumber {_CODE}(?= (?:on|in|mean|light|blink|flash))",
    )
)


@lru_cache(maxsize=2048)
def code_asked(question: str) -> re.Pattern[str] | None:
    """How a text writes the code that a question asks about; None where it asks about none."""
    match = next((found for said in _SAID if (found := said.search(question))), None)
    if match is None:
        return None
    return re.compile(rf"(?<![\w.,-]){re.escape(match[1])}(?![\w-]|[.,]\d)", re.IGNORECASE)

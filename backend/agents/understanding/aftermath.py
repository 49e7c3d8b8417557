"""Questions about what was just done: what comes next, its number, how long it takes."""

import re

from backend.domain.acts import Act

_ASKS = re.compile(
    r"\W*(?:(?:and|so|ok(?:ay)?|but|great|thanks|thank you|alright|right|well|then|good|fine)\W+)*(?:"
    r"what(?:'s|s| is| happens| will happen| comes)? (?:happening )?(?:next|now|then|after that|from here)"
    r"|what (?:do|should) (?:i|we) (?:have to |need to )?do (?:now|next|then)"
    r"|(?:what(?:'s|s| is| was)|give me|tell me|do (?:i|you) have) (?:the|my|that|its|a) "
    r"(?:(?:complaint|case|ticket|reference|refund|return|tracking) )?(?:number|reference|ref"
    r"|id)(?: (?:again|of it|for it))?"
    r"|how long (?:will|does|would|is|might) (?:it|that|this) (?:take|be|going to take|last)"
    r"|when (?:will|do|can|should|would) (?:i|we|you|someone|somebody|anyone|they) (?:hear|get|expect|answer|reply|know"
    r"|call|write|contact|respond)\b(?: (?:me|us|back|from (?:you|someone|them)|an? (?:answer|reply)|more"
    r"|anything|my money"
    r"|the money|to me))*"
    r"|when (?:will|does|can|is) (?:it|that|this) (?:be|going to be|get)? ?(?:done|resolved|fixed|answered"
    r"|sorted|looked at)?"
    r")\W*",
    re.IGNORECASE,
)
#: Asked after one of these, they are about its record.
_RECORD_OF = {
    Act.COMPLAINT_NEW: Act.COMPLAINT_STATUS,
    Act.COMPLAINT_STATUS: Act.COMPLAINT_STATUS,
    Act.RETURN: Act.REFUND_STATUS,
    Act.EXCHANGE: Act.REFUND_STATUS,
    Act.REFUND_STATUS: Act.REFUND_STATUS,
    Act.ORDER_CANCEL: Act.REFUND_STATUS,
}


def asked_after(text: str, before: Act | None) -> Act | None:
    """The look at a record that a few words ask for after a matter of this kind; None where they ask nothing of it."""
    wanted = _RECORD_OF.get(before) if before is not None else None
    return wanted if wanted is not None and _ASKS.fullmatch(text.replace("’", "'")) else None

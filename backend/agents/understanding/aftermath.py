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
    r"|call|write|contact|respond|look (?:at|into)|deal with|handle|take care of|get (?:round )?to)\b"
    r"(?: (?:it|this|that|my (?:case|complaint|ticket)|me|us|back|from (?:you|someone|them)|an? (?:answer|reply)|more"
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
_WHY_NOT = re.compile(r"\W*(?:(?:but|and|so|ok)\W+)*(?:why(?: (?:not|is that|can'?t i))?|how come)\W*", re.IGNORECASE)
#: Which record tells why it is refused.
_REFUSED = {
    Act.RETURN: Act.REFUND_STATUS,
    Act.EXCHANGE: Act.REFUND_STATUS,
    Act.ORDER_CANCEL: Act.ORDER_LOOKUP,
    Act.ORDER_ADDRESS: Act.ORDER_LOOKUP,
    Act.ORDER_ITEMS: Act.ORDER_LOOKUP,
    Act.ORDER_PAYMENT: Act.ORDER_LOOKUP,
}
#: "and the bookshelf too?"
_MORE = re.compile(
    r"\W*(?:and|also|plus|what about|how about|can i also (?:return|exchange|send back)"
    r"|same for)\b(?: also)? (?:the|my) "
    r"(?!refund|money|rest\b|polic|fee|label|price|cost|shipping|return|number|address|order)"
    r"[\w -]{2,40}?(?:(?<= )(?:too|also|as well))?\W*",
    re.IGNORECASE,
)
#: "when?", said of an order
_WHEN = re.compile(
    r"\W*(?:(?:and|but|so|ok)\W+)?when(?: (?:exactly|is that|will that be|then|though))?\W*", re.IGNORECASE
)
_UNDER_WAY = frozenset({Act.ORDER_LOOKUP, Act.DELIVERY_TRACK})
_OF_SEVERAL = frozenset({Act.RETURN, Act.EXCHANGE})


#: "what did you just do?", "is it done?", "did that work?"
_DONE = re.compile(
    r"\W*(?:(?:and|so|ok|okay|wait|sorry|hm+|but|well|now|then|great|thanks|cool|uh)\W+){0,3}(?:"
    r"what (?:did|have) you (?:just |actually |now )?(?:do|done|changed?)(?: just now| now| there| exactly| for me)?"
    r"|what (?:just |has just )happened"
    r"|(?:is|was|are) (?:it|that|this|everything|they|all of (?:it|that)) (?:all )?"
    r"(?:done|sorted|finished|completed?|set|through)(?: now| yet| already| then)?"
    r"|did (?:it|that|this|everything) (?:all )?(?:work|go through|happen|succeed)(?: now| then)?"
    r"|(?:have|did) you (?:already |just |really )?(?:do|done) (?:it|that|this)(?: now| yet| already)?"
    r"|has (?:it|that|everything) (?:been done|gone through|worked)(?: now| yet| already)?"
    r")\W*",
    re.IGNORECASE,
)


def asks_what_was_done(text: str) -> bool:
    """Whether a message asks what the last action came to, or if it was carried out."""
    return _DONE.fullmatch(text.replace("’", "'")) is not None


def asked_after(text: str, before: Act | None) -> Act | None:
    """What a few words ask for after a matter of this kind: a look at its record, why it is refused, more of the
    same; None where they ask nothing of it.
    """
    if before is not None and _WHY_NOT.fullmatch(text):
        return _REFUSED.get(before)
    if asks_what_was_done(text):
        return before  # the matter stays the one that is spoken of
    if before in _UNDER_WAY and _WHEN.fullmatch(text):
        return Act.DELIVERY_TRACK
    if before in _OF_SEVERAL and _MORE.fullmatch(text):
        return before
    wanted = _RECORD_OF.get(before) if before is not None else None
    return wanted if wanted is not None and _ASKS.fullmatch(text.replace("’", "'")) else None

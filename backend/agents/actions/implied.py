"""What a message about an order asks for when no verb of asking says so: its nouns, participles and contents."""

import re

from backend.agents.actions.addresses import address_in
from backend.agents.actions.grammar import asks_something, negated
from backend.agents.actions.methods import names_a_method
from backend.agents.actions.numbers import blanked, order_ids
from backend.domain.acts import Act

_ITEM = re.compile(r"(?<![\w#-])\d{6,14}(?![\w-])")
_ESTIMATE = re.compile(
    r"\b(?:how much|what (?:money|amount|sum|(?:would|will|do|can) i get))\b[^.?!]{0,60}?"
    r"\bif (?:i|we) (?:were to |would |should )?(?:return|sen[dt]|g[ai]ve|cancel|bring|brought)\w*"
    r"|\bif (?:i|we) (?:return|sen[dt]|cancel)\w*[^.?!]{0,60}?\bhow much (?:would|will|do|can) (?:i|we) get\b"
    r"|\b(?:how much|what) (?:(?:money|of it|of that|exactly) )?(?:would|will|do|can|am|are) (?:i|we) (?:going to )?"
    r"(?:get|be getting|receive|have)"
    r" (?:back|refunded)\b"
    r"|^\W*(?:(?:and|but|so|ok|then)\W+)*(?:can|could|may|am|are) (?:i|we) (?:able to "
    r"|allowed to )?still (?:able to |allowed to )?"
    r"(?:return|send back|bring back|give back|sen[dt] (?:it|this|that|them) back)\b",
    re.IGNORECASE,
)
_OWN_ORDER = re.compile(r"\b(?:my|the|this|that|one of my|an|your) (?:\w+ )?(?:orders?|purchase)\b|\border\s*:", re.I)
_CANCEL = re.compile(
    r"\bcancel\w*|\b(?:scrap|void|revoke|annul|call(?:ed|ing)? off|withdraw)\b(?! from)"
    r"|\bno longer (?:interested|want|need)\w*\b[^.;]{0,30}\border\b|\bno longer interested in\b"
    r"|\b(?:stop|drop|forget(?: about)?|kill) (?:my |the |this )?order\b",
    re.IGNORECASE,
)
_SWAP = re.compile(
    r"\bexchang\w*|\bswap\w*|\btrad(?:e|ed|ing)\b|\breplac\w+"
    r"|\b(?:instead of|in place of|rather than)\b"
    r"(?! (?:[\w-]+ ){0,4}?(?:methods?|cards?|accounts?|pay ?pal|other|address))"
    r"|\d{6,}\W{0,3}(?:for|to|into|with|by|->|=>|→|>)\W{0,3}(?:the |a |new |item |number )*\d{6,}"
    r"|\bfor (?:the|an?|another) (?:[\w-]+ ){0,2}?(?:one|version|variant|model)\b"
    r"|\b(?:modify|change|modification|changes?) (?:of )?(?:the |some |my )?items?\b"
    r"|\b(?:have|get|switch|take|make it|want|prefer) (?:the )?\d{6,}",
    re.IGNORECASE,
)
_RETURN = re.compile(
    r"\breturn(?!s? polic)\w*|\b(?:sen[dt]|giv\w+|gave|bring|brought|ship|mail|hand|take|taking|go|goes|going)\w*"
    r" (?:(?!and\b)[\w'-]+ ){0,6}?back\b|\bget(?:ting)? rid of\b|\b(?:do not|don'?t|not) (?:want|wish|like) to keep\b"
    r"|\b(?:want|like|get) (?:my|the) money back\b|\bmoney[- ]back\b",
    re.IGNORECASE,
)
#: Somebody else did it: the shopper did not.
_DENIED = re.compile(
    r"\b(?:i|we) (?:never|did(?: not|n['’]?t)|have(?: not|n['’]?t)) (?:\w+ )?(?:cancel(?:l?ed)?|refused?|asked?"
    r" (?:for (?:it|this|that)|(?:you|anyone|anybody) to))\b",
    re.IGNORECASE,
)
_MONEY_BACK = re.compile(r"\brefund(?:ed)?\b(?! polic)|\bmoney\b|\bcredit(?:ed)?\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\baddress\b|\b(?:ship\w*|sen[dt]|deliver\w*|go(?:es)?|going|come|redirect\w*|forward\w*)\b[^.;]{0,60}\bto\b"
    r"|\bmoved\b|\bwe live\b|\bi live\b|\bwhere\b[^.;]{0,30}\b(?:go|deliver\w*|sent?|ship\w*|belongs?)\b",
    re.IGNORECASE,
)
_PAYMENT = re.compile(r"\b(?:pay\w*|paid|charg\w+|bill\w*|payment|put|use|using|switch\w*|move)\b", re.IGNORECASE)
_DEFAULT = re.compile(
    r"\b(?:default|profile|account|permanent|primary|home|main) address\b|\baddress\b[^.;:]{0,40}\b(?:in|on|of|for) "
    r"(?:my|our) (?:\w+ )?(?:account|profile)\b|\bmy (?:own |home |new )?address (?:is|has)\b|\bfrom now on\b"
    r"|\bdefault\b",
    re.IGNORECASE,
)


def names_records(text: str) -> bool:
    """Whether a text speaks of an order of the shopper's or of items by their numbers."""
    return bool(order_ids(text) or _OWN_ORDER.search(text) or _ITEM.search(blanked(text)))


def asks_estimate(text: str) -> bool:
    """Whether a text asks what sending something back would bring."""
    return bool(_ESTIMATE.search(text))


def implied_act(text: str) -> Act | None:
    """The act that the contents of a text amount to; None when it only asks or tells something.

    An address with an order is where this goes; without one, where the shopper lives.
    """
    if asks_estimate(text) and order_ids(text):
        return Act.REFUND_STATUS
    if asks_something(text):
        return None
    if _DENIED.search(text):
        return Act.COMPLAINT_NEW
    address = address_in(text)
    if address is not None and _DEFAULT.search(text) and not order_ids(text):
        return Act.ACCOUNT_ADDRESS
    sent_back = _RETURN.search(text)
    if sent_back and _MONEY_BACK.search(text) and not negated(text, sent_back.start()):
        return Act.RETURN
    if not names_records(text):
        return None
    for act, said in ((Act.ORDER_CANCEL, _CANCEL), (Act.EXCHANGE, _SWAP), (Act.RETURN, _RETURN)):
        found = said.search(text)
        if found and not negated(text, found.start()):
            return act
    if address is not None and _ADDRESS.search(text):
        return Act.ORDER_ADDRESS
    numbered = re.search(r"\b(?:credit_card|paypal|gift_card)_\d+", text)
    if (numbered or names_a_method(text)) and _PAYMENT.search(text) and "refund" not in text.lower():
        return Act.ORDER_PAYMENT
    return None

"""What a sentence plainly asks to be done to an order: the verb and what it governs decide, not likeness."""

import re
from itertools import zip_longest

from backend.domain.acts import Act

_VERBS = {
    "cancel": r"cancel(?:l?ing)?|call(?:ing)? off|void|annul|revoke",
    "return": r"return(?:ing)?|(?:send|ship|giv|give|bring|mail|hand)(?:ing)? (?:[^.?!]{1,80}? )?back|take back"
    r"|get(?:ting)? rid of",
    "refund": r"refund(?:ing)?(?: me(?: for)?)?",
    "exchange": r"exchang(?:e|ing)|swap(?:ping)?|trad(?:e|ing)(?: in)?",
    "change": r"chang(?:e|ing)|modify(?:ing)?|switch(?:ing)?|updat(?:e|ing)|replac(?:e|ing)|edit|amend|adjust|convert"
    r"|substitut(?:e|ing)|alter",
    "mend": r"correct|fix|set|make",
    "ship": r"ship(?:ped)?|sen[dt]|deliver(?:ed)?|redirect(?:ed)?|re-?rout(?:e|ed)|forward(?:ed)?",
    "pay": r"pay(?:ing)?|charge|bill|use|put",
}
#: What may stand before the verb of a wish: the start, a break, a link, or the words of asking.
_BEFORE = (
    r"(?:^|^\s*(?:[-–—*•>]|\(?\d{1,2}[.)])\s*|[,;:]\s*|\s[-–—]\s+|#?\b[A-Za-z]{1,4}-?\d{4,}\s+"
    r"|\b(?:and|then|also|so|but|or|just|first|please|pls|kindly|to|you|we|i|me|wanna|would|will"
    r"|can|could|let'?s|rather|instead|afterwards|finally|have|get|be|it|them|for)\s+)"
    r"(?:(?:also|just|please|now|then|rather|instead|simply|kindly|either|first|maybe|perhaps)\s+)*"
)
_WISH = re.compile(
    _BEFORE + "(?:" + "|".join(f"(?P<{name}>{verb})" for name, verb in _VERBS.items()) + r")(?![\w-])", re.IGNORECASE
)
#: A noun after all: "return policy", "exchange fee".
_NOUN = re.compile(
    r"\s+(?:polic\w+|labels?|windows?|periods?|process|status|forms?|fees?|requests?|rules?|options?|is|was|has|have"
    r"|number|my call|a call|me)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?:n't|n’t|\bnot|\bnever|\bwithout|\binstead of|\brather than|\bno need|\bavoid|\bdont)\s+(?:\w+\s+){0,3}$", re.I
)
#: Asks about something, or speaks of a case that may not come up.
_QUESTION = re.compile(
    r"^\W*(?:(?:and|but|so|also|ok(?:ay)?|then|hi|hello)\W+)*(?:how|what|when|where|who|why|which|did|does|do|has|have"
    r"|was|were|are|will i|would i|is (?:the|my) (?:money|refund|order|return|exchange|parcel))\b",
    re.IGNORECASE,
)
CONDITIONAL = re.compile(
    r"^\W*(?:(?:and|but|so|also|then|only|even)\W+)*(?:if|unless|in case|otherwise|should (?:that|it|this))\b", re.I
)
_MAY_I = re.compile(r"^\W*(?:(?:and|but|so|also|hi|hello)\W+)*(?:can|could|may|am|is)\b(?! you\b)", re.IGNORECASE)
_ORDER = re.compile(r"\border|#\s?\w*\d|\bpurchase\b", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:my|our)\b|\bi (?:just |recently )?(?:got|bought|ordered|received|purchased|have)\b", re.IGNORECASE
)
_NO_ORDER = re.compile(
    r"\W*(?:my |the |this |a )?(?:subscription|account|membership|newsletter|appointment|complaint|return|refund"
    r"|exchange|mind|password|name|e-?mail|phone|language|profile picture|call|topic|subject)\b(?! address)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\W*(?:(?:me )?(?:the|my|any|all)? ?(?:money|refund|amount|payment|price|rest|funds"
    r"|(?:price )?difference|(?:[\w-]+ ){0,2}?(?:gift ?card|card)|pay ?pal|visa|master ?card|amex)\b)",
    re.IGNORECASE,
)
#: "my address is 5 Elm St, please change in my account"
_IN_ACCOUNT = re.compile(
    r"\W*(?:(?:it|this|that)\W+)?(?:in|on|for) (?:my|our|the) (?:account|profile)\b", re.IGNORECASE
)
#: "refund it to my card" tells how, not what
_POINTED = re.compile(
    r"\W*(?:(?:it|that|them|this|both|everything|all)\b(?: of)?|(?:to|on|onto|into|via|through|with)\b|$)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\bwhere\b[^.;!?]{0,30}\b(?:goes|go|(?:is|gets|be) (?:sent|shipped|delivered)|arrives?)\b"
    r"|\baddress\b|\bshipped to\b|\b(?:shipping|delivery) (?:destination|location)\b",
    re.IGNORECASE,
)
_STATED_ADDRESS = re.compile(
    r"\baddress\b.{0,60}?(?:\b(?:is|was|are) (?:wrong|incorrect|outdated|old|not right)|\b(?:should|must|needs to) be\b"
    r"|\bhas changed\b|\bis now\b)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\bto\b.*(?:\baddress\b|\bhome\b|\bhouse\b|\boffice\b|\d+ \w+.*,)", re.IGNORECASE | re.DOTALL)
_TO_PLACE = re.compile(
    r"\bto (?:my|the|our|a) (?:[\w'-]+ ){0,3}?(?:address|home|house|place|apartment|office)\b", re.IGNORECASE
)
_DEFAULT = re.compile(r"\b(?:default|profile|account|user|on file|saved|primary|main|permanent)\b", re.IGNORECASE)
#: Speaks of where the shopper lives rather than of a parcel.
_HOME = re.compile(
    r"\b(?:my|our) (?:own |home |customer |default )?(?:address|account|profile)\b(?! of| for (?:my |the )?order)"
    r"|\bdefault\b|\bfrom now on\b",
    re.IGNORECASE,
)
_PAYMENT = re.compile(r"\bpayment\b|\bpaid\b|\bpaying\b|\bpay\b|\bpay ?pal\b|\bcard\b", re.IGNORECASE)
_METHOD = re.compile(r"\bpay ?pal\b|\bcard\b|\bvisa\b|\bmaster ?card\b|\bamex\b|\bpayment method\b", re.IGNORECASE)
_SETTLING = re.compile(r"\bdifference\b|\brefund|\bmoney\b|\bcredited?\b|\bcover\b", re.IGNORECASE)
_LINK = re.compile(r"\b(?:to|for|into|with|from|by|against)\b|[:=]", re.IGNORECASE)
_ITEM = re.compile(
    r"\b(?:the|my|this|that|these|those|both|two|three|one|all|each|an?|items?|products?|everything|\d{6,})\b", re.I
)
_ONLY_ORDER = re.compile(
    r"\W*(?:(?:my|the|this|pending|recent|whole|entire)\s+)*(?:orders?|purchase)?\W*"
    r"(?:(?:number|no|id)\W*)?(?:#?[a-z]{0,5}-?\d+\W*)?$",
    re.IGNORECASE,
)


#: Wishes that are settled with a payment method.
_SETTLED = frozenset({Act.RETURN, Act.EXCHANGE, Act.ORDER_ITEMS})
_ORDER_NUMBER = re.compile(r"#\s?\w*\d|\b[A-Z]{1,4}-?\d{4,}", re.IGNORECASE)


_BECAUSE = re.compile(
    r"\b(?:because|since|as)\s+(?=(?:i|we) (?:also |still |really )?(?:want|need|would like|'d like))", re.I
)


def wishes_in(sentence: str) -> list[tuple[int, Act]]:
    """Where each plain wish about an order starts in a sentence, and what it asks for."""
    if CONDITIONAL.match(sentence) or _QUESTION.match(sentence):
        because = _BECAUSE.search(sentence)  # a reason holds whatever the condition
        return [(because.end() + at, act) for at, act in wishes_in(sentence[because.end() :])] if because else []
    if _MAY_I.match(sentence) and not (_ORDER.search(sentence) or _OWN.search(sentence)):
        return []
    found: list[tuple[int, Act]] = []
    verbs = list(_WISH.finditer(sentence))
    for match, following in zip_longest(verbs, verbs[1:]):
        name = str(match.lastgroup)
        start, end = match.start(name), match.end(name)
        act = _act(name, sentence[end : following.start() if following else None], sentence)
        if act is Act.ORDER_PAYMENT and found and found[-1][1] in _SETTLED and not _ORDER_NUMBER.search(sentence[end:]):
            continue  # how the difference is paid, or where the refund goes
        alternative = found and re.search(r"\bor\s+(?:\w+\s+)?$", sentence[found[-1][0] : start], re.IGNORECASE)
        if act and not alternative and not _NOUN.match(sentence, end) and not _NEGATED.search(sentence[:start]):
            found.append((start, act))
    if not found and (stated := _STATED_ADDRESS.search(sentence)):
        found.append((stated.start(), _whose_address(sentence, sentence)))
    return found


def asks_something(sentence: str) -> bool:
    """Whether a sentence asks about something or speaks of a case that may not come up."""
    return bool(CONDITIONAL.match(sentence) or _QUESTION.match(sentence))


def negated(sentence: str, at: int) -> bool:
    """Whether what starts there is said not to be wanted."""
    return bool(_NEGATED.search(sentence[:at]))


def _act(verb: str, rest: str, sentence: str) -> Act | None:
    head = _LINK.split(rest, maxsplit=1)[0]
    if verb == "cancel":
        return None if _NO_ORDER.match(rest) else Act.ORDER_CANCEL
    if verb in ("return", "refund"):
        pointed = verb == "refund" and _POINTED.match(rest)
        return None if pointed or _MONEY.match(rest) or _NO_ORDER.match(rest) else Act.RETURN
    if verb == "ship":
        goes = _PLACE.search(rest) and not _SETTLING.search(head)
        return _whose_address(rest, sentence) if goes else None
    if verb == "pay":
        about = _METHOD.search(rest) and _ORDER.search(sentence) and not _SETTLING.search(sentence)
        return Act.ORDER_PAYMENT if about else None
    return _changed(verb, head, rest, sentence)


def _changed(verb: str, head: str, rest: str, sentence: str) -> Act | None:
    """What is changed: an address, the payment, or items."""
    if _NO_ORDER.match(rest) or (_MONEY.match(rest) and verb == "mend"):
        return None
    if _IN_ACCOUNT.match(rest):
        return None  # what is told beside it says what
    if _ADDRESS.search(_before_value(rest)):
        return _whose_address(rest, sentence)
    if verb != "exchange" and _TO_PLACE.search(rest) and re.search(r"\border\b", head, re.IGNORECASE):
        return _whose_address(rest, sentence)
    if _ONLY_ORDER.match(head) and verb != "exchange":
        if _METHOD.search(rest) and not _SETTLING.search(rest):
            return Act.ORDER_PAYMENT
        return Act.ORDER_ADDRESS if _PLACE.search(rest) else None
    paid = re.split(r"[,;]", head, maxsplit=1)[0]
    if _PAYMENT.search(paid) and not _SETTLING.search(head):
        return Act.ORDER_PAYMENT
    if verb == "exchange" and (re.search(r"[a-z]{3}", head, re.IGNORECASE) or _POINTED.match(head)):
        return Act.EXCHANGE
    return Act.ORDER_ITEMS if verb == "change" and _ITEM.search(head) else None


def _before_value(rest: str) -> str:
    """The words up to the new value: "the address of order 7 to …"."""
    return re.split(r"\b(?:to|into|with)\b|:|=", rest, maxsplit=1)[0]


def _whose_address(rest: str, sentence: str) -> Act:
    """The address of an order, or the one kept for the next orders."""
    subject = _before_value(rest)
    if re.search(r"\border\b(?!s)", subject, re.IGNORECASE) or not (_DEFAULT.search(subject) or _HOME.search(sentence)):
        return Act.ORDER_ADDRESS
    return Act.ORDER_ADDRESS if _ORDER_NUMBER.search(sentence) and not _DEFAULT.search(subject) else Act.ACCOUNT_ADDRESS

"""Words of a wish in their usual writing: what is often mistyped, and the shorthand of short messages."""

import re

from backend.tools.said_numbers import in_digits

#: Slips that are no other English word.
_SLIPS = {
    "cancel": "cancle cancell cansel canel cancal cencel cnacel cacnel",
    "cancelled": "cancled cancelld canceld",
    "return": "retrun retun reutrn retrn retur retunr",
    "returning": "returnin retruning",
    "exchange": "exhange exchage exchnage exchang echange exchnge excahnge exchage",
    "refund": "refudn refnd refun refundd reffund",
    "address": "adress addres adres addess adresse addrss",
    "change": "chnage chagne chage chaneg",
    "order": "ordr oder oredr odrer ordre",
    "payment": "paymet paymnt payemnt paiment",
    "switch": "swich swithc swtich",
    "update": "udpate upadte updat",
    "deliver": "delivr deliever",
    "please": "plz pls plese pleas plase",
    "ordered": "orderd ordred",
    "because": "cuz coz becuase becasue bcause bc",
    "want to": "wanna",
    "sending": "sendin",
    "you": "u",
    "from": "frm",
    "anymore": "nomore",
}
_RIGHT = {slip: word for word, slips in _SLIPS.items() for slip in slips.split()}
_SLIP = re.compile(rf"(?<![\w@.#-])(?:{'|'.join(sorted(_RIGHT, key=len, reverse=True))})(?![\w@-]|\.\w)", re.IGNORECASE)
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
    text = in_digits(_SLIP.sub(lambda m: _RIGHT[m.group().lower()], text))
    for pattern, word in _SHORT:
        text = pattern.sub(word, text)
    return text

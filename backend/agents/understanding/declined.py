"""What is left of a wish that was only named to be declined: "I don't want to cancel"."""

import re

from backend.domain.acts import Act


def declined(act: Act, text: str) -> Act:
    """The harmless neighbour of an act whose own words are negated; the act itself where something else is:
    "I don't want to talk to a bot" asks for a person.
    """
    named = _NAMED_BY.get(act)
    return _HARMLESS[act] if named is not None and named.search(text) else act


_CHANGES = re.compile(
    r"\b(?:chang|updat|modif|swap|switch|replac|add|remov|edit|pay|charg|use|send|ship|deliver)", re.I
)
_GOES_BACK = re.compile(r"\b(?:return|refund|reimburs|exchang|swap|replac|chang|money|cash|send|ship|bring|back)", re.I)
#: Words that name a wish: a negation that holds none of them declines something else.
_NAMED_BY = {
    Act.ORDER_CANCEL: re.compile(r"\b(?:cancel|call (?:it )?off|stop|withdraw)", re.I),
    Act.ORDER_ADDRESS: _CHANGES,
    Act.ORDER_PAYMENT: _CHANGES,
    Act.ORDER_ITEMS: _CHANGES,
    Act.RETURN: _GOES_BACK,
    Act.EXCHANGE: _GOES_BACK,
    Act.COMPLAINT_NEW: re.compile(r"\b(?:complain|claim|report|ticket|case|fil(?:e|ing))", re.I),
    Act.ACCOUNT_ADDRESS: _CHANGES,
    Act.HANDOFF: re.compile(
        r"\b(?:human|person|people|agent|someone|somebody|staff|manager|supervisor|rep(?:resentative)?|operator|call"
        r"|phone|escalat|transfer|connect)",
        re.I,
    ),
}
#: What is left of a wish that was only named to be declined.
_HARMLESS = {
    Act.ORDER_CANCEL: Act.ORDER_LOOKUP,
    Act.ORDER_ADDRESS: Act.ORDER_LOOKUP,
    Act.ORDER_PAYMENT: Act.ORDER_LOOKUP,
    Act.ORDER_ITEMS: Act.ORDER_LOOKUP,
    Act.RETURN: Act.REFUND_QUESTION,
    Act.EXCHANGE: Act.REFUND_QUESTION,
    Act.COMPLAINT_NEW: Act.SHOP_QUESTION,
    Act.ACCOUNT_ADDRESS: Act.ACCOUNT,
    Act.HANDOFF: Act.CAPABILITIES,
}

"""What a model may carry into a wish: nothing that could open or name a record and that nobody here said.

A model rewrites a wish so that it stands alone. Numbers, codes and addresses in it must come from the conversation;
otherwise the shopper's own words count.
"""

import re
from collections.abc import Iterable

from backend.domain.conversation import Turn

#: Whatever has a digit or an at-sign: order numbers, codes, ZIPs, phones, amounts, e-mail addresses, model numbers.
_TELLING = re.compile(r"[^\s,;:!?()\[\]\"'“”‘’<>]*[\d@][^\s,;:!?()\[\]\"'“”‘’<>]*")


def is_grounded(wish: str, turn: Turn, found: Iterable[str] = ()) -> bool:
    """Whether everything telling in the wish was said by someone, is in view, or stands in what was `found`."""
    state = turn.state
    focus = state.focus
    known = " ".join(
        (
            turn.text,
            *(m.text for m in state.history),
            *(p.name for p in (*focus.products, *focus.shown)),
            *focus.orders,
            *focus.complaints,
            *found,
        )
    ).lower()
    return all(token.strip("$€£₹.#").lower() in known for token in _TELLING.findall(wish))


def own_words(said: str, turn: Turn) -> str:
    """The part of the message that the model points at; the whole message when it does not stand there."""
    return said if said.strip() and said in turn.text else turn.text

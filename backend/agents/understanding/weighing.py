"""The wishes of a message weighed against each other: background, small talk, doubts and repetitions fall away."""

import re
from collections.abc import Sequence

from backend.agents.understanding.classifier import Prediction
from backend.agents.understanding.combine import combine
from backend.agents.understanding.reading import Piece, sentence
from backend.agents.understanding.repetition import POLICY_ACTS
from backend.agents.understanding.salience import PRODUCT_ACTS
from backend.domain.acts import Act
from backend.domain.conversation import Entities, Request

#: From this confidence on, a statement beside a wish is a complaint of its own.
_COMPLAINS = 0.7
#: Below this, "out of scope" beside a real wish is taken for small talk.
UNSURE = 0.6
#: Below this, a clause that the whole message speaks against is no wish of its own.
_WEAK = 0.5
#: "I'd like to buy the X1. Do you have it in silver?": the question says what is wanted to know.
_BUYS = re.compile(
    r"^\W*(?:(?:hi|hello|hey|so|well)\W+)*(?:i|we)(?:'d| would| am|'m)?\s+(?:like|want|love|need|thinking|planning"
    r"|going|wanting|hoping|about)\s+(?:to|of|on)\s+(?:buy|get|order|purchas)\w*\b",
    re.IGNORECASE,
)
#: A clause up to this many words may only repeat the wish before it.
_SHORT = 8


def weighed(judged: Sequence[tuple[Piece, Request]], whole: Prediction | None) -> list[Request]:
    """What is to be answered, in the order asked; `whole` is what the message is taken for as one."""
    return _merged(_worth_answering(_without_background(judged), whole))


def names_shop(entities: Entities) -> bool:
    """Whether something of the shop is named: an order, a product, a kind of goods, a record."""
    return bool(
        entities.order_ids or entities.products or entities.category or entities.complaint_ids or entities.refund_ids
    )


#: Acts that settle a complaint told in the same message.
_SETTLES = frozenset(
    {Act.COMPLAINT_NEW, Act.COMPLAINT_STATUS, Act.RETURN, Act.EXCHANGE, Act.REFUND_STATUS, Act.REFUND_QUESTION,
     Act.HANDOFF, Act.PRODUCT_QUESTION, Act.DELIVERY_TRACK, Act.ORDER_LOOKUP, Act.ORDER_CANCEL, Act.ORDER_ITEMS,
     Act.IDENTIFY, Act.OUT_OF_SCOPE}
)  # fmt: skip


def _without_background(judged: Sequence[tuple[Piece, Request]]) -> list[Request]:
    """Statements give their entities to the wish beside them, and stand alone only as a complaint."""
    wishes = [(p, r) for p, r in judged if not p.background]
    if not wishes:
        return [r for _, r in judged]
    kept: list[Request] = []
    given: list[Entities] = []
    for piece, request in judged:
        if not piece.background:
            known = combine([request.entities, *given]) if given else request.entities
            kept.append(request.model_copy(update={"entities": _same_goods(known, request)}))
            given = []
        elif _stands_alone(request, wishes):
            kept.append(request)
        elif kept:
            known = combine([kept[-1].entities, request.entities])
            kept[-1] = kept[-1].model_copy(update={"entities": _same_goods(known, kept[-1])})
        else:
            given.append(request.entities)
    return kept


def _same_goods(combined: Entities, request: Request) -> Entities:
    """Numbers and addresses may come from a neighbour; the goods of a question are its own where it names some.

    "I have the X1. Does the dock fit?" asks about both.
    """
    own = request.entities
    names = ("products", "candidates", "unknown_products", "category", "brand", "filter")
    goods = {name: getattr(own, name) for name in names}
    if request.act is Act.COMPATIBILITY and len(own.products) == 1 and not own.candidates:
        goods["products"] = tuple(dict.fromkeys((*own.products, *combined.products)))
    return combined.model_copy(update=goods)


def _stands_alone(request: Request, wishes: list[tuple[Piece, Request]]) -> bool:
    if request.act is not Act.COMPLAINT_NEW or request.confidence < _COMPLAINS:
        return False
    return all(p.clause.added or r.act not in _SETTLES for p, r in wishes)


_SMALL_TALK = frozenset({Act.GREETING, Act.THANKS, Act.GOODBYE, Act.CAPABILITIES})


def _worth_answering(requests: list[Request], whole: Prediction | None) -> list[Request]:
    """Without small talk and without what is only perhaps a wish of its own, beside a real wish."""
    if len(requests) < 2:
        return requests
    said = [r for r in requests if not _is_only_a_plan(r, requests)]
    real = [r for r in said if r.act not in _SMALL_TALK and not _is_doubtful(r, requests, whole)]
    return real or requests[:1]


def _is_only_a_plan(request: Request, requests: list[Request]) -> bool:
    """Whether it only tells what is to be bought, and a question about the same goods follows."""
    if request.act is not Act.PRODUCT_QUESTION or not _BUYS.match(request.text):
        return False
    products = set(request.entities.products)
    return any(r is not request and products & set(r.entities.products) for r in requests)


def _is_doubtful(request: Request, requests: list[Request], whole: Prediction | None) -> bool:
    if request.act is Act.OUT_OF_SCOPE:
        return request.confidence < UNSURE
    if whole is None or request.intent is whole.intent or request.confidence >= _WEAK:
        return False
    if names_shop(request.entities):
        return False
    return any(r.intent is whole.intent for r in requests)


#: Acts of which each question has its own answer.
_ASKED_APART = PRODUCT_ACTS | POLICY_ACTS
_WAYS_BACK = frozenset({Act.RETURN, Act.REFUND_STATUS, Act.REFUND_QUESTION})


def _merged(requests: list[Request]) -> list[Request]:
    """The same wish said twice is one; money back is part of a cancellation of the same order."""
    kept: list[Request] = []
    for request in requests:
        twin = next((i for i, k in enumerate(kept) if _same_wish(k, request)), None)
        if twin is None:
            kept.append(request)
            continue
        first = kept[twin]
        kept[twin] = first.model_copy(
            update={
                "text": f"{sentence(first.text)} {request.text}",
                "standalone": f"{sentence(first.standalone)} {request.standalone}",
                "entities": combine([first.entities, request.entities]),
                "confidence": max(first.confidence, request.confidence),
            }
        )
    return kept


def _same_wish(first: Request, second: Request) -> bool:
    orders, others = first.entities.order_ids, second.entities.order_ids
    if orders and others and set(orders) != set(others):
        return False
    if first.act is Act.ORDER_CANCEL and second.act in _WAYS_BACK:
        return len(second.text.split()) <= _SHORT and "polic" not in second.text.lower()
    if {first.act, second.act} <= {Act.ORDER_LOOKUP, Act.DELIVERY_TRACK} and orders == others:
        return True
    if first.act is second.act is Act.COMPARE:
        return set(first.entities.products) == set(second.entities.products)
    return first.act is second.act and first.act not in _ASKED_APART

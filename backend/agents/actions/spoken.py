"""The wishes about records that a message speaks out, each with every sentence that belongs to it."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.agents.actions.conditions import Conditional, conditional_in
from backend.agents.actions.fallback import is_fallback
from backend.agents.actions.grammar import CONDITIONAL, wishes_in
from backend.agents.actions.implied import asks_estimate, implied_act
from backend.agents.actions.methods import names_a_method
from backend.agents.actions.numbers import Number, order_ids, order_numbers
from backend.agents.actions.shorthand import spelled_out
from backend.agents.actions.undoing import LOOKS_AT, takes_back, to_undo
from backend.agents.actions.wishes import READS, RECORD_ACTS, WISHES
from backend.agents.understanding.salience import PRODUCT_ACTS
from backend.domain.acts import Act
from backend.domain.conversation import Entities, Request, Turn, Understanding
from backend.tools.order_ids import canonical
from backend.tools.said_numbers import in_digits

_END = re.compile(
    r"(?<=[.!?;])[\"')]*\s+|\s*\n+\s*|,\s+(?=(?:(?:and|but|so) )?(?:if|otherwise|or else)\b(?! (?:possible|so|not)\b))",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b(?:st|ave|apt|no|nr|dr|rd|blvd|ln|mr|ms|mrs|ste|e\.g|i\.e|approx|vs|[a-z])\.$", re.I)
_JOINT = re.compile(r"(?:,\s*)?\b(?:and|also|then|plus|but|as well as)\b|[,;]", re.IGNORECASE)
#: Acts of which an order takes one request: said in two sentences they are one.
_FAMILY = {Act.EXCHANGE: "swap", Act.ORDER_ITEMS: "swap"}
#: A complaint told beside one of these is its reason.
_SETTLES = frozenset({Act.RETURN, Act.EXCHANGE, Act.ORDER_CANCEL, Act.ORDER_ITEMS})
_SURE = 0.5
#: "when did I cancel it?", "has it been exchanged?": what was done is asked, not wanted
_ASKS_PAST = re.compile(
    r"^\W*(?:(?:and|but|so|ok|wait|hi|hello)\W+)*(?:(?:when|why|who|how) (?:was|were|did|has|have)|did|was"
    r"|were|has|have)\b"
    r"(?! (?:you|i) (?:ever )?(?:think|consider))",
    re.IGNORECASE,
)
_LOOKS_AT = {
    Act.ORDER_CANCEL: Act.ORDER_LOOKUP,
    Act.ORDER_ADDRESS: Act.ORDER_LOOKUP,
    Act.ORDER_ITEMS: Act.ORDER_LOOKUP,
    Act.ORDER_PAYMENT: Act.ORDER_LOOKUP,
    Act.RETURN: Act.REFUND_STATUS,
    Act.EXCHANGE: Act.REFUND_STATUS,
}
#: "send it back", after the goods were named in a sentence before.
_POINTS = re.compile(
    r"\b(?:return|send|give|bring|exchange|swap|refund|replace|change)\s+(?:it|them|that|this|those|these|both)\b", re.I
)


@dataclass(slots=True)
class _Part:
    """A stretch of the message: a plain wish with its act, or what stands beside one."""

    start: int
    end: int
    text: str
    act: Act | None = None
    requests: list[Request] = field(default_factory=list)
    #: the sentences after it that belong to it
    context: str = ""


def spoken(turn: Turn, understanding: Understanding) -> tuple[Request, ...]:
    """The requests of a message with its wishes about records as they were plainly said.

    What grammar cannot tell stays as it was understood.
    """
    requests, text = understanding.requests, spelled_out(turn.text)
    conditional = conditional_in(text)
    if conditional is not None:
        text = conditional.wish
    parts = _parts(text)
    if turn.state.pending is None and (done := to_undo(text, turn.state.focus.act)) is not None:
        return (_request(LOOKS_AT[done], text, _known(requests, text)),)
    if turn.state.pending is None and turn.state.focus.act is Act.ORDER_ADDRESS and takes_back(text):
        return (_request(Act.ORDER_ADDRESS, f"{text}: put it back to the old address", _known(requests, text)),)
    if not any(part.act for part in parts) and (act := implied_act(text) or _estimate(turn, text)):
        parts = [_Part(0, len(text), text, act)]
    if not any(part.act for part in parts):
        alone = len(requests) == 1 and requests[0].act in RECORD_ACTS
        looked_at = _LOOKS_AT.get(requests[0].act) if alone and _ASKS_PAST.match(text) else None
        changes = {"text": in_digits(turn.text)} | ({"act": looked_at} if looked_at else {})
        if alone:
            return _each_order(requests[0].model_copy(update=changes))
        return tuple(_proved(requests, _known(requests, text)))
    for part in parts:
        part.act = part.act or (implied_act(part.text) if order_ids(part.text) else None)
    said = _known(requests, text)
    _place(requests, parts)
    found: list[Request] = []
    for wish in _gathered(parts):
        texts = [f"{text.strip(' ,;')}{wish.context}" for text in _per_order(wish)]
        found += [_request(wish.act, text, said) for text in texts] if wish.act else _proved(wish.requests, said)
    return tuple(_with_condition(_merged(found), conditional))


def _estimate(turn: Turn, text: str) -> Act | None:
    """What sending back the order in view would bring is a look at it."""
    focus = turn.state.focus
    in_view = focus.orders and focus.act not in PRODUCT_ACTS
    return Act.REFUND_STATUS if in_view and asks_estimate(text) else None


def _with_condition(requests: Sequence[Request], conditional: Conditional | None) -> Sequence[Request]:
    """The last wish with the amount that it hangs on."""
    place = next((i for i in reversed(range(len(requests))) if requests[i].act in WISHES), None)
    if conditional is None or place is None:
        return requests
    wish = requests[place]
    text = f"{wish.text.rstrip(' .,;')}{conditional.said}"
    return [*requests[:place], wish.model_copy(update={"text": text, "standalone": text}), *requests[place + 1 :]]


def _parts(text: str) -> list[_Part]:
    parts: list[_Part] = []
    for start, end in _sentences(text):
        wishes = wishes_in(text[start:end])
        cuts = [start]
        for (before, _), (at, _) in itertools.pairwise(wishes):
            joints = [m.start() for m in _JOINT.finditer(text, start + before, start + at)]
            cuts.append(joints[-1] if joints else start + at)
        acts: list[Act | None] = [act for _, act in wishes] or [None]
        ends = [*cuts[1:], end]
        parts += [_Part(a, b, text[a:b], act) for a, b, act in zip(cuts, ends, acts, strict=True)]
    return parts


def _sentences(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for match in _END.finditer(text):
        if not _ABBREVIATED.search(text[start : match.start()]):
            spans.append((start, match.start()))
            start = match.end()
    return [*spans, (start, len(text))]


def _place(requests: Sequence[Request], parts: list[_Part]) -> None:
    """Put each understood request into the part it came from, unless a plain wish is there already."""
    settles = any(part.act in _SETTLES for part in parts)
    plain = {part.act for part in parts}
    for request in requests:
        part = _part_of(request, parts)
        if part is None or part.act or CONDITIONAL.match(part.text):
            continue
        if any(plain) and names_a_method(part.text) and "?" not in part.text and not order_ids(part.text):
            continue  # how it is paid or refunded
        led_up_to = request.act in plain or (request.act is Act.ORDER_ADDRESS and Act.ACCOUNT_ADDRESS in plain)
        if led_up_to and request.act in WISHES and not order_ids(part.text):
            continue  # said plainly elsewhere
        own = request.act not in WISHES or request.confidence >= _SURE
        if own and request.act not in _NOT_BESIDE and not (settles and _only_tells(request)):
            part.requests.append(request)


#: Beside a plain wish these are its background.
_NOT_BESIDE = frozenset(
    {Act.IDENTIFY, Act.OUT_OF_SCOPE, Act.GREETING, Act.THANKS, Act.GOODBYE, Act.CAPABILITIES, Act.REFUND_STATUS,
     Act.ORDER_PAYMENT, Act.RETURN, Act.ORDER_LOOKUP, Act.REFUND_QUESTION, Act.COMPARE, Act.ACCOUNT_ADDRESS}
)  # fmt: skip


def _only_tells(request: Request) -> bool:
    """Whether a complaint is told as the reason of something else, without the word."""
    return request.act is Act.COMPLAINT_NEW and not re.search(r"\bcompla|\breport\b|\bticket\b", request.text, re.I)


def _part_of(request: Request, parts: Sequence[_Part]) -> _Part | None:
    """The part that holds the first words of a request."""
    spoken_words = re.findall(r"\w+", request.text)
    for length in (5, 3):
        opening = r"\W+".join(map(re.escape, spoken_words[:length]))
        for part in parts:
            if opening and re.search(rf"\b{opening}\b", part.text, re.IGNORECASE):
                return part
    return None


def _gathered(parts: Sequence[_Part]) -> list[_Part]:
    """Plain wishes with the sentences around them, and the parts that hold requests of their own."""
    kept: list[_Part] = []
    waiting = ""
    for part in parts:
        if part.act or part.requests:
            if part.act and kept and _POINTS.search(part.text) and not order_ids(part.text) and not kept[-1].act:
                waiting = f"{kept[-1].text} {waiting}".strip()  # "how much was the lamp of 12? Send it back"
            part.text = f"{waiting} {part.text}".strip() if part.act else part.text
            waiting = "" if part.act else waiting
            kept.append(part)
        elif not CONDITIONAL.match(part.text) or is_fallback(part.text):
            last = next((p for p in reversed(kept) if p.act), None)
            if last is None:
                waiting = f"{waiting} {part.text}".strip()
            else:
                joint = "" if (last.context or last.text).rstrip().endswith((".", "!", "?", ";")) else "."
                last.context = f"{last.context}{joint if is_fallback(part.text) else ''} {part.text}"
    return kept


def _per_order(wish: _Part) -> list[str]:
    """The wish once for each order it names: "cancel orders 12 and 15", "the mug of 12 and the lamp of 15"."""
    numbers = order_numbers(wish.text)
    if len(numbers) < 2 or wish.act not in (
        Act.ORDER_CANCEL,
        Act.RETURN,
        Act.EXCHANGE,
        Act.ORDER_ITEMS,
        Act.ORDER_ADDRESS,
    ):
        return [wish.text]
    leading = numbers[0].start < 25
    cuts = [0]
    for before, after in itertools.pairwise(numbers):
        between = wish.text[before.end : after.start]
        joints = [before.end + m.start() for m in _JOINT.finditer(between)]
        if not joints or not re.sub(r"\b(?:and|orders?|number|my|the|also|from|of|in)\b|\W", "", between):
            return [_without(wish.text, numbers, number) for number in numbers]
        cuts.append(joints[-1] if leading else joints[0])
    return [wish.text[a:b] for a, b in zip(cuts, [*cuts[1:], len(wish.text)], strict=True)]


def _each_order(request: Request) -> tuple[Request, ...]:
    """What is to be seen once for each order it names: "where are 12 and 15?"."""
    numbers = order_numbers(request.text)
    if len(numbers) < 2 or request.act not in READS - {Act.COMPLAINT_STATUS}:
        return (request,)
    apart = (
        (
            _without(request.text, numbers, number),
            request.entities.model_copy(update={"order_ids": (number.written,)}),
        )
        for number in numbers
    )
    return tuple(request.model_copy(update={"text": text, "entities": entities}) for text, entities in apart)


def _without(text: str, numbers: Sequence[Number], kept: Number) -> str:
    for number in numbers:
        if number is not kept:
            text = text[: number.start] + " " * (number.end - number.start) + text[number.end :]
    return re.sub(r"(\borders?\s)(?:\s|,|&|\band\b)+", r"\1", text, flags=re.IGNORECASE)


def _known(requests: Sequence[Request], text: str) -> Entities:
    """What the message gives to prove who is asking, wherever it stands, the order that it only points at, and the
    goods of its one wish.
    """
    entities = [r.entities for r in requests]
    before = [w for e in entities for w in e.order_ids if canonical(w) not in canonical(text)]
    email = next((e.email for e in entities if e.email), None)
    code = next((e.code for e in entities if e.code), None)
    goods = entities[0].products if len(entities) == 1 else ()
    return Entities(email=email, order_ids=tuple(before[:1]), code=code, products=goods)


def _proved(requests: Sequence[Request], said: Entities) -> list[Request]:
    """Requests as understood, each with the proof that stands elsewhere in the message."""
    proof = {name: value for name in ("email", "code") if (value := getattr(said, name))}
    return [
        r.model_copy(update={"entities": r.entities.model_copy(update=proof)}) if r.act in RECORD_ACTS else r
        for r in requests
    ]


def _request(act: Act | None, text: str, said: Entities) -> Request:
    assert act is not None
    entities = said.model_copy(update={"order_ids": order_ids(text) or said.order_ids})
    return Request(text=text, standalone=text, act=act, confidence=1.0, entities=entities)


def _merged(requests: Sequence[Request]) -> list[Request]:
    """What an order takes only one request for is one, said in however many sentences."""
    kept: list[Request] = []
    for request in requests:
        twin = next((i for i, k in enumerate(kept) if _one_request(k, request)), None)
        if twin is None:
            kept.append(request)
            continue
        first = kept[twin]
        entities = first.entities.order_ids or request.entities.order_ids
        text = f"{first.text.rstrip('.')}. {request.text}"
        known = first.entities.model_copy(update={"order_ids": entities})
        kept[twin] = first.model_copy(update={"text": text, "standalone": text, "entities": known})
    return kept


def _one_request(first: Request, second: Request) -> bool:
    if first.act not in WISHES or second.act not in WISHES:
        return False
    if _FAMILY.get(first.act, first.act) != _FAMILY.get(second.act, second.act):
        return False
    mine, other = order_ids(first.text), order_ids(second.text)
    return not mine or not other or mine[0] == other[0]

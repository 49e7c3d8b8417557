"""From the clauses of a message to its requests: what is asked of the classifier, and what its answers make."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from backend.agents.understanding import context
from backend.agents.understanding.classifier import Prediction
from backend.agents.understanding.clauses import Clause, ClauseKind, split
from backend.agents.understanding.combine import combine
from backend.agents.understanding.cues import CORRECTION, PRONOUN
from backend.agents.understanding.followups import Resolved, resolve
from backend.agents.understanding.mentions import find_named
from backend.agents.understanding.rewriting import rewrite
from backend.agents.understanding.salience import Salience, salience_of
from backend.agents.understanding.vocabulary import Remembered, Vocabulary
from backend.domain.conversation import Act, Consent, Entities, Request, Turn

_GENERIC = re.compile(
    r"^\W*(?:(?:so |and |but |please )?(?:what (?:can|should|do|shall) (?:i|we|you) do|what now|what'?s next|what are my options|how (?:can|do|should) (?:i|we|you) (?:fix|solve|proceed|do)(?: (?:it|this|that))?"
    r"|(?:please )?(?:help|fix|solve|advise|sort)(?: (?:me|us|it|this|that))*(?: out)?|(?:can|could|will|would) (?:you|someone|anyone) (?:please )?(?:help|fix|assist|look into|do something|check|explain|sort)\b.{0,25}"
    r"|why(?: is (?:that|this|it))?|is (?:this|that|it) (?:normal|ok|okay|possible|right|allowed)|any (?:idea|ideas|suggestion|suggestions|help|advice)|is there (?:anything|something) .{0,20}do|do you know why|what'?s wrong|what happened|what'?s going on)\b)[^?]{0,18}\W*$",
    re.IGNORECASE,
)
_COMPLAINS = 0.7
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause read, before its kind of request is known."""

    clause: Clause
    found: Resolved
    salience: Salience

    @property
    def background(self) -> bool:
        return self.clause.kind is ClauseKind.STATEMENT


@dataclass(frozen=True, slots=True)
class Prepared:
    """The pieces of a message that the classifier is asked about."""

    turn: Turn
    pieces: tuple[Piece, ...]
    consent: Consent = Consent.OTHER
    texts: tuple[str, ...] = field(default=())


def prepare(turn: Turn, vocabulary: Vocabulary, consent: Consent) -> Prepared:
    """Everything that needs no embedding. `texts` of the result are to be embedded together."""
    known = Remembered(vocabulary)
    salience = salience_of(turn.state)
    pieces: list[Piece] = []
    for clause in _wanted(turn.text.replace("’", "'"), known, salience, consent):
        found = resolve(clause.text, salience, known, turn.at.date())
        found = context.settle(found, turn.state.draft, salience)
        pieces.append(Piece(clause, _from_history(found, turn, salience), salience))
        salience = salience.after(found.standalone, found.entities)
    grouped = tuple(_with_background(pieces))
    return Prepared(turn, grouped, consent, tuple(p.found.standalone for p in grouped if p.found.act is None))


def _wanted(text: str, vocabulary: Vocabulary, salience: Salience, consent: Consent) -> Sequence[Clause]:
    """The clauses that are to be answered: no courtesies, no negated wishes, unless there is nothing else."""
    corrects = CORRECTION.match(text) or find_named(text, salience, vocabulary).ruled_out
    if corrects and salience.topic and len(text.split()) <= _SHORT:
        return (Clause(text.strip(), ClauseKind.STATEMENT),) if consent is not Consent.YES else ()
    protected = [(m.start, m.end) for m in vocabulary.find_mentions(text)]
    clauses = split(text, protected)
    wanted = [c for c in clauses if c.kind in {ClauseKind.WISH, ClauseKind.STATEMENT}]
    if wanted or consent is not Consent.OTHER:
        return wanted
    return [c for c in clauses if c.kind is ClauseKind.NEGATED] or (Clause(text.strip(), ClauseKind.STATEMENT),)


def _from_history(found: Resolved, turn: Turn, salience: Salience) -> Resolved:
    """A pronoun that neither goods nor orders explain is explained by what was said."""
    entities = found.entities
    if entities.products or entities.order_ids or salience.everything or salience.orders or found.act is not None:
        return found
    if not turn.state.history or not PRONOUN.search(found.standalone):
        return found
    return replace(found, standalone=rewrite([m.text for m in turn.state.history[-4:]], found.standalone))


def _with_background(pieces: Sequence[Piece]) -> list[Piece]:
    """Wishes that mean nothing without the statements around them are joined with them."""
    if all(p.background for p in pieces):
        return [_joined(pieces)] if len(pieces) > 1 else list(pieces)
    kept: list[Piece] = []
    for piece in pieces:
        leans = _GENERIC.match(piece.found.text) or _unexplained(piece)
        if kept and kept[-1].background and (piece.background or (leans and not piece.clause.added)):
            kept[-1] = _joined((kept[-1], piece))
        elif kept and not kept[-1].background and not piece.background and _GENERIC.match(piece.found.text):
            kept[-1] = _joined((kept[-1], piece))
        else:
            kept.append(piece)
    return kept


def _unexplained(piece: Piece) -> bool:
    entities = piece.found.entities
    return bool(PRONOUN.search(piece.found.standalone)) and not entities.products and not entities.order_ids


def _joined(pieces: Sequence[Piece]) -> Piece:
    first, last = pieces[0], pieces[-1]
    kind = ClauseKind.WISH if any(not p.background for p in pieces) else ClauseKind.STATEMENT
    text = " ".join(_sentence(p.found.text) for p in pieces)
    standalone = " ".join(_sentence(p.found.standalone) for p in pieces)
    entities = combine([p.found.entities for p in pieces])
    act = next((p.found.act for p in pieces if p.found.act is not None and p.found.act is not Act.IDENTIFY), None)
    return Piece(Clause(text, kind, first.clause.added), Resolved(text, standalone, entities, act), last.salience)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def conclude(prepared: Prepared, predictions: Sequence[Prediction]) -> tuple[tuple[Request, ...], bool]:
    """The requests in the order asked, and whether anything of the message is in scope."""
    waiting = iter(predictions)
    judged = [_judge(p, next(waiting) if p.found.act is None else None, prepared) for p in prepared.pieces]
    requests = _without_background([(p, r) for p, (r, _) in zip(prepared.pieces, judged, strict=True)])
    requests = _merged(_worth_answering(requests))
    if prepared.consent is Consent.YES:
        requests = [r for r in requests if not _repeats_pending(r, prepared)]
    in_scope = any(r.act is not Act.OUT_OF_SCOPE for r in requests) or not requests
    return tuple(requests), in_scope


def _judge(piece: Piece, prediction: Prediction | None, prepared: Prepared) -> tuple[Request, bool]:
    state, found = prepared.turn.state, piece.found
    if prediction is None:
        act, confidence = found.act or Act.CAPABILITIES, 0.95
    else:
        act, confidence = prediction.act, prediction.confidence
        if context.continues_draft(found, state.draft, act, confidence) and state.draft is not None:
            act, confidence = state.draft.request.act, 0.8
        if piece.clause.kind is ClauseKind.NEGATED:
            act = _HARMLESS.get(act, act)
    entities = context.complete(found.entities, found.text, act, piece.salience, state.focus.complaints)
    if state.draft is not None and act is state.draft.request.act:
        entities = combine([state.draft.request.entities, entities])
    standalone = found.standalone
    request = Request(
        text=found.text, standalone=standalone, act=act, confidence=min(1.0, confidence), entities=entities
    )
    return request, act is not Act.OUT_OF_SCOPE


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
#: Acts that settle a complaint told in the same message.
_SETTLES = frozenset(
    {Act.COMPLAINT_NEW, Act.COMPLAINT_STATUS, Act.RETURN, Act.EXCHANGE, Act.REFUND_STATUS, Act.REFUND_QUESTION, Act.HANDOFF,
     Act.PRODUCT_QUESTION, Act.DELIVERY_TRACK, Act.ORDER_LOOKUP, Act.ORDER_CANCEL, Act.ORDER_ITEMS, Act.IDENTIFY}
)  # fmt: skip


def _without_background(judged: list[tuple[Piece, Request]]) -> list[Request]:
    """Statements give their entities to the wish beside them, and stand alone only as a complaint."""
    wishes = [(p, r) for p, r in judged if not p.background]
    if not wishes:
        return [r for _, r in judged]
    kept: list[Request] = []
    given: list[Entities] = []
    for piece, request in judged:
        if not piece.background:
            known = combine([request.entities, *given]) if given else request.entities
            kept.append(request.model_copy(update={"entities": _same_goods(known, request.entities)}))
            given = []
        elif _stands_alone(request, wishes):
            kept.append(request)
        elif kept:
            known = combine([kept[-1].entities, request.entities])
            kept[-1] = kept[-1].model_copy(update={"entities": _same_goods(known, kept[-1].entities)})
        else:
            given.append(request.entities)
    return kept


def _same_goods(combined: Entities, own: Entities) -> Entities:
    """Numbers and addresses may come from a neighbour; the goods of a question are its own where it names some."""
    goods = {
        name: getattr(own, name)
        for name in ("products", "candidates", "unknown_products", "category", "brand", "filter")
    }
    return combined.model_copy(update=goods)


def _stands_alone(request: Request, wishes: list[tuple[Piece, Request]]) -> bool:
    if request.act is not Act.COMPLAINT_NEW or request.confidence < _COMPLAINS:
        return False
    return all(p.clause.added or r.act not in _SETTLES for p, r in wishes)


_SMALL_TALK = frozenset({Act.GREETING, Act.THANKS, Act.GOODBYE, Act.CAPABILITIES})
_UNSURE = 0.6


def _worth_answering(requests: list[Request]) -> list[Request]:
    """Without small talk, and without what is only perhaps out of scope, beside a real wish."""
    if len(requests) < 2:
        return requests
    real = [
        r for r in requests if r.act not in _SMALL_TALK and not (r.act is Act.OUT_OF_SCOPE and r.confidence < _UNSURE)
    ]
    return real or requests[:1]


#: Acts of which each question has its own answer.
_ASKED_APART = frozenset(
    {Act.PRODUCT_QUESTION, Act.PRODUCT_SEARCH, Act.COMPARE, Act.COMPATIBILITY, Act.SIMILAR, Act.SHOP_QUESTION, Act.DELIVERY_QUESTION, Act.REFUND_QUESTION, Act.ACCOUNT}
)  # fmt: skip
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
                "text": f"{_sentence(first.text)} {request.text}",
                "standalone": f"{_sentence(first.standalone)} {request.standalone}",
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


_WRITES = frozenset(
    {Act.ORDER_CANCEL, Act.ORDER_ADDRESS, Act.ORDER_PAYMENT, Act.ORDER_ITEMS, Act.RETURN, Act.EXCHANGE, Act.COMPLAINT_NEW,
     Act.ACCOUNT_ADDRESS, Act.THANKS, Act.GREETING, Act.CAPABILITIES, Act.OUT_OF_SCOPE}
)  # fmt: skip


def _repeats_pending(request: Request, prepared: Prepared) -> bool:
    """ "Yes, cancel it": the write that is being confirmed is not wished a second time."""
    pending = prepared.turn.state.pending
    other_order = pending is not None and request.entities.order_ids not in ((), (pending.order_id,))
    return request.act in _WRITES and not other_order

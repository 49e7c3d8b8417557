"""The requests of a message: what the classifier made of its clauses, weighed against each other and the session."""

import re
from collections.abc import Sequence
from dataclasses import replace

from backend.agents.understanding import context
from backend.agents.understanding.apart import each_apart
from backend.agents.understanding.classifier import Prediction
from backend.agents.understanding.clauses import ClauseKind
from backend.agents.understanding.cues import SINGULAR
from backend.agents.understanding.declined import declined
from backend.agents.understanding.entities import with_conditions
from backend.agents.understanding.followups import Resolved
from backend.agents.understanding.reading import Piece, Prepared
from backend.agents.understanding.repetition import POLICY_ACTS
from backend.agents.understanding.salience import PRODUCT_ACTS
from backend.agents.understanding.weighing import UNSURE, names_shop, weighed
from backend.domain.acts import Act
from backend.domain.conversation import Request

#: What its form alone settles is as sure as a rule can be.
_BY_FORM = 0.95
_BY_DRAFT = 0.8
#: From this confidence on, "out of scope" stands even for words that point back.
_STRANGE = 0.7
_BACK = re.compile(r"^\W*(?:and|or|so|but|ok)\b|\b(?:it|that|this|those|these|they|them|its|one|ones)\b", re.IGNORECASE)
#: More words than this are a question of their own.
_SHORT = 8


def conclude(prepared: Prepared, predictions: Sequence[Prediction]) -> tuple[tuple[Request, ...], bool]:
    """The requests in the order asked, and whether anything of the message is in scope.

    `predictions` belong to `prepared.texts`, one each.
    """
    whole = predictions[-1] if prepared.together else None
    if whole is not None and _is_elsewhere(whole, prepared):
        text = prepared.turn.text
        return (Request(text=text, standalone=text, act=Act.OUT_OF_SCOPE, confidence=whole.confidence),), False
    waiting = iter(predictions)
    judged = [(p, _judge(p, next(waiting) if p.found.act is None else None, prepared)) for p in prepared.pieces]
    requests = [part for r in weighed(judged, whole) for part in each_apart(r, prepared.vocabulary)]
    return tuple(requests), not requests or any(r.act is not Act.OUT_OF_SCOPE for r in requests)


def _is_elsewhere(whole: Prediction, prepared: Prepared) -> bool:
    """Whether the message as a whole is none of the shop's business and names nothing of the shop."""
    if whole.in_scope or whole.confidence < UNSURE:
        return False
    return not any(names_shop(_sought(p.found, prepared).entities) for p in prepared.pieces)


def _sought(found: Resolved, prepared: Prepared) -> Resolved:
    """The clause with the conditions that its words set."""
    if prepared.vocabulary is None:
        return found
    return replace(found, entities=with_conditions(found.entities, found.conditions, prepared.vocabulary))


def _judge(piece: Piece, prediction: Prediction | None, prepared: Prepared) -> Request:
    state, found = prepared.turn.state, piece.found
    expected = found.act if prediction is None else prediction.act
    if expected in _OF_GOODS and not (expected in _OF_NAMED and found.entities.products):
        found = _sought(found, prepared)
    if prediction is None:
        act, confidence = found.act or Act.CAPABILITIES, _BY_FORM
        if act is Act.PRODUCT_QUESTION and context.asks_together(found):
            act = Act.COMPATIBILITY
    else:
        act, confidence = prediction.act, prediction.confidence
        act = context.sensible(act, confidence, found)
        if act is Act.OUT_OF_SCOPE and confidence < _STRANGE and _goes_on(piece):
            act = piece.salience.act or act
        if context.continues_draft(found, state.draft, act, confidence) and state.draft is not None:
            act, confidence = state.draft.request.act, _BY_DRAFT
        if piece.clause.kind is ClauseKind.NEGATED:
            act = declined(act, found.text)
        if act in _MAY_SEEK and (sought := _only_goods(found, prepared, act)) is not None:
            act, confidence, found = Act.PRODUCT_SEARCH, max(confidence, _BY_FORM), sought
    if act in POLICY_ACTS:
        found = _with_kind(found, prepared)
    entities = context.complete(found.entities, found.text, act, piece.salience, state.focus.complaints)
    return Request(
        text=found.text, standalone=found.standalone, act=act, confidence=min(1.0, confidence), entities=entities
    )


def _goes_on(piece: Piece) -> bool:
    """Whether a few words point back at what the shop was just asked: "and how long does that take?"."""
    before = piece.salience.act in POLICY_ACTS
    return before and len(piece.found.text.split()) <= _SHORT and bool(_BACK.search(piece.found.text))


def _leans(found: Resolved, act: Act) -> bool:
    """Whether the words point at goods in view, or ask about one of a few that a name fits."""
    asks_of_few = act is Act.PRODUCT_QUESTION and bool(found.entities.candidates) and not _COUNTS.search(found.text)
    return asks_of_few or bool(SINGULAR.search(_RELATIVE.sub(" ", found.text)))


def _only_goods(found: Resolved, prepared: Prepared, act: Act) -> Resolved | None:
    """The clause as a search with its conditions, where it is a wish for goods and nothing else; else None."""
    if prepared.vocabulary is None or found.entities.products or _leans(found, act) or _CALLS.search(found.text):
        return None
    wanted = prepared.vocabulary.goods_sought(found.text)
    if wanted is None:
        return None
    goods = {"filter": wanted, "category": wanted.category, "brand": wanted.brand}
    entities = found.entities.model_copy(update={**goods, "candidates": (), "unknown_products": ()})
    return replace(found, standalone=found.text, entities=entities)


def _with_kind(found: Resolved, prepared: Prepared) -> Resolved:
    """Rules are written for kinds of goods: a question on one product brings its kind."""
    known = found.entities.products[:1] if prepared.vocabulary is not None and not found.entities.category else ()
    kinds = [p.category for r in known if prepared.vocabulary and (p := prepared.vocabulary.product(r.id)) is not None]
    return replace(found, entities=found.entities.model_copy(update={"category": kinds[0]})) if kinds else found


#: Acts whose words may set conditions; a shop or out-of-scope question may turn out to be a search.
_OF_GOODS = PRODUCT_ACTS | {Act.SHOP_QUESTION, Act.OUT_OF_SCOPE}
#: Acts to which conditions add nothing once the goods are named.
_OF_NAMED = frozenset({Act.PRODUCT_QUESTION, Act.COMPARE})
#: "drives that are not Lumen": it points at nothing.
_RELATIVE = re.compile(
    r"(?<=\w )that (?=(?:are|is|has|have|had|costs?|comes?|do|does|don't|doesn't|can|support|supports|takes?|fits?"
    r"|boosts?|runs?|draws?|delivers?|weighs?|reach(?:es)?|holds?|measures?|refresh(?:es)?|includes?|come|work|use|uses|offers?)\b)",
    re.IGNORECASE,
)
#: Counts goods, not the parts of one thing: "how many ports does the TV have?".
_COUNTS = re.compile(
    r"\b(?:how many(?!\b.*\b(?:does|do) (?:the|it|this|that)\b)|number of|count)\b", re.IGNORECASE | re.DOTALL
)
#: By which the shop is called; no phone is sought.
_CALLS = re.compile(r"\b(?:tele|cell|mobile )?phone (?:numbers?|lines?|support|calls?)\b", re.IGNORECASE)
#: What a bare wish for goods may be mistaken for.
_MAY_SEEK = _OF_GOODS | {
    Act.CAPABILITIES, Act.ENQUIRY, Act.GREETING, Act.DELIVERY_QUESTION, Act.REFUND_QUESTION, Act.ACCOUNT,
    Act.COMPLAINT_NEW,
}  # fmt: skip

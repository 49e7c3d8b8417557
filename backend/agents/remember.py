"""What a conversation remembers after a message: pure functions from evidence to the next state."""

import secrets
from collections.abc import Sequence
from typing import TypeVar
from uuid import uuid4

from backend.domain.acts import Act
from backend.domain.conversation import Evidence, Focus, ProductRef, Reply, Request, SessionState, Turn, Understanding
from backend.domain.identity import Identity
from backend.domain.messages import Message, Role

T = TypeVar("T")

#: Said in between; what was spoken of before stays in view.
_BESIDE_THE_MATTER = frozenset(
    {Act.GREETING, Act.THANKS, Act.GOODBYE, Act.CAPABILITIES, Act.IDENTIFY, Act.HANDOFF, Act.OUT_OF_SCOPE}
)
_KEPT_PRODUCTS = 10
_KEPT_ORDERS = 5


def open_session(state: SessionState | None, session_id: str, identity: Identity | None) -> SessionState:
    """The state to answer from. `identity` is what the caller's token proves; it raises the session's, and a
    session that gains an identity goes on under a new, unguessable id.
    """
    state = state or SessionState(session_id=session_id, conversation_id=uuid4().hex)
    return with_identity(state, identity) if identity is not None else state


def with_identity(state: SessionState, identity: Identity, session_id: str | None = None) -> SessionState:
    """The same conversation with more proved; another customer's conversation is never continued.

    `session_id` is the new id when one was made already.
    """
    known = state.identity
    if identity == known or (identity.customer_id == known.customer_id and identity.level < known.level):
        return state
    if known.customer_id not in (None, identity.customer_id):
        state = SessionState(session_id=state.session_id, conversation_id=uuid4().hex)
    gained = identity.level > known.level or identity.customer_id != known.customer_id
    # an id that was made already is in use: what was proposed under it must be found again
    session_id = session_id or (secrets.token_urlsafe(24) if gained else state.session_id)
    return state.model_copy(update={"session_id": session_id, "identity": identity})


def take_back(state: SessionState, message_ids: Sequence[str]) -> SessionState:
    """Without the shopper's message of one of these ids, all that followed it, and what it asked to be done."""
    said = state.history
    place = next((n for n, m in enumerate(said) if m.role is Role.SHOPPER and m.id in message_ids), None)
    if place is None:
        return state
    return state.model_copy(update={"history": said[:place], "pending": None, "draft": None, "queue": (), "aside": ()})


def remember(
    turn: Turn,
    evidence: Sequence[Evidence],
    understanding: Understanding | None = None,
    reply: Reply | None = None,
    *,
    history_messages: int = 24,
) -> Turn:
    """The turn with its state moved on by the evidence; with `reply`, the messages are added too."""
    if not evidence and reply is None:
        return turn
    state = turn.state
    for found in evidence:
        state = _absorb(state, found)
    shown = tuple(dict.fromkeys(order for found in evidence for order in found.focus_orders))
    if len(shown) > 1:  # "the first" is the one shown first
        state = state.model_copy(update={"focus": _in_order(state.focus, shown)})
    if reply is not None:
        said = Message(id=turn.message_id, role=Role.SHOPPER, text=turn.text, at=turn.at)
        answered = Message(id=f"{turn.message_id}-r", role=Role.ASSISTANT, text=reply.response, at=turn.at)
        messages = (said, answered) if reply.response else (said,)
        lost = any(not e.found for e in evidence)
        state = state.model_copy(
            update={
                "history": (*state.history, *messages)[-history_messages:],
                "failed_turns": state.failed_turns + 1 if lost else 0,
                "revision": state.revision + 1,
            }
        )
    last = _last_matter(understanding) or _settled(evidence, understanding)
    if last is not None:
        focus = state.focus.model_copy(update={"topic": last.standalone, "act": _taken_for(last, evidence)})
        state = state.model_copy(update={"focus": focus})
    return turn.model_copy(update={"state": state})


def _last_matter(understanding: Understanding | None) -> Request | None:
    """The last wish that a follow-up can lean on: a greeting or an e-mail in between is none."""
    requests = understanding.requests if understanding is not None else ()
    return next((r for r in reversed(requests) if r.act not in _BESIDE_THE_MATTER), None)


def _taken_for(wish: Request, evidence: Sequence[Evidence]) -> Act:
    """What a message was about: where it was answered from an order, it spoke of that, however it was read at first."""
    return evidence[0].request.act if len(evidence) == 1 and evidence[0].focus_orders else wish.act


def _settled(evidence: Sequence[Evidence], understanding: Understanding | None) -> Request | None:
    """What a yes or a no was about, which says nothing of it itself."""
    if understanding is None or understanding.requests:
        return None
    return next((e.request for e in evidence if e.closes and e.request.act not in _BESIDE_THE_MATTER), None)


def _absorb(state: SessionState, found: Evidence) -> SessionState:
    changes: dict[str, object] = {"focus": _focus(state.focus, found)}
    if found.closes:
        changes |= {"pending": None, "draft": None}
    if found.pending is not None:
        changes |= {"pending": found.pending, "draft": None}
    if found.draft is not None:
        changes["draft"] = found.draft
    if found.queue is not None:
        changes["queue"] = found.queue
    if found.aside is not None:
        changes["aside"] = found.aside
    if found.carried_out:
        changes["done"] = found.text
    if found.handoff is not None:
        changes["handoff"] = found.handoff
    state = state.model_copy(update=changes)
    return with_identity(state, found.identity, found.session_id) if found.identity is not None else state


def _in_order(focus: Focus, shown: tuple[str, ...]) -> Focus:
    return focus.model_copy(update={"orders": _first(shown, focus.orders, _KEPT_ORDERS)})


def _focus(focus: Focus, found: Evidence) -> Focus:
    shown: tuple[ProductRef, ...] = found.focus_shown or focus.shown
    return focus.model_copy(
        update={
            "products": _first(found.focus_products, focus.products, _KEPT_PRODUCTS),
            "shown": shown,
            "filter": found.focus_filter or focus.filter,
            "orders": _first(found.focus_orders, focus.orders, _KEPT_ORDERS),
            "complaints": _first(found.focus_complaints, focus.complaints, _KEPT_ORDERS),
        }
    )


def _first(new: tuple[T, ...], old: tuple[T, ...], most: int) -> tuple[T, ...]:
    """New before old, each once."""
    return tuple(dict.fromkeys((*new, *old)))[:most]

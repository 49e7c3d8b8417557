"""What a message decides: the pending action, the open question, and the wishes that waited behind them."""

from collections.abc import Iterable
from dataclasses import dataclass

from backend.agents.actions.agent import ACT_OF_TOOL, ActionAgent
from backend.agents.actions.changing import JOINABLE, adds, stands_beside
from backend.agents.actions.done import what_was_done
from backend.agents.actions.outcomes import refused, told
from backend.agents.actions.spoken import spoken
from backend.agents.actions.vague import is_vague, names_a_person
from backend.agents.actions.wishes import WISHES
from backend.agents.remember import remember
from backend.agents.understanding.consent import declines_first
from backend.domain.acts import INTENT_OF_ACT, Act
from backend.domain.conversation import Consent, Draft, Evidence, Mood, PendingAction, Request, Turn, Understanding
from backend.domain.errors import EngineUnavailable, ShopError
from backend.tools.base import AlreadyDone
from backend.tools.order_ids import same_order
from backend.tools.toolbox import Toolbox

_UNCLEAR = "I would rather be sure, so I have done nothing yet."
_MOST_REMINDERS = 2
_SURE = 0.5
_HANDOFF_QUESTION = "Would you like me to bring in a person from our team?"


@dataclass(frozen=True, slots=True)
class Settled:
    """What the message settled. Unless the turn is over, its requests are gathered with `turn`."""

    turn: Turn
    evidence: tuple[Evidence, ...] = ()
    turn_is_over: bool = False
    #: what the message asks beside that
    requests: tuple[Request, ...] = ()

    def reminder(self, found: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """The open question once more, after a question in between; nothing when something new was asked."""
        if any(e.pending or e.draft or e.closes or e.handoff for e in found):
            return ()
        state = self.turn.state
        if state.pending is not None:
            return (_asked_again(state.pending, self.turn, "Coming back to your request:"),)
        return _reminded(state.draft) if state.draft is not None and state.draft.asking != "handoff" else ()


class Decisions:
    """Consent is bound to the action it answers and to the session that holds it."""

    def __init__(self, toolbox: Toolbox, actions: ActionAgent) -> None:
        self._desk = toolbox.desk
        self._actions = actions

    async def decide(self, turn: Turn, action_id: str, *, accept: bool) -> tuple[Understanding, tuple[Evidence, ...]]:
        """The answer by button. Raises NotFound for an action that is not this session's."""
        pending = await self._desk.load(self._actions.context(turn), action_id)
        request = _request(turn, pending)
        decided = await self._execute(turn, pending) if accept else await self._decline(turn, pending)
        consent = Consent.YES if accept else Consent.NO
        understanding = Understanding(requests=(request,), consent=consent, path="decision")
        return understanding, (decided, *await self._next(turn, decided))

    async def settle(self, turn: Turn, understanding: Understanding) -> Settled:
        """Consent first, then the open question; otherwise the message's own requests."""
        pending, draft = turn.state.pending, turn.state.draft
        # wishes that build on each other are taken step by step: which words are whose is the reader's to say
        requests = understanding.requests if understanding.depends else spoken(turn, understanding)
        if pending is not None:  # a guess at a wish for a person is none while a yes or a no is waited for
            requests = tuple(r for r in requests if not _guessed_person(r, turn))
        understanding = understanding.model_copy(update={"requests": requests})
        if pending is not None and understanding.consent is not Consent.OTHER:
            yes = understanding.consent is Consent.YES
            evidence = await self._execute(turn, pending) if yes else await self._decline(turn, pending)
            return Settled(turn, (evidence, *await self._next(turn, evidence)), turn_is_over=True)
        if (done := what_was_done(turn)) is not None:
            return Settled(turn, (done,), turn_is_over=True)
        if pending is not None and (changed := await self._actions.change(turn, pending, requests)) is not None:
            return await self._superseded(turn, pending, changed)
        if pending is not None and declines_first(turn.text, pending) and not any(r.act in WISHES for r in requests):
            declined = await self._decline(turn, pending)
            return Settled(remember(turn, (declined,)), (declined,), requests=requests)
        if pending is not None and is_vague(turn.text, requests):
            return Settled(turn, (_asked_again(pending, turn, _UNCLEAR),), turn_is_over=True)
        if pending is not None and any(r.act in WISHES for r in requests):
            return await self._replace(turn, pending, requests)
        if draft is not None and draft.asking == "handoff":
            return await self._offered(turn, draft, understanding)
        if draft is not None:
            resumed = await self._actions.resume(turn, draft, understanding)
            if resumed is not None:
                return Settled(turn, (resumed, *await self._next(turn, resumed)), turn_is_over=True)
        return Settled(turn, requests=requests)

    async def follow(self, tenant: str, old: str, new: str) -> None:
        """A session that got a new id keeps its pending action."""
        if old != new:
            await self._desk.move(tenant, old, new)

    def offer(self, turn: Turn, understanding: Understanding, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """After two failed tries or in anger a person is offered; only a yes or a request brings one."""
        failed = turn.state.failed_turns >= 1 and any(not e.found for e in found)
        busy = turn.state.pending is not None or any(e.pending or e.draft or e.handoff for e in found)
        if busy or not (failed or understanding.mood is Mood.ABUSIVE) or not understanding.requests:
            return ()
        request = understanding.requests[0].model_copy(update={"act": Act.HANDOFF})
        draft = Draft(request=request, asking="handoff", question=_HANDOFF_QUESTION)
        return (Evidence(request=request, question=_HANDOFF_QUESTION, draft=draft),)

    async def _offered(self, turn: Turn, draft: Draft, understanding: Understanding) -> Settled:
        closed = turn.model_copy(update={"state": turn.state.model_copy(update={"draft": None})})
        if understanding.consent is Consent.YES:
            evidence = await self._actions.hand_over(turn, draft.request)
            return Settled(turn, (evidence.model_copy(update={"closes": True}),), turn_is_over=True)
        done = Evidence(request=draft.request, closes=True)
        if understanding.consent is Consent.NO:
            text = "All right, I'll keep helping you here. What else can I do?"
            return Settled(turn, (done.model_copy(update={"text": text}),), turn_is_over=True)
        asked = tuple(r for r in understanding.requests if r.act is not Act.HANDOFF or names_a_person(turn.text))
        if not asked:
            again = Evidence(request=draft.request, question=f"Please say yes or no: {_HANDOFF_QUESTION}", draft=draft)
            return Settled(turn, (again,), turn_is_over=True)
        return Settled(closed, (done,), requests=asked)

    async def _execute(self, turn: Turn, pending: PendingAction) -> Evidence:
        request = _request(turn, pending)
        try:
            outcome = await self._desk.confirm(self._actions.context(turn), pending.id)
        except EngineUnavailable:
            raise  # the question stays open
        except ShopError as error:
            return refused(request, error)
        return told(request, outcome)

    async def _decline(self, turn: Turn, pending: PendingAction) -> Evidence:
        try:
            await self._desk.withdraw(self._actions.context(turn), pending.id)
        except AlreadyDone as done:  # a yes from another window came first
            return told(_request(turn, pending), done.outcome)
        text = f"All right, I did not go ahead: “{pending.title}” is dropped and nothing was changed."
        return Evidence(request=_request(turn, pending), text=text, closes=True, verbatim=True)

    async def _replace(self, turn: Turn, pending: PendingAction, requests: tuple[Request, ...]) -> Settled:
        """Another wish while one waits: it joins that one, goes before it, or takes its place."""
        more = next((r for r in requests if adds(turn.text) and _joins(r, pending)), None)
        if more is not None:
            evidence = await self._actions.add(turn, more, pending)
            rest = tuple(r for r in requests if r is not more and r.act in WISHES)
            if rest:
                evidence = evidence.model_copy(update={"queue": (*turn.state.queue, *rest)})
            return await self._superseded(turn, pending, evidence)
        await self._desk.withdraw(self._actions.context(turn), pending.id)
        dropped = Evidence(request=_request(turn, pending), closes=True, verbatim=True)
        if stands_beside(turn.text):
            text = f"I have set “{pending.title}” aside for a moment and will come back to it."
            dropped = dropped.model_copy(update={"text": text, "aside": (pending, *turn.state.aside)})
        else:
            text = f"I have set “{pending.title}” aside; nothing was changed."
            dropped = dropped.model_copy(update={"text": text})
            requests = await self._actions.same_goods(turn, pending, requests)
        return Settled(remember(turn, (dropped,)), (dropped,), requests=requests)

    async def _superseded(self, turn: Turn, pending: PendingAction, changed: Evidence) -> Settled:
        """The action that waited in its new form; when that is refused, the old one is asked again."""
        if changed.pending == pending:
            return Settled(turn, (changed,), turn_is_over=True)
        if changed.pending is None and changed.draft is None:
            kept = changed.model_copy(update={"closes": False})
            return Settled(turn, (kept, _asked_again(pending, turn, "This still stands:")), turn_is_over=True)
        await self._desk.withdraw(self._actions.context(turn), pending.id)
        return Settled(turn, (changed.model_copy(update={"closes": True}),), turn_is_over=True)

    async def come_back(self, turn: Turn) -> tuple[Evidence, ...]:
        """The actions set aside, once nothing else is open; each is checked anew until one waits for a yes."""
        found: list[Evidence] = []
        while turn.state.aside and not _is_open(turn):
            waiting, *rest = turn.state.aside
            request = _request(turn, waiting)
            evidence = await self._actions.propose(turn, request, waiting, {}, "Coming back to your request:")
            found.append(evidence.model_copy(update={"aside": tuple(rest)}))
            turn = remember(turn, (found[-1],))
        return tuple(found)

    async def _next(self, turn: Turn, settled: Evidence) -> tuple[Evidence, ...]:
        """The wishes that waited, until one of them asks something again."""
        turn = remember(turn, (settled,))
        found: list[Evidence] = []
        while turn.state.queue and not _is_open(turn):
            request, *rest = turn.state.queue
            turn = turn.model_copy(update={"state": turn.state.model_copy(update={"queue": tuple(rest)})})
            evidence = await self._actions.gather(turn, request)
            if evidence.queue is None:
                evidence = evidence.model_copy(update={"queue": tuple(rest)})
            found.append(evidence)
            turn = remember(turn, (evidence,))
        return (*found, *await self.come_back(turn))


def _is_open(turn: Turn) -> bool:
    """Whether something waits for the shopper."""
    return bool(turn.state.pending or turn.state.draft or turn.state.handoff)


def _guessed_person(request: Request, turn: Turn) -> bool:
    return request.act is Act.HANDOFF and request.confidence < _SURE and not names_a_person(turn.text)


def _joins(request: Request, pending: PendingAction) -> bool:
    """Whether a wish is of the kind that waits and about its order, so that both can be one request."""
    same = WISHES[request.act].tool == pending.tool if request.act in WISHES else False
    swapped = {request.act, ACT_OF_TOOL.get(pending.tool)} <= {Act.EXCHANGE, Act.ORDER_ITEMS}
    named = request.entities.order_ids
    own = pending.order_id is not None and all(same_order(number, pending.order_id) for number in named)
    return (same or swapped) and own and pending.tool in JOINABLE


def _reminded(draft: Draft) -> tuple[Evidence, ...]:
    """The question once more; a shopper who goes on speaking of other things has left it."""
    if draft.reminded >= _MOST_REMINDERS:
        return (Evidence(request=draft.request, closes=True),)
    again = draft.model_copy(update={"reminded": draft.reminded + 1})
    return (Evidence(request=draft.request, question=draft.question, draft=again),)


def _request(turn: Turn, pending: PendingAction) -> Request:
    act = ACT_OF_TOOL.get(pending.tool, Act.ORDER_LOOKUP)
    assert act in INTENT_OF_ACT
    return Request(text=turn.text, standalone=pending.title, act=act, confidence=1.0)


def _asked_again(pending: PendingAction, turn: Turn, opening: str) -> Evidence:
    question = f"{opening} {pending.summary}\n\nShall I go ahead? Please answer yes or no."
    return Evidence(request=_request(turn, pending), question=question, pending=pending, verbatim=True)

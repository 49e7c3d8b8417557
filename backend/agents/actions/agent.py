"""Gathers for every wish about records: proves who asks, finds the order, fills the arguments, proposes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from backend.agents.actions.answers import (
    begun_proof,
    besides,
    declines,
    filled,
    merge,
    said_on_the_way,
    wants_a_person,
)
from backend.agents.actions.asking import asked, explained
from backend.agents.actions.case import Case, Missing
from backend.agents.actions.changing import (
    CHANGEABLE,
    JOINABLE,
    changed_arguments,
    complains_of_it,
    joined,
    told_further,
    with_goods,
)
from backend.agents.actions.conditions import Conditional, conditional_in, insist_condition
from backend.agents.actions.fallback import fallback_act, split_fallback, wished
from backend.agents.actions.finding import find_order
from backend.agents.actions.methods import names_a_method
from backend.agents.actions.outcomes import goods_of, proposed, refused, told, unchanged
from backend.agents.actions.possible import insist_possible, insist_state
from backend.agents.actions.proof import Proof
from backend.agents.actions.reading import Reading, in_between
from backend.agents.actions.wishes import READS, WISHES, wish_for
from backend.domain.acts import Act
from backend.domain.catalogue import Variant
from backend.domain.conversation import Draft, Evidence, PendingAction, Request, Turn, Understanding
from backend.domain.errors import EngineUnavailable, InvalidInput, NotEligible, ShopError
from backend.domain.identity import IdentityLevel
from backend.store.database import Database
from backend.tools.base import AlreadyDone, Outcome, ToolContext
from backend.tools.order_ids import resolve
from backend.tools.ownership import own_customer, own_order, own_order_ids, shop_policy
from backend.tools.toolbox import Toolbox, write_tools

#: Which slot a tool's complaint about a field asks for again.
_SLOT_OF_FIELD = {"opened": "opened", "method_id": "method", "reason": "reason", "address": "address", "items": "lines"}
ACT_OF_TOOL = {wish.tool: act for act, wish in WISHES.items()}
LEVELS = {name: tool.level for name, tool in write_tools().items()}


class ActionAgent:
    """Proposes writes and shows records. What is missing becomes one question and a draft."""

    def __init__(self, database: Database, toolbox: Toolbox, proof: Proof) -> None:
        self._database = database
        self._toolbox = toolbox
        self._proof = proof
        self._reading = Reading(toolbox)

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        """Evidence for one request about records. Never raises for what a shopper can mend."""
        if request.act is Act.HANDOFF:
            return await self.hand_over(turn, request)
        if request.act is Act.ENQUIRY:
            return await self._enquire(turn, request)
        case = self._case(turn, request)
        case.slots |= begun_proof(turn.state.draft)
        merge(case.slots, request.entities, request.text)
        conditional = conditional_in(request.text)
        wish, otherwise = split_fallback(request.text)
        if conditional is not None:
            wish, case.slots["hangs_on"] = conditional.wish, conditional.said
            otherwise = f"Otherwise, {conditional.otherwise}" if wished(conditional.otherwise) else ""
            case.slots["condition"] = asdict(conditional)
        if otherwise or conditional:
            case.request = request.model_copy(update={"text": wish})
        if otherwise:
            case.slots["otherwise"] = otherwise
            case.slots.setdefault("hangs_on", f" {otherwise}")
        return await self._work(case)

    async def resume(self, turn: Turn, draft: Draft, understanding: Understanding) -> Evidence | None:
        """Go on with a draft; None when the message speaks of something else."""
        if declines(draft, understanding):
            return Evidence(request=draft.request, text="All right, I left it there; nothing was changed.", closes=True)
        if wants_a_person(draft, turn.text, understanding):
            return (await self.hand_over(turn, draft.request)).model_copy(update={"closes": True})
        if (why := explained(draft, turn.text)) is not None:
            return Evidence(request=draft.request, question=why, draft=draft, verbatim=True)
        turn, beside = besides(draft, turn, understanding)
        if beside:
            understanding = understanding.model_copy(update={"requests": ()})
        slots = filled(draft, turn, understanding)
        if slots is None:
            return None
        case = self._case(turn, said_on_the_way(draft, turn, understanding).request)
        case.slots, case.further = slots, beside
        return await self._work(case)

    async def add(self, turn: Turn, request: Request, pending: PendingAction) -> Evidence:
        """More of the same order for the action that waits; one confirmation for both."""
        case = self._case(turn, request)
        merge(case.slots, request.entities, request.text)
        case.slots |= {"order_id": pending.order_id, "beside": dict(pending.arguments)}
        if not names_a_method(request.text) and pending.arguments.get("method_id"):
            case.slots["answers"] = {"method": pending.arguments["method_id"]}
        return await self._work(case)

    async def change(self, turn: Turn, pending: PendingAction, requests: Sequence[Request]) -> Evidence | None:
        """The action that waits with a change that the message makes in it; None when it makes none."""
        if pending.tool == "file_complaint" and (more := told_further(turn.text, pending, requests)):
            judged_anew = {"severity": None, "category": None}
            return await self.propose(turn, requests[0], pending, {"description": more, **judged_anew})
        if pending.tool not in CHANGEABLE:
            return None
        context = self.context(turn)
        async with self._database.records(context.tenant) as records:
            order = await own_order(records, context, pending.order_id) if pending.order_id else None
            customer = await own_customer(records, context) if context.identity.customer_id else None
            policy = await shop_policy(records)
        request = Request(text=turn.text, standalone=pending.title, act=ACT_OF_TOOL[pending.tool], confidence=1.0)
        reasons = policy.cancel_reasons if pending.tool == "cancel_order" else policy.return_reasons
        complains = complains_of_it(pending, requests)
        try:
            changes = changed_arguments(turn.text, pending, order, customer, reasons, complains=complains)
        except NotEligible as error:
            return unchanged(request, pending, error)
        if changes is None:
            return None
        return await self.propose(turn, request, pending, changes)

    async def same_goods(
        self, turn: Turn, pending: PendingAction, requests: tuple[Request, ...]
    ) -> tuple[Request, ...]:
        """The wishes with the goods of the action that waited where they point at them: "exchange it instead"."""
        if pending.tool not in JOINABLE or not pending.order_id:
            return requests
        context = self.context(turn)
        async with self._database.records(context.tenant) as records:
            order = await own_order(records, context, pending.order_id)
        return tuple(with_goods(request, pending, order) for request in requests)

    async def propose(
        self, turn: Turn, request: Request, pending: PendingAction, changes: Mapping[str, object], opening: str = ""
    ) -> Evidence:
        """An action asked for again, checked anew. What the rules refuse is said, and a change then changes nothing."""
        try:
            found = await self._toolbox.desk.propose(self.context(turn), pending.tool, {**pending.arguments, **changes})
        except AlreadyDone as done:
            return told(request, done.outcome)
        except EngineUnavailable:
            raise
        except ShopError as error:
            if not changes:
                return refused(request, error)
            return unchanged(request, pending, error)
        evidence = proposed(request, found)
        return evidence.model_copy(update={"text": f"{opening} {evidence.text}".strip()})

    async def hand_over(self, turn: Turn, request: Request) -> Evidence:
        """Ask for a person: binds the shopper to nothing, so it needs no consent."""
        return await self._perform(turn, request, "request_handoff", {"reason": request.text[:500]})

    async def outcome(self, request: Request, outcome: Outcome) -> Evidence:
        """What an executed action is told as."""
        return told(request, outcome)

    def context(self, turn: Turn) -> ToolContext:
        """For whom tools work in this turn."""
        state = turn.state
        return ToolContext(turn.tenant, state.identity, state.session_id, turn.at, state.conversation_id)

    def _case(self, turn: Turn, request: Request) -> Case:
        return Case(turn=turn, request=request, context=self.context(turn))

    async def _work(self, case: Case) -> Evidence:
        before = case.context
        try:
            evidence = await self._serve(case)
        except Missing as missing:
            evidence = self._ask(case, missing)
        except AlreadyDone as done:
            evidence = told(case.request, done.outcome)
        except InvalidInput as wrong:
            slot = _SLOT_OF_FIELD.get(wrong.field or "")
            asked_for = Missing(slot, wrong.detail) if slot else None
            evidence = self._ask(case, asked_for) if asked_for else refused(case.request, wrong, case.order)
        except EngineUnavailable:
            raise  # no refusal: what was asked stays open until the records are back
        except NotEligible as error:
            evidence = await self._instead(case, error)
        except ShopError as error:
            evidence = refused(case.request, error, case.order)
        changes: dict[str, object] = {}
        if case.further:
            also = str(case.slots.get("hangs_on", ""))
            further = [r.model_copy(update={"text": f"{r.text}{also}"}) for r in case.further]
            changes["queue"] = (*further, *case.turn.state.queue)
        if case.context is not before:
            changes |= {"identity": case.context.identity, "session_id": case.context.session_id}
        if in_between(case):
            changes["closes"] = False
        return evidence.model_copy(update=changes)

    async def _instead(self, case: Case, error: NotEligible) -> Evidence:
        """The rule that forbids it, and what was wanted in that case."""
        otherwise = case.slots.pop("otherwise", None)
        if otherwise is None or case.order is None:
            return refused(case.request, error, case.order)
        act, words = fallback_act(otherwise)
        goods = "" if act is Act.ORDER_CANCEL else f" {case.request.text}"
        request = case.request.model_copy(
            update={"act": act, "text": f"{words.rstrip('.')} (order {case.order.id}).{goods}"}
        )
        other = Case(turn=case.turn, request=request, context=case.context, slots={"order_id": case.order.id})
        evidence = await self._work(other)
        text = f"{error.detail}\n\n{evidence.text}".strip()
        return evidence.model_copy(update={"text": text, "verbatim": True})

    async def _serve(self, case: Case) -> Evidence:
        if case.act is Act.IDENTIFY:
            return await self._identify(case)
        if case.act in READS:
            await self._proof.reach(case, self._reading.level(case))
            return await self._reading.gather(case)
        return await self._propose(case)

    async def _identify(self, case: Case) -> Evidence:
        """A shopper who says who they are without a wish: open the order, show it."""
        await self._proof.reach(case, IdentityLevel.GUEST)
        return await self._reading.gather(case)

    async def _propose(self, case: Case) -> Evidence:
        wish = WISHES[case.act]
        await self._proof.reach(case, LEVELS[wish.tool], before_code=self._foresee)
        async with self._database.records(case.context.tenant) as records:
            await find_order(case, records, wish)
            wish = wish_for(case.act, case.order)
            insist_possible(case, wish)

            async def variants(product_id: str) -> Sequence[Variant]:
                return await records.catalogue.variants_of(product_id)

            condition = Conditional(**amount) if (amount := case.slots.get("condition")) else None
            if condition:
                await insist_condition(case, condition, [], variants)
            arguments = await wish.fill(case, variants)
            if condition:
                await insist_condition(case, condition, arguments.get("items", []), variants)
        arguments = joined(case.slots.get("beside") or {}, arguments, wish.tool)
        pending = await self._toolbox.desk.propose(case.context, wish.tool, arguments)
        found = proposed(case.request, pending)
        swapped = {entry["line_id"] for entry in arguments.get("items", ())}
        return found.model_copy(update={"focus_products": goods_of(case.order, swapped)})

    async def _foresee(self, case: Case) -> None:
        """Raises NotEligible for what the state of an order that the session may see forbids: no code could help."""
        seen = case.slots.get("order_id") or case.slots.get("hint")
        opened = case.context.identity.order_ids
        if seen is None and opened[-1:] == case.turn.state.focus.orders[:1]:
            seen = next(iter(opened[-1:]), None)  # the one that a guest opened last and that is spoken of
        if case.context.identity.customer_id is None or seen is None:
            return
        async with self._database.records(case.context.tenant) as records:
            if resolve(seen, await own_order_ids(records, case.context)):
                order = await own_order(records, case.context, seen)
                known = replace(case, order=order, policy=await shop_policy(records))
                insist_state(known, wish_for(case.act, order))

    def _ask(self, case: Case, missing: Missing) -> Evidence:
        draft = case.draft(missing)
        question, cards = asked(case, missing, draft)
        orders = (case.order.id,) if case.order else ()
        return Evidence(
            request=case.request,
            question=question,
            cards=cards,
            draft=draft,
            focus_orders=orders,
            focus_products=goods_of(case.order, {missing.slot.partition(":")[2]}),
            verbatim=True,
        )

    async def _enquire(self, turn: Turn, request: Request) -> Evidence:
        return await self._perform(turn, request, "file_enquiry", {"text": turn.text})

    async def _perform(self, turn: Turn, request: Request, tool: str, arguments: dict[str, object]) -> Evidence:
        try:
            outcome = await self._toolbox.desk.perform(self.context(turn), tool, arguments)
        except AlreadyDone as done:
            outcome = done.outcome
        except EngineUnavailable:
            raise
        except ShopError as error:
            return refused(request, error)
        return told(request, outcome)

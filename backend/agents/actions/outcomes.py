"""What an action comes to, as evidence: the question before it, its result, or the rule that forbids it."""

from collections.abc import Collection

from backend.domain.conversation import Evidence, PendingAction, ProductRef, Request
from backend.domain.errors import ShopError
from backend.domain.orders import Order
from backend.tools.base import Outcome


def goods_of(order: Order | None, line_ids: Collection[str]) -> tuple[ProductRef, ...]:
    """The goods of these lines, which a question in between is about: "how much is the white one?"."""
    lines = order.lines if order is not None else ()
    return tuple(dict.fromkeys(ProductRef(id=o.product_id, name=o.name) for o in lines if o.id in line_ids))


def proposed(request: Request, pending: PendingAction) -> Evidence:
    """The question whether to go on, exactly as it was checked."""
    details = "\n".join(f"- {label}: {text}" for label, text in pending.lines)
    return Evidence(
        request=request,
        text=f"{pending.summary}\n\n{details}",
        question="Shall I go ahead? Please answer yes or no.",
        pending=pending,
        focus_orders=(pending.order_id,) if pending.order_id else (),
        verbatim=True,
    )


def unchanged(request: Request, pending: PendingAction, error: ShopError) -> Evidence:
    """The question as it was, after what forbids the change that was wanted in it."""
    return proposed(request, pending).model_copy(update={"text": f"{error.detail}\n\n{pending.summary}"})


def told(request: Request, outcome: Outcome) -> Evidence:
    """What an action came to."""
    complaint = outcome.ids.get("complaint")
    return Evidence(
        request=request,
        text=outcome.text,
        facts=outcome.facts,
        cards=(outcome.card,) if outcome.card else (),
        handoff=outcome.handoff,
        focus_orders=(outcome.order_id,) if outcome.order_id else (),
        focus_complaints=(complaint,) if complaint else (),
        carried_out=True,
        closes=True,
        verbatim=True,
    )


def refused(request: Request, error: ShopError, order: Order | None = None) -> Evidence:
    """A rule or a missing record, said as it is; the order it was said of stays in view."""
    spoken_of = (order.id,) if order else ()
    return Evidence(request=request, text=error.detail, focus_orders=spoken_of, closes=True, verbatim=True)

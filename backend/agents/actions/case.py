"""One wish at work: what was said, what is known, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.agents.actions.places import Place
from backend.domain.acts import Act
from backend.domain.cards import Card, ChoicesCard
from backend.domain.conversation import Draft, Request, Turn
from backend.domain.customers import Customer
from backend.domain.orders import Order
from backend.domain.policy import ShopPolicy
from backend.tools.base import ToolContext


class Missing(Exception):
    """Something has to be asked: the slot, the question, what helps to answer it, and how it is asked once more."""

    def __init__(self, slot: str, question: str, *cards: Card, again: str = "") -> None:
        super().__init__(question)
        self.slot = slot
        self.question = question
        self.cards = cards
        self.again = again


@dataclass(slots=True)
class Case:
    """The working memory of one wish. `slots` is JSON and survives in the draft between messages."""

    turn: Turn
    request: Request
    context: ToolContext
    slots: dict[str, Any] = field(default_factory=dict)
    policy: ShopPolicy | None = None
    customer: Customer | None = None
    order: Order | None = None
    #: addresses of the customer that the words may point at
    places: tuple[Place, ...] = ()
    #: the same wish for further orders
    further: tuple[Request, ...] = ()

    @property
    def act(self) -> Act:
        return self.request.act

    def answer(self, slot: str) -> str:
        """What was said when this slot was asked for, else the wish itself."""
        answers: Mapping[str, str] = self.slots.get("answers", {})
        return answers.get(slot) or self.request.text

    def answered(self, slot: str) -> str | None:
        """What was said when this slot was asked for, or None."""
        answers: Mapping[str, str] = self.slots.get("answers", {})
        return answers.get(slot)

    def draft(self, missing: Missing) -> Draft:
        """The wish put by until the question is answered."""
        old = self.turn.state.draft
        again = old is not None and old.asking == missing.slot and old.request.act == self.act
        return Draft(
            request=self.request,
            asking=missing.slot,
            question=missing.question,
            slots=self.slots,
            tries=old.tries + 1 if again and old else 0,
        )


def choices(title: str, options: Mapping[str, str]) -> ChoicesCard:
    """Buttons: label → the message that picking it sends."""
    picks = tuple(ChoicesCard.Choice(label=label, message=message) for label, message in options.items())
    return ChoicesCard(title=title, choices=picks)

"""Messages of each kind to the demo shop, every one worded differently: a repeated one would meet a cache."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of turn: what is said before it, untimed, and by which card or citation its answer is known."""

    name: str
    starts: Sequence[str]
    cores: Sequence[str]
    before: Sequence[str] = ()
    card: str = ""
    cited: bool = False
    proposes: bool = False
    #: whether every turn needs a session of its own
    anew: bool = False

    def messages(self, seed: int = 1) -> Iterator[str]:
        """Wordings in an order of chance, no two alike."""
        found = list(dict.fromkeys(product(self.starts, self.cores, _ENDS)))
        Random(seed).shuffle(found)  # noqa: S311  repeatable, not secret
        return ("".join(parts) for parts in found)

    def is_answered(self, reply: Mapping[str, Any]) -> bool:
        """Whether the reply is of the kind that was asked for."""
        cards = {card["type"] for card in reply["cards"]}
        return (
            (not self.card or self.card in cards)
            and (not self.cited or bool(reply["sources"]))
            and (not self.proposes or reply["pending_action"] is not None)
        )


_PRODUCTS = ("X1", "X2", "UltraBook 13", "G1 laptop", "SmartPhone Pro 12", "Smart Watch Pro", "Wireless Earbuds Pro")
#: What the manuals do not tell: who asks it is told so, and rightly gets no citation.
_UNTOLD = frozenset(
    {*product(("X2", "UltraBook 13", "G1 laptop", "Smart Watch Pro"), ("reset",)), ("Wireless Earbuds Pro", "turn on")}
)
_ASKS = (
    *("", "Please tell me: ", "Quick question, ", "I'd like to know, ", "Could you tell me: ", "One thing: "),
    *("Hello, ", "Sorry to bother you, "),
)
_ENDS = (
    "",
    "?",
    " please",
    ", please?",
    " thanks",
    ", thank you!",
    " :)",
    "??",
    " - thx",
    " if you can",
    " today",
    "...",
)

#: What the manuals tell of which product.
TOLD = tuple(
    (task, name)
    for name in _PRODUCTS
    for task in ("set up", "clean", "charge", "reset", "turn on", "connect")
    if (name, task) not in _UNTOLD
)
_WHOSE = ("the", "my", "our", "this")

KINDS = (
    Kind(
        "greeting",
        ("Hi", "Hello", "Hey", "Good morning", "Good evening", "Hiya", "Good day", "Greetings"),
        ("", " there", " team", " all", "!", " 👋"),
    ),
    Kind(
        "product list",
        ("Show me ", "I'm looking for ", "Do you have ", "What about "),
        tuple(
            f"{goods} under ${bound}" for goods in ("laptops", "phones", "monitors") for bound in range(600, 2000, 70)
        ),
        card="products",
    ),
    Kind(
        "manual question",
        _ASKS,
        tuple(f"how do I {task} {whose} {name}" for task, name in TOLD for whose in _WHOSE),
        cited=True,
    ),
    Kind(
        "comparison",
        ("Compare the ", "Please compare the ", "Can you compare the ", "What is the difference between the "),
        tuple(f"{a} and the {b}" for a in _PRODUCTS[:4] for b in _PRODUCTS[:4] if a != b),
        card="comparison",
    ),
    Kind(
        "order card",
        _ASKS,
        (
            "what's the status of order ORD-1002",
            "where is ORD-1002",
            "status of order 1002",
            "how is my order ORD-1002",
            "any news of ORD-1002",
            "what is the state of order 1002",
        ),
        before=("Where is ORD-1002?", "sarah.johnson@example.com"),
        card="order",
    ),
    Kind(
        "complaint",
        ("My ", "Sadly the ", "Hello, my ", "The ", "Help, my "),
        tuple(
            f"{part} of the laptop from order ORD-1001 {trouble}"
            for part in ("screen", "keyboard", "battery", "fan", "speaker", "touchpad")
            for trouble in ("is broken", "stopped working", "is defective", "does not work any more")
        ),
        before=("Where is ORD-1001?", "john.smith@example.com"),
        proposes=True,
        anew=True,
    ),
)


def shopping(seed: int) -> list[str]:
    """Messages with one wish each that need no earlier turn, mixed."""
    free = [kind for kind in KINDS if not kind.before and kind.name != "greeting"]
    mixed = [text for kind in free for text in list(kind.messages(seed))[:400]]
    Random(seed).shuffle(mixed)  # noqa: S311  repeatable, not secret
    return mixed

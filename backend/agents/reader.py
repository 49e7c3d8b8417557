"""Who reads a message: the local understanding, or a language model where it is the better reader."""

import re
from collections.abc import Callable
from typing import Literal

import structlog
from pydantic import BaseModel, ConfigDict

from backend.agents.base import ignored
from backend.agents.grounded import is_grounded, own_words
from backend.agents.recollection import spoken
from backend.agents.replies import without_model
from backend.agents.understanding.local import LocalUnderstanding
from backend.domain.acts import Act
from backend.domain.conversation import Consent, Entities, Mood, Request, Turn, Understanding
from backend.graph.catalogue import Catalogue
from backend.llm.base import LanguageModel, ModelUnavailable, Prompt
from backend.prompts import fenced, prompt
from backend.tools.said_numbers import in_digits

log = structlog.get_logger()

#: What is written down without a question to the shopper: both readings must see the wish.
_AT_ONCE = frozenset({Act.HANDOFF, Act.ENQUIRY})
#: More wishes than this in one message are a model gone wild.
_MOST_WISHES = 6
#: Below this the local reading is worth a second opinion. On the rows of `make evaluate` (cascade) 97 of 100 messages
#: are above it, and 98 of 100 of these are read right; below it every fourth is not.
SURE = 0.55
#: One wish uses what another brings.
_BUILDS_ON = re.compile(
    r"\b(?:use|spend|put|with|using|from) (?:the|that|this|my) (?:money|refund|credit|amount|difference|proceeds)\b"
    r"|\bfor (?:the same|that) money\b|\bwhat I get back\b",
    re.IGNORECASE,
)
#: Runs of blanks mean nothing, and every look for words behind blanks would take its time over them.
_BLANKS = re.compile(r"[^\S\n]{2,}")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*")


class LocalReader:
    """Reads against the names of the shop at hand."""

    def __init__(self, understanding: LocalUnderstanding, catalogue: Catalogue) -> None:
        self._understanding = understanding
        self._catalogue = catalogue

    async def read(self, turn: Turn, guess: Callable[[Understanding], None] = ignored) -> Understanding:
        return await self._understanding.read(_tidied(turn, turn.text), await self._catalogue.words(turn.tenant))

    async def entities(self, turn: Turn, wish: str, act: Act) -> Entities:
        """What a wish of a known kind names."""
        return self._understanding.entities(_tidied(turn, wish), await self._catalogue.words(turn.tenant), act)


def _tidied(turn: Turn, said: str) -> Turn:
    text = in_digits(_EMPTY_LINES.sub("\n\n", _BLANKS.sub(" ", said)))
    return turn.model_copy(update={"text": text})


class _Wish(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    standalone: str
    act: Act
    confidence: float


class _Reading(BaseModel):
    """The form that the model fills."""

    model_config = ConfigDict(extra="forbid")

    wishes: list[_Wish]
    consent: Consent
    depends: bool
    mood: Mood


class CascadeReader:
    """Asks the model only where the local reading is unsure (`cascade`), always (`gpt`) or never (`local`).

    Entities are always read locally from the rewritten wish: a model names no record and no customer that the
    conversation does not. Consent is the stricter of both readings, and
    what happens without a question, a person or an enquiry, needs both.
    """

    def __init__(
        self, model: LanguageModel, local: LocalReader, mode: Literal["gpt", "cascade", "local"] = "cascade"
    ) -> None:
        self._model = model
        self._local = local
        self._mode = mode

    async def read(self, turn: Turn, guess: Callable[[Understanding], None] = ignored) -> Understanding:
        reading = await self._local.read(turn)
        if self._mode == "local" or (self._mode == "cascade" and sure(reading, turn)):
            return reading
        guess(reading)
        try:
            filled = await self._model.parse(_prompt(turn, self._model.count), _Reading)
        except ModelUnavailable as error:
            log.warning("understanding_without_model", reason=str(error))
            return reading.model_copy(update={"degraded": (without_model("local understanding", error),)})
        return await self._understood(turn, reading, filled)

    async def _understood(self, turn: Turn, local: Understanding, filled: _Reading) -> Understanding:
        seen = {request.act for request in local.requests}
        wishes = [w for w in filled.wishes[:_MOST_WISHES] if w.act not in _AT_ONCE or w.act in seen]
        requests = [await self._request(turn, wish) for wish in wishes]
        return Understanding(
            requests=tuple(requests) or local.requests,
            consent=local.consent if filled.consent == local.consent else Consent.OTHER,
            in_scope=any(r.act is not Act.OUT_OF_SCOPE for r in requests),
            language=local.language,  # it loosens how replies are checked: no model may choose it
            mood=filled.mood,
            depends=filled.depends and len(requests) > 1,
            path="gpt",
        )

    async def _request(self, turn: Turn, wish: _Wish) -> Request:
        text = own_words(wish.text, turn)
        standalone = wish.standalone if is_grounded(wish.standalone, turn) else text
        entities = await self._local.entities(turn, standalone, wish.act)
        confidence = min(1.0, max(0.0, wish.confidence))
        return Request(text=text, standalone=standalone, act=wish.act, confidence=confidence, entities=entities)


def sure(reading: Understanding, turn: Turn) -> bool:
    """Whether a local reading needs no second opinion."""
    english = reading.language == "en"
    if len(reading.requests) > 1 and _BUILDS_ON.search(turn.text):
        return False  # who takes such wishes step by step is a model
    return english and (
        reading.consent is not Consent.OTHER
        or (bool(reading.requests) and all(r.confidence >= SURE for r in reading.requests))
    )


def _prompt(turn: Turn, count: Callable[[str], int]) -> Prompt:
    focus = ", ".join(
        [*(p.name for p in turn.state.focus.products[:4]), *turn.state.focus.orders[:2]]
        + ([f"the question “{turn.state.pending.title}”"] if turn.state.pending else [])
    )
    told = prompt(
        "understand_turn",
        conversation=fenced("conversation", spoken(turn.state, count)),
        view=fenced("view", focus),
        message=fenced("message", turn.text),
    )
    return Prompt(instructions=prompt("understand"), messages=(("user", told),))

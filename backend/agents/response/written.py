"""The reply in the voice of the shop: written by a model from the evidence, checked sentence by sentence."""

import re
from collections.abc import Sequence

import structlog

from backend.agents.base import SILENT, Listener, Voice
from backend.agents.recollection import last_words
from backend.agents.replies import without_model
from backend.agents.response.citations import joined
from backend.agents.response.local import LocalWriter, assemble
from backend.agents.response.remembered import Remembered, key_of
from backend.agents.response.supported import sentences, supported
from backend.agents.response.translated import LANGUAGES, Translator
from backend.agents.response.variants import Variants
from backend.agents.understanding.language import detect_language
from backend.domain.conversation import Degraded, Evidence, Reply, Turn, Understanding
from backend.domain.knowledge import Source
from backend.domain.messages import Role
from backend.llm import accounts
from backend.llm.base import LanguageModel, ModelUnavailable, Prompt
from backend.prompts import fenced, prompt

log = structlog.get_logger()

#: Items as a confirmation lists them: "2 × X1 Laptop (16 GB)".
_ITEMS = re.compile(r"\d+ × ([^,;(\n]+\w)")


class ModelWriter:
    """Lets the model phrase what may be phrased. Consent questions, record numbers and refusals stay as they are, in
    another language translated with their facts checked; a sentence that the evidence does not support never leaves;
    when nothing is left, the local words are used.

    An answer from documents alone depends on nothing else: the same question with the same passages is not asked twice.
    """

    def __init__(
        self,
        model: LanguageModel,
        local: LocalWriter,
        variants: Variants,
        voice: Voice | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        self._model = model
        self._local = local
        self._variants = variants
        self._voice = voice
        self._remembered = remembered or Remembered()
        self._translator = Translator(model)

    async def write(
        self, turn: Turn, understanding: Understanding, evidence: Sequence[Evidence], listener: Listener
    ) -> Reply:
        if not _may_be_phrased(evidence):
            return await self._as_built(turn, understanding, evidence, listener)
        built, sources = joined([(e.text, e.sources) for e in evidence])
        variant = self._variants.of(turn, "reply")
        tone = (await self._voice(turn.tenant)).tone if self._voice else "neutral"
        earlier = "" if _is_of_documents(evidence) else last_words(turn.state, self._model.count)
        asked = _prompt(turn, understanding, evidence, built, sources, variant, tone, earlier)
        said: list[str] = []
        try:
            key = key_of(turn.tenant, self._model.name, asked) if _is_of_documents(evidence) else None
            ground = _Ground(built, sources, understanding.language, turn.text, ", ".join(_names(evidence)))
            async with self._remembered.alone(key):
                await self._say(asked, key, ground, said, listener)
        except ModelUnavailable as error:
            log.warning("reply_without_model", reason=str(error))
            failed = without_model("answer built from the evidence", error)
            return await self._locally(turn, understanding, evidence, said, listener, failed)
        if not said:
            return await self._locally(turn, understanding, evidence, said, listener)
        text, used = joined([("".join(said).strip(), sources)])
        return assemble(turn, understanding, evidence, text).model_copy(update={"sources": used})

    async def _say(
        self, asked: Prompt, key: bytes | None, ground: "_Ground", said: list[str], listener: Listener
    ) -> None:
        """Sentences leave as soon as each is whole and holds; those that are known from before at once."""
        known = await self._remembered.get(key) if key is not None else ()
        if known and all(map(ground.holds, known)):  # another process may have had other rules
            accounts.saved("write", self._model.name, asked.variant)
            for sentence in known:
                said.append(sentence)
                await listener.text(sentence)
            return
        async for sentence in sentences(self._model.write(asked)):
            if ground.holds(sentence):
                said.append(sentence)
                await listener.text(sentence)
        if key is not None and said:
            await self._remembered.keep(key, tuple(said))

    async def _as_built(
        self, turn: Turn, understanding: Understanding, evidence: Sequence[Evidence], listener: Listener
    ) -> Reply:
        """The local words, in the shopper's language where the model can say them with every fact in its place."""
        language = understanding.language if turn.text else _spoken_last(turn)
        if language == "en" or (turn.text and understanding.path != "gpt"):
            return await self._local.write(turn, understanding, evidence, listener)
        reply = await self._local.write(turn, understanding, evidence, SILENT)
        told = await self._translator.into(reply.response, language, _names(evidence))
        reply = reply.model_copy(update={"response": told}) if told else reply
        await listener.text(reply.response)
        return reply

    async def _locally(
        self,
        turn: Turn,
        understanding: Understanding,
        evidence: Sequence[Evidence],
        said: Sequence[str],
        listener: Listener,
        *failed: Degraded,
    ) -> Reply:
        """The local words; behind what has left already, which holds as far as it goes."""
        if said:
            await listener.text("\n\n")
        reply = await self._as_built(turn, understanding, evidence, listener)
        known = {d.engine for d in reply.degraded}
        more = tuple(d for d in failed if d.engine not in known)
        opening = "".join(said).strip()
        return reply.model_copy(
            update={
                "response": f"{opening}\n\n{reply.response}" if opening else reply.response,
                "degraded": (*reply.degraded, *more),
            }
        )


class _Ground:
    """What a sentence of this reply may rest on."""

    def __init__(self, built: str, sources: Sequence[Source], language: str, asked: str, named: str) -> None:
        self._built = built
        self._sources = {n: _passage(s) for n, s in enumerate(sources, start=1)}
        self._language = language
        self._asked = asked
        self._named = named

    def holds(self, sentence: str) -> bool:
        """Whether it may leave."""
        return supported(sentence, self._built, self._sources, self._language, self._asked, self._named)


def _passage(source: Source) -> str:
    """A passage behind what it is about; a title that asks states nothing."""
    heads = [head for head in (source.title, source.section) if head and not head.rstrip().endswith("?")]
    return f"{' · '.join(heads)}\n{source.excerpt}"


def _may_be_phrased(evidence: Sequence[Evidence]) -> bool:
    """Greetings, order cards, confirmations and refusals need no model."""
    return bool(evidence) and not any(e.verbatim or not e.found or e.question for e in evidence)


def _names(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The goods that the words may name."""
    asked = [p.name for e in evidence for p in (*e.request.entities.products, *e.focus_products, *e.focus_shown)]
    lines = [part for e in evidence if e.pending for _, value in e.pending.lines for part in _ITEMS.findall(value)]
    return tuple(dict.fromkeys([*asked, *lines]))


def _spoken_last(turn: Turn) -> str:
    """The language of the shopper's last words, for an answer by button."""
    return next((detect_language(m.text) for m in reversed(turn.state.history) if m.role is Role.SHOPPER), "en")


def _is_of_documents(evidence: Sequence[Evidence]) -> bool:
    """Whether the answer is from documents alone and the question names nobody."""
    return all(e.sources and not e.cards and not _is_personal(e) for e in evidence)


def _is_personal(evidence: Evidence) -> bool:
    named = evidence.request.entities
    return bool(named.order_ids or named.email or named.phone or named.zip or named.code or named.complaint_ids)


def _prompt(
    turn: Turn,
    understanding: Understanding,
    evidence: Sequence[Evidence],
    built: str,
    sources: Sequence[Source],
    variant: str,
    tone: str,
    earlier: str,
) -> Prompt:
    """What never changes stands first. An answer from documents needs no history: the question stands alone."""
    numbered = [fenced(f"source-{n}", f"{s.title} · {s.section}\n{s.excerpt}") for n, s in enumerate(sources, start=1)]
    alone = _is_of_documents(evidence)
    message = " ".join(e.request.standalone for e in evidence) if alone else turn.text
    told = prompt(
        "reply_turn",
        language=LANGUAGES.get(understanding.language, understanding.language),
        tone=tone,
        earlier=fenced("earlier", earlier),
        facts="\n\n".join((fenced("facts", built), *numbered)),
        message=fenced("message", message),
    )
    return Prompt(instructions=prompt("reply", variant), messages=(("user", told),), variant=variant)

"""The reply in the voice of the shop: written by a model from the evidence, checked sentence by sentence."""

import re
from collections.abc import AsyncIterator, Sequence

import structlog

from backend.agents.base import Listener
from backend.agents.response.citations import CITATION, joined
from backend.agents.response.local import LocalWriter, assemble
from backend.domain.conversation import Degraded, Evidence, Reply, Turn, Understanding
from backend.domain.knowledge import Source
from backend.llm.base import LanguageModel, ModelUnavailable, Prompt
from backend.prompts import fenced, prompt
from backend.rag.grounding import check_grounding

log = structlog.get_logger()

_LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French", "de": "German", "hi": "Hindi"}
_SENTENCE_END = re.compile(r"(?<=[.!?])(?:\s*\[\d+\])*\s+")
_LINK = re.compile(r"https?://|www\.|!\[|\]\(|<\w", re.IGNORECASE)


class ModelWriter:
    """Lets the model phrase what may be phrased. Consent questions, record numbers and refusals stay as they are;
    a sentence that the evidence does not support never leaves; when nothing is left, the local words are used.
    """

    def __init__(self, model: LanguageModel, local: LocalWriter) -> None:
        self._model = model
        self._local = local

    async def write(
        self, turn: Turn, understanding: Understanding, evidence: Sequence[Evidence], listener: Listener
    ) -> Reply:
        if not evidence or any(e.verbatim or not e.found or e.question for e in evidence):
            return await self._local.write(turn, understanding, evidence, listener)
        built, sources = joined([(e.text, e.sources) for e in evidence])
        try:
            text = await self._phrased(turn, understanding, built, sources, listener)
        except ModelUnavailable as error:
            log.warning("reply_without_model", reason=str(error))
            reply = await self._local.write(turn, understanding, evidence, listener)
            failed = Degraded(engine="llm", used="answer built from the evidence")
            known = any(d.engine == failed.engine for d in reply.degraded)
            return reply if known else reply.model_copy(update={"degraded": (*reply.degraded, failed)})
        if not text:
            return await self._local.write(turn, understanding, evidence, listener)
        text, used = joined([(text, sources)])
        return assemble(turn, understanding, evidence, text).model_copy(update={"sources": used})

    async def _phrased(
        self, turn: Turn, understanding: Understanding, built: str, sources: Sequence[Source], listener: Listener
    ) -> str:
        said: list[str] = []
        ground = {n: s.excerpt for n, s in enumerate(sources, start=1)}
        async for sentence in _sentences(self._model.write(_prompt(turn, understanding, built, sources))):
            if supported(sentence, built, ground):
                said.append(sentence)
                await listener.text(sentence)
        return "".join(said).strip()


def supported(sentence: str, built: str, ground: dict[int, str]) -> bool:
    """Whether a sentence may leave: it carries no link or markup, cites only what there is, and its numbers, names
    and units occur in what it cites or, without a citation, in the built answer.
    """
    cited = [int(n) for n in CITATION.findall(sentence)]
    if _LINK.search(sentence) or any(n not in ground for n in cited):
        return False
    basis = " ".join([built, *(ground[n] for n in cited)])
    return check_grounding(CITATION.sub("", sentence).strip(), basis)


async def _sentences(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """Whole sentences out of pieces of text, with the space behind them."""
    held = ""
    async for piece in pieces:
        held += piece
        while match := _SENTENCE_END.search(held):
            yield held[: match.end()]
            held = held[match.end() :]
    if held.strip():
        yield held


def _prompt(turn: Turn, understanding: Understanding, built: str, sources: Sequence[Source]) -> Prompt:
    numbered = [fenced(f"source-{n}", f"{s.title} · {s.section}\n{s.excerpt}") for n, s in enumerate(sources, start=1)]
    facts = "\n\n".join((fenced("facts", built), *numbered))
    language = _LANGUAGES.get(understanding.language, "the language of the message")
    return Prompt(
        instructions=prompt("reply", language=language, facts=facts),
        messages=(("user", fenced("message", turn.text)),),
    )

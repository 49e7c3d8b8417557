"""The local understanding: a message read clause by clause, with a forward pass of the embedder where it needs one."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from backend.agents.understanding import keywords
from backend.agents.understanding.classifier import Prediction
from backend.agents.understanding.consent import read_consent
from backend.agents.understanding.cues import BETTER
from backend.agents.understanding.language import detect_language
from backend.agents.understanding.mood import read_mood
from backend.agents.understanding.person import asks_person
from backend.agents.understanding.reading import Prepared, prepare
from backend.agents.understanding.requests import conclude
from backend.agents.understanding.salience import PRODUCT_ACTS
from backend.agents.understanding.vocabulary import Vocabulary
from backend.domain.acts import Act
from backend.domain.conversation import Consent, Entities, Request, Turn, Understanding
from backend.domain.errors import EngineUnavailable
from backend.rag.embedder import Embedder, Vector

#: What one word alone settles is as sure as a rule can be.
_BY_WORD = 0.95


class ActReader(Protocol):
    """Judges one text by its words and its vector, or by its words where they settle it."""

    def predict(self, text: str, vector: Vector) -> Prediction: ...

    def by_words(self, text: str) -> Prediction | None: ...


class LocalUnderstanding:
    """Fills an Understanding without a language model.

    `classifier` gives the trained model of a shop, `mend` puts the spelling right of what it is asked about. Without
    an embedder, or when it fails, keywords judge and the result says so in its `path`.
    """

    def __init__(
        self, embedder: Embedder | None, classifier: Callable[[str], ActReader], mend: Callable[[str], str] = str
    ) -> None:
        self._embedder = embedder
        self._classifier = classifier
        self._mend = mend

    async def read(self, turn: Turn, vocabulary: Vocabulary) -> Understanding:
        """What the message means, read against its session's state and the shop's names."""
        language = detect_language(turn.text)
        if (spoken := asks_person(turn.text, language, offered=_offered(turn))) is not None:
            return _person(turn, spoken)
        prepared = prepare(turn, vocabulary, _consent(turn))
        predictions, path = await self._predict(prepared)
        requests, in_scope = conclude(prepared, predictions)
        return Understanding(
            requests=requests,
            consent=prepared.consent,
            in_scope=in_scope,
            language=language,
            mood=read_mood(turn.text),
            path=path,
        )

    def entities(self, turn: Turn, vocabulary: Vocabulary, act: Act) -> Entities:
        """What a wish of a known kind names, read like a message whose kind need not be guessed."""
        prepared = prepare(turn, vocabulary, Consent.OTHER)
        pieces = tuple(replace(piece, found=replace(piece.found, act=act)) for piece in prepared.pieces)
        requests, _ = conclude(replace(prepared, pieces=pieces, texts=(), together=False), ())
        return requests[0].entities if requests else Entities()

    async def _predict(self, prepared: Prepared) -> tuple[Sequence[Prediction], str]:
        texts = [self._mend(text) for text in prepared.texts]
        if not texts:
            return (), "local"
        try:
            if self._embedder is None:
                raise EngineUnavailable("There is no embedding model.")
            classifier = self._classifier(prepared.turn.tenant)
            if (settled := _settled(classifier, prepared, texts)) is not None:
                return (settled,), "local"
            vectors = await self._vectors(self._embedder, texts)
        except EngineUnavailable:
            return [keywords.classify(text) for text in texts], "keywords"
        return [classifier.predict(text, vector) for text, vector in zip(texts, vectors, strict=True)], "local"

    async def _vectors(self, embedder: Embedder, texts: Sequence[str]) -> Sequence[Vector]:
        if len(texts) == 1:
            return [await embedder.aembed_one(texts[0])]
        return list(await asyncio.to_thread(embedder.embed, texts))


def _settled(classifier: ActReader, prepared: Prepared, texts: Sequence[str]) -> Prediction | None:
    """What the words of a question about goods of the shop settle: it changes nothing, and goods are not strange.

    Everything else is worth its meaning, and so is what may be about something said before.
    """
    state = prepared.turn.state
    if len(texts) > 1 or state.draft is not None or state.pending is not None or not _names_goods(prepared):
        return None
    told = classifier.by_words(texts[0])
    return told if told is not None and told.act in PRODUCT_ACTS else None


def _names_goods(prepared: Prepared) -> bool:
    """Whether it is one question that names goods, or looks for some, and weighs them against nothing."""
    if len(prepared.pieces) > 1 or prepared.vocabulary is None:
        return False
    found = prepared.pieces[0].found
    if found.entities.order_ids or BETTER.search(found.text):
        return False
    return bool(found.entities.products) or prepared.vocabulary.goods_sought(found.text) is not None


def _offered(turn: Turn) -> bool:
    return turn.state.draft is not None and turn.state.draft.asking == "handoff"


def _person(turn: Turn, language: str) -> Understanding:
    """A person is wanted, said in another language than the shop's."""
    request = Request(text=turn.text, standalone=turn.text, act=Act.HANDOFF, confidence=_BY_WORD)
    return Understanding(requests=(request,), consent=_consent(turn), language=language, mood=read_mood(turn.text))


def _consent(turn: Turn) -> Consent:
    """How the message answers what waits for a yes or a no; OTHER where nothing waits."""
    state = turn.state
    waiting = state.pending is not None or state.draft is not None
    return read_consent(turn.text, state.pending) if waiting else Consent.OTHER

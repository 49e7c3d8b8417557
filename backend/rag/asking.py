"""What can be asked of all that a shop has written down: passages, answers, the product that is meant."""

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np
import structlog

from backend.domain.errors import EngineUnavailable, NotFound
from backend.domain.knowledge import DocumentKind, FoundPassage, GroundedAnswer, Passage
from backend.domain.trace import step
from backend.rag.actions import action_of, searched
from backend.rag.answer import Draft, answer, quote_passages
from backend.rag.answerable import LOOKED_AT
from backend.rag.embedder import Embedder, Vector
from backend.rag.generation import Generation
from backend.rag.index import PassageIndex
from backend.rag.leaning import asks_anew
from backend.rag.meanings import Meanings
from backend.rag.products import DESCRIPTION, ID_PREFIX
from backend.rag.question import Question, Shape, read_question
from backend.rag.question_core import core
from backend.rag.search import EVERYTHING, Filter, Hit, search
from backend.rag.several import asked_apart, asked_of_each, one_after_another, together
from backend.rag.sheets import Sheets
from backend.store.database import Database

log = structlog.get_logger()

#: From so many passages on a search is worth a thread of its own.
INLINE_UP_TO = 10_000
#: What the trace of a turn repeats of a search.
_SHOWN_PASSAGES, _SHOWN_CHARACTERS = 5, 160

#: By how much what holds for the shop must be surer than the page of the product that is asked about.
MARGIN = 0.1


class Written:
    """Reads the index of each shop; it changes nothing."""

    def __init__(self, database: Database, embedder: Embedder, index: PassageIndex) -> None:
        self._embedder = embedder
        self._index = index
        self._sheets = Sheets(database, index)
        self._meanings = Meanings(embedder)

    async def search(
        self,
        tenant: str,
        query: str,
        *,
        k: int = 5,
        product_id: str | None = None,
        category: str | None = None,
        kinds: Iterable[DocumentKind] | None = None,
        vector: Vector | None = None,
        by_document: bool = False,
        shop_wide: bool = False,
    ) -> tuple[FoundPassage, ...]:
        """The best passages, best first, scores 0 to 1. `vector` is the query's, when the caller has it already.

        `shop_wide` leaves out what was written for a single product. Greetings, excuses and thanks are not searched
        for: without them as much is found as of the bare question, with them up to .02 less.
        """
        where = Filter.of(product_id, category, kinds, shop_wide=shop_wide)
        generation = await self._about(tenant, product_id)
        bare = core(query)
        vector = vector if bare == query else None
        hits, _ = await self._search(generation, bare, vector, k, where, by_document=by_document)
        return tuple(hit.found for hit in hits)

    async def answer(
        self,
        tenant: str,
        question: str,
        *,
        product_id: str | None = None,
        category: str | None = None,
        kinds: Iterable[DocumentKind] | None = None,
        vector: Vector | None = None,
        shop_wide: bool = False,
        before: str | None = None,
        above: float | None = None,
    ) -> GroundedAnswer:
        """Sentences of the best passages with [n] citations; empty text when they do not answer.

        A question that names one product is about that product. `before` is the question that a follow-up leans on.
        Whoever has a better answer already says how sure this one must be: `above` that, or nothing is said.
        """
        if above is not None and above >= 1:
            return GroundedAnswer(text="")
        where = Filter.of(product_id, category, kinds, shop_wide=shop_wide)
        if where == Filter():
            named = (await self._index.generation(tenant)).names.read(question).products
            if len(named) == 1:
                return await self.answer_about(tenant, question, *named, before=before)
            if (each := await self.answer_each(tenant, question)) is not None:
                return each
        bare = core(question)
        if above is None and (parts := asked_apart(bare)):
            leans = [before, *parts]
            ask = partial(self.answer, tenant, product_id=product_id, category=category, kinds=kinds)
            both = [await ask(part, shop_wide=shop_wide, before=leans[n]) for n, part in enumerate(parts)]
            if (joined := one_after_another(both)).known:
                return joined
        generation = await self._about(tenant, product_id)
        question, vector = bare, vector if bare == question else None
        asked = read_question(question, _names(generation, product_id), before)
        if asked.shape is Shape.OVERVIEW:
            described = _description(generation, product_id)
            if described:
                return quote_passages(described)
        return await self._answer(generation, asked, where, vector, before, above)

    async def _answer(
        self,
        generation: Generation,
        asked: Question,
        where: Filter = EVERYTHING,
        vector: Vector | None = None,
        before: str | None = None,
        above: float | None = None,
    ) -> GroundedAnswer:
        hits, meant = await self._search(generation, asked.text, vector, LOOKED_AT, where, before=before)
        within, follows = where.product_id is not None, before is not None
        draft = Draft.of(asked, hits, generation.lexicon, within=within, follows=follows, above=above)
        return answer(draft, await self._meanings.alike(draft.unsure, meant, generation.lines))

    async def _about(self, tenant: str, product_id: str | None) -> Generation:
        """The shop's index, with the data sheet of the product in it."""
        return await self._sheets.about(tenant, product_id, await self._index.generation(tenant))

    async def answer_about(
        self, tenant: str, question: str, product_id: str, *, before: str | None = None
    ) -> GroundedAnswer:
        """From the product's own pages, else from what holds for the whole shop: never from another product's."""
        names = (await self._index.generation(tenant)).names
        if len(names.read(question).products) > 1 and (each := await self.answer_each(tenant, question)) is not None:
            return each
        if before and asks_anew(question) and any(named.product == product_id for named in names.find(before)):
            before = None  # what was named is known, and what was asked of it is answered
        own = await self.answer(tenant, question, product_id=product_id, before=before)
        asked = read_question(core(question), _names(await self._index.generation(tenant), product_id), before)
        if asked.of_itself:
            return own
        needed = own.confidence + MARGIN if own.known else 0.0
        shop = await self.answer(tenant, question, shop_wide=True, before=before, above=needed)
        return shop if shop.known else own

    async def answer_each(self, tenant: str, question: str) -> GroundedAnswer | None:
        """One answer for each of the products that are named side by side, or that a part of their names may mean;
        None where the question is about one or none, or holds them against each other.
        """
        generation = await self._index.generation(tenant)
        said = list(generation.names.find(question))
        asked = asked_of_each(question, said)
        named = {naming.product: question[naming.start : naming.end] for naming in said}
        if not said:
            alike, part = generation.names.alike(question)
            named = {product: generation.title_of(product, name) for product, name in alike.items()}
            asked = {product: question.replace(part, name, 1) for product, name in named.items()}
        if not asked:
            return None
        answers = {named[p]: await self.answer(tenant, text, product_id=p) for p, text in asked.items()}
        if not said and not any(answer.known for answer in answers.values()):
            return None
        return together(answers)

    async def _search(
        self,
        generation: Generation,
        query: str,
        vector: Vector | None,
        k: int,
        where: Filter,
        *,
        before: str | None = None,
        by_document: bool = False,
    ) -> tuple[tuple[Hit, ...], Vector]:
        """The hits, and the vector of what was searched for."""
        if not generation.passages:
            return (), np.zeros(self._embedder.width, dtype=np.float32)
        said = generation.names.read(query)
        words = searched(said.bare, action_of(said.bare))
        if vector is None or said.bare != query:
            vector = await self._vector(said.bare)
        wider = generation.names.read(f"{before} {query}").bare if before else None
        if wider:
            vector = _between(vector, await self._vector(wider))
        with step("search", "passages", query=query[:_SHOWN_CHARACTERS]) as taken:
            find = partial(search, named=said.products, wider=wider, by_document=by_document)
            if len(generation.passages) <= INLINE_UP_TO:
                hits = find(generation, words, vector, k, where)
            else:
                hits = await asyncio.to_thread(find, generation, words, vector, k, where)
            taken.detail["passages"] = [_shown(hit) for hit in hits[:_SHOWN_PASSAGES]]
        return hits, vector

    async def _vector(self, query: str) -> Vector:
        """While the embedder is away words alone find, with lower scores, too low for an answer."""
        try:
            return await self._embedder.aembed_one(query)
        except EngineUnavailable as away:
            log.warning("searched_by_words_alone", reason=away.detail)
            return np.zeros(self._embedder.width, dtype=np.float32)

    async def product_id(self, tenant: str, name_or_id: str) -> str | None:
        """The product that documents were loaded for under this id or name, or None."""
        names = (await self._index.generation(tenant)).product_names
        return names.get(name_or_id.strip().casefold())

    async def product_named(self, tenant: str, texts: Sequence[str]) -> str | None:
        """The product name that the last of these texts to name one says last, as it says it; None when none does."""
        names = (await self._index.generation(tenant)).names
        said = ((text, found) for text in reversed(texts) if (found := list(names.find(text))))
        return next((text[found[-1].start : found[-1].end] for text, found in said), None)

    async def product_meant(self, tenant: str, texts: Sequence[str]) -> str | None:
        """The id of the product that the last of these texts to name one names last."""
        names = (await self._index.generation(tenant)).names
        said = (found for text in reversed(texts) if (found := list(names.find(text))))
        return next((found[-1].product for found in said), None)

    async def passages(self, tenant: str, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order, for the page that opens a citation. Raises NotFound."""
        product_id = document_id.removeprefix(ID_PREFIX) if document_id.startswith(ID_PREFIX) else None
        generation = await self._about(tenant, product_id)
        rows = generation.by_document.get(document_id)
        if not rows:
            raise NotFound(f"There is no document {document_id}.")
        return tuple(generation.passages[row] for row in rows)


def _between(one: Vector, other: Vector) -> Vector:
    middle = one + other
    return middle / max(float(np.linalg.norm(middle)), 1e-6)


def _shown(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    named = {"id": passage.id, "document_id": passage.document_id, "title": passage.title, "section": passage.section}
    return named | {"score": round(hit.score, 3)}


def _description(generation: Generation, product_id: str | None) -> tuple[Hit, ...]:
    """What the catalogue says of a product as a whole."""
    rows = generation.by_document.get(f"{ID_PREFIX}{product_id}", ())
    found = [generation.passages[row] for row in rows if generation.passages[row].section == DESCRIPTION]
    return tuple(Hit(passage, 1.0, 1.0) for passage in found[:1])


def _names(generation: Generation, product_id: str | None) -> tuple[str, ...]:
    """The names a product goes by."""
    if product_id is None:
        return ()
    return tuple(name for name, known in generation.product_names.items() if known == product_id)

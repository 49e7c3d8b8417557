"""Our search beside LlamaIndex's and LangChain's FAISS retrievers: same passages, same embedder, same machine.

Ours searches two indexes and fuses them. Theirs get each passage under its title, as ours are indexed.
"""

import asyncio
import csv
import importlib
import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.cli.bench import server
from backend.cli.bench.figures import Report, Spread, titled
from backend.rag.documents import LoadedDocument
from backend.rag.embedder import BATCH, Embedder
from backend.rag.headings import titled_text
from backend.rag.knowledge import Knowledge
from backend.rag.sources import read_json_lines
from backend.store.database import Database

BEST, CALLERS, ROUNDS, SECONDS = 5, 32, 4, 2.0
#: What to install for the comparison; without it ours is measured alone.
EXTRAS = ("llama-index-core", "llama-index-vector-stores-faiss", "langchain-community")
MISSING = f"{{}} is not installed: pip install {' '.join(EXTRAS)} measures it beside ours."
CORPUS = "retrieval_epqa"

#: Finds the ids of the best documents; the awaitable one and the one for threads.
Find = Callable[[str], Sequence[str]]
AsyncFind = Callable[[str], Awaitable[Sequence[str]]]


@dataclass(frozen=True)
class Contender:
    """A retriever; `find` is None where only the awaitable way is offered."""

    afind: AsyncFind
    find: Find | None = None


@dataclass(frozen=True)
class Asked:
    """A question with the documents that answer it."""

    text: str
    right: frozenset[str]


def measure(scratch: Path, public: Path, fresh: Callable[[], Embedder]) -> Report:
    """hit@5, milliseconds of one caller and searches a second of many. `fresh` gives an embedder with no memory."""
    return asyncio.run(_measure(scratch, public / "dev", fresh))


async def _measure(scratch: Path, dev: Path, fresh: Callable[[], Embedder]) -> Report:
    asked, documents = read(dev)
    database = await Database.open(f"sqlite+aiosqlite:///{scratch}/retrieval.db")
    table = titled(
        f"Search of {len(documents):,} passages, embedding included", "retriever", "hit@5", "ms, 1 caller", "/s at 32"
    )
    figures: dict[str, Any] = {"questions": len(asked), "passages": len(documents)}
    try:
        ours = Knowledge(database, fresh(), scratch / "retrieval")
        await _load(database, ours, documents)
        texts = {p.document_id: titled_text(p) for d in documents for p in await ours.passages(CORPUS, d.document.id)}
        builders: dict[str, Callable[[], Contender]] = {
            "ours": lambda: Contender(_ours(ours)),
            "LlamaIndex": lambda: _llama_index(texts, fresh()),
            "LangChain": lambda: _langchain(texts, fresh()),
        }
        contenders: dict[str, Contender] = {}
        for name, build in builders.items():
            try:
                contenders[name] = build()
            except ImportError:
                table.caption = MISSING.format(name)
        for name, found in (await _judged(contenders, asked)).items():
            figures[name] = found
            table.add_row(name, f"{found['hit']:.3f}", found["ms"], f"{found['rate']:.0f}")
    finally:
        await database.close()
    return Report(table, figures)


def read(dev: Path) -> tuple[list[Asked], list[LoadedDocument]]:
    """Questions and passages of the public corpus. Raises Failed when it is not there."""
    corpus = dev / f"{CORPUS}.corpus.jsonl"
    if not corpus.exists():
        raise server.Failed(f"the corpus is not in {dev}: name the folder that holds dev/ by DATA=path")
    rows = read_json_lines(corpus.read_text("utf-8").splitlines())
    right: dict[str, set[str]] = {}
    with (dev / f"{CORPUS}.qrels.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                right.setdefault(row["query_id"], set()).add(row["doc_id"])
    queries = map(json.loads, (dev / f"{CORPUS}.queries.jsonl").read_text("utf-8").splitlines())
    asked = [Asked(q["text"], frozenset(right[q["id"]])) for q in queries if q["id"] in right]
    return asked, [row for row in rows if isinstance(row, LoadedDocument)]


async def _load(database: Database, knowledge: Knowledge, documents: Sequence[LoadedDocument]) -> None:
    async with database.records(CORPUS, write=True) as records:
        await records.tenants.ensure(CORPUS)
    await knowledge.put(CORPUS, documents)


async def _judged(contenders: Mapping[str, Contender], asked: Sequence[Asked]) -> dict[str, dict[str, Any]]:
    """In turns, so that whatever else runs on the machine disturbs all alike."""
    names = list(contenders)
    times: dict[str, list[float]] = {name: [] for name in names}
    hits, rates = dict.fromkeys(names, 0), {name: [0.0, 0.0] for name in names}
    for name in names:
        await contenders[name].afind("warm up")
    for number, question in enumerate(asked):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            begun = time.perf_counter()
            found = await contenders[name].afind(question.text)
            times[name].append(time.perf_counter() - begun)
            hits[name] += not question.right.isdisjoint(found)
    for _ in range(ROUNDS):
        for name, contender in contenders.items():
            rates[name][0] += await _rate(contender.afind, asked) / ROUNDS
            if contender.find is not None:
                rates[name][1] += await asyncio.to_thread(_threaded_rate, contender.find, asked) / ROUNDS
    spreads = {name: Spread.of(times[name]) for name in names}
    return {  # of two ways to call it the better counts
        name: {
            "hit": round(hits[name] / len(asked), 4),
            "ms": str(spreads[name]),
            "median_ms": spreads[name].median,
            "rate": round(max(rates[name]), 1),
        }
        for name in names
    }


def _question(asked: Sequence[Asked], caller: int, done: int) -> str:
    """Every caller asks all questions, each in words of its own: none is answered from a memory."""
    return f"{asked[(caller * 7 + done) % len(asked)].text} {caller}.{done}"


async def _rate(find: AsyncFind, asked: Sequence[Asked]) -> float:
    """Searches a second, 32 callers in one event loop."""
    until = time.perf_counter() + SECONDS

    async def call(caller: int) -> int:
        done = 0
        while time.perf_counter() < until:
            await find(_question(asked, caller, done))
            done += 1
        return done

    begun = time.perf_counter()
    counts = await asyncio.gather(*(call(caller) for caller in range(CALLERS)))
    return sum(counts) / (time.perf_counter() - begun)


def _threaded_rate(find: Find, asked: Sequence[Asked]) -> float:
    """The same with 32 threads."""
    until = time.perf_counter() + SECONDS

    def call(caller: int) -> int:
        done = 0
        while time.perf_counter() < until:
            find(_question(asked, caller, done))
            done += 1
        return done

    begun = time.perf_counter()
    with ThreadPoolExecutor(CALLERS) as pool:
        counts = list(pool.map(call, range(CALLERS)))
    return sum(counts) / (time.perf_counter() - begun)


def _ours(knowledge: Knowledge) -> AsyncFind:
    async def find(question: str) -> Sequence[str]:
        found = await knowledge.search(CORPUS, question, k=BEST, by_document=True)
        return [hit.passage.document_id for hit in found]

    return find


def _llama_index(texts: Mapping[str, str], embedder: Embedder) -> Contender:
    core, schema = _module("llama_index.core"), _module("llama_index.core.schema")
    stores, faiss = _module("llama_index.vector_stores.faiss"), _module("faiss")
    base: Any = _module("llama_index.core.base.embeddings.base").BaseEmbedding

    class Embedding(base):  # type: ignore[misc]
        def _get_query_embedding(self, query: str) -> list[float]:
            found: list[float] = embedder.embed([query])[0].tolist()
            return found

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return await asyncio.to_thread(self._get_query_embedding, query)

        _get_text_embedding = _get_query_embedding

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            found: list[list[float]] = embedder.embed(texts).tolist()
            return found

    nodes = [schema.TextNode(id_=name, text=text) for name, text in texts.items()]
    storage = core.StorageContext.from_defaults(
        vector_store=stores.FaissVectorStore(faiss_index=faiss.IndexFlatIP(embedder.width))
    )
    made = core.VectorStoreIndex(nodes, storage_context=storage, embed_model=Embedding(embed_batch_size=BATCH))
    retriever = made.as_retriever(similarity_top_k=BEST)

    async def afind(question: str) -> Sequence[str]:
        return [hit.node.node_id for hit in await retriever.aretrieve(question)]

    return Contender(afind, lambda question: [hit.node.node_id for hit in retriever.retrieve(question)])


def _langchain(texts: Mapping[str, str], embedder: Embedder) -> Contender:
    base: Any = _module("langchain_core.embeddings").Embeddings
    stores = _module("langchain_community.vectorstores")

    class Embedding(base):  # type: ignore[misc]
        def embed_query(self, text: str) -> list[float]:
            found: list[float] = embedder.embed([text])[0].tolist()
            return found

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            found: list[list[float]] = embedder.embed(texts).tolist()
            return found

    metadatas = [{"id": name} for name in texts]
    store = stores.FAISS.from_texts(list(texts.values()), Embedding(), metadatas=metadatas)
    retriever = store.as_retriever(search_kwargs={"k": BEST})

    async def afind(question: str) -> Sequence[str]:
        return [hit.metadata["id"] for hit in await retriever.ainvoke(question)]

    return Contender(afind, lambda question: [hit.metadata["id"] for hit in retriever.invoke(question)])


def _module(name: str) -> Any:
    return importlib.import_module(name)

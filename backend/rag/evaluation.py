"""Measures retrieval, refusal and citations on corpora in JSON lines, through the same doors as the API."""

import csv
import json
import re
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.domain.knowledge import GroundedAnswer
from backend.rag.documents import LoadedDocument
from backend.rag.embedder import Embedder
from backend.rag.grounding import check_grounding, numbers
from backend.rag.knowledge import Knowledge
from backend.rag.sources import read_json_lines
from backend.store.database import Database


@dataclass(frozen=True)
class Row:
    """One line of the table; `floor` is what must be reached, None where nothing is promised."""

    name: str
    value: float
    floor: float | None = None
    count: int = 0

    @property
    def passed(self) -> bool:
        return self.floor is None or self.value >= self.floor


async def evaluate(data: Path, embedder: Embedder) -> list[Row]:
    """Every row, on stores of their own in a scratch folder. `data` holds retrieval_* and refusal_queries."""
    with tempfile.TemporaryDirectory() as scratch:
        database = await Database.open(f"sqlite+aiosqlite:///{scratch}/records.db")
        try:
            knowledge = Knowledge(database, embedder, Path(scratch) / "vectors")
            rows = await _load(knowledge, database, data, embedder)
            rows += await _retrieval(knowledge, data)
            rows += await _refusals(knowledge, data)
            return rows + await _citations(knowledge, data)
        finally:
            await database.close()


async def _load(knowledge: Knowledge, database: Database, data: Path, embedder: Embedder) -> list[Row]:
    rows = []
    for name in ("epqa", "stackfaq"):
        lines = (data / f"retrieval_{name}.corpus.jsonl").read_text("utf-8").splitlines()
        documents = [d for d in read_json_lines(lines) if isinstance(d, LoadedDocument)]
        async with database.records(name, write=True) as records:
            await records.tenants.ensure(name)
        started = time.perf_counter()
        await knowledge.put(name, documents)
        took = time.perf_counter() - started
        texts = [p.text for d in documents for p in await knowledge.passages(name, d.document.id)]
        sample = texts[:: max(1, len(texts) // 600)]
        started = time.perf_counter()
        embedder.embed(sample)
        bare = len(sample) / (time.perf_counter() - started)
        rows.append(Row(f"load {name}: passages against the bare embedder", len(texts) / took / bare, 0.7, len(texts)))
    return rows


async def _retrieval(knowledge: Knowledge, data: Path) -> list[Row]:
    epqa = await _hit_at_5(knowledge, data, "epqa", known=False)
    known = await _hit_at_5(knowledge, data, "epqa", known=True)
    faq = await _hit_at_5(knowledge, data, "stackfaq", known=False)
    return [
        Row("epqa hit@5", *_mean(epqa, 0.82)),
        Row("epqa hit@5, product known", *_mean(known, 0.97)),
        Row("stackfaq hit@5", *_mean(faq, 0.99)),
    ]


async def _hit_at_5(knowledge: Knowledge, data: Path, name: str, *, known: bool) -> list[bool]:
    relevant = _relevant(data / f"retrieval_{name}.qrels.tsv")
    hits = []
    for query in _rows(data / f"retrieval_{name}.queries.jsonl"):
        if query["id"] not in relevant:
            continue
        product = query["product"] if known else None
        found = await knowledge.search(name, query["text"], k=5, product_id=product, by_document=True)
        hits.append(any(hit.passage.document_id in relevant[query["id"]] for hit in found))
    return hits


async def _refusals(knowledge: Knowledge, data: Path) -> list[Row]:
    """Foreign questions against both corpora."""
    refused = {"off_topic": [False][:0], "near_domain": [False][:0]}
    for query in _rows(data / "refusal_queries.jsonl"):
        if query["kind"] in refused:
            for name in ("epqa", "stackfaq"):
                refused[query["kind"]].append(not (await knowledge.answer(name, query["text"])).known)
    return [Row(f"refused: {kind}", *_mean(found, None)) for kind, found in refused.items()]


async def _citations(knowledge: Knowledge, data: Path) -> list[Row]:
    """Whether each mark resolves to a source, and what is said with it stands in that source's passage."""
    sound, answered = [], []
    for name in ("epqa", "stackfaq"):
        for query in _rows(data / f"retrieval_{name}.queries.jsonl")[:200]:
            answer = await knowledge.answer(name, query["text"], product_id=query.get("product"))
            answered.append(answer.known)
            if answer.known:
                sound.append(await _is_sound(knowledge, name, answer))
    return [Row("answered", *_mean(answered, None)), Row("citations sound", *_mean(sound, 1.0))]


async def _is_sound(knowledge: Knowledge, tenant: str, answer: GroundedAnswer) -> bool:
    for said, mark in re.findall(r"(.+?)\s*\[(\d+)\]", answer.text, re.DOTALL):
        if not 1 <= int(mark) <= len(answer.sources):
            return False
        source = answer.sources[int(mark) - 1]
        passages = await knowledge.passages(tenant, source.id.rsplit(":", 1)[0])
        text = next((f"{p.title} {' '.join(p.path)} {p.text}" for p in passages if p.id == source.id), "")
        statement = re.sub(r"^(?:Yes|No)\. ", "", said.strip())
        if not (numbers(statement) <= numbers(text) and check_grounding(statement, text)):
            return False
    return True


def _relevant(path: Path) -> Mapping[str, set[str]]:
    relevant: dict[str, set[str]] = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                relevant.setdefault(row["query_id"], set()).add(row["doc_id"])
    return relevant


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _mean(found: Sequence[bool], floor: float | None) -> tuple[float, float | None, int]:
    return (sum(found) / len(found) if found else 0.0), floor, len(found)


def table(rows: Sequence[Row]) -> str:
    """The rows as text, a cross before what missed its floor."""
    return "\n".join(
        f"{' ' if row.passed else '✗'} {row.name:52} {row.value:7.3f}"
        f"{'' if row.floor is None else f'  floor {row.floor:.2f}'}  (n={row.count})"
        for row in rows
    )

"""Our own manuals: sections of ten appliances with near-identical siblings, and what people ask about them.

In `manuals/*.md` a `#` line names the product, or two siblings; `{one|other}` is what differs between them and `[2]`
marks a section that only the second has. Under a section `?` is a question that it answers, in the words of somebody
who has not read it, and `&` a conversation whose last question it answers; `!` is a question that no section answers.
"""

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from backend.agents.understanding.evaluation import Score
from backend.agents.understanding.rewriting import rewrite
from backend.domain.intervals import wilson
from backend.rag.documents import LoadedDocument
from backend.rag.embedder import Embedder
from backend.rag.knowledge import Knowledge
from backend.rag.leaning import leans_on
from backend.rag.sources import read_json_lines
from backend.store.database import Database

FOLDER = Path(__file__).parent / "manuals"
_VARIANT = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


@dataclass(frozen=True)
class Asked:
    """A question about a product, what was said before it, and the documents that answer it: none where none does.

    `alike` holds the same sections of the sibling as well, for who does not say which product is meant.
    """

    text: str
    product: str
    history: tuple[str, ...] = ()
    answers: frozenset[str] = frozenset()
    alike: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Manuals:
    documents: tuple[dict[str, str], ...]
    asked: tuple[Asked, ...]


async def scores(embedder: Embedder) -> list[Score]:
    """What is found and said of our manuals, through the same doors as the API."""
    with tempfile.TemporaryDirectory() as scratch:
        database = await Database.open(f"sqlite+aiosqlite:///{scratch}/records.db")
        try:
            async with database.records("manuals", write=True) as records:
                await records.tenants.ensure("Manuals")
            knowledge = Knowledge(database, embedder, Path(scratch) / "vectors")
            rows = read_json_lines(json.dumps(document) for document in read().documents)
            await knowledge.put("manuals", [row for row in rows if isinstance(row, LoadedDocument)])
            return await _scores(knowledge)
        finally:
            await database.close()


async def _scores(knowledge: Knowledge) -> list[Score]:
    single = [one for one in read().asked if one.answers and not one.history]
    return [
        _score("own manuals hit@5", [await _found(knowledge, one.text, None, one.alike) for one in single]),
        _score(
            "own manuals hit@5, product known", [await _found(knowledge, a.text, a.product, a.answers) for a in single]
        ),
        _score(
            "own manuals hit@5, product named", [await _found(knowledge, _naming(a), None, a.answers) for a in single]
        ),
        _score("own manuals: answered", [await _answered(knowledge, one) for one in single]),
        _score(
            "own manuals: unanswered refused", [not await _said(knowledge, a) for a in read().asked if not a.answers]
        ),
        _score("own follow-ups answered", [await _answered(knowledge, one) for one in read().asked if one.history]),
    ]


async def _found(knowledge: Knowledge, text: str, product: str | None, answers: frozenset[str]) -> bool:
    hits = await knowledge.search("manuals", text, k=5, product_id=product, by_document=True)
    return any(hit.passage.document_id in answers for hit in hits)


async def _said(knowledge: Knowledge, asked: Asked) -> frozenset[str]:
    """The documents that an answer cites, the product being known."""
    text, before = rewrite(asked.history, asked.text), leans_on(asked.history, asked.text)
    answer = await knowledge.answer("manuals", text, product_id=asked.product, before=before)
    return frozenset(source.id.rsplit(":", 1)[0] for source in answer.sources)


async def _answered(knowledge: Knowledge, asked: Asked) -> bool:
    return bool(asked.answers & await _said(knowledge, asked))


def _naming(asked: Asked) -> str:
    named = asked.product.casefold() in asked.text.casefold()
    return asked.text if named else f"{asked.text.rstrip('?')} on the {asked.product}?"


def _score(name: str, right: Sequence[bool]) -> Score:
    return Score("local", name, len(right), sum(right) / len(right), *wilson(sum(right), len(right)))


@lru_cache(maxsize=1)
def read() -> Manuals:
    """Every section as a document {id, title, text, product}, and every question."""
    documents: list[dict[str, str]] = []
    asked: list[Asked] = []
    for path in sorted(FOLDER.glob("*.md")):
        for manual in re.split(r"^# ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            head, _, body = manual.partition("\n")
            sections = re.split(r"^## ", body, flags=re.MULTILINE)[1:]
            names = head.split(" | ")
            for number, section in enumerate(sections, start=1):
                documents += _documents(section, number, names)
                asked += _asked(section, number, names)
    return Manuals(tuple(documents), tuple(asked))


def _documents(section: str, number: int, names: list[str]) -> Iterator[dict[str, str]]:
    title, _, body = section.partition("\n")
    text = "\n".join(line for line in body.splitlines() if line[:2] not in ("? ", "& ", "! ")).strip()
    for place, product in _having(title, names):
        said = _VARIANT.sub(lambda match: match[place + 1].strip(), text)  # noqa: B023 - used at once
        yield {"id": _id(product, number), "title": title.removeprefix("[2] "), "text": said, "product": product}


def _asked(section: str, number: int, names: list[str]) -> Iterator[Asked]:
    title, _, body = section.partition("\n")
    having = [product for _, product in _having(title, names)]
    product = having[number % len(having)]
    own, alike = frozenset({_id(product, number)}), frozenset(_id(name, number) for name in having)
    for line in body.splitlines():
        if line.startswith("? "):
            yield Asked(line[2:], product, (), own, alike)
        elif line.startswith("& "):
            *history, last = (part.strip() for part in line[2:].split(" | "))
            yield Asked(last, product, tuple(history), own, alike)
        elif line.startswith("! "):
            yield Asked(line[2:], product)


def _having(title: str, names: list[str]) -> list[tuple[int, str]]:
    """The products with this section, each with its place among its siblings."""
    return [(place, name) for place, name in enumerate(names) if place == 1 or not title.startswith("[2]")]


def _id(product: str, number: int) -> str:
    return f"{product.lower().replace(' ', '-')}-{number}"

"""Our own manuals, product pages and policies, each put in as one file, and what an answer must and must not say.

In `answers/*.md` a `#` line names the document; one with a figure in its name is about a product, and one that ends in
`.html`, `.txt` or `.csv` is a file of that kind, which begins below the line. Under a section `?` is a question with
`+` words that the answer has to hold and `-` words that tell that a wrong sentence was quoted; `&` is the same with the
conversation before it, its parts parted by ` / `; `!` is a question that nothing answers.
"""

import re
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from backend.agents.understanding.evaluation import Score
from backend.agents.understanding.rewriting import rewrite
from backend.domain.intervals import wilson
from backend.rag.documents import LoadedDocument, load_file
from backend.rag.embedder import Embedder
from backend.rag.knowledge import Knowledge
from backend.rag.leaning import leans_on
from backend.store.database import Database

FOLDER = Path(__file__).parent / "answers"
#: Lines of a file that are no part of its documents.
_ASKED = ("? ", "& ", "! ")


@dataclass(frozen=True)
class Asked:
    """A question, what was said before it, and what an answer has to say: nothing where nothing answers it."""

    text: str
    history: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()

    def fault(self, answer: str) -> str | None:
        """What is wrong with an answer, empty where refused; None where nothing is."""
        said = " ".join(answer.split()).casefold()
        if not self.must:
            return "should have refused" if said else None
        if not said:
            return "wrongly refused"
        lacking = [part for part in self.must if part.casefold() not in said]
        foreign = [part for part in self.must_not if part.casefold() in said]
        return f"lacks {lacking}" if lacking else f"says {foreign}" if foreign else None


async def scores(embedder: Embedder) -> list[Score]:
    """Of each file: questions answered with the right sentence and no wrong one, and questions rightly refused."""
    found = []
    for name in sorted(path.stem for path in FOLDER.glob("*.md")):
        judged = [(asked, asked.fault(said)) async for asked, said in answered(name, embedder)]
        for check, rows in (
            ("right sentence", [fault is None for asked, fault in judged if asked.must]),
            ("unanswerable refused", [fault is None for asked, fault in judged if not asked.must]),
        ):
            if rows:
                share = sum(rows) / len(rows)
                found.append(
                    Score("local", f"answers ({name}): {check}", len(rows), share, *wilson(sum(rows), len(rows)))
                )
    return found


async def answered(name: str, embedder: Embedder) -> AsyncIterator[tuple[Asked, str]]:
    """Every question of a file with what is answered, through the same doors as the API."""
    with tempfile.TemporaryDirectory() as scratch:
        database = await Database.open(f"sqlite+aiosqlite:///{scratch}/records.db")
        try:
            async with database.records("answers", write=True) as records:
                await records.tenants.ensure("Answers")
            knowledge = Knowledge(database, embedder, Path(scratch) / "vectors")
            await knowledge.put("answers", loaded(name))
            for asked in read(name)[1]:
                yield asked, await _said(knowledge, asked)
        finally:
            await database.close()


def loaded(name: str) -> list[LoadedDocument]:
    """The documents of a file as they are put in."""
    return [load_file(file, text.encode(), _stated(Path(file).stem)) for file, text in read(name)[0]]


async def _said(knowledge: Knowledge, asked: Asked) -> str:
    text, before = rewrite(asked.history, asked.text), leans_on(asked.history, asked.text)
    meant = await knowledge.product_meant("answers", [*asked.history, text])
    if meant is None:
        return (await knowledge.answer("answers", text, before=before)).text
    return (await knowledge.answer_about("answers", text, meant, before=before)).text


def _stated(title: str) -> dict[str, str]:
    if not re.search(r"\d|Duo", title):
        return {"title": title, "kind": "policy"}
    return {"title": title, "product": title.lower().replace(" ", "-"), "product_name": title}


@lru_cache(maxsize=4)
def read(name: str) -> tuple[tuple[tuple[str, str], ...], tuple[Asked, ...]]:
    """The documents of a file, their names and text, and its questions."""
    documents: list[tuple[str, str]] = []
    asked: list[Asked] = []
    for part in re.split(r"^# ", (FOLDER / f"{name}.md").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, *lines = part.splitlines()
        text = "\n".join(line for line in lines if line[:2] not in _ASKED)
        plain = title.endswith((".html", ".txt", ".csv"))
        documents.append((title, text) if plain else (f"{title}.md", f"# {title}\n{text}"))
        asked += [_read(line) for line in lines if line[:2] in _ASKED]
    return tuple(documents), tuple(asked)


def _read(line: str) -> Asked:
    text, *marks = (part.strip() for part in line[2:].split(" | "))
    *history, last = text.split(" / ") if line.startswith("& ") else [text]
    must = tuple(mark[1:] for mark in marks if mark.startswith("+"))
    return Asked(last, tuple(history), must, tuple(mark[1:] for mark in marks if mark.startswith("-")))

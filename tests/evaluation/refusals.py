"""Questions that a product's own page does not answer: right against false refusals, ours beside similarity alone.

Three kinds, made of public product questions at measuring time: those that really have no answer on their page,
answered ones with the graded snippets taken away (and as many others on the other side, so that the size of a page
tells nothing), and answered ones put to the product of the most similar title.
"""

import csv
import json
import random
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.agents.understanding.evaluation import Score
from backend.domain.intervals import wilson
from backend.domain.knowledge import Passage
from backend.rag.answerable import LOOKED_AT
from backend.rag.answerable import judge as judged
from backend.rag.documents import LoadedDocument
from backend.rag.embedded import Embedded, shares
from backend.rag.embedder import Embedder
from backend.rag.generation import Generation, Manifest
from backend.rag.headings import headline
from backend.rag.question import read_question
from backend.rag.search import Filter, Hit, search
from backend.rag.sources import read_json_lines
from backend.rag.splitting import split

REAL, REMOVED, OTHER = "no answer on its page", "answer taken away", "put to a similar product"
ALLOWED = (0.02, 0.05, 0.10, 0.20)


@dataclass(frozen=True)
class Case:
    """A question put to a product's page without some of its documents."""

    kind: str
    answered: bool
    question: str
    product: str
    without: frozenset[str] = frozenset()


def scores(data: Path, embedder: Embedder) -> list[Score]:
    """The curve of each kind. `data` holds retrieval_epqa and refusal_queries."""
    found: list[Score] = []
    made, shop = cases(data, embedder), index(rows(data / "retrieval_epqa.corpus.jsonl"), embedder)
    judged = [judge(case, shop, embedder) for case in made]
    for kind in (REAL, REMOVED, OTHER):
        of_kind = [n for n, case in enumerate(made) if case.kind == kind]
        answered = np.array([made[n].answered for n in of_kind])
        for name, at in (("", 0), (", similarity alone", 1)):
            sure = np.array([judged[n][at] for n in of_kind])
            found += [_score(f"{kind}: refused at {a:.0%} false{name}", sure, answered, a) for a in ALLOWED]
    return found


def judge(case: Case, shop: Generation, embedder: Embedder) -> tuple[float, float]:
    """The chance that we see, and the best similarity."""
    question, hits = found(case, shop, embedder)
    asked = read_question(question, (hits[0].passage.title, case.product))
    return judged(asked, hits, shop.lexicon, within=True).chance, max(hit.alike for hit in hits)


def found(case: Case, shop: Generation, embedder: Embedder) -> tuple[str, Sequence[Hit]]:
    """The passages that its product's page has for the question, best first."""
    where = Filter.of(case.product, None, None)
    hits = search(shop, case.question, embedder.embed_one(case.question), 40, where)
    return case.question, [hit for hit in hits if hit.passage.document_id not in case.without][:LOOKED_AT]


def caught(sure: NDArray[np.float64], answered: NDArray[np.bool_], allowed: float) -> float:
    """The share of unanswered questions below the score that refuses `allowed` of the answered ones."""
    right = np.sort(sure[answered])
    return float((sure[~answered] < right[int(allowed * len(right))]).mean())


def pair(
    kind: str, question: str, product: str, answers: Collection[str], page: Sequence[str], chosen: random.Random
) -> list[Case]:
    """The question with its answers, and without them."""
    others = [document for document in page if document not in answers]
    dropped = chosen.sample(others, min(len(answers), max(0, len(others) - 1)))
    return [
        Case(kind, True, question, product, frozenset(dropped)),
        Case(kind, False, question, product, frozenset(answers)),
    ]


def cases(data: Path, embedder: Embedder) -> list[Case]:
    """All three kinds."""
    corpus, queries = rows(data / "retrieval_epqa.corpus.jsonl"), rows(data / "retrieval_epqa.queries.jsonl")
    graded, pages, chosen = _graded(data), defaultdict(list), random.Random(1)
    for row in corpus:
        pages[row["product"]].append(row["id"])
    made = [Case(REAL, q["answerable"], q["text"], q["product"]) for q in queries] + _refused(data, corpus, queries)
    nearest = _nearest({row["product"]: row["title"] for row in corpus}, embedder)
    for query in (q for q in queries if q["answerable"]):
        text, product = query["text"], query["product"]
        made += pair(REMOVED, text, product, graded[query["id"]], pages[product], chosen)
        made += [Case(OTHER, True, text, product), Case(OTHER, False, text, nearest[product])]
    return made


def index(documents: Sequence[dict[str, Any]], embedder: Embedder) -> Generation:
    """Documents as a shop's index."""
    return indexed([d for d in read_json_lines(map(json.dumps, documents)) if isinstance(d, LoadedDocument)], embedder)


def indexed(loaded: Sequence[LoadedDocument], embedder: Embedder) -> Generation:
    """The same of loaded ones."""
    passages = [p for d in loaded for p in split(d.document, d.read())]
    names = {d.document.product_name.casefold(): d.document.id for d in loaded if d.document.product_name}
    manifest = Manifest(model=embedder.name, width=embedder.width, product_names=names)
    return Generation.build(manifest, passages, _embed(embedder, passages))


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file in JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _score(name: str, sure: NDArray[np.float64], answered: NDArray[np.bool_], allowed: float) -> Score:
    share, count = caught(sure, answered, allowed), int((~answered).sum())
    return Score("local", name, count, share, *wilson(round(share * count), count))


def _graded(data: Path) -> dict[str, set[str]]:
    graded: dict[str, set[str]] = defaultdict(set)
    with (data / "retrieval_epqa.qrels.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                graded[row["query_id"]].add(row["doc_id"])
    return graded


def _refused(data: Path, corpus: list[dict[str, Any]], queries: list[dict[str, Any]]) -> list[Case]:
    products = {row["title"]: row["product"] for row in corpus}
    known = {query["id"] for query in queries}
    return [
        Case(REAL, False, row["text"], products[row["product_title"]])
        for row in rows(data / "refusal_queries.jsonl")
        if row["kind"].startswith("unanswerable") and row["query_id"] not in known
        if row["product_title"] in products
    ]


def _nearest(titles: dict[str, str], embedder: Embedder) -> dict[str, str]:
    vectors = embedder.embed(list(titles.values()))
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    products = list(titles)
    return {product: products[int(alike[at].argmax())] for at, product in enumerate(products)}


def _embed(embedder: Embedder, passages: Sequence[Passage]) -> Embedded:
    texts = tuple(dict.fromkeys(t for p in passages for t in (p.text, headline(p))))
    place = {text: at for at, text in enumerate(texts)}
    text_at = np.array([place[p.text] for p in passages], dtype=np.int32)
    title_at = np.array([place[headline(p)] for p in passages], dtype=np.int32)
    return Embedded(embedder.embed(texts), texts, text_at, title_at, shares(passages))

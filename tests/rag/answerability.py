"""Fits and judges the chance that a product's own pages answer a question. Run it: python -m tests.rag.answerability

Specifications and manual sections: our own questions about the demo shop's goods, judged on matters that the fit has
not seen. Snippets of product pages:
pairs of one question with and without an answer are made from public product questions: the graded snippets taken
away (and as many ungraded ones on the other side, so that the size of a page tells nothing), the question put to the
most similar other product, and the questions that shoppers answered each other, with and without those answers.
Every figure is of products that the fit has not seen; the fit of the file is on all of them.
"""

import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from backend.domain.knowledge import Passage
from backend.rag.answerable import LOOKED_AT, WEIGHTS, product_features, snippet_features
from backend.rag.documents import LoadedDocument, read_sections
from backend.rag.embedder import Embedder, OnnxEmbedder
from backend.rag.folders import TenantFolder
from backend.rag.generation import Embedded, Generation, Manifest, headline, shares
from backend.rag.products import ID_PREFIX
from backend.rag.question import read_question
from backend.rag.search import Filter, Hit, search
from backend.rag.sources import read_json_lines
from backend.rag.splitting import split
from backend.settings import ROOT
from tests.rag.own_questions import MATTERS
from tests.shop import PREPARED

DATA = ROOT.parent / "shared" / "data" / "dev"
KINDS = ("real", "removed", "other product", "shoppers")
FITTED_ON = ("removed", "other product", "shoppers")
ALLOWED = (0.05, 0.10, 0.20)
THRESHOLDS = (0.3, 0.36, 0.42, 0.5)
#: Share of our own questions that say "it" for the product's name.
PRONOUNS = 0.3
ASKED = re.compile(r"\s*Question:\s*(.*)$", re.DOTALL)


@dataclass(frozen=True)
class Case:
    """A question put to a product's pages without some of its documents."""

    kind: str
    answered: bool
    question: str
    product: str
    without: frozenset[str] = frozenset()
    #: whether shoppers' questions are cut off their answers
    bare: bool = False


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines() if line.strip()]


def cases() -> list[Case]:
    """Every stand-in, and the questions that really have no answer."""
    corpus, queries = rows("retrieval_epqa.corpus.jsonl"), rows("retrieval_epqa.queries.jsonl")
    pages: dict[str, list[str]] = defaultdict(list)
    for row in corpus:
        pages[row["product"]].append(row["id"])
    graded = _graded()
    chance = random.Random(1)
    made = [Case("real", q["answerable"], q["text"], q["product"]) for q in queries] + _refused(corpus, queries)
    for query in (q for q in queries if q["answerable"]):
        made += _pair("removed", query["text"], query["product"], graded[query["id"]], pages, chance)
    for (product, question), answers in _asked_by_shoppers(corpus).items():
        made += _pair("shoppers", question, product, answers, pages, chance, bare=True)
    return made


def _pair(
    kind: str,
    question: str,
    product: str,
    answers: Collection[str],
    pages: dict[str, list[str]],
    chance: random.Random,
    *,
    bare: bool = False,
) -> list[Case]:
    others = [page for page in pages[product] if page not in answers]
    dropped = chance.sample(others, min(len(answers), max(0, len(others) - 1)))
    return [
        Case(kind, True, question, product, frozenset(dropped), bare),
        Case(kind, False, question, product, frozenset(answers), bare),
    ]


def _graded() -> dict[str, set[str]]:
    graded: dict[str, set[str]] = defaultdict(set)
    with (DATA / "retrieval_epqa.qrels.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                graded[row["query_id"]].add(row["doc_id"])
    return graded


def _refused(corpus: list[dict[str, Any]], queries: list[dict[str, Any]]) -> list[Case]:
    products = {row["title"]: row["product"] for row in corpus}
    known = {query["id"] for query in queries}
    return [
        Case("real", False, row["text"], products[row["product_title"]])
        for row in rows("refusal_queries.jsonl")
        if row["kind"].startswith("unanswerable") and row["query_id"] not in known
    ]


def _asked_by_shoppers(corpus: list[dict[str, Any]]) -> dict[tuple[str, str], set[str]]:
    asked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in corpus:
        found = ASKED.search(row["text"]) if row["source_type"] == "cqa" else None
        if found and 3 <= len(found[1].split()) <= 30:
            asked[row["product"], found[1].strip()].add(row["id"])
    return asked


def index(embedder: Embedder, *, bare: bool) -> Generation:
    """The corpus as a shop's index."""
    texts = rows("retrieval_epqa.corpus.jsonl")
    if bare:
        texts = [{**row, "text": ASKED.sub("", row["text"]) or row["text"]} for row in texts]
    loaded = [d for d in read_json_lines(map(json.dumps, texts)) if isinstance(d, LoadedDocument)]
    passages = [p for d in loaded for p in split(d.document, read_sections(d.content, d.media_type))]
    return Generation.build(Manifest(model=embedder.name, width=embedder.width), passages, embed(embedder, passages))


def embed(embedder: Embedder, passages: Sequence[Passage]) -> Embedded:
    texts = tuple(dict.fromkeys(t for p in passages for t in (p.text, headline(p))))
    place = {text: at for at, text in enumerate(texts)}
    text_at = np.array([place[p.text] for p in passages], dtype=np.int32)
    title_at = np.array([place[headline(p)] for p in passages], dtype=np.int32)
    return Embedded(embedder.embed(texts), texts, text_at, title_at, shares(passages))


def with_other_products(made: list[Case], embedder: Embedder) -> list[Case]:
    """Each answered question also put to the product of the most similar title."""
    titles = {row["product"]: row["title"] for row in rows("retrieval_epqa.corpus.jsonl")}
    vectors = embedder.embed(list(titles.values()))
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    products = list(titles)
    nearest = {product: products[int(alike[at].argmax())] for at, product in enumerate(products)}
    real = [case for case in made if case.kind == "real" and case.answered]
    put = [Case("other product", False, case.question, nearest[case.product]) for case in real]
    return [*made, *(Case("other product", True, case.question, case.product) for case in real), *put]


def measured(case: Case, generation: Generation, embedder: Embedder) -> tuple[list[float], float]:
    """The features of a case, and the similarity alone."""
    where = Filter.of(case.product, None, None)
    hits: Sequence[Hit] = search(generation, case.question, embedder.embed_one(case.question), 40, where)
    hits = [hit for hit in hits if hit.passage.document_id not in case.without][:LOOKED_AT]
    names = (hits[0].passage.title,)
    features = snippet_features(read_question(case.question, names), hits)
    return list(features.values()), max(hit.alike for hit in hits)


def caught(scores: NDArray[np.float64], answered: NDArray[np.bool_], allowed: float) -> float:
    """The share of unanswered questions below the score that refuses `allowed` of the answered ones."""
    right = np.sort(scores[answered])
    return float((scores[~answered] < right[int(allowed * len(right))]).mean())


def own_cases(embedder: Embedder) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """Features, whether answered, and the matter, of our own questions put to every product of the demo shop."""
    folder = TenantFolder(PREPARED / "vectors", "techpro").current()
    assert folder is not None
    shop = Generation.load(folder, 1)
    pages: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    for passage in shop.passages:
        if passage.product_id:
            pages[passage.product_id].append(f"{' '.join((passage.title, *passage.path))} {passage.text}")
            if passage.document_id.startswith(ID_PREFIX):
                names[passage.product_id] = passage.title
    chance, features, answered, matters = random.Random(2), [], [], []
    for matter, (pattern, questions) in enumerate(MATTERS.items()):
        spoken_of = re.compile(pattern, re.IGNORECASE)
        for product, name in names.items():
            for question in questions:
                text = question.format(it="it" if chance.random() < PRONOUNS else f"the {name}")
                hits = search(shop, text, embedder.embed_one(text), LOOKED_AT, Filter.of(product, None, None))
                seen = product_features(read_question(text, (name, product)), hits, shop.lexicon)
                features.append([*seen.values(), max(hit.alike for hit in hits)])
                answered.append(any(spoken_of.search(page) for page in pages[product]))
                matters.append(matter)
    return np.array(features), np.array(answered), np.array(matters)


def fit_own(embedder: Embedder) -> None:
    features, answered, matters = own_cases(embedder)
    seen, alike = features[:, :-1], features[:, -1]
    weight = np.where(answered, 1 / answered.sum(), 1 / (~answered).sum())
    weight /= weight.mean()
    held_out = np.zeros(len(seen))
    for train, test in GroupKFold(8).split(seen, answered, matters):
        model = LogisticRegression(C=10).fit(seen[train], answered[train], sample_weight=weight[train])
        held_out[test] = model.predict_proba(seen[test])[:, 1]
    _report("own questions", held_out, alike, answered)
    for threshold in THRESHOLDS:
        wrong, right = (held_out[answered] < threshold).mean(), (held_out[~answered] < threshold).mean()
        print(f"  below {threshold}: {wrong:.2f} of the answered, {right:.2f} of the unanswered")
    model = LogisticRegression(C=10).fit(seen, answered, sample_weight=weight)
    where = "our own questions about the demo shop's specifications and manuals (tests/rag/own_questions.py)"
    _write("product", model, ("apart", "alike", "said", "named"), where)


def fit_snippets(embedder: Embedder) -> None:
    made = with_other_products(cases(), embedder)
    indexes = {bare: index(embedder, bare=bare) for bare in (False, True)}
    pairs = [measured(case, indexes[case.bare], embedder) for case in made]
    features, alike = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    answered, kinds = np.array([c.answered for c in made]), np.array([c.kind for c in made])
    fitted_on = np.isin(kinds, FITTED_ON)
    # each kind of stand-in counts alike, however many there are of it
    weight = np.array([1 / (kinds == kind).sum() for kind in kinds])
    weight /= weight[fitted_on].mean()
    groups = np.unique([c.product for c in made], return_inverse=True)[1]
    held_out = np.zeros(len(made))
    for train, test in GroupKFold(5).split(features, answered, groups):
        train = train[fitted_on[train]]
        model = LogisticRegression(C=10).fit(features[train], answered[train], sample_weight=weight[train])
        held_out[test] = model.predict_proba(features[test])[:, 1]
    for kind in KINDS:
        at = kinds == kind
        _report(kind, held_out[at], alike[at], answered[at])
    model = LogisticRegression(C=10).fit(features[fitted_on], answered[fitted_on], sample_weight=weight[fitted_on])
    where = f"pairs made of retrieval_epqa's development rows: {', '.join(FITTED_ON)}, each kind weighing the same"
    _write("snippets", model, ("text", "apart", "total", "spoken"), where)


def _report(kind: str, mine: NDArray[np.float64], alone: NDArray[np.float64], answered: NDArray[np.bool_]) -> None:
    line = [f"{kind:14} n={(~answered).sum():4} unanswered, {answered.sum():4} answered; caught"]
    for allowed in ALLOWED:
        alike = caught(alone, answered, allowed)
        line.append(f"at {allowed:.0%}: {caught(mine, answered, allowed):.2f} (similarity alone {alike:.2f})")
    print(*line, sep="  ")


def _write(name: str, model: LogisticRegression, features: Sequence[str], where: str) -> None:
    stated = json.loads(WEIGHTS.read_text("utf-8"))
    weights = {"bias": round(float(model.intercept_[0]), 2)}
    weights |= {feature: round(float(value), 2) for feature, value in zip(features, model.coef_[0], strict=True)}
    stated[name] = {"provenance": f"Fitted by tests/rag/answerability.py on {where}.", "weights": weights}
    WEIGHTS.write_text(json.dumps(stated, indent=2) + "\n", "utf-8")


def main() -> None:
    embedder = OnnxEmbedder(PREPARED / "models" / "all-MiniLM-L6-v2")
    fit_own(embedder)
    if DATA.exists():
        fit_snippets(embedder)


if __name__ == "__main__":
    main()

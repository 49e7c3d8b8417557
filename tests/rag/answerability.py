"""Fits and judges the chance that a product's own pages answer a question. Run it: python -m tests.rag.answerability

Specifications and manual sections: our own questions about the demo shop's goods, judged on matters that the fit has
not seen. Snippets of product pages: our own pages, with each question's answers left in and taken away (and as many
other statements on the other side, so that the size of a page tells nothing), and questions that they never answered.
Judged on public product questions, of which the fit has seen none: those that really have no answer, those whose
graded snippets are taken away, and those put to the most similar other product. `make evaluate` measures the same.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from backend.rag.answer import PASSAGES
from backend.rag.answerable import BROAD, WEIGHTS, product_features, snippet_features
from backend.rag.embedder import Embedder, OnnxEmbedder
from backend.rag.folders import TenantFolder
from backend.rag.generation import Generation
from backend.rag.lines import lines, shortlist, weighed
from backend.rag.products import ID_PREFIX
from backend.rag.question import read_question
from backend.rag.question_core import core
from backend.rag.quotable import says_something
from backend.rag.search import EVERYTHING, Filter, search
from backend.rag.second_look import chance, line_features, needed
from backend.settings import ROOT
from tests.evaluation import answers, manuals, refusals
from tests.evaluation.refusals import Case, caught, found, pair
from tests.rag.own_pages import PAGES
from tests.rag.own_questions import MATTERS
from tests.shop import PREPARED

DATA = ROOT.parent / "shared" / "data" / "dev"
ALLOWED = (0.05, 0.10, 0.20)
THRESHOLDS = (0.3, 0.36, 0.42, 0.5)
#: What counts how much on a page of snippets. On our own pages most is told once and `best` alone would do, on
#: public ones `broad` alone: this mixture loses little on either.
MIXED = {"best": 1.0, "broad": 1.0, "spoken": 0.09}
#: Puts the product threshold where one answered public question in twelve is refused: own pages are told more plainly.
SHIFT = -0.6
#: Questions of other fields, and how much each kind of line weighs: the right one, another one of a question that is
#: answered, and what would be said to a question that nothing answers, near or foreign.
FOREIGN, LINES = ("off_topic", "near_domain"), {"right": 1.0, "wrong": 0.5, "near": 1.0, "foreign": 1.0}
#: Share of our own questions that say "it" for the product's name.
PRONOUNS = 0.3


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
                bare = shop.names.read(text).bare
                hits = search(shop, bare, embedder.embed_one(bare), BROAD, Filter.of(product, None, None))
                seen = product_features(read_question(text, (name, product)), hits, shop.lexicon)
                features.append([*seen.values(), max(hit.alike for hit in hits)])
                answered.append(any(spoken_of.search(page) for page in pages[product]))
                matters.append(matter)
    return np.array(features), np.array(answered), np.array(matters)


def manual_cases(embedder: Embedder) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """The same of the questions that people put to our own manuals."""
    shop, features, answered, asked = refusals.index(manuals.read().documents, embedder), [], [], []
    for number, one in enumerate(manuals.read().asked):
        hits = search(shop, one.text, embedder.embed_one(one.text), BROAD, Filter.of(one.product, None, None))
        seen = product_features(read_question(one.text, (one.product,)), hits, shop.lexicon)
        features.append([*seen.values(), max(hit.alike for hit in hits)])
        answered.append(bool(one.answers))
        asked.append(number)
    return np.array(features), np.array(answered), np.array(asked)


def fit_own(embedder: Embedder) -> None:
    parts = own_cases(embedder), manual_cases(embedder)
    matters = np.concatenate([parts[0][2], len(MATTERS) + parts[1][2]])
    features, answered = (np.concatenate([part[n] for part in parts]) for n in (0, 1))
    of_manuals = np.arange(len(features)) >= len(parts[0][0])
    seen, alike = features[:, :-1], features[:, -1]
    weight = _balanced(answered, of_manuals)
    held_out = np.zeros(len(seen))
    for train, test in GroupKFold(8).split(seen, answered, matters):
        model = LogisticRegression(C=10).fit(seen[train], answered[train], sample_weight=weight[train])
        held_out[test] = model.predict_proba(seen[test])[:, 1]
    for name, rows in (("demo shop", ~of_manuals), ("manuals", of_manuals)):
        _report(name, held_out[rows], alike[rows], answered[rows])
        for threshold in THRESHOLDS:
            wrong, right = (held_out[rows & state] < threshold for state in (answered, ~answered))
            print(f"  below {threshold}: {wrong.mean():.2f} of the answered, {right.mean():.2f} of the unanswered")
    model = LogisticRegression(C=10).fit(seen, answered, sample_weight=weight)
    where = "our own questions about the demo shop's goods and our own manuals (tests/evaluation/manuals)"
    _write("product", model, ("apart", "alike", "said"), where)


def _balanced(answered: NDArray[np.bool_], of_manuals: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Both kinds of text and both outcomes count as much."""
    weight = np.empty(len(answered))
    for state in (answered, ~answered):
        for kind in (of_manuals, ~of_manuals):
            weight[state & kind] = 1 / (state & kind).sum()
    balanced: NDArray[np.float64] = weight / weight.mean()
    return balanced


def page_cases() -> list[Case]:
    """Our own pages' questions: answered, with the answers taken away, and never answered."""
    made: list[Case] = []
    chosen = random.Random(3)
    for page in PAGES:
        documents = [f"{page.name}-{n}" for n in range(len(page.statements))]
        for question, told in page.answered.items():
            made += pair("removed", question, page.name, {documents[n] for n in told}, documents, chosen)
        made += [Case("never", False, question, page.name) for question in page.unanswered]
        made += [Case("never", True, question, page.name) for question in page.answered]
    return made


def fit_snippets(embedder: Embedder) -> None:
    rows = [
        {"id": f"{page.name}-{n}", "title": page.name, "product": page.name, "text": text}
        for page in PAGES
        for n, text in enumerate(page.statements)
    ]
    made, shop = page_cases(), refusals.index(rows, embedder)
    features, alike = [], []
    for case in made:
        question, hits = found(case, shop, embedder)
        sound = [hit for hit in hits if says_something(hit.passage)]
        seen = snippet_features(read_question(question, (case.product,)), sound)
        features.append(list(seen.values()))
        alike.append(max(hit.alike for hit in hits))
    answered, kinds = np.array([c.answered for c in made]), np.array([c.kind for c in made])
    mixed = np.array(features) @ np.array([MIXED[name] for name in seen])
    for kind in ("removed", "never"):
        _report(kind, mixed[kinds == kind], np.array(alike)[kinds == kind], answered[kinds == kind])
    model = LogisticRegression(C=10, class_weight="balanced").fit(mixed[:, None], answered)
    model.intercept_ += SHIFT
    model.coef_ = model.coef_ * np.array([[MIXED[name] for name in seen]])
    _write("snippets", model, tuple(seen), "our own product pages (tests/rag/own_pages.py), the mixture set by hand")


def line_cases(embedder: Embedder) -> tuple[list[list[float]], list[str], list[bool]]:
    """Features of the line that each of our small shops would say to a question about no product, what it is to the
    question, and whether it would be said.
    """
    features: list[list[float]] = []
    kinds: list[str] = []
    said: list[bool] = []
    other = [row["text"] for row in refusals.rows(DATA / "refusal_queries.jsonl") if row["kind"] in FOREIGN]
    for name in sorted(path.stem for path in answers.FOLDER.glob("*.md")):
        shop = refusals.indexed(answers.loaded(name), embedder)
        own = [
            asked for asked in answers.read(name)[1] if not asked.history and not shop.names.read(asked.text).products
        ]
        for asked in (*own, *map(answers.Asked, other)):
            line = _line(asked.text, shop, embedder)
            if line is None:
                continue
            right = asked.must and any(part.casefold() in line[0].casefold() for part in asked.must)
            kinds.append("right" if right else "wrong" if asked.must else "foreign" if asked.text in other else "near")
            features.append(line[1])
            said.append(line[2] >= needed(shop.lexicon.size, enough=False))
    return features, kinds, said


def _line(text: str, shop: Generation, embedder: Embedder) -> tuple[str, list[float], float] | None:
    question = read_question(core(text))
    vector = embedder.embed_one(question.text)
    hits = search(shop, question.text, vector, PASSAGES, EVERYTHING)
    told = lines(question, hits, shop.lexicon)
    if not told:
        return None
    looked = shortlist(told) or (told[0].text,)
    alike = dict(zip(looked, (float(row @ vector) for row in embedder.embed(looked)), strict=True))
    best = weighed(told, alike)[0]
    seen = question, alike[best.text], hits[best.passage], shop.lexicon
    return best.text, list(line_features(*seen).values()), chance(*seen)


def fit_lines(embedder: Embedder) -> None:
    features, kinds, said = map(np.array, line_cases(embedder))
    weight = np.empty(len(kinds))
    for kind, share in LINES.items():
        weight[kinds == kind] = share / (kinds == kind).sum()
        print(
            f"lines, {kind}: {said[kinds == kind].mean():.2f} said of {(kinds == kind).sum()} by the weights in force"
        )
    model = LogisticRegression(C=10).fit(features, kinds == "right", sample_weight=weight / weight.mean())
    where = "the lines that our own shops (tests/evaluation/answers) would say to their questions and to foreign ones"
    _write("line", model, ("alike", "total", "unsaid_yes_no", "unsaid"), where)


def judge_snippets(embedder: Embedder) -> None:
    for score in refusals.scores(DATA, embedder):
        print(f"{score.check:64} {score.score:.2f} ({score.low:.2f} to {score.high:.2f}), n={score.n}")


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
    fit_snippets(embedder)
    fit_lines(embedder)
    if DATA.exists():
        judge_snippets(embedder)


if __name__ == "__main__":
    main()

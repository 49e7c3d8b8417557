"""Floors and figures over large public catalogues, for `make evaluate`: `python -m tests.graph.evaluation [SEED]`."""

import asyncio
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from backend.domain.acts import Act
from backend.domain.cards import CompatibilityCard, ProductsCard
from backend.domain.catalogue import Fit, FitRule, Product, Relation
from backend.domain.conversation import Entities, Evidence, ProductRef, Request, SessionState, Turn
from backend.graph.agent import GraphAgent
from backend.graph.catalogue import Catalogue
from backend.graph.embedded import EmbeddedGraph
from backend.graph.products import ProductGraph
from tests.graph.questions import Questions
from tests.graph.reading import DATA, read_products

CATALOGUE_FLOOR = 145 / 150
RIGHT_FLOOR, UNKNOWN_CEILING = 0.98, 0.02


def shop_of(products: Sequence[Product]) -> ProductGraph:
    """A product graph over the products, with the rules that are shipped."""

    async def load(tenant: str) -> Sequence[Product]:
        return products

    async def version(tenant: str) -> int:
        return 1

    async def relations(tenant: str) -> Sequence[Relation]:
        return ()

    async def rules(tenant: str) -> Sequence[FitRule]:
        return ()

    return ProductGraph(Catalogue(load, version), EmbeddedGraph(), relations, rules)


async def gathered(graph: ProductGraph, act: Act, text: str) -> Evidence:
    """The agent's evidence for a message whose products are found as the chat finds them."""
    words = await graph.catalogue.words("measured")
    named = [m.products[0] for m in words.find_mentions(text) if len(m.products) == 1]
    entities = Entities(products=tuple(ProductRef(id=p.id, name=p.name) for p in named))
    request = Request(text=text, standalone=text, act=act, confidence=1, entities=entities)
    state = SessionState(session_id="measured")
    turn = Turn(tenant="measured", message_id="1", text=text, at=datetime.now(UTC), state=state)
    return await GraphAgent(graph).gather(turn, request)


async def catalogue_questions(seed: int, number: int = 150) -> dict[str, Any]:
    """How many generated questions have exactly the right answer, by the filter and the total of the card."""
    graph, source, right = shop_of(read_products(DATA / "electronics")), Questions(seed), 0
    for _ in range(number):
        question = source.ask()
        evidence = await gathered(graph, Act.PRODUCT_SEARCH, question.text)
        card = next((c for c in evidence.cards if isinstance(c, ProductsCard)), None)
        if card is None or card.filter is None:
            good = False
        elif question.first:
            good = bool(card.items) and card.items[0].id in question.ids
        else:
            pages = -(-card.total // 200)
            wanted = [card.filter.model_copy(update={"page_size": 200, "page": n + 1}) for n in range(pages)]
            found = {p.id for one in wanted for p in (await graph.catalogue.search("measured", one)).products}
            good = card.total == len(question.ids) and found == question.ids
        right += good
        if not good:
            print("missed", question.text, "|", card and card.filter, file=sys.stderr)
    await graph.close()
    return {"seed": seed, "questions": number, "right": right}


async def asked(graph: ProductGraph, text: str) -> str:
    """The answer to a question of fit in words, as the chat finds the products in it: yes, no or unknown."""
    evidence = await gathered(graph, Act.COMPATIBILITY, text)
    card = next((c for c in evidence.cards if isinstance(c, CompatibilityCard)), None)
    begins = {Fit.YES: "Yes", Fit.NO: "No", Fit.UNKNOWN: "I can't tell"}
    if card is None or card.fit is None or not evidence.text.startswith(begins[card.fit]):
        return "unnamed"
    return card.fit.value


async def compatibility() -> dict[str, Any]:
    """Shares of right and unknown answers over the labelled pairs, by id and asked by name."""
    graph = shop_of(read_products(DATA / "dev" / "compat_catalog.jsonl"))
    rows = [json.loads(line) for line in (DATA / "dev" / "compat_pairs.jsonl").read_text("utf-8").splitlines()]
    by_id: Counter[str] = Counter()
    by_name: Counter[str] = Counter()
    for row in rows:
        a, b, truth = row["a"], row["b"], "yes" if row["compatible"] else "no"
        fit = (await graph.fits("measured", a["id"], b["id"])).fit.value
        said = await asked(graph, f"Does the {a['name']} work with the {b['name']}?")
        for counter, answer in ((by_id, fit), (by_name, said)):
            counter["right" if answer == truth else "unknown" if answer in ("unknown", "unnamed") else "wrong"] += 1
            if answer != truth:
                print(
                    "missed",
                    row["relation"],
                    a["name"],
                    "|",
                    b["name"],
                    "|",
                    answer,
                    "instead of",
                    truth,
                    file=sys.stderr,
                )
    await graph.close()
    shares = {way: {k: n / len(rows) for k, n in c.items()} for way, c in (("by_id", by_id), ("by_name", by_name))}
    return {"pairs": len(rows), **shares}


async def speed() -> dict[str, Any]:
    """Loading time and milliseconds (median, worst of 100) of every question over the electronics catalogue."""
    products = read_products(DATA / "electronics")
    graph = shop_of(products)
    started = time.perf_counter()
    await graph.ready("measured")
    found: dict[str, Any] = {"products": len(products), "load_seconds": round(time.perf_counter() - started, 2)}
    some = [p for p in products if p.category in ("CPU", "Motherboard", "GPU", "PCCase", "RAM")][
        :: len(products) // 300
    ]
    pairs = list(pairwise(some))
    found["compare"] = await _timed(pairs, lambda p: graph.compare("measured", [p[0].id, p[1].id]))
    found["accessories"] = await _timed(pairs, lambda p: graph.accessories("measured", p[0].id))
    found["similar"] = await _timed(pairs, lambda p: graph.similar("measured", p[0].id))
    found["path"] = await _timed(pairs, lambda p: graph.path("measured", p[0].id, p[1].id))
    await graph.close()
    return found


async def _timed(pairs: Sequence[tuple[Product, Product]], ask: Callable[[Any], Awaitable[Any]]) -> list[float]:
    took = []
    for pair in pairs[:100]:
        started = time.perf_counter()
        await ask(pair)
        took.append((time.perf_counter() - started) * 1000)
    return [round(statistics.median(took), 1), round(max(took), 1)]


async def main() -> int:
    """Prints the figures; the exit status is 1 when a floor is missed."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else int(time.time())
    result = {
        "compatibility": await compatibility(),
        "catalogue": await catalogue_questions(seed),
        "speed": await speed(),
    }
    print(json.dumps(result, indent=1))
    shares = [result["compatibility"][way] for way in ("by_id", "by_name")]
    held = result["catalogue"]["right"] >= CATALOGUE_FLOOR * result["catalogue"]["questions"]
    held = held and all(s.get("right", 0) >= RIGHT_FLOOR and s.get("unknown", 0) <= UNKNOWN_CEILING for s in shares)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

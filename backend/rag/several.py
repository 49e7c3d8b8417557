"""A question about several products, or several questions in one: what is asked of each, and their answers as one."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from backend.domain.knowledge import GroundedAnswer, Source
from backend.rag.naming import Naming

#: Products that are answered one by one; a longer list is a wish for a comparison.
MOST = 4
#: What stands between names that share one question.
_JOINED = re.compile(r"(?:\W|\b(?:and|or|both|the|as well as|with|my|your|a|an|its|for|of|on)\b)*", re.IGNORECASE)
#: Where the question of the next product begins: "…, and how heavy is the other".
_NEXT = re.compile(
    r"(?:[,;?.!]+\s*(?:and |but )?|\s+(?:and|but)\s+)"
    r"(?=(?:what|which|how|where|when|why|is|are|does|do|can|has|will)\b)",
    re.IGNORECASE,
)
#: How each of several questions begins, and the words that are too few for one.
_ASKS = re.compile(
    r"(?:what|which|how|where|when|why|who|is|are|does|do|can|could|has|have|will|would|may|should)\b", re.IGNORECASE
)
_SHORTEST = 2
#: Puts one beside the other: no answer about one alone.
_COMPARES = re.compile(
    r"\b(?:than|versus|vs|differ\w*|compar\w+|better|between|same|which one|which of|each other)\b",
    re.IGNORECASE,
)


def asked_apart(text: str) -> Sequence[str]:
    """The questions that a text asks one after the other; nothing where it asks one."""
    cuts = list(_NEXT.finditer(text))
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
    parts = [text[start:end].strip(" ,;?") for start, end in zip(starts, ends, strict=True)]
    every = 1 < len(parts) <= MOST and all(_ASKS.match(part) and len(part.split()) > _SHORTEST for part in parts)
    return [f"{part}?" for part in parts] if every else ()


def one_after_another(answers: Sequence[GroundedAnswer]) -> GroundedAnswer:
    """The answers in a row, citations counted on, what was said once not said again; nothing where one is not known."""
    if not all(answer.known for answer in answers):
        return GroundedAnswer(text="")
    parts: dict[str, None] = {}
    sources: list[Source] = []
    for answer in answers:
        sources += [source for source in answer.sources if source not in sources]
        parts[_counted_on(answer.text, [sources.index(source) + 1 for source in answer.sources])] = None
    return GroundedAnswer(
        text=" ".join(parts), sources=tuple(sources), confidence=min(answer.confidence for answer in answers)
    )


def asked_of_each(text: str, said: Sequence[Naming]) -> Mapping[str, str]:
    """Product → the question as it is asked of that one alone; nothing where they are held against each other."""
    products = list(dict.fromkeys(naming.product for naming in said))
    if not 1 < len(products) <= MOST or _COMPARES.search(text):
        return {}
    if all(_JOINED.fullmatch(text[a.end : b.start]) for a, b in pairwise(said)):
        first, last = said[0].start, said[-1].end
        return {naming.product: f"{text[:first]}{text[naming.start : naming.end]}{text[last:]}" for naming in said}
    return _own_clauses(text, said)


def _own_clauses(text: str, said: Sequence[Naming]) -> Mapping[str, str]:
    """Where each product is named in a clause of its own: that clause."""
    cuts = list(_NEXT.finditer(text))
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
    own: dict[str, str] = {}
    for start, end in zip(starts, ends, strict=True):
        inside = {naming.product for naming in said if start <= naming.start < end}
        if len(inside) > 1 or inside & own.keys():
            return {}
        own |= dict.fromkeys(inside, text[start:end].strip(" ,;"))
    return own


def together(answers: Mapping[str, GroundedAnswer]) -> GroundedAnswer:
    """The answers by the products' names, citations counted on; nothing where none is known."""
    known = {name: answer for name, answer in answers.items() if answer.known}
    if not known:
        return GroundedAnswer(text="", confidence=max((a.confidence for a in answers.values()), default=0.0))
    parts: list[str] = []
    sources: list[Source] = []
    for name, answer in answers.items():
        if not answer.known:
            parts.append(f"{name}: nothing is written about that.")
            continue
        places = []
        for source in answer.sources:
            if source not in sources:
                sources.append(source)
            places.append(sources.index(source) + 1)
        parts.append(f"{name}: {_counted_on(answer.text, places)}")
    return GroundedAnswer(
        text="\n".join(parts), sources=tuple(sources), confidence=min(a.confidence for a in known.values())
    )


def _counted_on(text: str, places: Sequence[int]) -> str:
    """With each [n] put for its place among all sources."""
    return re.sub(r"\[(\d+)\]", lambda mark: f"[{places[int(mark[1]) - 1]}]", text)

"""One question asked of several products ("which is lighter?", "do both have HDMI?"), answered from their table."""

import re
from collections.abc import Sequence
from typing import Final

from backend.domain.catalogue import Comparison, ComparisonRow
from backend.graph.said_values import stop_words
from backend.graph.text import singular, words
from backend.graph.wording import inside, listed

#: Words that ask for a row without being its name.
_MEANT: Final = {
    "price": "price", "cheap": "price", "affordable": "price", "expensive": "price", "pricier": "price",
    "cost": "price", "budget": "price", "light": "weight", "heavy": "weight", "heavi": "weight", "portable": "weight",
    "weigh": "weight", "big": "screen capacity volume size", "larg": "screen capacity volume size",
    "small": "screen capacity volume size", "ram": "memory", "ssd": "storage",
    "last": "battery", "guarantee": "warranty", "fast": "processor", "display": "screen", "stars": "rating",
    "review": "rating", "cpu": "processor", "gpu": "graphics", "chip": "processor", "rated": "rating",
    "stock": "stock", "available": "stock", "availability": "stock",
}  # fmt: skip
#: The dearer, the heavier or the smaller one is asked for: not the one that the table calls ahead.
_OTHER_END: Final = re.compile(
    r"\b(?:more expensive|most expensive|pricier|priciest|dearer|heavier|heaviest|smaller|smallest|shorter|worse|worst"
    r"|slower|slowest|lowest[- ]rated)\b",
    re.IGNORECASE,
)
#: Where the table knows no better or worse, the question says which end of the row it means.
_MOST: Final = re.compile(
    r"\b(?:more|most|(?:high|larg|bigg|long|great|wid|tall|strong|heavi|fast)e(?:r|st))\b", re.IGNORECASE
)
_LEAST: Final = re.compile(
    r"\b(?:less|least|fewe(?:r|st)|(?:low|small|short|narrow|weak|light|slow)e(?:r|st))\b", re.IGNORECASE
)
#: "which is warmer?": an end of something that no row states
_WHICH_END: Final = re.compile(
    r"\b(?:which|who|what)\b[^.?!]{0,40}?\b(?:is|are|s)\s(?:the\s)?(?!better\b|best\b|other\b|either\b|under\b|over\b)"
    r"([a-z]{2,14}(?:er|est))\b", re.IGNORECASE,
)  # fmt: skip
_FIGURE: Final = re.compile(r"\D{0,8}?(?P<amount>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d]*)")
_STEM: Final = 5


def chosen(said: str, table: Comparison) -> str | None:
    """The answer to what was asked of the products, or None where it was no single question.

    "Compare" and "difference" ask for the whole table.
    """
    if re.search(
        r"\b(?:compar\w*|differen\w*|versus|vs)\b(?! (?:the )?\w+ of)", said, re.IGNORECASE
    ) and not _WHICH_END.search(said):
        return None
    asked = _asked(said, table)
    row = _row(asked, table)
    if row is not None:
        return _told(row, table, said)
    held = next((row for row in table.rows for word in asked if _holds(row, word)), None)
    return _values(held, table) if held is not None else None


def untold(said: str) -> str:
    """That nothing answers which of the goods is the "warmer" one, a blank behind it; "" where that was not asked."""
    end = _WHICH_END.search(said)
    return f"Our catalogue states nothing that tells which of them is the {end[1].lower()} one. " if end else ""


def _asked(said: str, table: Comparison) -> tuple[str, ...]:
    """The telling words of the question, without the names of the products."""
    names = {word for product in table.products for word in words(product.name)}
    return tuple(w for w in words(said) if w not in names and (w not in stop_words() or _root(w) in _MEANT))


def _row(asked: Sequence[str], table: Comparison) -> ComparisonRow | None:
    """The row that the words name: whole labels before parts of them, both before words that imply them."""
    rows = {row: {singular(word) for word in words(f"{row.label} {row.name.replace('_', ' ')}")} for row in table.rows}
    hits = [(sum(singular(w) in own for w in asked), row) for row, own in rows.items()]
    best = max(hits, key=lambda hit: hit[0], default=(0, None))
    if best[0]:
        return best[1]
    for word in asked:
        meant = (_MEANT.get(_root(word)) or _MEANT.get(word) or "").split()
        for name in meant:
            if (found := next((row for row, own in rows.items() if name in own), None)) is not None:
                return found
        for row, own in rows.items():
            if any(_alike(word, label) for label in own):
                return row
    return None


def _root(word: str) -> str:
    """ "cheaper", "cheapest" → "cheap"; "lighter" → "light"; "bigger" → "big"."""
    bare = re.sub(r"(?:est|er|s|ing)$", "", word)
    return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] else bare


def _alike(word: str, label: str) -> bool:
    """ "covers" and "coverage", "brighter" and "brightness"."""
    return len(word) >= _STEM and len(label) >= _STEM and word[:_STEM] == label[:_STEM]


def _holds(row: ComparisonRow, word: str) -> bool:
    """Whether some of the products state the word in the row ("HDMI" among the ports)."""
    return len(word) > 2 and any(singular(word) in map(singular, words(value or "")) for value in row.values)


def _told(row: ComparisonRow, table: Comparison, said: str) -> str:
    names = [product.name for product in table.products]
    place = _place(row, said)
    if place is None or not row.values[place]:
        return _values(row, table)
    others = listed(
        [
            f"{inside(value or 'not stated')} ({n})"
            for n, value in zip(names, row.values, strict=True)
            if n != names[place]
        ]
    )
    return f"The {names[place]}: its {row.label.lower()} is {inside(row.values[place] or '')}, against {others}."


def _place(row: ComparisonRow, said: str) -> int | None:
    """The product that is asked for: the one ahead, or the one at the end of the row that the question names."""
    if row.best is None:
        return _end(row, most=True) if _MOST.search(said) else _end(row, most=False) if _LEAST.search(said) else None
    if not _OTHER_END.search(said):
        return row.best
    return _end(row, most=_end(row, most=True) != row.best) if len(row.values) > 2 else 1 - row.best


def _end(row: ComparisonRow, *, most: bool) -> int | None:
    """The place of the largest or smallest figure; None unless all state one in the same unit and one stands out."""
    figures = [_FIGURE.fullmatch(value or "") for value in row.values]
    if not all(figures) or len({found["unit"].strip().lower() for found in figures if found}) > 1:
        return None
    amounts = [float(found["amount"].replace(",", "")) for found in figures if found]
    wanted = max(amounts) if most else min(amounts)
    return amounts.index(wanted) if amounts.count(wanted) == 1 else None


def _values(row: ComparisonRow, table: Comparison) -> str:
    told = [f"{p.name}: {v or 'not stated'}" for p, v in zip(table.products, row.values, strict=True)]
    return f"{row.label}: {'; '.join(told)}."

"""Our own manuals: sections of ten appliances with near-identical siblings, and what people ask about them.

In `manuals/*.md` a `#` line names the product, or two siblings; `{one|other}` is what differs between them and `[2]`
marks a section that only the second has. Under a section `?` is a question that it answers, in the words of somebody
who has not read it, and `&` a conversation whose last question it answers; `!` is a question that no section answers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

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

"""Reads the seed shop as plain domain values and plain text, without the product's own loaders."""

import json
import re
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from pypdf import PdfReader

from backend.domain.cases import Complaint
from backend.domain.catalogue import FitRule, Product, Relation
from backend.domain.customers import Customer
from backend.domain.orders import Order
from backend.domain.policy import ShopPolicy

SEED = Path(__file__).resolve().parents[2] / "seed_data"
SHOP = SEED / "techpro"


def raw(name: str) -> Any:
    return json.loads((SHOP / name).read_text(encoding="utf-8"))


class Shop(NamedTuple):
    policy: ShopPolicy
    meta: dict[str, Any]
    products: dict[str, Product]
    relations: list[Relation]
    rules: list[FitRule]
    customers: dict[str, Customer]
    orders: dict[str, Order]
    complaints: dict[str, Complaint]

    def product(self, name: str) -> Product:
        return next(p for p in self.products.values() if p.name == name)


@lru_cache
def shop() -> Shop:
    return Shop(
        ShopPolicy.model_validate(raw("shop.json")),
        raw("meta.json"),
        {row["id"]: Product.model_validate(row) for row in raw("products.json")},
        [Relation.model_validate(row) for row in raw("relations.json")],
        [FitRule.model_validate(row) for row in raw("compatibility.json")],
        {row["id"]: Customer.model_validate(row) for row in raw("customers.json")},
        {row["id"]: Order.model_validate(row) for row in raw("orders.json")},
        {row["id"]: Complaint.model_validate(row) for row in raw("complaints.json")},
    )


class Text(NamedTuple):
    """A knowledge document: its metadata, its words on one line each, its headings."""

    name: str
    fields: dict[str, str]
    body: str
    headings: tuple[str, ...]


@lru_cache
def texts() -> tuple[Text, ...]:
    files = sorted(path for path in (SHOP / "knowledge").rglob("*") if path.is_file() and path.suffix != ".json")
    return tuple({".md": _markdown, ".html": _html, ".pdf": _pdf}[path.suffix](path) for path in files)


def _markdown(path: Path) -> Text:
    front, body = re.fullmatch(r"---\n(.*?)\n---\n(.*)", path.read_text(encoding="utf-8"), re.DOTALL).groups()  # type: ignore[union-attr]
    fields = dict(line.split(": ", 1) for line in front.splitlines())
    return Text(path.name, fields, body, tuple(re.findall(r"^#+ (.+)$", body, re.MULTILINE)))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.headings: list[str] = []
        self.lines: list[str] = []
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        named = dict(attrs)
        if tag == "meta" and named.get("name"):
            self.fields[str(named["name"])] = str(named["content"])

    def handle_endtag(self, tag: str) -> None:
        self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._tag == "title":
            self.fields["title"] = data
        elif self._tag in ("h1", "h2", "h3"):
            self.headings.append(data)
        if self._tag in ("h1", "h2", "h3", "p", "li"):
            self.lines.append(data)


def _html(path: Path) -> Text:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return Text(path.name, page.fields, "\n".join(page.lines), tuple(page.headings))


def _pdf(path: Path) -> Text:
    fields = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
    sized: list[tuple[float, str]] = []
    pages = PdfReader(path).pages
    for page in pages:
        page.extract_text(visitor_text=lambda text, _cm, _tm, _font, size: sized.append((size, text)))
    headings = tuple(" ".join(text.split()) for size, text in sized if size > 12 and text.strip())
    body = " ".join(" ".join(page.extract_text() for page in pages).split())
    return Text(path.name, fields, body, headings)

"""Reads a Google Merchant product feed, as XML (RSS or Atom) or as a table; rows of one item group are variants."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.parsers import expat

from backend.store.loading.offers import (
    NO_CATEGORY,
    Offer,
    above,
    last_of_path,
    price_of,
    products_of,
    read_offers,
    without_markup,
)
from backend.store.loading.source import BadRow, Placed, placed, undated_policy
from backend.store.loading.tables import Table

_OPTIONS = ("color", "size", "material", "pattern")
#: attributes that describe the goods
_SPECS = (
    "condition", "age_group", "gender", "energy_efficiency_class", "product_weight", "product_length",
    "product_width", "product_height", "size_system", "size_type", "multipack",
)  # fmt: skip
_ITEMS = ("item", "entry")
_CHUNK = 1 << 16
Row = Mapping[str, Any]


def is_merchant(columns: list[str]) -> bool:
    """Whether a table's columns are those of a feed."""
    known = {_plain(name) for name in columns}
    return {"id", "title", "price"} <= known and bool(
        known & {"availability", "google_product_category", "item_group_id"}
    )


class MerchantFeed:
    """A price is the sale price while the sale lasts. A feed says whether an item is in stock, not how many are."""

    name: str | None = None
    as_of: date | None = None

    def __init__(self, feed: "Table | XmlFeed", tenant: str) -> None:
        self._feed, self._tenant = feed, tenant
        self.total = 1 + feed.count()

    def read(self) -> Iterator[Placed | BadRow]:
        """The shop's rules, then the products."""
        yield placed(self._feed.path.name, undated_policy(self._tenant))
        yield from products_of(read_offers(self._feed.rows(), _offer))


class XmlFeed:
    """The items of an XML feed, read as a stream. A feed that breaks off gives what came before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        head = path.open("rb").read(_CHUNK)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise ValueError("a feed declares no document type")

    def count(self) -> int:
        """How many items there are."""
        with self.path.open("rb") as file:
            return sum(line.count(b"<item>") + line.count(b"<item ") + line.count(b"<entry") for line in file)

    def rows(self) -> Iterator[tuple[str, dict[str, Any] | BadRow]]:
        """(place, attributes) for each item."""
        reader = _ItemReader()
        with self.path.open("rb") as file:
            while True:
                chunk = file.read(_CHUNK)
                broken = reader.feed(chunk)
                for line, item in reader.taken():
                    yield f"{self.path.name} line {line}", item
                if broken is not None:
                    place = f"{self.path.name} line {broken.lineno}"
                    yield place, BadRow(place=place, reason=f"the feed is not well-formed from here on: {broken}")
                    return
                if not chunk:
                    return


class _ItemReader:
    """Collects items with the line on which each begins; an attribute given twice becomes a list."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.EntityDeclHandler = self._refuse
        self._done: list[tuple[int, dict[str, Any]]] = []
        self._line = 0
        self._open: list[tuple[str, dict[str, Any], list[str]]] = []

    def feed(self, chunk: bytes) -> expat.ExpatError | None:
        try:
            self._parser.Parse(chunk, not chunk)
        except expat.ExpatError as broken:
            return broken
        return None

    def taken(self) -> list[tuple[int, dict[str, Any]]]:
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _plain(name)
        if self._open:
            self._open.append((tag, {"href": attributes["href"]} if "href" in attributes else {}, []))
        elif tag in _ITEMS:
            self._line = self._parser.CurrentLineNumber
            self._open = [(tag, {}, [])]

    def _data(self, text: str) -> None:
        if self._open:
            self._open[-1][2].append(text)

    def _end(self, name: str) -> None:
        if not self._open:
            return
        tag, inner, texts = self._open.pop()
        if not self._open:
            self._done.append((self._line, inner))
            return
        value: Any = "".join(texts).strip() or inner.get("href") or inner
        around = self._open[-1][1]
        around[tag] = [*_several(around[tag]), value] if tag in around else value

    def _refuse(self, *_declared: Any) -> None:
        raise expat.ExpatError("it declares entities")


def _offer(place: str, row: Row) -> Offer:
    said = {_plain(name): value for name, value in row.items()}
    own_id, title = _text(said, "id"), _text(said, "title")
    if not own_id or not title:
        raise ValueError("the id is missing" if not own_id else "the title is missing")
    cents, currency = price_of(_text(said, "price"))
    lower = price_of(_text(said, "sale_price"))[0] if _lasts(_text(said, "sale_price_effective_date")) else None
    group = _text(said, "item_group_id")
    category = last_of_path(_text(said, "product_type")) or last_of_path(_text(said, "google_product_category"))
    return Offer(
        place=place,
        product_id=group or own_id,
        variant_id=own_id,
        name=title,
        category=category or NO_CATEGORY,
        brand=_text(said, "brand") or None,
        model=_text(said, "mpn") or None,
        description=without_markup(_text(said, "description")),
        options={name: value for name in _OPTIONS if (value := _text(said, name))},
        specs={**{name: value for name in _SPECS if (value := _text(said, name))}, **dict(_details(said))},
        tags=above(_text(said, "product_type")),
        price_cents=cents if lower is None else lower,
        regular_cents=cents,
        currency=currency or "USD",
        available=_text(said, "availability").lower().replace(" ", "_") not in ("out_of_stock", "discontinued"),
        stock=0 if _text(said, "availability").lower().replace(" ", "_") == "out_of_stock" else None,
        image=_text(said, "image_link") or None,
    )


def _lasts(dates: str) -> bool:
    """Whether a sale "begin/end" is on at this moment; one without dates, or with dates nobody can read, is."""
    try:
        begin, end = (datetime.fromisoformat(date.strip()) for date in dates.split("/"))
    except ValueError:
        return True
    first, last = (at if at.tzinfo else at.replace(tzinfo=UTC) for at in (begin, end))
    return first <= datetime.now(UTC) <= last


def _details(said: Row) -> Iterator[tuple[str, str]]:
    """product_detail: elements with a name and a value, or "section:name:value" in a table."""
    for detail in _several(said.get("product_detail") or ()):
        if isinstance(detail, dict):
            name, value = detail.get("attribute_name"), detail.get("attribute_value")
            if name and value:
                yield str(name), str(value)
        else:
            for one in str(detail).split(","):
                parts = [part.strip() for part in one.split(":")]
                if len(parts) >= 2 and parts[-1]:
                    yield parts[-2], parts[-1]


def _text(said: Row, name: str) -> str:
    """The first value of an attribute as a text."""
    values = [value for value in _several(said.get(name) or ()) if isinstance(value, str)]
    return values[0].strip() if values else ""


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _plain(name: str) -> str:
    """An attribute without its namespace: "g:image_link", "image link" → "image_link"."""
    return name.rpartition(":")[2].strip().lower().replace(" ", "_")

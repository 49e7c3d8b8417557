"""One immutable state of a shop's index: passages with their vectors and words, in memory and as a folder."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from backend.domain.base import Value
from backend.domain.knowledge import Passage
from backend.rag.embedded import Embedded, shares
from backend.rag.headings import titled_text
from backend.rag.lexical import Lexicon
from backend.rag.line_vectors import LineVectors
from backend.rag.naming import Names
from backend.rag.products import ID_PREFIX
from backend.rag.vectors import VectorIndex
from backend.rag.words import FILLER, raw_words, stem, terms

#: Raised when the layout of the folder or the meaning of its numbers changes: older folders are rebuilt.
FORMAT = 5
MANIFEST = "manifest.json"
#: A short name of letters, then figures: what figures begin is mostly an amount.
MODEL = re.compile(r"\b[a-z]{1,6}-?\d{1,5}[a-z]{0,3}\b", re.IGNORECASE)
_PASSAGES = TypeAdapter(tuple[Passage, ...])


class Manifest(Value):
    """What a generation was made of and by which model. `documents`: id → hash of what was indexed."""

    format: int = FORMAT
    model: str
    width: int
    passages: int = 0
    documents: Mapping[str, str] = {}
    #: product name, lower case → product id, as the documents stated them
    product_names: Mapping[str, str] = {}
    #: the records' knowledge and catalogue versions up to which every change is in
    records_version: int = 0
    catalogue_version: int = 0
    vector_index: str = ""

    def names_with(self, more: Mapping[str, str], documents: Mapping[str, str]) -> dict[str, str]:
        """Names old and new, of an index with these documents: what the catalogue calls its own no other text takes."""
        sold = {name for name, product in self.product_names.items() if f"{ID_PREFIX}{product}" in documents}
        return {
            **self.product_names,
            **{n: p for n, p in more.items() if n not in sold or f"{ID_PREFIX}{p}" in documents},
        }


@dataclass(frozen=True)
class Generation:
    """Everything search needs, level with each other."""

    manifest: Manifest
    passages: tuple[Passage, ...]
    embedded: Embedded
    lexicon: Lexicon
    index: VectorIndex
    number: int = 0
    lines: LineVectors = field(default_factory=LineVectors, repr=False)
    _masks: dict[tuple[str, str | None], NDArray[np.bool_]] = field(default_factory=dict, repr=False)

    @classmethod
    def build(
        cls, manifest: Manifest, passages: Sequence[Passage], embedded: Embedded, before: "Kept | None" = None
    ) -> "Generation":
        """Makes the two indexes over passages that are embedded already; of `before` what was kept stays."""
        index = before.index.changed(before.pairs(), embedded.pairs(len(before.rows))) if before else None
        index = index or VectorIndex.build(embedded.pairs())
        stated = manifest.model_copy(update={"passages": len(passages), "vector_index": index.kind})
        lexicon = Lexicon.build([terms(titled_text(passage)) for passage in passages])
        return cls(stated, tuple(passages), embedded, lexicon, index)

    @cached_property
    def by_document(self) -> Mapping[str, Sequence[int]]:
        """Rows of each document's passages, in reading order."""
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            rows.setdefault(passage.document_id, []).append(row)
        return rows

    @cached_property
    def product_names(self) -> Mapping[str, str]:
        """Every writing of a product, lower case → its id: as stated, and the one title that all its documents bear."""
        titles: dict[str, set[str]] = {}
        documents: dict[str, set[str]] = {}
        for passage, owner in zip(self.passages, self.owners, strict=True):
            if owner:
                titles.setdefault(owner, set()).add(passage.title.casefold())
                documents.setdefault(owner, set()).add(passage.document_id)
        alone = {p: next(iter(named)) for p, named in titles.items() if len(named) == 1 and len(documents[p]) > 1}
        return {**{title: product for product, title in alone.items()}, **self.manifest.product_names}

    @cached_property
    def owners(self) -> tuple[str | None, ...]:
        """Each passage's product: as stated, by id or by name, else the one product that its document's title names.

        A folder of manuals states none. What its title alone gives to a product holds for the shop as well.
        """
        stated = {name: product for name, product in self.manifest.product_names.items() if name != product.casefold()}
        names = Names(stated)
        titled: dict[str, str | None] = {}
        for passage in self.passages:
            if passage.product_id is None and passage.title not in titled:
                found = {naming.product for naming in names.find(passage.title)}
                titled[passage.title] = found.pop() if len(found) == 1 else None
        return tuple(titled[p.title] if p.product_id is None else self._by_id(p.product_id) for p in self.passages)

    def _by_id(self, product: str) -> str:
        """The catalogue's id for what a document states, which may be the product's name."""
        known = f"{ID_PREFIX}{product}" in self.manifest.documents
        return product if known else self.manifest.product_names.get(product.casefold(), product)

    def title_of(self, product: str, name: str) -> str:
        """A product's name as its documents write it; `name` is one of its writings in lower case."""
        titles = (p.title for p, owner in zip(self.passages, self.owners, strict=True) if owner == product)
        return next((title for title in titles if title.casefold() == name), name)

    def prepare(self) -> None:
        """Builds what the first question would wait for."""
        _ = self.names, self.words, self.products, self.embedded.scale

    @cached_property
    def names(self) -> Names:
        """What is taken for a product's name. A single word is one only where no other product's text has it."""
        known = {name: product for name, product in self.product_names.items() if self._is_name(name, product)}
        return Names(known, self._models(known))

    def _models(self, known: Mapping[str, str]) -> Mapping[str, str]:
        """The model of a product, "X1" of "X1 Laptop", where nothing is written of it for another product."""
        bearers: dict[str, set[str]] = {}
        for name, product in known.items():
            for model in MODEL.findall(name):
                bearers.setdefault(model.casefold(), set()).add(product)
        return {model: min(products) for model, products in bearers.items() if self._is_model(model, products)}

    def _is_model(self, model: str, bearers: Collection[str]) -> bool:
        numbers, product_of = self.products
        rows = set.intersection(*(set(self.lexicon.rows(stem(word)).tolist()) for word in raw_words(model)))
        spoken = re.compile(rf"\b{re.escape(model)}\b", re.IGNORECASE)
        of = {int(product_of[row]) for row in rows if spoken.search(titled_text(self.passages[row]))}
        return len(bearers) == 1 and of <= {0, numbers.get(min(bearers), 0)}

    def _is_name(self, name: str, product: str) -> bool:
        words = raw_words(name)
        if len(words) != 1:
            return bool(words)
        numbers, product_of = self.products
        owners = set(product_of[self.lexicon.rows(stem(words[0]))].tolist())
        return words[0] not in FILLER and owners <= {0, numbers.get(product, 0)}

    @cached_property
    def products(self) -> tuple[Mapping[str, int], NDArray[np.int32]]:
        """Every product's number from 1 on, and the number of each passage's product: 0 for none."""
        number = {product: n for n, product in enumerate(dict.fromkeys(filter(None, self.owners)), start=1)}
        return number, np.array([number.get(owner or "", 0) for owner in self.owners], dtype=np.int32)

    @cached_property
    def words(self) -> NDArray[np.int32]:
        """How many words each passage has."""
        return np.array([passage.text.count(" ") + 1 for passage in self.passages], dtype=np.int32)

    def mask(self, name: str, value: str | None) -> NDArray[np.bool_]:
        """Which passages have this product_id, category or kind; None: have none."""
        known = self._masks.get((name, value))
        if known is None:
            of_product = name == "product_id" and value is not None
            said = self.owners if of_product else (getattr(p, name) for p in self.passages)
            same = (one == value for one in said)
            known = np.fromiter(same, dtype=bool, count=len(self.passages))
            if len(self._masks) < 4096:
                self._masks[(name, value)] = known
        return known

    def save(self, folder: Path) -> None:
        """Writes every file; the manifest last."""
        (folder / "passages.json").write_bytes(_PASSAGES.dump_json(self.passages, exclude_defaults=True))
        (folder / "hashes.json").write_text(json.dumps(self.embedded.hashes))
        np.save(folder / "vectors.npy", self.embedded.vectors)
        np.save(folder / "rows.npy", np.stack([self.embedded.text_at, self.embedded.title_at]))
        self.lexicon.save(folder)
        self.index.save(folder / "dense.faiss")
        if len(self.lines):
            self.lines.save(folder)
        (folder / MANIFEST).write_text(self.manifest.model_dump_json())

    @classmethod
    def load(cls, folder: Path, number: int) -> "Generation":
        """Reads a folder. Raises OSError or ValueError when it is not complete."""
        manifest = read_manifest(folder)
        if manifest is None:
            raise ValueError(f"{folder.name} is not an index of this format")
        rows = np.load(folder / "rows.npy")
        hashes = tuple(json.loads((folder / "hashes.json").read_text()))
        passages = _PASSAGES.validate_json((folder / "passages.json").read_bytes())
        vectors = np.asarray(np.load(folder / "vectors.npy", mmap_mode="r"))  # memmap's own indexing is slow Python
        embedded = Embedded(vectors, hashes, rows[0], rows[1], shares(passages))
        index = VectorIndex.load(folder / "dense.faiss")
        loaded = cls(manifest, passages, embedded, Lexicon.load(folder), index, number, LineVectors.load(folder))
        loaded.prepare()
        return loaded


@dataclass(frozen=True)
class Kept:
    """The vector index of the former state and the rows of its passages that the new one begins with."""

    index: VectorIndex
    rows: NDArray[np.int64]

    def pairs(self) -> NDArray[np.int64]:
        """The rows of their vectors, two a passage."""
        return np.stack([2 * self.rows, 2 * self.rows + 1], axis=1).ravel()


def empty(model: str, width: int) -> Generation:
    """The generation of a shop that has written nothing down."""
    none = np.empty(0, dtype=np.int32)
    embedded = Embedded(np.empty((0, width), dtype=np.float32), (), none, none, shares(()))
    return Generation.build(Manifest(model=model, width=width), (), embedded)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder, or None when there is none of this format."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return manifest if manifest.format == FORMAT else None

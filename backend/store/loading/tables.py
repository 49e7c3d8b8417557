"""Reads tables of text (CSV, TSV, plain or gzipped) row by row, each with the line where it begins."""

import codecs
import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from backend.store.loading.source import BadRow

TABLES = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz")
_DELIMITERS = ",;\t|"
_HEAD = 64 * 1024  # letters that tell how a file is written
_LONGEST_FIELD = 10_000_000


class Table:
    """Rows as column → text. Columns are named by the first line; the delimiter is the one it is full of."""

    def __init__(self, path: Path) -> None:
        csv.field_size_limit(_LONGEST_FIELD)
        self.path = path
        self._encoding = "utf-8-sig"
        self._encoding = self._found_encoding()
        with self._open() as file:
            first = file.read(_HEAD).split("\n", 1)[0]
        self._delimiter = max(_DELIMITERS, key=first.count)
        with self._open() as file:
            header = next(csv.reader(file, delimiter=self._delimiter), [])
        self.columns = [name.strip() for name in header]
        if not any(self.columns):
            raise ValueError("its first line names no columns")

    def rows(self) -> Iterator[tuple[str, dict[str, str] | BadRow]]:
        """(place, row) for each line that is not empty; a row with too many fields is bad."""
        with self._open() as file:
            reader = csv.reader(file, delimiter=self._delimiter)
            next(reader, None)
            begins = reader.line_num + 1
            for fields in reader:
                place, begins = f"{self.path.name} line {begins}", reader.line_num + 1
                if not any(field.strip() for field in fields):
                    continue
                if len(fields) > len(self.columns):
                    reason = f"{len(fields)} fields where the header names {len(self.columns)}"
                    yield place, BadRow(place=place, reason=reason)
                else:
                    yield place, {name: text.strip() for name, text in zip(self.columns, fields, strict=False) if name}

    def count(self) -> int:
        """How many rows there are."""
        return sum(1 for _ in self.rows())

    def _found_encoding(self) -> str:
        """UTF-8, else what spreadsheets on Windows write: UTF-16 as "Unicode text", Western Europe's 8 bits as CSV."""
        with gzip.open(self.path) if self.path.suffix == ".gz" else self.path.open("rb") as file:
            if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                return "utf-16"
        try:
            with self._open() as file:
                while file.read(_HEAD):
                    pass
        except UnicodeDecodeError:
            return "cp1252"
        return "utf-8-sig"

    def _open(self) -> TextIO:
        if self.path.suffix == ".gz":
            return gzip.open(self.path, "rt", encoding=self._encoding, newline="")
        return self.path.open(encoding=self._encoding, newline="")

"""What a source of records is: rows of one file format as typed records, or as bad rows with the reason."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from pydantic import ValidationError

from backend.domain.base import Value
from backend.domain.cases import Complaint
from backend.domain.catalogue import FitRule, Product, Relation
from backend.domain.customers import Customer
from backend.domain.orders import Order
from backend.domain.policy import ShopPolicy

Record = ShopPolicy | Customer | Product | Relation | FitRule | Order | Complaint

#: What a row of a foreign file may go wrong with while a record is built from it.
_WRONG = (ValidationError, KeyError, TypeError, ValueError, AttributeError, ArithmeticError)


class BadRow(Value):
    """A row that was left out: where it stands and what is wrong with it."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A record, where it stands in its file, and what the file says of it in short."""

    place: str
    record: Record
    fingerprint: str


class Source(Protocol):
    """One format. Rows come in the order in which they can be stored: customers before their orders."""

    #: what the shop is called in the file, or None
    name: str | None
    #: the day to which the file's dates refer, when they are meant to move with the calendar
    as_of: date | None
    #: how many rows there are, for the progress bar
    total: int

    def read(self) -> Iterator[Placed | BadRow]:
        """Every row of the file."""


def attempt(place: str, build: Callable[[], Record]) -> Placed | BadRow:
    """The record, or the bad row with a reason that a shop owner understands."""
    try:
        return placed(place, build())
    except _WRONG as wrong:
        return BadRow(place=place, reason=reason_of(wrong))


def placed(place: str, record: Record) -> Placed:
    """The record with its fingerprint, taken before the loader changes anything."""
    return Placed(place, record, hashlib.blake2b(record.model_dump_json().encode(), digest_size=16).hexdigest())


def reason_of(wrong: Exception) -> str:
    """What is wrong, in words, without the Python."""
    if isinstance(wrong, ValidationError):
        errors = wrong.errors(include_url=False, include_input=False)[:3]
        said = (e["msg"].removeprefix("Value error, ") for e in errors)
        return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'row'}: {msg}" for e, msg in zip(errors, said, strict=True))
    if isinstance(wrong, KeyError):
        return f"{wrong.args[0]} is missing"
    if isinstance(wrong, ArithmeticError):
        return "an amount is no number"
    if isinstance(wrong, ValueError):
        return str(wrong)
    return "the row does not have the expected shape"


def shop_name(tenant: str) -> str:
    """A slug as a name: "garden-store" → "Garden Store"."""
    return re.sub(r"[-_]+", " ", tenant).strip().title() or tenant


def undated_policy(tenant: str) -> ShopPolicy:
    """The rules of a shop whose files keep no dates: no return window is invented."""
    return ShopPolicy(shop_name=shop_name(tenant), has_dates=False, return_window_days=None)


def rows_of(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """The entries of a JSON list or object with their places. Raises ValueError for anything else."""
    if isinstance(value, dict):
        yield from ((f"{place}[{name!r}]", row) for name, row in value.items())
    elif isinstance(value, list):
        yield from ((f"{place}[{at}]", row) for at, row in enumerate(value))
    else:
        raise ValueError(f"{place} is neither a list nor an object")

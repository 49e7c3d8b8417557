"""How goods move between an order and the shelf."""

from collections import Counter
from collections.abc import Iterable

from backend.domain.errors import NotEligible
from backend.domain.rules.swaps import Swap
from backend.store.records import Records


async def move_stock(records: Records, moves: Iterable[tuple[str, int]]) -> None:
    """Put back (positive) or take (negative) pieces of variants.

    By id, so that two orders that want the same goods wait for each other instead of blocking.
    Raises NotEligible when someone else was faster.
    """
    pieces: Counter[str] = Counter()
    for variant_id, count in moves:
        pieces[variant_id] += count
    for variant_id, count in sorted(pieces.items()):
        if count > 0:
            await records.catalogue.return_stock(variant_id, count)
        elif count < 0 and not await records.catalogue.take_stock(variant_id, -count):
            raise NotEligible("What was chosen is no longer available.", rule="not_available")


def taken(swaps: Iterable[Swap]) -> list[tuple[str, int]]:
    """The moves that set the new variants aside."""
    return [(swap.variant.id, -swap.line.quantity) for swap in swaps]


def given_back(swaps: Iterable[Swap]) -> list[tuple[str, int]]:
    """The moves that put the replaced variants back."""
    return [(swap.line.variant_id, swap.line.quantity) for swap in swaps]

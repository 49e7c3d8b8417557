"""Lists of words that understanding looks up, one per line in a file each."""

from functools import lru_cache
from pathlib import Path


@lru_cache
def words_of(name: str) -> frozenset[str]:
    """The words of `<name>.txt` in this folder."""
    return frozenset(Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").split())

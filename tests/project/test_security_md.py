"""SECURITY.md names tests, and every test that it names exists."""

import ast
import re

import pytest

from backend.settings import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith(("| threat", "| ---"))]
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", "\n".join(ROWS))


def test_every_threat_has_a_test() -> None:
    assert len(ROWS) > 20
    assert not [row for row in ROWS if "`tests/" not in row.split("|")[3]]


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tests = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert any(found.startswith("test_") for found in tests) and (not name or name in tests)

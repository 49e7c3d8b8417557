"""Every prompt is asked for, with exactly the placeholders that it declares; another wording takes the same."""

import ast
import re
from pathlib import Path

import pytest

from backend.settings import ROOT

FOLDER = ROOT / "backend" / "prompts"
FILES = sorted(FOLDER.glob("*.md"))


def asked_for() -> dict[str, set[frozenset[str]]]:
    """prompt name → the placeholders that calls of prompt() fill, over all of the product."""
    found: dict[str, set[frozenset[str]]] = {}
    for path in (ROOT / "backend").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "prompt"):
                continue
            assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno} names its prompt indirectly"
            filled = frozenset(word.arg for word in node.keywords if word.arg and word.arg != "variant")
            found.setdefault(str(node.args[0].value), set()).add(filled)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_prompt_is_filled_as_it_declares(file: Path) -> None:
    declared = frozenset(re.findall(r"\{\{(\w+)\}\}", file.read_text(encoding="utf-8")))
    assert asked_for().get(file.name.split(".")[0]) == {declared}, "it is dead, or a placeholder is missing"


def test_no_prompt_is_asked_for_that_is_not_there() -> None:
    assert set(asked_for()) == {file.name.split(".")[0] for file in FILES}

"""The description of the HTTP surface that the pages' types are derived from is the surface's own."""

import json

from backend.main import create_app
from tests.shop import ROOT


def test_the_checked_in_document_is_what_the_app_says() -> None:
    kept = json.loads((ROOT / "frontend" / "openapi.json").read_text(encoding="utf-8"))
    told = json.loads(json.dumps(create_app().openapi()))
    differing = sorted(
        f"{part} {name}"
        for part, (ours, theirs) in {
            "path": (kept["paths"], told["paths"]),
            "schema": (kept["components"]["schemas"], told["components"]["schemas"]),
        }.items()
        for name in ours.keys() | theirs.keys()
        if ours.get(name) != theirs.get(name)
    )
    assert differing == [], f"run `make types`; it differs in {differing}"
    assert kept == told, "run `make types`"

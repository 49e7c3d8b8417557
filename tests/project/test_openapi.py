"""The committed description of the HTTP surface is the app's, so that the pages' types follow the backend."""

import json

import pytest

from backend.main import create_app
from backend.settings import ROOT, Settings

COMMITTED = ROOT / "frontend" / "openapi.json"


@pytest.mark.skipif(not COMMITTED.exists(), reason="the pages keep their types by hand")
def test_committed_document_is_the_apps() -> None:
    found = create_app(Settings()).openapi()
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == found, "run `make types` and commit what it writes"

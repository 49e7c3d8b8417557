"""The pages in Chromium against the running product: the browser tests of the frontend, from one command."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.left_out import left_out
from tests.servers import free_port
from tests.shop import ROOT, Shop, running_shop


@pytest.fixture(scope="module")
def own_shop() -> Iterator[Shop]:
    """A shop that no other test talks to, so that the seeded orders are as they were."""
    with running_shop() as running:
        yield running


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    left_out("chromium is not installed")


@pytest.mark.parametrize("project", ["screens", "shop"])
def test_the_pages_in_a_browser(own_shop: Shop, project: str) -> None:
    frontend = ROOT / "frontend"
    assert (frontend / "out" / "index.html").is_file(), "build the pages first: make test does"
    env = {
        **os.environ,
        "BASE_URL": own_shop.url,
        "CHROMIUM": _chromium(),
        "STAFF_TOKEN": own_shop.token("admin"),
        "STUB_PORT": str(free_port()),
    }
    # each run clears its folder: two at once would clear each other's
    command = [str(Path("node_modules/.bin/playwright")), "test", "--project", project]
    command += ["--output", f"test-results/{project}"]
    done = subprocess.run(command, cwd=frontend, env=env, capture_output=True, text=True, timeout=1500)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]

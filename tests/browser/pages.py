"""The pages in Chromium against the running product: the browser tests of the frontend, from one command."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.left_out import left_out
from tests.servers import free_port
from tests.shop import ROOT, running_shop


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    left_out("chromium is not installed")


def run(project: str) -> None:
    """Run a project of Playwright against a shop that no other test talks to: its seeded orders are as they were."""
    frontend = ROOT / "frontend"
    assert (frontend / "out" / "index.html").is_file(), "build the pages first: make test does"
    # each run clears its folder: two at once would clear each other's
    command = [str(Path("node_modules/.bin/playwright")), "test", "--project", project]
    command += ["--output", f"test-results/{project}"]
    with running_shop() as shop:
        env = {
            **os.environ,
            "BASE_URL": shop.url,
            "CHROMIUM": _chromium(),
            "STAFF_TOKEN": shop.token("admin"),
            "STUB_PORT": str(free_port()),
        }
        done = subprocess.run(command, cwd=frontend, env=env, capture_output=True, text=True, timeout=1500)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]

"""What an operator does beside a running server: commands, and calls with a staff token."""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import httpx

from tests.shop import ROOT, Shop

T = TypeVar("T")

#: the command takes seconds, and its token lasts an hour
_tokens: dict[tuple[str, str], str] = {}


def secret(shop: Shop, *options: str, tenant: str = "techpro") -> str:
    """The shop's secret, as the command prints it."""
    command = [sys.executable, "-m", "backend.cli", "secret", "--tenant", tenant, *options]
    return subprocess.run(command, env=shop.env, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def staff(shop: Shop, role: str = "admin") -> httpx.Client:
    """A client that is signed in at the desk."""
    if (shop.url, role) not in _tokens:
        _tokens[shop.url, role] = shop.token(role)
    return shop.client(headers={"Authorization": f"Bearer {_tokens[shop.url, role]}"})


def eventually(look: Callable[[], T], seconds: float = 60) -> T:
    """The first truthy thing seen; fails after a while."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.1)
    return seen

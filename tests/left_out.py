"""A machine may lack something that a test needs: it is left out by name, but never with CI=true."""

import os
from typing import NoReturn

import pytest


def left_out(missing: str) -> NoReturn:
    """End this test as skipped, or as failed where nothing may be left out. `missing`: "nginx is not installed"."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{missing}, and with CI=true nothing may be left out")
    pytest.skip(f"left out: {missing}")

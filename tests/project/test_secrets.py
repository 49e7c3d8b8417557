"""Production does not start with secrets that anybody could know."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend.secrets import unfit_secrets
from backend.settings import Settings
from tests.shop import ROOT

FIT = "kT9-vQ2x_Lm7Zp4WbR8sYd1HcNf6JgUa0EoIi3Xt"
WORD = "vQ2xLm7Zp4WbR8sY"


def settings(**values: object) -> Settings:
    return Settings(_env_file=None, **{"secret_key": FIT, **values})  # type: ignore[call-arg, arg-type]


BAD: list[tuple[str, dict[str, object]]] = [
    ("SECRET_KEY", {"secret_key": ""}),
    ("SECRET_KEY", {"secret_key": "short-but-random-9Zx"}),
    ("SECRET_KEY", {"secret_key": "x" * 40}),
    ("SECRET_KEY", {"secret_key": "please-change-me-in-production-0123456789"}),
    ("DATABASE_URL", {"database_url": "postgresql://support@db/support"}),
    ("DATABASE_URL", {"database_url": "postgresql://support:postgres@db/support"}),
    ("REDIS_URL", {"redis_url": "redis://cache:6379/0"}),
    ("NEO4J_PASSWORD", {"neo4j_uri": "bolt://graph:7687", "neo4j_password": "neo4j"}),
    ("WEBHOOK_ALLOW_PRIVATE", {"webhook_allow_private": True}),
]


@pytest.mark.parametrize(("name", "values"), BAD)
def test_an_unfit_secret_is_named(name: str, values: dict[str, object]) -> None:
    (said,) = unfit_secrets(settings(**values))
    assert said.startswith(name) and not any(str(v) in said for v in values.values() if v and v is not True)


def test_fit_ones_are_accepted() -> None:
    assert unfit_secrets(settings()) == ()
    engines = {
        "database_url": f"postgresql://s:{WORD}@db/s",
        "redis_url": f"redis://:{WORD}@cache",
        "neo4j_uri": "bolt://g",
    }
    assert unfit_secrets(settings(**engines, neo4j_password=WORD)) == ()


def test_it_does_not_start(tmp_path: Path) -> None:
    env = {**os.environ, "DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 40, "REDIS_URL": "", "DATABASE_URL": ""}
    command = [sys.executable, "-m", "backend.cli", "serve"]
    done = subprocess.run(
        command, cwd=ROOT, env={**env, "ENVIRONMENT": "production"}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1 and "SECRET_KEY is one that can be guessed" in done.stderr
    assert not list(tmp_path.iterdir())

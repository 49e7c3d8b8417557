"""`make run` in unprepared hands: what is missing is one clear sentence with the way out, never a traceback."""

import ast
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import free_port
from tests.shop import ROOT

SETUP = ROOT / "backend" / "setup"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The part of the project that runs before anything is installed, in a folder of its own."""
    folder = tmp_path / "project"
    shutil.copytree(SETUP, folder / "backend" / "setup", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "backend" / "__init__.py").touch()
    (folder / "requirements.lock").write_text("")
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder that takes the place of PATH, with a good Node in it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program(folder, "node", "echo v22.1.0")
    program(folder, "npm", "exit 1")
    return folder


def program(folder: Path, name: str, does: str) -> None:
    """A fake executable."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{does}\n")
    file.chmod(0o755)


def run(checkout: Path, programs: Path, *before: str, code: str | None = None, **settings: str) -> str:
    """What `make run` says as it gives up: the one sentence."""
    environment = {"PATH": str(programs), "PORT": str(free_port()), "HOST": "127.0.0.1", **settings}
    python = [sys.executable, "-c", code] if code else [sys.executable, "-m", "backend.setup"]
    done = subprocess.run([*before, *python, "run"], cwd=checkout, env=environment, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    said = done.stderr.strip()
    assert said and "\n" not in said, said
    return said


def test_a_taken_port(checkout: Path, programs: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = run(checkout, programs, PORT=port)
    assert f"Port {port} is taken" in said and "make run PORT=" in said


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1", "80 80", "٨٠"])
def test_a_port_that_is_none(checkout: Path, programs: Path, port: str) -> None:
    assert "is no port" in run(checkout, programs, PORT=port)


def test_a_host_that_is_not_here(checkout: Path, programs: Path) -> None:
    assert "no address of this machine" in run(checkout, programs, HOST="192.0.2.1")


def test_no_node(checkout: Path, programs: Path) -> None:
    (programs / "node").unlink()
    assert "Node is missing" in run(checkout, programs)


def test_no_npm(checkout: Path, programs: Path) -> None:
    (programs / "npm").unlink()
    assert "Node is missing" in run(checkout, programs)


@pytest.mark.parametrize("does", ["echo v16.20.0", "echo v19.9.9", "exit 1", "echo hello"])
def test_a_node_that_will_not_do(checkout: Path, programs: Path, does: str) -> None:
    program(programs, "node", does)
    said = run(checkout, programs)
    assert "too old" in said and "Node 20" in said


def test_a_node_that_is_no_program(checkout: Path, programs: Path) -> None:
    (programs / "node").write_bytes(b"\x7fELF nonsense")
    assert "Node 20" in run(checkout, programs)


def test_an_old_python(checkout: Path, programs: Path) -> None:
    """The version is what an old Python would say of itself; that it can read the files is the next test."""
    old = "sys.version_info = (3, 9, 18, 'final', 0)"
    code = f"import runpy, sys; {old}; runpy.run_module('backend.setup', None, '__main__')"
    said = run(checkout, programs, code=code)
    assert "Python 3.9 is too old" in said and "PYTHON=" in said


@pytest.mark.parametrize("file", sorted(SETUP.glob("*.py")), ids=lambda file: file.name)
def test_an_old_python_can_read_it(file: Path) -> None:
    ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_a_folder_that_may_only_be_read(checkout: Path, programs: Path) -> None:
    bound = []
    if os.geteuid() == 0:  # to root every folder is writable, unless it gives that right away
        bound = [shutil.which("setpriv") or "setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    checkout.chmod(0o555)
    try:
        said = run(checkout, programs, *bound, PYTHONDONTWRITEBYTECODE="1")
    finally:
        checkout.chmod(0o755)
    assert "Nothing can be written" in said and str(checkout) in said


def test_no_command_at_all(checkout: Path, programs: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "backend.setup"], cwd=checkout, capture_output=True, text=True)
    assert done.returncode == 1 and "make help" in done.stderr and "Traceback" not in done.stderr


BAD_SETTINGS = {
    "SECRET_KEY": "short",
    "PORT": "eighty",
    "DATABASE_URL": "mysql://localhost/shop",
    "REDIS_URL": "localhost:6379",
    "NEO4J_URI": "localhost",
    "LOG_LEVEL": "LOUD",
    "UNDERSTANDING": "always",
    "WORKERS": "many",
}


@pytest.mark.parametrize(("name", "value"), BAD_SETTINGS.items())
def test_a_setting_that_is_wrong_is_named(tmp_path: Path, name: str, value: str) -> None:
    environment = {**os.environ, "SECRET_KEY": "x" * 40, "DATA_DIR": str(tmp_path), name: value}
    command = [sys.executable, "-m", "backend.cli", "token", "--role", "admin", "--tenant", "techpro"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    said = done.stderr.strip()
    assert name in said and ".env" in said and "\n" not in said

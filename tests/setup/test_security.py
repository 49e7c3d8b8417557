"""A secret in the checkout stops `make check`, and an audit without advisories is no all-clear."""

import subprocess
import sys
from pathlib import Path

import pytest

from backend.setup import security
from tests.left_out import left_out
from tests.shop import ROOT

TOOLS = Path(sys.executable).parent


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git checkout with the project's baseline."""
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q"], check=True)
    (tmp_path / security.BASELINE).write_text((ROOT / security.BASELINE).read_text())
    (tmp_path / "plain.py").write_text('LIMIT = 30\nNAME = "Storm Lantern"\n')
    return tmp_path


def test_a_secret_is_named_by_its_file(checkout: Path) -> None:
    if not (TOOLS / "detect-secrets-hook").exists():
        left_out("detect-secrets is not installed")
    security.secret_scan(TOOLS)
    key = "-----BEGIN RSA PRIVATE" + " KEY-----\nMIIEowIBAAKCAQEA7bq\n"
    (checkout / "deploy.py").write_text(f'KEY = """{key}"""\n')
    with pytest.raises(security.Leaked, match=r"deploy\.py"):
        security.secret_scan(TOOLS)


def test_without_git_it_is_said_to_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: object) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    security.secret_scan(TOOLS)
    assert "left out" in capsys.readouterr().out  # type: ignore[attr-defined]


def test_an_audit_that_reads_no_advisories_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pip-audit", "npm"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\nexit 1\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(security.Leaked, match=r"pip-audit and npm .* needs the registries"):
        security.audit(tmp_path, tmp_path)

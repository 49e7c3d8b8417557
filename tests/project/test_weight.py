"""A process holds what it uses and no more, and as many open streams as the system lets it."""

import subprocess
import sys
from pathlib import Path

from backend.settings import ROOT
from backend.setup.stamps import digest

#: Clients of engines, and libraries that only a build, a migration, an upload or a print needs: 200 MB together.
LEFT = {
    "openai",
    "neo4j",
    "redis",
    "pandas",
    "alembic",
    "fpdf",
    "pypdf",
    "onnx",
    "torch",
    "sklearn",
    "scipy",
    "aioboto3",
}


def _run(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_server_of_the_embedded_engines_loads_nothing_of_the_others() -> None:
    done = _run(f"import sys, backend.cli.prepare, backend.main; print(*({LEFT!r} & set(sys.modules)))")
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr[-500:]


def test_a_process_may_open_as_many_files_as_the_system_lets_it() -> None:
    told = "; print(*resource.getrlimit(resource.RLIMIT_NOFILE))"
    low = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (100, 300))"
    begin = f"{low}; from backend.cli import __main__ as cli; "
    assert _run(f"{begin}cli._allow_files(0){told}").stdout.split() == ["300", "300"]
    assert _run(f"{begin}cli._allow_files(200){told}").stdout.split() == ["200", "300"]
    refused = _run(f"{begin}cli._allow_files(5000){told}")
    assert refused.returncode == 1 and "OPEN_FILES=5000" in refused.stderr


def test_packages_are_no_part_of_a_stamp(tmp_path: Path) -> None:
    for name in ("src/page.tsx", "node_modules/react/index.js", "src/out/built.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    before = digest(tmp_path)
    (tmp_path / "node_modules/react/index.js").write_text("another")
    (tmp_path / "src/out/built.js").write_text("another")
    assert digest(tmp_path) == before
    (tmp_path / "src/page.tsx").write_text("another")
    assert digest(tmp_path) != before

"""`python3 -m backend.setup run|test|dev|check|audit|cli …`: prepares the checkout, then hands over."""

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
os.chdir(ROOT)

from backend.setup import checks, security  # noqa: E402
from backend.setup.progress import StepFailed, run_step, skipped  # noqa: E402
from backend.setup.stamps import Stamps, digest  # noqa: E402

VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
FRONTEND = Path("frontend")
STAMPS = Stamps("var/stamps.json")
#: programs that the tests talk to, and Debian's packages that bring them
TEST_PACKAGES = {"redis-server": "redis-server", "chromium": "chromium", "nginx": "nginx-light"}


def python_packages(lock: str) -> None:
    """A virtual environment with exactly the packages of the lock file."""
    stamp = digest(lock) + sys.version
    if STAMPS.current("python", stamp) and PYTHON.exists():
        skipped("Python packages")
        return
    if not PYTHON.exists():
        run_step("Virtual environment", [sys.executable, "-m", "venv", str(VENV)], bool, 1)
    total = sum(1 for line in Path(lock).read_text().splitlines() if "==" in line)
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-r", lock]
    run_step("Python packages", command, lambda line: line.startswith(("Collecting", "Requirement")), total * 11 // 10)
    STAMPS.keep("python", stamp)


def frontend_packages() -> None:
    """node_modules as the lock file says."""
    stamp = digest(FRONTEND / "package-lock.json")
    if STAMPS.current("node", stamp) and (FRONTEND / "node_modules").is_dir():
        skipped("Frontend packages")
        return
    lock = (FRONTEND / "package-lock.json").read_text()
    command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=http"]
    run_step("Frontend packages", command, lambda line: "http" in line, lock.count('"node_modules/'), cwd=FRONTEND)
    STAMPS.keep("node", stamp)


def frontend_build() -> None:
    """The pages as static files in frontend/out."""
    stamp = digest(FRONTEND)
    if STAMPS.current("build", stamp) and (FRONTEND / "out").is_dir():
        skipped("Pages")
        return
    frontend_packages()
    env = dict(os.environ, NEXT_TELEMETRY_DISABLED="1")
    run_step("Pages", ["npm", "run", "build"], bool, 40, cwd=FRONTEND, env=env)
    STAMPS.keep("build", stamp)


def modules_compiled() -> None:
    """Bytecode beside our own modules: a start where Python may write none would compile them each time, for a second.

    It is held against the content of its source, not its time, which another checkout changes.
    """
    stamp = digest("backend") + sys.version
    if STAMPS.current("modules", stamp):
        return
    command = [str(PYTHON), "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "backend"]
    run_step("Modules", command, bool, 1)
    STAMPS.keep("modules", stamp)


def secrets_file() -> None:
    """The first start writes .env with secrets of its own; later starts leave it alone."""
    env = Path(".env")
    if env.exists():
        return
    env.write_text(
        "# written by the first start; see .env.example for every setting\nSECRET_KEY=%s\n" % secrets.token_urlsafe(48)
    )
    env.chmod(0o600)


def test_packages() -> None:
    """Redis, PostgreSQL, Chromium and nginx by the system's package manager, where it may be used."""
    missing = [package for program, package in TEST_PACKAGES.items() if shutil.which(program) is None]
    if not list(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        missing.append("postgresql")
    if not missing:
        skipped("Servers for the tests")
        return
    if not checks.can_install_packages():
        sys.stdout.write("Left to you, the tests that need them will say so: %s\n" % ", ".join(missing))
        return
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    run_step(
        "Servers for the tests",
        command,
        lambda line: line.startswith(("Get:", "Unpacking", "Setting up")),
        120,
        env=env,
    )


def test_shop() -> None:
    """Models, demo shop and index once, for every test that starts a server."""
    folder = Path("var/test").resolve()
    env = dict(os.environ, DATA_DIR=str(folder), VECTOR_DIR=str(folder / "vectors"), SECRET_KEY="x" * 40)
    run_step("Models and demo shop", [str(PYTHON), "-m", "backend.cli", "prepare"], bool, 6, env=env)


def ready(lock: str) -> None:
    """Everything but the data: tools, packages, pages, secrets."""
    checks.python_is_new_enough()
    checks.node_is_new_enough()
    checks.folder_is_writable(ROOT)
    python_packages(lock)
    secrets_file()


def setting(name: str, usual: str) -> str:
    """As the server will read it: from the environment, else from .env."""
    env = Path(".env")
    lines = env.read_text().splitlines() if env.exists() else []
    told = [line.partition("=")[2].strip(" '\"") for line in lines if line.startswith(name + "=")]
    return os.environ.get(name) or "".join(told[-1:]) or usual


def hand_over(*command: str) -> None:
    """Become that command."""
    sys.stdout.flush()
    os.execv(str(PYTHON), [str(PYTHON), "-m", *command])


def run() -> None:
    """make run"""
    checks.python_is_new_enough()
    checks.node_is_new_enough()
    host, port = setting("HOST", "0.0.0.0"), checks.port_number(setting("PORT", "8000"))
    checks.port_is_free(host, port)
    ready("requirements.lock")
    frontend_build()
    modules_compiled()
    hand_over("backend.cli", "serve")


def dev() -> None:
    """make dev: reload on both sides"""
    ready("requirements-test.lock")
    frontend_packages()
    env = dict(os.environ, BACKEND_URL="http://localhost:" + setting("PORT", "8000"))
    pages = subprocess.Popen(["npm", "run", "dev"], cwd=FRONTEND, env=env)
    try:
        subprocess.run([str(PYTHON), "-m", "backend.cli", "serve", "--reload"], check=False)
    finally:
        pages.terminate()


def test() -> None:
    """make test"""
    ready("requirements-test.lock")
    test_packages()
    frontend_build()
    frontend_packages()
    for script in ("lint", "typecheck", "test"):
        subprocess.run(["npm", "run", script], cwd=FRONTEND, check=True)
    test_shop()
    # a machine that is starved for a moment is no fault of the product: what fails is run once more, and named as such
    # in the order of their folders: files of few tests would come last, and the browser's two take minutes
    spread = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    hand_over("pytest", *spread, "--reruns", "1", "-r", "R", *sys.argv[2:])


def check() -> None:
    """make check"""
    ready("requirements-test.lock")
    frontend_packages()
    tools = VENV / "bin"
    for command in (["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"], ["lint-imports"]):
        subprocess.run([str(tools / command[0]), *command[1:]], check=True)
    security.secret_scan(tools)
    for script in ("lint", "typecheck"):
        subprocess.run(["npm", "run", script], cwd=FRONTEND, check=True)


def audit() -> None:
    """make audit"""
    ready("requirements-test.lock")
    frontend_packages()
    security.audit(VENV / "bin", FRONTEND)


def cli() -> None:
    """Any other command of the product, once its packages are there."""
    ready(
        "requirements-test.lock"
        if STAMPS.current("python", digest("requirements-test.lock") + sys.version)
        else "requirements.lock"
    )
    hand_over("backend.cli", *sys.argv[2:])


def main() -> None:
    """Run one command; what a person can mend is one sentence, not a traceback."""
    commands = {"run": run, "dev": dev, "test": test, "check": check, "audit": audit, "cli": cli}
    command = commands.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if command is None:
        sys.exit("Name one of %s; `make help` says what each does." % ", ".join(commands))
    try:
        command()
    except (checks.Unready, security.Leaked, StepFailed) as problem:
        sys.exit("\n%s" % problem)
    except subprocess.CalledProcessError as failed:
        sys.exit("\n`%s` failed." % " ".join(map(str, failed.cmd)))
    except OSError as problem:  # no room, no right, no such program
        sys.exit("\n%s%s." % (problem.strerror or problem, ": %s" % problem.filename if problem.filename else ""))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

"""What must be there before anything starts; a missing thing is one sentence with the way out."""

import errno
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


class Unready(Exception):
    """Something is missing on this machine; the text says what to do."""


def python_is_new_enough() -> None:
    """Python 3.11 or later, with venv."""
    if sys.version_info < (3, 11):
        raise Unready(
            "Python %d.%d is too old: install Python 3.11 or newer, or name one with `make run PYTHON=python3.12`."
            % sys.version_info[:2]
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Unready("This Python cannot make virtual environments: install python3-venv and try again.") from None


def node_is_new_enough() -> None:
    """Node 20 or later, with npm."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        raise Unready("Node is missing: install Node 20 or newer with npm (nodejs.org or your package manager).")
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    except OSError:  # found, and yet no program of this machine
        said = ""
    found = re.match(r"v(\d+)", said)
    if found is None or int(found.group(1)) < 20:
        raise Unready("Node %s is too old: install Node 20 or newer." % (found.group(0) if found else "?"))


def port_number(written: str) -> int:
    """The port that a setting names."""
    if not (written.isascii() and written.isdigit() and 0 < int(written) < 65536):
        raise Unready("PORT=%s is no port: choose a number from 1 to 65535, as in `make run PORT=8000`." % written)
    return int(written)


def port_is_free(host: str, port: int) -> None:
    """Nobody listens there yet, and we may."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Unready(_why_not(problem, host, port)) from None


def _why_not(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return "Port %d is taken: stop what listens there, or choose another with `make run PORT=%d`." % (
            port,
            port + 1 if port < 65535 else 8000,
        )
    if problem.errno in (errno.EACCES, errno.EPERM):
        return "Port %d is kept for the system: choose one above 1023 with `make run PORT=8000`." % port
    return "HOST=%s is no address of this machine: leave it out, or set HOST=127.0.0.1." % host


def folder_is_writable(folder: Path) -> None:
    """The environment, the pages and the data will be kept here."""
    try:
        with tempfile.TemporaryFile(dir=str(folder)):
            pass
    except OSError as problem:
        raise Unready(
            "Nothing can be written in %s (%s): give yourself the right to, or move the project to a folder of yours."
            % (folder, problem.strerror or problem)
        ) from None


def can_install_packages() -> bool:
    """Whether the system's package manager may be used without asking anyone."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0

"""What must be there before anything starts; a missing thing is one sentence with the way out."""

import os
import re
import shutil
import socket
import subprocess
import sys


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
    found = re.match(r"v(\d+)", subprocess.run([node, "--version"], capture_output=True, text=True).stdout)
    if found is None or int(found.group(1)) < 20:
        raise Unready("Node %s is too old: install Node 20 or newer." % (found.group(0) if found else "?"))


def port_is_free(host: str, port: int) -> None:
    """Nobody listens there yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise Unready(
                "Port %d is taken: stop what listens there, or choose another with `make run PORT=%d`."
                % (port, port + 1)
            ) from None


def can_install_packages() -> bool:
    """Whether the system's package manager may be used without asking anyone."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0

"""Looks for secrets in the checkout, and for known holes in the packages that it locks."""

import subprocess
import sys
from pathlib import Path

#: Hashes of what looks like a secret and is none; `detect-secrets audit .secrets.baseline` shows them.
BASELINE = ".secrets.baseline"
#: Hashes of packages, and files that are no text.
_SKIPPED = ("package-lock.json", ".lock", ".png", ".pdf", "openapi.json", BASELINE)


class Leaked(Exception):
    """Something that must not be there was found, or could not be looked for; the text says what to do."""


def secret_scan(tools: Path) -> None:
    """Every file that git knows or would take. Raises Leaked naming file and line."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], capture_output=True, text=True
    )
    if listed.returncode != 0:
        sys.stdout.write("No git checkout: the scan for secrets is left out.\n")
        return
    files = [
        name for name in listed.stdout.split("\0") if name and not name.endswith(_SKIPPED) and Path(name).is_file()
    ]
    found = subprocess.run(
        [str(tools / "detect-secrets-hook"), "--baseline", BASELINE, *files], capture_output=True, text=True
    )
    if found.returncode == 3:  # only line numbers moved: the hook has written them down
        return
    if found.returncode != 0:
        raise Leaked(
            "%s\nTake the secret out and make it invalid where it was used. If it is none, end its line with the comment "
            "`pragma: allowlist secret`." % (found.stdout + found.stderr).strip()
        )


def audit(tools: Path, frontend: Path) -> None:
    """Python's and Node's locked packages against the published advisories; needs both registries.

    Raises Leaked for a known hole, and when the advisories cannot be read: silence is no all-clear.
    """
    python = [str(tools / "pip-audit"), "--strict", "--no-deps", "--disable-pip", "--progress-spinner", "off"]
    commands = (
        (python + ["-r", "requirements.lock"], Path()),
        (["npm", "audit", "--omit=dev", "--audit-level=moderate"], frontend),
    )
    failed = []
    for command, folder in commands:
        done = subprocess.run(command, cwd=str(folder))
        if done.returncode != 0:
            failed.append(Path(command[0]).name)
    if failed:
        raise Leaked(
            "%s did not give the all-clear. It needs the registries' advisories: a mirror that serves packages alone "
            "has none." % " and ".join(failed)
        )

"""How many threads compute: one for each call, or the calls would wait for each other's."""

import subprocess
import sys

from tests.shop import ROOT


def test_a_command_says_how_many_threads_compute_before_anything_reads_it() -> None:
    """The algebra beneath numpy reads OMP_NUM_THREADS when it is loaded, which is after `main` has set it."""
    asked = "import sys, backend.cli.__main__; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=False).returncode == 0

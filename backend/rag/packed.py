"""An encoder as onnxruntime serves it: its weights laid out for the processor once, then mapped by every process.

The only importer of onnxruntime. Mapped weights are pages of a file: processes share them, and rows of the word table
that nobody asks for are never read.
"""

import os
import platform
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# From 1.29 on it tells its makers of the machine and its models, unless this is set before it is loaded.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
import onnxruntime

MODEL, WEIGHTS = "model.onnx", "model.bin"
#: The layout belongs to the kernels of this version on this kind of processor.
LAYOUT = f"onnxruntime {onnxruntime.__version__} {platform.machine()}"
#: Weights up to so many bytes stay beside the graph.
_SMALL = 1024
#: Batches of more tokens than any message has are an index being built: what they took is given back at once.
_LARGE = 1024


def pack(source: Path, folder: Path) -> None:
    """Write MODEL and WEIGHTS into the folder, from an ONNX file whose large weights lie in a file beside it."""
    options = onnxruntime.SessionOptions()
    # the next level rewrites the graph for this very processor
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(folder / MODEL)
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", WEIGHTS)
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", str(_SMALL))
    options.add_session_config_entry("session.save_external_prepacked_constant_initializers", "1")
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])


class PackedEncoder:
    """Token ids to vectors, one thread a run; several runs may go side by side."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])
        self._giving_back = onnxruntime.RunOptions()
        self._giving_back.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    def run(self, tokens: list[list[int]]) -> NDArray[np.float32]:
        """float32 (len(tokens), width); rows of unlike length are padded."""
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, sequence in enumerate(tokens):
            ids[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        options = self._giving_back if ids.size > _LARGE else None
        vectors: NDArray[np.float32] = self._session.run(None, {"input_ids": ids, "attention_mask": mask}, options)[0]
        return vectors

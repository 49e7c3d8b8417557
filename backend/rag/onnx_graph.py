"""Builds the ONNX file of a BERT sentence encoder: token ids in, normalised mean-pooled vectors out."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Weights = dict[str, NDArray[np.float32]]

#: onnxruntime's own operators: one fused kernel each for attention, bias + GELU, residual + layer norm.
FUSED = "com.microsoft"
OPSET = 17
#: Weights of fewer bytes stay in the file of the graph; the others are mapped from a file beside it.
_SMALL = 1024


class _Graph:
    """Collects nodes and weights; every operation returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: NDArray[Any]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, *inputs: str, domain: str = "", out: str | None = None, **attributes: Any) -> str:
        name = out or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], domain=domain, **attributes))
        return name


def write_encoder(path: Path, weights: Weights, *, layers: int, heads: int, epsilon: float) -> None:
    """Writes the encoder with these BERT weights (names as in a transformers state dict).

    Inputs: input_ids and attention_mask, int64 (batch, tokens). Output: vectors, float32 (batch, width).
    Raises KeyError when a weight is missing.
    """
    graph = _Graph()
    graph.op("Cast", "attention_mask", to=TensorProto.INT32, out="mask32")
    hidden = _embeddings(graph, weights, epsilon)
    for layer in range(layers):
        hidden = _layer(graph, weights, f"encoder.layer.{layer}.", hidden, heads, epsilon)
    _pool(graph, hidden)
    width = int(weights["embeddings.LayerNorm.bias"].shape[0])
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "sentence_encoder",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
                for name in ("input_ids", "attention_mask")
            ],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", width])],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)],
        ir_version=9,
    )
    onnx.save_model(
        model, str(path), save_as_external_data=True, location=f"{path.name}.weights", size_threshold=_SMALL
    )


def _embeddings(graph: _Graph, weights: Weights, epsilon: float) -> str:
    """Word + position + the first token type, then layer norm.

    The table of words is half of all weights and each text needs a few of its rows: half precision halves it, and
    moves no vector by more than 1e-6 of cosine.
    """
    words = graph.weight("words", weights["embeddings.word_embeddings.weight"].astype(np.float16))
    kinds = weights["embeddings.token_type_embeddings.weight"][0]
    places = graph.weight("places", weights["embeddings.position_embeddings.weight"] + kinds)
    shape = graph.op("Shape", "input_ids", start=1, end=2)
    here = graph.op("Slice", places, graph.weight("zero", np.array([0], np.int64)), shape)
    found = graph.op("Cast", graph.op("Gather", words, "input_ids"), to=TensorProto.FLOAT)
    summed = graph.op("Add", found, here)
    return _norm(graph, weights, "embeddings.LayerNorm", summed, epsilon)


def _layer(graph: _Graph, weights: Weights, name: str, hidden: str, heads: int, epsilon: float) -> str:
    """Self-attention and feed-forward, each with its residual and layer norm."""
    parts = [f"{name}attention.self.{part}." for part in ("query", "key", "value")]
    attended = graph.op(
        "Attention",
        hidden,
        graph.weight(f"{name}qkv", np.concatenate([weights[f"{p}weight"].T for p in parts], axis=1)),
        graph.weight(f"{name}qkv_bias", np.concatenate([weights[f"{p}bias"] for p in parts])),
        "mask32",
        domain=FUSED,
        num_heads=heads,
    )
    hidden = _residual(graph, weights, f"{name}attention.output", attended, hidden, epsilon)
    grown = graph.op("MatMul", hidden, _matrix(graph, weights, f"{name}intermediate.dense"))
    bias = graph.weight(f"{name}grown_bias", weights[f"{name}intermediate.dense.bias"])
    return _residual(graph, weights, f"{name}output", graph.op("BiasGelu", grown, bias, domain=FUSED), hidden, epsilon)


def _residual(graph: _Graph, weights: Weights, name: str, value: str, skip: str, epsilon: float) -> str:
    projected = graph.op("MatMul", value, _matrix(graph, weights, f"{name}.dense"))
    return graph.op(
        "SkipLayerNormalization",
        projected,
        skip,
        graph.weight(f"{name}.gamma", weights[f"{name}.LayerNorm.weight"]),
        graph.weight(f"{name}.beta", weights[f"{name}.LayerNorm.bias"]),
        graph.weight(f"{name}.bias", weights[f"{name}.dense.bias"]),
        domain=FUSED,
        epsilon=epsilon,
    )


def _matrix(graph: _Graph, weights: Weights, name: str) -> str:
    return graph.weight(f"{name}.matrix", weights[f"{name}.weight"].T)


def _norm(graph: _Graph, weights: Weights, name: str, value: str, epsilon: float) -> str:
    gamma = graph.weight(f"{name}.gamma", weights[f"{name}.weight"])
    beta = graph.weight(f"{name}.beta", weights[f"{name}.bias"])
    return graph.op("LayerNormalization", value, gamma, beta, axis=-1, epsilon=epsilon)


def _pool(graph: _Graph, hidden: str) -> None:
    """Mean over the real tokens, then length one. The mean's divisor cancels in the normalisation."""
    mask = graph.op("Cast", "attention_mask", to=TensorProto.FLOAT)
    column = graph.op("Unsqueeze", mask, graph.weight("last", np.array([2], np.int64)))
    axis = graph.weight("token_axis", np.array([1], np.int64))
    summed = graph.op("ReduceSum", graph.op("Mul", hidden, column), axis, keepdims=0)
    graph.op("LpNormalization", summed, axis=-1, p=2, out="vectors")

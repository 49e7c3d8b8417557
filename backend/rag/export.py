"""Turns a sentence-transformers model into the ONNX file that is served, once, and checks that both agree."""

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from backend.domain.errors import EngineUnavailable
from backend.rag.embedder import FORMAT, MANIFEST, OnnxEmbedder, file_state, is_exported, model_folder
from backend.rag.onnx_graph import write_encoder
from backend.rag.packed import LAYOUT, MODEL, WEIGHTS, pack
from backend.rag.sentence_models import PACKAGED, load_model, packaged_folder

#: Lowest cosine between the served and the original vector of any sample.
AGREEMENT = 0.9999

#: Short, long, odd and empty: what the check embeds with both engines.
SAMPLES = (
    "What is the battery life of the laptop?",
    "My parcel has not arrived yet, where is it?",
    "The warranty covers defects in material and workmanship for two years from the day of delivery.",
    "USB-C 3.2 Gen 2, 100 W, HDMI 2.1 & DisplayPort 1.4",
    "réglage du volume — 日本語 — ½ µm",
    "ok",
    "",
    "Hold the power button for ten seconds until the light blinks twice. " * 40,
)


def export_model(name: str, models_dir: Path) -> Path:
    """Exports the model under `models_dir` unless a valid export is there; returns its folder.

    Raises EngineUnavailable when the weights are not the expected ones, the model is no BERT encoder
    with mean pooling (sentence-transformers then serves it), or the export does not agree with the original.
    """
    folder = model_folder(models_dir, name)
    if is_exported(name, models_dir):
        return folder
    weights_hash = _check_weights(name)
    model = load_model(name)
    scratch = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        _write(model, scratch)
        manifest = _manifest(name, model, scratch, weights_hash)
        (scratch / MANIFEST).write_text(json.dumps(manifest, indent=1))
        _check_agreement(name, model, scratch)
        shutil.rmtree(folder, ignore_errors=True)
        scratch.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder


def _check_weights(name: str) -> str:
    folder = packaged_folder(name)
    if folder is None:
        return ""
    expected, found = PACKAGED[name.rsplit("/", 1)[-1]][2], str(file_state(folder / "model.safetensors")["sha256"])
    if found != expected:
        raise EngineUnavailable(f"The weights of {name} are not the published ones (sha256 {found[:12]}…).")
    return found


def _write(model: Any, folder: Path) -> None:
    bert, pooling = model[0].auto_model, model[1]
    if bert.config.model_type != "bert" or pooling.get_config_dict().get("pooling_mode") not in ("mean",):
        raise EngineUnavailable("Only BERT encoders with mean pooling can be exported.")
    weights = {key: value.detach().numpy() for key, value in bert.state_dict().items()}
    config = bert.config
    with TemporaryDirectory(dir=folder) as unpacked:
        plain = Path(unpacked) / MODEL
        write_encoder(
            plain,
            weights,
            layers=config.num_hidden_layers,
            heads=config.num_attention_heads,
            epsilon=config.layer_norm_eps,
        )
        pack(plain, folder)
    tokenizer = model.tokenizer.backend_tokenizer
    tokenizer.save(str(folder / "tokenizer.json"))


def _manifest(name: str, model: Any, folder: Path, weights_hash: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "name": name,
        "width": int(model[0].auto_model.config.hidden_size),
        "max_tokens": int(model.max_seq_length),
        "weights_sha256": weights_hash,
        "layout": LAYOUT,
        "files": {file: file_state(folder / file) for file in (MODEL, WEIGHTS)},
    }


def _check_agreement(name: str, model: Any, folder: Path) -> None:
    original = model.encode(list(SAMPLES), normalize_embeddings=True, convert_to_numpy=True)
    served = OnnxEmbedder(folder).embed(SAMPLES)
    worst = float(np.min(np.sum(original * served, axis=1)))
    if worst < AGREEMENT:
        raise EngineUnavailable(f"The export of {name} does not agree with the original (cosine {worst:.5f}).")

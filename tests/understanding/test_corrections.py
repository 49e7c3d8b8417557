"""Staff correct a message: the shop's own classifier learns it, and goes live only when it reads no less right."""

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from backend.agents.understanding.classifier import Classifier, ClassifierModel
from backend.agents.understanding.retraining import Job, retrain, shop_path
from backend.agents.understanding.shop_classifiers import ShopClassifiers
from backend.agents.understanding.training import open_classifier
from backend.domain.acts import Act, Intent
from backend.rag.embedder import Matrix
from tests.api.talk import Talk
from tests.shop import Shop

OPENERS = {
    "product_info": ("product_search", ["show me", "do you have", "i want", "looking for", "sell me", "find me"]),
    "general": ("shop_question", ["opening hours", "who runs it", "pay cash", "your address", "loyalty card", "owner"]),
    "out_of_scope": ("out_of_scope", ["will it rain", "tell a joke", "capital city", "sing songs", "do homework"]),
}
THINGS = ["lamps", "rugs", "desks", "shelves", "chairs", "mirrors", "vases", "clocks", "sofas", "beds"]
SAID = {
    intent: (act, [f"{opener} {thing}" if intent == "product_info" else f"{opener} {n}" for opener in openers
                   for n, thing in enumerate(THINGS)])
    for intent, (act, openers) in OPENERS.items()
}  # fmt: skip
WISH = "could you engrave the lamp"


class Words:
    """An embedder that knows words by their hash: texts that share words lie near each other."""

    name = "words"

    def embed(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                rows[row, crc32(word.encode()) % 64] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@pytest.fixture
def utterances(tmp_path: Path) -> Path:
    folder = tmp_path / "utterances"
    folder.mkdir()
    (folder / "slots.toml").write_text("", encoding="utf-8")
    for intent, (act, lines) in SAID.items():
        (folder / f"{intent}.txt").write_text("\n".join([f"## {act}", *lines]), encoding="utf-8")
    return folder


def _job(folder: Path, utterances: Path, act: str, rows: list[dict[str, str]]) -> Job:
    corrections = [{"text": WISH, "act": act}]
    return Job("lamps", str(folder / "shops"), str(folder / "models"), str(utterances), "words", corrections, rows)


def test_a_correction_is_learned_by_its_shop_alone(tmp_path: Path, utterances: Path) -> None:
    rows = [{"text": "show me lamps", "intent": "product_info"}]
    shops = ShopClassifiers(tmp_path / "shops", tmp_path / "models", utterances, Words(), tmp_path / "none.jsonl")
    outcome = retrain(_job(tmp_path, utterances, "shop_question", rows), Words())
    assert outcome.live and outcome.after == 1.0
    vector = Words().embed([WISH])[0]
    assert shops.of("lamps").predict(WISH, vector).act is Act.SHOP_QUESTION
    assert shops.of("rugs") is not shops.of("lamps")
    assert shops.of("rugs").model.acts == open_classifier(tmp_path / "models", utterances, Words()).model.acts


def test_a_classifier_that_reads_less_right_stays_away(tmp_path: Path, utterances: Path) -> None:
    base = open_classifier(tmp_path / "models", utterances, Words())
    vector = Words().embed(["show me lamps"])[0]
    assert base.predict("show me lamps", vector).intent is Intent.PRODUCT_INFO
    rows = [{"text": f"show me {thing}", "intent": "product_info"} for thing in ("lamps", "rugs", "desks", "shelves")]
    wrong = [{"text": "show me lamps", "act": "out_of_scope"}, {"text": "show me rugs", "act": "out_of_scope"}]
    job = _job(tmp_path, utterances, "out_of_scope", rows)
    job.corrections[:] = wrong  # staff by mistake call searches out of scope
    outcome = retrain(job, Words())
    assert not outcome.live
    assert not list((tmp_path / "shops").glob("*.npz"))


def test_a_broken_model_file_leaves_the_common_classifier(tmp_path: Path, utterances: Path) -> None:
    shops = ShopClassifiers(tmp_path / "shops", tmp_path / "models", utterances, Words(), tmp_path / "none.jsonl")
    base = next(p for p in (tmp_path / "models" / "understanding").glob("*.npz") if "vectors" not in p.name)
    broken = shop_path(tmp_path / "shops", base, "lamps")
    broken.parent.mkdir()
    broken.write_bytes(b"not a model")
    assert isinstance(shops.of("lamps"), Classifier)
    assert shops.of("lamps").model.acts == ClassifierModel.load(base).acts


def test_staff_correct_a_message_over_http(shop: Shop) -> None:
    talk = Talk(shop)
    said = talk.say("do you engrave initials on a laptop?")
    with shop.client(headers={"Authorization": f"Bearer {shop.token('support')}"}) as desk:
        body = {"message_id": said["message_id"], "intent": "general"}
        kept = desk.post("/api/staff/corrections", json=body)
        assert kept.status_code == 202 and kept.json()["text"] == "do you engrave initials on a laptop?"
        assert kept.json()["intent"] == "general"
        listed = desk.get("/api/staff/corrections").json()["results"]
        assert [one["message_id"] for one in listed] == [said["message_id"]]
        assert desk.post("/api/staff/corrections", json={"text": "x"}).status_code == 422
        assert desk.post("/api/staff/corrections", json={**body, "message_id": "no"}).status_code == 404
    with shop.client() as shopper:
        assert shopper.post("/api/staff/corrections", json=body).status_code in (401, 403)

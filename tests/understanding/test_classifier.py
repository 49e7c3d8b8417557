"""The intent classifier: what it is taught it predicts, and what it saves it is."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from backend.agents.understanding.classifier import Classifier, ClassifierModel
from backend.agents.understanding.features import columns_of, words_of
from backend.agents.understanding.training import Encoder, model_path, open_classifier, train
from backend.agents.understanding.utterances import read_utterances, roughened, unfold
from backend.domain.acts import INTENT_OF_ACT, Act, Intent
from backend.domain.errors import InvalidInput
from backend.settings import ROOT

SHIPPED = ROOT / "seed_data" / "utterances"
SLOTS = 'goods = ["lamp", "kettle", "tent", "scarf", "drum", "ladder"]\norder = ["my order", "order 5512"]\n'
FILES = {
    "order_status.txt": "## order_lookup\nwhere is {order}\n(track|follow|locate) {order}\nhas {order} shipped\n"
    "## order_cancel\ncancel {order}\n(please|pls) cancel {order} now\ncall {order} off\n",
    "product_info.txt": "## product_search\nfind me a {goods}\ndo you sell a {goods}\nshow me every {goods}\n",
    "out_of_scope.txt": "## out_of_scope\nwill it rain (today|tomorrow)\n"
    "play some (jazz|rock)\nwho drew the (moon|sea)\n",
}


class BagOfWords:
    """An embedder without a model: the words of a text, hashed into a unit vector."""

    name = "bag-of-words"

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[crc32(word.encode()) % 64] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@pytest.fixture(scope="module")
def utterances(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("utterances")
    (folder / "slots.toml").write_text(SLOTS)
    for name, text in FILES.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="module")
def model(utterances: Path) -> ClassifierModel:
    return train(utterances, BagOfWords())


def ask(model: ClassifierModel, text: str, embedder: Encoder | None = None):
    return Classifier(model).predict(text, (embedder or BagOfWords()).embed([text])[0])


def test_words_settle_what_they_say_plainly_and_nothing_else(model: ClassifierModel) -> None:
    found = Classifier(model).by_words("find me a drum")
    assert found is not None and found.act is Act.PRODUCT_SEARCH and found.in_scope
    assert Classifier(model).by_words("the moon over the sea") is None
    corrected = Classifier(model, corrected=True)
    assert corrected.by_words("find me a drum") is None, "a shop's own lines may say otherwise"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("where is order 90210", Act.ORDER_LOOKUP),
        ("please cancel order 90210", Act.ORDER_CANCEL),
        ("find me a drum", Act.PRODUCT_SEARCH),
        ("Do you sell a tent?", Act.PRODUCT_SEARCH),
    ],
)
def test_predicts_what_it_was_taught(model: ClassifierModel, text: str, act: Act) -> None:
    found = ask(model, text)
    assert (found.act, found.intent, found.in_scope) == (act, INTENT_OF_ACT[act], True)


def test_refuses_what_lies_outside(model: ClassifierModel) -> None:
    found = ask(model, "will it rain tomorrow")
    assert not found.in_scope
    assert found.act is Act.OUT_OF_SCOPE


def test_probabilities_sum_to_one_and_an_intent_has_those_of_its_acts(model: ClassifierModel) -> None:
    found = ask(model, "cancel my order")
    assert sum(found.acts.values()) == pytest.approx(1, abs=1e-5)
    of_intent = sum(p for act, p in found.acts.items() if INTENT_OF_ACT[act] is Intent.ORDER_STATUS)
    assert found.confidence == pytest.approx(of_intent, abs=1e-5)


def test_the_nearest_lines_decide_where_the_weights_are_unsure(model: ClassifierModel) -> None:
    unsure = replace(
        model,
        dense=np.zeros_like(model.dense),
        sparse=np.zeros_like(model.sparse),
        bias=np.zeros_like(model.bias),
    )
    assert ask(unsure, "cancel my order").act is Act.ORDER_CANCEL
    assert ask(unsure, "find me a drum").act is Act.PRODUCT_SEARCH


def test_each_line_has_one_vector_of_length_one(model: ClassifierModel) -> None:
    assert len(model.lines) == len(model.line_acts) == 12
    assert np.linalg.norm(model.lines, axis=1) == pytest.approx(1, abs=1e-5)


def test_an_empty_text_is_judged_too(model: ClassifierModel) -> None:
    assert 0 <= ask(model, "").confidence <= 1


def test_a_saved_model_predicts_the_same(model: ClassifierModel, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "model.npz"
    model.save(path)
    again = ClassifierModel.load(path)
    assert again.acts == model.acts
    assert ask(again, "where is my drum").acts == ask(model, "where is my drum").acts
    assert list(path.parent.iterdir()) == [path]


def test_the_model_file_follows_utterances_and_embedder(utterances: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in utterances.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    assert model_path(tmp_path, copy, "a") == model_path(tmp_path, utterances, "a")
    assert model_path(tmp_path, copy, "b") != model_path(tmp_path, copy, "a")
    (copy / "product_info.txt").write_text("## similar\nsomething like it\n")
    assert model_path(tmp_path, copy, "a") != model_path(tmp_path, utterances, "a")


def test_a_trained_model_is_opened_without_training_again(utterances: Path, tmp_path: Path) -> None:
    class Once(BagOfWords):
        calls = 0

        def embed(self, texts: Sequence[str]) -> np.ndarray:
            Once.calls += 1
            return super().embed(texts)

    open_classifier(tmp_path, utterances, Once())
    open_classifier(tmp_path, utterances, Once())
    assert Once.calls == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("order_status.txt", "## order_lookups\nwhere is it\n"),
        ("order_status.txt", "## product_search\nfind it\n"),
        ("order_status.txt", "where is it\n"),
        ("order_status.txt", "## order_lookup\nwhere is {nothing}\n"),
    ],
)
def test_a_mistake_in_a_file_is_named(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "slots.toml").write_text(SLOTS)
    (tmp_path / name).write_text(text)
    with pytest.raises(InvalidInput):
        read_utterances(tmp_path)


def test_a_line_unfolds_the_same_way_every_time() -> None:
    slots = {"goods": ["lamp", "kettle"], "hi": ["", "hello"]}
    found = unfold("{hi} (buy|get) a {goods} ?", slots)
    assert found == unfold("{hi} (buy|get) a {goods} ?", slots)
    assert len(set(found)) == len(found) > 3
    assert all(text == text.strip() and "  " not in text and " ?" not in text for text in found)
    assert unfold("as it stands", slots) == ["as it stands"]


def test_slips_keep_act_and_line_and_change_the_text(utterances: Path) -> None:
    said = read_utterances(utterances)
    copies = roughened(said)[len(said) :]
    known = {u.line for u in said}
    assert copies
    assert all(copy.line in known for copy in copies)
    assert {copy.text for copy in copies} - {u.text for u in said}


def test_the_shipped_utterances_cover_every_act() -> None:
    said = read_utterances(SHIPPED)
    assert {u.act for u in said} == set(Act)
    assert len({u.line for u in said}) > 2_000
    assert min(sum(u.act is act for u in said) for act in Act) >= 25


def test_ids_money_models_and_mails_are_seen_as_their_kind() -> None:
    assert words_of("Order #W99 for $1,299.99!") == ["order", "zid", "for", "zmoney", "!"]
    assert words_of("is the GX-550 under 300 dollars?")[2:] == ["zmodel", "under", "zmoney", "?"]
    assert words_of("ORD-1002 ann@mail.test 7") == ["zid", "zemail", "znumber"]


def test_columns_are_few_distinct_and_bounded() -> None:
    found = columns_of("a very long story " * 900)
    assert found.size == np.unique(found).size
    assert found.size < 200
    assert columns_of("").size <= 3  # beginning and end alone


def test_serving_imports_no_training_library() -> None:
    code = (
        "import sys, backend.agents.understanding.classifier, backend.agents.understanding.training;"
        "sys.exit(any(name in sys.modules for name in ('sklearn', 'scipy', 'torch')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0

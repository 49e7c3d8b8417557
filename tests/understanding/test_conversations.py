"""The conversations that the chat is judged by are well formed and speak of goods that the seeded shop has."""

import json
from pathlib import Path

from backend.domain.acts import Act, Intent
from tests.understanding.shop import Shop

CONVERSATIONS = [
    json.loads(line)
    for line in Path(__file__).with_name("conversations.jsonl").read_text(encoding="utf-8").splitlines()
]
TURNS = [turn for talk in CONVERSATIONS for turn in talk["turns"]]


def test_there_are_enough_of_them() -> None:
    assert sum(len(talk["turns"]) - 1 for talk in CONVERSATIONS) >= 150
    assert max(len(talk["turns"]) for talk in CONVERSATIONS) >= 10
    assert len({talk["name"] for talk in CONVERSATIONS}) == len(CONVERSATIONS)


def test_every_turn_can_be_judged() -> None:
    for turn in TURNS:
        expected = turn["expect"]
        assert expected, turn["say"]
        assert set(expected) <= {"intent", "act", "contains", "not_contains", "products"}
        assert all(i in set(Intent) for i in expected.get("intent", "general").split("|"))
        assert all(a in set(Act) for a in expected.get("act", "thanks").split("|"))


def test_goods_are_those_of_the_shop() -> None:
    names = {p.name for p in Shop().products.values()}
    assert {name for turn in TURNS for name in turn["expect"].get("products", [])} <= names

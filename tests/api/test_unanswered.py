"""What shoppers asked in vain comes together at the desk, with the passage to start writing from."""

import httpx
import pytest

from tests.integrations.operator import eventually
from tests.shop import Shop

CLOAKROOM = (
    "Is there a cloakroom in your store?",
    "Does the store have a cloakroom?",
    "is there a cloakroom in the store",
)


@pytest.fixture
def desk(shop: Shop) -> httpx.Client:
    return shop.client(headers={"Authorization": f"Bearer {shop.token('support')}"})


def test_questions_without_an_answer_are_grouped_until_one_is_written(shop: Shop, desk: httpx.Client) -> None:
    with shop.client() as http:
        for question in (*CLOAKROOM, CLOAKROOM[0]):
            assert not http.post("/api/knowledge/ask", json={"question": question}).json()["found"]
        http.post("/api/knowledge/ask", json={"question": "Which moon of Jupiter is the largest?"})
    groups = desk.get("/api/staff/unanswered").json()["results"]
    mine = next(g for g in groups if any("cloakroom" in e for e in g["examples"]))
    assert mine["count"] == 4 and all("cloakroom" in e for e in mine["examples"])
    assert mine["examples"][0] == CLOAKROOM[0]
    assert mine["draft"]["id"] and mine["draft"]["title"]
    assert any("Jupiter" in e for g in groups if g is not mine for e in g["examples"])
    text = "## Is there a cloakroom in your store?\nYes, the cloakroom is beside the entrance of the store."
    made = desk.post("/api/knowledge/articles", json={"title": "Cloakroom", "text": text, "kind": "faq"}).json()
    left = desk.get("/api/staff/unanswered").json()["results"]
    assert not any("cloakroom" in e for g in left for e in g["examples"])
    assert desk.post("/api/staff/unanswered/dealt-with", json={"ids": mine["ids"]}).json()["forgotten"] == len(
        mine["ids"]
    )
    desk.delete(f"/api/knowledge/documents/{made['id']}")


def test_what_the_chat_could_not_answer_is_on_the_list(shop: Shop, desk: httpx.Client) -> None:
    with shop.client() as http:
        reply = http.post("/api/chat", json={"message": "Does the X1 Laptop have a built-in projector?"}).json()
    assert not reply["sources"]
    eventually(lambda: "projector" in desk.get("/api/staff/unanswered?limit=100").text)  # noted after the reply


def test_shoppers_do_not_see_it(shop: Shop) -> None:
    with shop.client() as http:
        assert http.get("/api/staff/unanswered").status_code == 401

"""A message falls into the wishes it holds, and never into pieces of one."""

import pytest

from backend.agents.understanding.clauses import ClauseKind, drop_negated_part, is_courtesy, is_wish, split

WISH, STATEMENT, NEGATED, COURTESY = ClauseKind.WISH, ClauseKind.STATEMENT, ClauseKind.NEGATED, ClauseKind.COURTESY


def pieces(text: str) -> list[str]:
    return [c.text for c in split(text) if c.kind is not COURTESY]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Track ORD-1001 and show me laptops", ["Track ORD-1001", "show me laptops"]),
        ("cancel it and tell me about your warranty", ["cancel it", "tell me about your warranty"]),
        ("Where is ORD-1002 and can I return it?", ["Where is ORD-1002", "can I return it?"]),
        ("What is the price of the X1 and is it in stock?", ["What is the price of the X1", "is it in stock?"]),
        (
            "Track ORD-1001, show me TVs, and tell me about the warranty",
            ["Track ORD-1001", "show me TVs", "tell me about the warranty"],
        ),
        ("I want to cancel ORD-1003 and exchange the mouse", ["I want to cancel ORD-1003", "exchange the mouse"]),
        ("Track ORD-1001 & show me laptops", ["Track ORD-1001", "show me laptops"]),
        ("Do you ship to Canada? And how much is it?", ["Do you ship to Canada?", "And how much is it?"]),
        (
            "I want to know what the X1 costs and how long delivery takes",
            ["I want to know what the X1 costs", "how long delivery takes"],
        ),
        (
            "Which order is late, and could you check why it is late?",
            ["Which order is late", "could you check why it is late?"],
        ),
    ],
)
def test_several_wishes(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "compare the X1 and the X2",
        "do you have it in black and white?",
        "does it work with the hub and the dock",
        "How do I open the cover and clean the fan?",
        "Which laptops are light and have good battery?",
        "If I return it, do I get my money back?",
        "My laptop screen is flickering, order ORD-1001",
        "The earbuds arrived broken and I want my money back",
        "Is the X1, which is on sale, any good?",
        "show me laptops and phones",
        "no, I meant the X2",
        "I want to return the boots, refund to my PayPal",
        "Can I pay with Visa or PayPal and a gift card?",
        "The price was $1,299.99, is that right?",
        "I bought it on May 5, 2026 in your shop",
    ],
)
def test_one_wish_stays_whole(text: str) -> None:
    assert pieces(text) == [text]


def test_names_are_never_cut() -> None:
    text = "Tell me about Salt and Show Speakers"
    assert [c.text for c in split(text, [(14, 37)])] == [text]


@pytest.mark.parametrize(
    ("text", "dropped", "kept"),
    [
        (
            "I don't want a refund, I just want to know where ORD-1002 is",
            "I don't want a refund",
            "I just want to know where ORD-1002 is",
        ),
        (
            "Don't cancel my order, just tell me when it arrives",
            "Don't cancel my order",
            "just tell me when it arrives",
        ),
        ("no need to refund me, just send a new one", "no need to refund me", "just send a new one"),
        ("I want a replacement, not a refund", "not a refund", "I want a replacement"),
        ("I'm not looking for a laptop, show me tablets", "I'm not looking for a laptop", "show me tablets"),
        ("Please cancel ORD-1003 but don't refund my card", "don't refund my card", "Please cancel ORD-1003"),
    ],
)
def test_a_wish_is_negated_within_its_clause(text: str, dropped: str, kept: str) -> None:
    kinds = {c.text: c.kind for c in split(text)}
    assert kinds[dropped] is NEGATED
    assert kinds[kept] is WISH


@pytest.mark.parametrize(
    "text",
    [
        "I didn't order a laptop",
        "I haven't received my order",
        "I don't want it anymore",
        "It does not turn on",
        "I can't cancel my order",
        "Why don't you refund me?",
        "I don't know how to return it",
        "I need a laptop, not more than 900",
    ],
)
def test_a_negation_that_is_no_refused_wish(text: str) -> None:
    assert [c.kind for c in split(text)] != [NEGATED]


@pytest.mark.parametrize(
    "text",
    ["Hi!", "hello there", "Thanks a lot!", "Can you help me?", "I have a question", "ok great, thank you so much"],
)
def test_courtesies(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize("text", ["hi, where is my order", "thanks, now show me phones", "help me return the X1"])
def test_courtesy_does_not_swallow_a_wish(text: str) -> None:
    assert not is_courtesy(text)
    assert any(c.kind is WISH for c in split(text))


def test_what_a_clause_rules_out_is_left_away() -> None:
    assert drop_negated_part("I want an exchange instead of a refund") == "I want an exchange"
    assert drop_negated_part(bound := "a desk, not over 80 cm") == bound


def test_added_wishes_stand_apart() -> None:
    clauses = split("My laptop is broken. Also, what are your opening hours?")
    assert [(c.kind, c.added) for c in clauses] == [(STATEMENT, False), (WISH, True)]


def test_wish_by_form() -> None:
    assert is_wish("show me more")
    assert is_wish("and is it heavy")
    assert not is_wish("the screen is cracked")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("dont cancel it just change the colour", [NEGATED, WISH]),
        ("i dont want a refund i only want my parcel", [NEGATED, WISH]),
        ("i only want my parcel", [WISH]),
        ("i don't want a ticket i want a human", [NEGATED, WISH]),
        ("tell me the price of it and whether it folds", [WISH, WISH]),
        ("shipping to malta – free?", [WISH]),
        ("looked everywhere", [STATEMENT]),
        ("first where is order 12 and second do you ship to malta", [WISH, WISH]),
    ],
)
def test_wishes_without_a_pause_are_told_apart(text: str, kinds: list[ClauseKind]) -> None:
    assert [clause.kind for clause in split(text)] == kinds

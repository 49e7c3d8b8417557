"""What a clause leaves out is put in from the conversation: pronouns, ellipsis, corrections, choices."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from backend.agents.understanding.entities import with_conditions
from backend.agents.understanding.followups import Resolved, resolve
from backend.agents.understanding.salience import Salience, unique
from backend.domain.acts import Act
from backend.domain.catalogue import ProductFilter
from backend.domain.conversation import ProductRef
from tests.understanding.shop import Shop

SHOP = Shop()
TODAY = date(2026, 11, 20)


def ref(name: str) -> ProductRef:
    return next(ProductRef(id=p.id, name=p.name) for p in SHOP.products.values() if p.name == name)


X1, X2, G1, ULTRA = ref("X1 Laptop"), ref("X2 Laptop"), ref("Gaming Laptop G1"), ref("UltraBook 13")
DOCK, HUB, PHONE = ref("Thunderbolt Dock"), ref("USB-C Hub"), ref("SmartPhone Pro 12")

ABOUT_X1 = Salience(products=(X1,), act=Act.PRODUCT_QUESTION, topic="What's the battery life of the X1 Laptop?")
COMPARED = Salience(
    products=(X1, G1), shown=(X1, G1), act=Act.COMPARE, topic="Compare the X1 Laptop and the Gaming Laptop G1"
)
CHOSE = replace(COMPARED, topic="Which is cheaper: the X1 Laptop or the Gaming Laptop G1?")
FITTED = Salience(
    products=(X1, DOCK, G1),
    shown=(X1, G1),
    act=Act.COMPATIBILITY,
    topic="Is the X1 Laptop compatible with the Thunderbolt Dock?",
)
LISTED = Salience(
    shown=(X1, ULTRA, G1),
    act=Act.PRODUCT_SEARCH,
    topic="Show me laptops under $1500",
    filter=ProductFilter(category="Laptops", max_price_cents=150000, page=2),
)
ORDERED = Salience(orders=("ORD-1002",), products=(PHONE,), act=Act.ORDER_LOOKUP, topic="Where is ORD-1002?")


def read(text: str, salience: Salience) -> Resolved:
    return resolve(text, salience, SHOP, TODAY)


@dataclass
class Talk:
    """Moves the focus on after each clause the way the orchestrator does."""

    salience: Salience = field(default_factory=Salience)

    def say(self, text: str) -> Resolved:
        found = read(text, self.salience)
        products = found.entities.products
        self.salience = replace(
            self.salience,
            products=unique((*products, *self.salience.products)),
            shown=products if found.act is Act.COMPARE else self.salience.shown,
            topic=found.standalone,
            act=found.act or (Act.COMPATIBILITY if "compatible" in found.standalone else Act.PRODUCT_QUESTION),
        )
        return found


def test_ten_turns_stay_right() -> None:
    talk = Talk()
    said = [
        ("Tell me about the X1", ["X1 Laptop"], "X1 Laptop"),
        ("What's its battery life?", ["X1 Laptop"], "battery life"),
        ("compare it to the G1", ["X1 Laptop", "Gaming Laptop G1"], "X1 Laptop"),
        ("which is cheaper?", ["X1 Laptop", "Gaming Laptop G1"], "Which is cheaper"),
        (
            "is it compatible with the dock?",
            ["X1 Laptop", "Thunderbolt Dock"],
            "X1 Laptop compatible with the Thunderbolt Dock",
        ),
        (
            "no, the other one",
            ["Gaming Laptop G1", "Thunderbolt Dock"],
            "Gaming Laptop G1 compatible with the Thunderbolt Dock",
        ),
        ("and the hub?", ["Gaming Laptop G1", "USB-C Hub"], "Gaming Laptop G1 compatible with the USB-C Hub"),
        ("how heavy is it?", ["Gaming Laptop G1"], "how heavy is the Gaming Laptop G1"),
        ("what about the UltraBook?", ["UltraBook 13"], "how heavy is the UltraBook 13"),
        ("does it have HDMI?", ["UltraBook 13"], "UltraBook 13 have HDMI"),
        ("sorry, I meant the X2", ["X2 Laptop"], "X2 Laptop have HDMI"),
        ("and a headphone jack?", ["X2 Laptop"], "headphone jack of the X2 Laptop"),
    ]
    for text, products, words in said:
        found = talk.say(text)
        if text == "how heavy is it?":  # "it" after "G1 and hub" is what was asked about
            assert found.entities.products[0] in (G1, HUB)
        else:
            assert [p.name for p in found.entities.products] == products, text
            assert words.lower() in found.standalone.lower(), text
        talk.salience = replace(talk.salience, products=unique((ref(products[0]), *talk.salience.products)))
        if text == "how heavy is it?":
            talk.salience = replace(talk.salience, topic="how heavy is the Gaming Laptop G1?")


@pytest.mark.parametrize(
    ("text", "standalone"),
    [
        ("What's the battery life?", "What's the battery life of the X1 Laptop?"),
        ("What's its weight?", "What's the X1 Laptop's weight?"),
        ("does it come in black?", "does the X1 Laptop come in black?"),
        ("how much does this one cost?", "how much does the X1 Laptop cost?"),
        ("is this laptop good for gaming?", "is the X1 Laptop good for gaming?"),
        ("and the screen?", "What about the screen of the X1 Laptop?"),
        ("how about in black?", "Does the X1 Laptop come in black?"),
        ("what about the X2?", "What's the battery life of the X2 Laptop?"),
        ("X2?", "What's the battery life of the X2 Laptop?"),
        ("no, I meant the X2", "What's the battery life of the X2 Laptop?"),
        ("not the X1, the X2", "What's the battery life of the X2 Laptop?"),
        ("sorry, the G1", "What's the battery life of the Gaming Laptop G1?"),
        ("what accessories work with it?", "what accessories work with the X1 Laptop?"),
        ("is there anything cheaper?", "Is there anything cheaper than the X1 Laptop?"),
        ("What is the warranty?", "What is the warranty of the X1 Laptop?"),
        ("Actually, compare it to the Gaming Laptop", "compare the X1 Laptop to the Gaming Laptop G1"),
        ("is the X2 better?", "Compare the X1 Laptop and the X2 Laptop"),
    ],
)
def test_after_one_product(text: str, standalone: str) -> None:
    assert read(text, ABOUT_X1).standalone == standalone


@pytest.mark.parametrize(
    "text",
    [
        "What's your return policy?",
        "hello",
        "Where is my order ORD-1002?",
        "how much is shipping?",
        "show me phones",
        "Do you have tablets?",
        "I want to speak to a human",
        "Tell me about the ZenPhone",
        "what payment methods do you accept?",
        "is it possible to pay by card?",
        "what about the Galaxy S24?",
        "phones that work with a stylus",
    ],
)
def test_a_product_is_not_put_where_none_is_meant(text: str) -> None:
    found = read(text, ABOUT_X1)
    assert found.entities.products == ()
    assert "X1" not in found.standalone


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("which is cheaper?", [X1, G1]),
        ("what's the difference?", [X1, G1]),
        ("compare them", [X1, G1]),
        ("which one should I buy?", [X1, G1]),
        ("do both have HDMI?", [X1, G1]),
        ("how long is the battery life?", [X1, G1]),
        ("and the screen?", [X1, G1]),
        ("tell me more about the cheaper one", [X1]),
        ("tell me about the second one", [G1]),
        ("the lighter one", [X1]),
        ("no, I meant the X2", [X1, X2]),
    ],
)
def test_after_a_comparison(text: str, products: list[ProductRef]) -> None:
    assert list(read(text, COMPARED).entities.products) == products


def test_it_after_a_choice_is_the_chosen_one() -> None:
    assert read("is it in stock?", CHOSE).entities.products == (X1,)
    dearer = replace(COMPARED, topic="Which is more expensive: the X1 Laptop or the Gaming Laptop G1?")
    assert read("is it in stock?", dearer).entities.products == (G1,)
    assert read("and the other one?", CHOSE).entities.products == (G1,)


def test_the_other_one_repeats_the_question() -> None:
    found = read("no, the other one", FITTED)
    assert found.standalone == "Is the Gaming Laptop G1 compatible with the Thunderbolt Dock?"
    assert found.act is Act.COMPATIBILITY
    assert read("what about the hub?", FITTED).entities.products == (X1, HUB)


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("the second one", [ULTRA]),
        ("tell me about the last one", [G1]),
        ("compare the first two", [X1, ULTRA]),
        ("compare the first and the third", [X1, G1]),
        ("compare all three", [X1, ULTRA, G1]),
        ("does the first one have HDMI?", [X1]),
        ("the cheapest one", [ULTRA]),
        ("how much is the gaming one?", [G1]),
        ("which one has the best battery?", [X1, ULTRA, G1]),
        ("#2", [ULTRA]),
        ("option 3", [G1]),
        ("the fifth one", []),
        ("What's the price?", []),
    ],
)
def test_after_a_list(text: str, products: list[ProductRef]) -> None:
    assert list(read(text, LISTED).entities.products) == products


@pytest.mark.parametrize(
    ("text", "category", "low", "high", "stock", "page"),
    [
        ("and under $1000?", "Laptops", None, 100000, None, 1),
        ("only in stock", "Laptops", None, 150000, True, 1),
        ("do you have any over $1000?", "Laptops", 100000, 150000, None, 1),
        ("what about phones?", "Smartphones", None, 150000, None, 1),
        ("are any of them in stock?", "Laptops", None, 150000, True, 1),
        ("show more", "Laptops", None, 150000, None, 3),
        ("no, tablets", "Tablets", None, 150000, None, 1),
    ],
)
def test_a_search_is_narrowed(
    text: str, category: str, low: int | None, high: int | None, stock: bool | None, page: int
) -> None:
    found = read(text, LISTED)
    wanted = found.entities.filter
    assert found.act is Act.PRODUCT_SEARCH
    assert wanted is not None
    assert (wanted.category, wanted.min_price_cents, wanted.max_price_cents) == (category, low, high)
    assert (wanted.in_stock, wanted.page) == (stock, page)


def test_a_new_search_keeps_nothing_of_the_last() -> None:
    found = read("Show me monitors", LISTED)
    wanted = with_conditions(found.entities, found.conditions, SHOP).filter
    assert wanted is not None
    assert (wanted.category, wanted.max_price_cents) == ("Monitors", None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("when will it arrive?", "order ORD-1002"),
        ("can I return it?", "order ORD-1002"),
        ("cancel it", "cancel order ORD-1002"),
        ("what's its status?", "order ORD-1002's status"),
        ("has it shipped?", "order ORD-1002"),
        ("change the address of that order", "ORD-1002"),
    ],
)
def test_after_an_order(text: str, words: str) -> None:
    found = read(text, ORDERED)
    assert found.entities.order_ids == ("ORD-1002",)
    assert words in found.standalone


def test_goods_of_an_order_are_still_goods() -> None:
    assert read("does it have a headphone jack?", ORDERED).entities.products == (PHONE,)
    assert read("I want to track another order", ORDERED).entities.order_ids == ()
    assert read("where is ORD-1003?", ORDERED).entities.order_ids == ("ORD-1003",)


def test_the_place_in_a_list_of_orders() -> None:
    listed = Salience(orders=("ORD-1001", "ORD-1011"), act=Act.ORDER_LOOKUP, topic="my orders")
    assert read("cancel the second one", listed).entities.order_ids == ("ORD-1011",)


def test_questions_on_rules_are_repeated_too() -> None:
    asked = Salience(act=Act.DELIVERY_QUESTION, topic="Do you ship to Canada?")
    assert read("and Mexico?", asked).standalone == "Do you ship to Mexico?"
    returned = Salience(act=Act.REFUND_QUESTION, topic="Can I return opened earbuds?")
    assert read("what about software?", returned).standalone == "Can I return software?"


def test_an_earlier_clause_lends_its_things() -> None:
    first = read("Tell me about the X2", Salience())
    second = read("what's its battery life?", Salience().after(first.standalone, first.entities))
    assert second.standalone == "what's the X2 Laptop's battery life?"

"""Order numbers are found in any writing and compared exactly."""

import pytest

from backend.tools.order_ids import canonical, find_order_ids, resolve, same_order
from backend.tools.said_numbers import in_digits


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("where is ord-1002?", ("ORD-1002",)),
        ("order 1002 please", ("1002",)),
        ("Order number: #1002.", ("1002",)),
        ("order no. W2378156", ("W2378156",)),
        ("#W2378156", ("#W2378156",)),
        ("it is w2378156, thanks", ("W2378156",)),
        ("ORD-10021", ("ORD-10021",)),
        ("track order XYZ-999", ("XYZ-999",)),
        ("orders 1001 and 1002", ("1001", "1002")),
        ("(ORD-1001)", ("ORD-1001",)),
        ("ORD-1001 and again ord-1001", ("ORD-1001",)),
        ("order id is 1001", ("1001",)),
        ("ordre 1001", ("1001",)),
        ('order "1001"', ("1001",)),
        ("number W 5490111", ("W5490111",)),
        ("order 2026-1001", ("2026-1001",)),
        ("it is 2026-1001.", ("2026-1001",)),
        ("where is SO-2024-0017?", ("SO-2024-0017",)),
        ("order no. INV/2024/0017", ("INV/2024/0017",)),
        ("#2026/1001", ("2026/1001",)),
        ("order EC-1001-DE", ("EC-1001-DE",)),
        ("114-1234567-7654321", ("114-1234567-7654321",)),
        ("my order 2026-11-20, the order 11/20/2026", ()),
        ("the 2019-2021 model, ZIP 10001-1234, phone 555-1234 or 0151-23456789", ()),
        ("can I order a WH-1000XM4 or a 24-70mm lens", ()),
        ("complaint CMP-101, refund REF-102", ()),
        ("an RTX 4090 for $1,299.99 in 78712", ()),
        ("my code is 123456", ()),
        ("paid 12 and 300 dollars", ()),
        ("", ()),
    ],
)
def test_numbers_in_a_text(text: str, found: tuple[str, ...]) -> None:
    assert find_order_ids(text) == found


@pytest.mark.parametrize(
    ("written", "order_id", "same"),
    [
        ("ord-1002", "ORD-1002", True),
        ("1002", "ORD-1002", True),
        ("w2378156", "#W2378156", True),
        ("2378156", "#W2378156", True),
        ("order 200314", "200314", True),
        ("ORD-10021", "ORD-1002", False),
        ("ORD-100", "ORD-1002", False),
        ("XYZ-1002", "ORD-1002", False),
        ("", "ORD-1002", False),
    ],
)
def test_a_writing_means_one_record(written: str, order_id: str, same: bool) -> None:
    assert same_order(written, order_id) is same


def test_an_ambiguous_number_means_none() -> None:
    assert resolve("1002", ("ORD-1002", "WEB-1002")) is None
    assert resolve("web1002", ("ORD-1002", "WEB-1002")) == "WEB-1002"
    assert resolve("1003", ("ORD-1002",)) is None
    assert canonical("#w-1") == "W1"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("where is order ten oh four", "where is order 1004"),
        ("order number one zero zero four please", "order number 1004 please"),
        ("order one thousand and two", "order 1002"),
        ("order twelve thirty four", "order 1234"),
        ("order number one triple zero nine", "order number 10009"),
        ("order w 5 4 9 0 1 1 1", "order w5490111"),
        ("order two of them", "order two of them"),
        ("i want to order one hundred chairs", "i want to order one hundred chairs"),
    ],
)
def test_spoken_numbers_of_orders_are_written(said: str, written: str) -> None:
    assert in_digits(said) == written

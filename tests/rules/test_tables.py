"""The rules, one row for each case that people argue about."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.domain.cases import Priority
from backend.domain.catalogue import Variant
from backend.domain.customers import PaymentKind, PaymentMethod
from backend.domain.errors import NotEligible
from backend.domain.orders import Delivery, DeliveryStatus, Order, OrderStatus
from backend.domain.policy import BusinessHours, RestockingFee, ReturnExclusion, ShopPolicy
from backend.domain.rules.complaints import (
    after_business_minutes,
    breached,
    due,
    is_open,
    next_open,
    priority_of,
    severity_of,
)
from backend.domain.rules.parts import ARRIVED
from backend.domain.rules.returns import Condition, may_return_line, opened_matters, window
from backend.domain.rules.swaps import Swap, may_exchange
from backend.domain.rules.verdicts import allowed, insist, refused
from backend.domain.rules.words import status_words
from tests.tools.shop import MONITOR, MUG, NOW, POLICY, line, order

CARD = PaymentMethod(id="ada-card", customer_id="ada", kind=PaymentKind.CREDIT_CARD)


def delivered(days_ago: int) -> Order:
    return order("ORD-1", OrderStatus.DELIVERED, delivered_days_ago=days_ago)


@pytest.mark.parametrize(
    ("days_ago", "open_", "days_left"), [(0, True, 30), (10, True, 20), (30, True, 0), (31, False, None)]
)
def test_the_window_ends_with_its_last_day(days_ago: int, open_: bool, days_left: int | None) -> None:
    verdict = window(delivered(days_ago), POLICY, NOW)
    assert (verdict.allowed, verdict.days_left) == (open_, days_left)


def test_no_window_is_invented_where_there_are_no_dates() -> None:
    undated = POLICY.model_copy(update={"has_dates": False, "return_window_days": None})
    assert window(delivered(400), undated, NOW).days_left is None
    assert window(order("ORD-1", OrderStatus.DELIVERED), POLICY, NOW).rule == "no_window"


def test_the_day_of_the_parcel_counts_when_the_order_has_none() -> None:
    parcel = Delivery(id="D1", order_id="ORD-1", status=DeliveryStatus.DELIVERED, delivered_at=NOW - timedelta(days=40))
    late = order("ORD-1", OrderStatus.DELIVERED).model_copy(update={"deliveries": (parcel,)})
    assert not window(late, POLICY, NOW).allowed


@pytest.mark.parametrize("status", [status for status in OrderStatus if status not in ARRIVED])
def test_only_delivered_goods_come_back(status: OrderStatus) -> None:
    bought = order("ORD-1", status)
    swap = Swap(line=bought.lines[0], variant=MUG.variants[1])
    assert may_return_line(bought, bought.lines[0], POLICY, Condition(), NOW).rule == "only_delivered"
    assert may_exchange(bought, (swap,), CARD, POLICY, NOW).rule == "only_delivered"


@pytest.mark.parametrize(
    ("category", "opened", "defective", "expected"),
    [
        ("earbuds", None, False, (True, 0)),
        ("Earbuds", True, False, (False, 0)),
        ("earbuds", True, True, (True, 0)),
        ("food", False, False, (False, 0)),
        ("food", False, True, (False, 0)),
        ("monitors", False, False, (True, 0)),
        ("monitors", True, False, (True, 150)),
        ("monitors", True, True, (True, 0)),
        ("kitchen", True, False, (True, 0)),
    ],
)
def test_exclusions_and_fees(category: str, opened: bool | None, defective: bool, expected: tuple[bool, int]) -> None:
    policy = ShopPolicy(
        shop_name="Any",
        exclusions=(
            ReturnExclusion(categories=("earbuds",), reason="opened", when_opened=True),
            ReturnExclusion(categories=("food",), reason="never", unless_defective=False),
        ),
        restocking_fees=(RestockingFee(categories=("monitors",), basis_points=1500),),
    )
    item = line(1, category=category)
    bought = order("ORD-1", OrderStatus.DELIVERED, item, delivered_days_ago=1)
    verdict = may_return_line(bought, item, policy, Condition(opened=opened, defective=defective), NOW)
    assert (verdict.allowed, verdict.fee_cents) == expected
    assert opened_matters(item, policy) == (category.lower() in ("earbuds", "monitors"))


def test_pieces_of_one_variant_are_counted_together() -> None:
    bought = order("ORD-1", OrderStatus.DELIVERED, line(1), line(2), delivered_days_ago=1)
    last_one = MUG.variants[1]
    one = (Swap(line=bought.lines[0], variant=last_one),)
    two = (*one, Swap(line=bought.lines[1], variant=last_one))
    assert may_exchange(bought, one, CARD, POLICY, NOW).allowed
    assert may_exchange(bought, two, CARD, POLICY, NOW).rule == "not_available"
    unknown = tuple(s.model_copy(update={"variant": last_one.model_copy(update={"stock": None})}) for s in two)
    assert may_exchange(bought, unknown, CARD, POLICY, NOW).allowed


def test_another_product_is_no_exchange() -> None:
    bought = delivered(1)
    foreign = Swap(line=bought.lines[0], variant=MONITOR.variants[0])
    assert may_exchange(bought, (foreign,), CARD, POLICY, NOW).rule == "same_product"
    elsewhere = Swap(line=line(9), variant=Variant(id="v", product_id="mug", price_cents=1))
    assert may_exchange(bought, (elsewhere,), CARD, POLICY, NOW).rule == "not_in_order"
    assert may_exchange(bought, (), CARD, POLICY, NOW).rule == "no_lines"


def test_changed_items_show_in_the_status() -> None:
    pending = order("ORD-1", OrderStatus.PENDING)
    assert status_words(pending) == "pending"
    assert status_words(pending.model_copy(update={"items_modified": True})) == "pending (items changed)"


def test_a_refusal_carries_its_rule() -> None:
    assert insist(allowed("x", "fine")).allowed
    with pytest.raises(NotEligible) as refusal:
        insist(refused("x", "no"))
    assert refusal.value.rule == "x"


HOURS = BusinessHours(timezone="America/New_York", opens="09:00", closes="17:00")


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        (datetime(2026, 3, 11, 15, 0, tzinfo=UTC), 60, datetime(2026, 3, 11, 16, 0, tzinfo=UTC)),
        # 16:30 in New York: half an hour today, half an hour tomorrow
        (datetime(2026, 3, 11, 20, 30, tzinfo=UTC), 60, datetime(2026, 3, 12, 13, 30, tzinfo=UTC)),
        # Friday evening to Monday morning
        (datetime(2026, 3, 13, 22, 0, tzinfo=UTC), 30, datetime(2026, 3, 16, 13, 30, tzinfo=UTC)),
        # over the change of clocks on 8 March 2026: 9:00 is 14:00 UTC before and 13:00 UTC after
        (datetime(2026, 3, 6, 21, 0, tzinfo=UTC), 120, datetime(2026, 3, 9, 14, 0, tzinfo=UTC)),
        (datetime(2026, 3, 11, 13, 0, tzinfo=UTC), 480, datetime(2026, 3, 11, 21, 0, tzinfo=UTC)),
    ],
)
def test_business_minutes(start: datetime, minutes: int, expected: datetime) -> None:
    assert after_business_minutes(start, minutes, HOURS) == expected


def test_the_desk_is_open_in_its_own_zone() -> None:
    assert is_open(HOURS, datetime(2026, 3, 11, 13, 0, tzinfo=UTC))
    assert not is_open(HOURS, datetime(2026, 3, 11, 21, 0, tzinfo=UTC))
    assert not is_open(HOURS, datetime(2026, 3, 14, 15, 0, tzinfo=UTC))
    assert next_open(HOURS, datetime(2026, 3, 14, 15, 0, tzinfo=UTC)) == datetime(2026, 3, 16, 13, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="never open"):
        after_business_minutes(NOW, 1, HOURS.model_copy(update={"weekdays": ()}))


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("the charger started smoking", Priority.URGENT),
        ("it won't turn on", Priority.HIGH),
        ("my parcel never arrived", Priority.HIGH),
        ("the box looked a bit dusty", Priority.NORMAL),
    ],
)
def test_severity_follows_what_happened(words: str, severity: Priority) -> None:
    assert severity_of(words) is severity


def test_a_second_complaint_counts_a_step_more() -> None:
    assert priority_of(Priority.NORMAL) is Priority.NORMAL
    assert priority_of(Priority.NORMAL, repeated=True) is Priority.HIGH
    assert priority_of(Priority.URGENT, repeated=True) is Priority.URGENT


def test_due_times_and_breach() -> None:
    times = due(Priority.URGENT, datetime(2026, 3, 11, 9, 0, tzinfo=UTC), ShopPolicy(shop_name="Any"))
    assert times.first_response == datetime(2026, 3, 11, 10, 0, tzinfo=UTC)
    assert times.resolution == datetime(2026, 3, 11, 17, 0, tzinfo=UTC)
    late = times.first_response + timedelta(minutes=1)
    assert breached(times.first_response, times.resolution, answered=False, solved=False, now=late)
    assert not breached(times.first_response, times.resolution, answered=True, solved=False, now=late)

"""Money rules hold for every order, not only for the ones we thought of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.catalogue import Variant
from backend.domain.customers import Address, PaymentKind, PaymentMethod
from backend.domain.money import format_money, to_cents
from backend.domain.orders import (
    Order,
    OrderLine,
    OrderStatus,
    PaymentEntry,
    PaymentEntryKind,
    Refund,
    RefundStatus,
    Return,
    ReturnStatus,
)
from backend.domain.policy import RestockingFee, ShopPolicy
from backend.domain.rules.changes import may_cancel, may_change_payment
from backend.domain.rules.money import (
    after_business_days,
    expected_by,
    net_by_method,
    original_methods,
    promised_cents,
    refund_to_sources,
    refundable_cents,
)
from backend.domain.rules.parts import lines_left, part, standing
from backend.domain.rules.returns import Condition, may_return, may_return_line
from backend.domain.rules.swaps import Swap, difference_cents, may_change_items, may_exchange

NOW = datetime(2026, 3, 11, 10, tzinfo=UTC)
POLICY = ShopPolicy(shop_name="Any", restocking_fees=(RestockingFee(categories=("tv",), basis_points=1500),))
METHODS = ("card", "gift", "paypal")
CENTS = st.integers(min_value=1, max_value=5_000_00)


@st.composite
def orders(draw: st.DrawFn, status: OrderStatus | None = None) -> Order:
    """Orders with any lines, payments and earlier refunds that a ledger may hold."""
    lines = tuple(
        OrderLine(
            id=f"L{n}",
            product_id="p",
            variant_id=f"old{n}",
            name="Thing",
            category=draw(st.sampled_from(("tv", "mug"))),
            quantity=draw(st.integers(1, 4)),
            unit_price_cents=draw(CENTS),
        )
        for n in range(draw(st.integers(1, 4)))
    )
    paid = [_entry(n, PaymentEntryKind.PAYMENT, draw) for n in range(draw(st.integers(0, 3)))]
    back, left = [], sum(entry.amount_cents for entry in paid)
    for n in range(draw(st.integers(0, 2))):
        entry = _entry(10 + n, PaymentEntryKind.REFUND, draw)
        if entry.amount_cents <= left:
            back.append(entry)
            left -= entry.amount_cents
    promised = draw(st.integers(0, left))
    return Order(
        id="ORD-1",
        customer_id="c",
        status=status or draw(st.sampled_from(OrderStatus)),
        items_modified=draw(st.booleans()) if status is None else False,
        delivered_at=NOW - timedelta(days=3),
        address=Address(line1="1 Street", city="Town", zip="10000"),
        lines=lines,
        payments=(*paid, *back),
        refunds=(_promise(promised),) if promised else (),
    )


def _entry(number: int, kind: PaymentEntryKind, draw: st.DrawFn) -> PaymentEntry:
    method = draw(st.sampled_from(METHODS))
    return PaymentEntry(id=f"e{number}", kind=kind, method_id=method, method_label=method, amount_cents=draw(CENTS))


def _promise(cents: int) -> Refund:
    return Refund(
        id="REF-1",
        order_id="ORD-1",
        amount_cents=cents,
        method_id="card",
        status=RefundStatus.AWAITING_RETURN,
        created_at=NOW,
    )


@given(orders())
def test_what_goes_back_never_exceeds_what_came_in(order: Order) -> None:
    most = order.paid_cents - order.refunded_cents - promised_cents(order)
    shares = refund_to_sources(order)
    assert 0 <= refundable_cents(order) == max(0, most)
    assert sum(share.amount_cents for share in shares) == refundable_cents(order)
    assert all(0 < share.amount_cents <= net_by_method(order)[share.method_id] for share in shares)
    assert {share.method_id for share in shares} <= set(original_methods(order))


@given(orders())
def test_a_cancellation_refunds_all_that_is_left_and_only_while_pending(order: Order) -> None:
    verdict = may_cancel(order, POLICY, "no longer needed")
    assert verdict.allowed == (order.status is OrderStatus.PENDING and not order.items_modified)
    if verdict.allowed:
        assert verdict.amount_cents == refundable_cents(order)


@given(orders(OrderStatus.DELIVERED), st.booleans(), st.booleans(), st.data())
def test_a_return_pays_each_line_its_own_price_less_the_fee(
    order: Order, opened: bool, defective: bool, data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(order.lines), min_size=1, unique_by=lambda line: line.id))
    condition = Condition(opened=opened, defective=defective)
    verdict = may_return(order, chosen, POLICY, condition, NOW)
    fees = sum(line.total_cents * 15 // 100 for line in chosen if line.category == "tv" and opened and not defective)
    whole = sum(line.quantity * line.unit_price_cents for line in chosen)
    if refundable_cents(order) == 0:
        assert (verdict.allowed, verdict.rule) == (False, "refund_limit")
        return
    assert verdict.allowed and verdict.fee_cents == fees
    assert verdict.amount_cents == min(whole - fees, refundable_cents(order))


@given(orders(OrderStatus.DELIVERED), st.permutations(range(4)))
def test_the_order_in_which_lines_are_named_changes_nothing(order: Order, places: list[int]) -> None:
    shuffled = [order.lines[place] for place in places if place < len(order.lines)]
    assert may_return(order, shuffled, POLICY, Condition(), NOW) == may_return(
        order, order.lines, POLICY, Condition(), NOW
    )


@given(orders(), st.lists(CENTS, min_size=4, max_size=4), st.integers(0, 1_000_00))
def test_a_gift_card_covers_the_whole_difference_or_the_swap_is_refused(
    order: Order, prices: list[int], balance: int
) -> None:
    gift = PaymentMethod(id="gift", customer_id="c", kind=PaymentKind.GIFT_CARD, balance_cents=balance)
    swaps = tuple(
        Swap(line=line, variant=Variant(id=f"new{line.id}", product_id="p", price_cents=price))
        for line, price in zip(order.lines, prices, strict=False)
    )
    expected = sum(
        line.quantity * (price - line.unit_price_cents) for line, price in zip(order.lines, prices, strict=False)
    )
    assert difference_cents(swaps) == expected
    for verdict in (may_change_items(order, swaps, gift), may_exchange(order, swaps, gift, POLICY, NOW)):
        if verdict.allowed:
            assert verdict.amount_cents == expected <= balance
            assert -expected <= refundable_cents(order)


@given(orders(), st.integers(0, 20_000_00))
def test_another_method_pays_all_or_nothing(order: Order, balance: int) -> None:
    gift = PaymentMethod(id="other-gift", customer_id="c", kind=PaymentKind.GIFT_CARD, balance_cents=balance)
    verdict = may_change_payment(order, gift)
    if verdict.allowed:
        assert len(original_methods(order)) == 1
        assert verdict.amount_cents == refundable_cents(order) <= balance


@given(orders())
def test_a_line_is_never_worth_more_than_was_paid_for_it(order: Order) -> None:
    for line in order.lines:
        verdict = may_return_line(order, line, POLICY, Condition(opened=True), NOW)
        if verdict.allowed:
            assert (verdict.amount_cents or 0) + verdict.fee_cents == line.total_cents


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 3, 11), 0, date(2026, 3, 11)),
        (date(2026, 3, 11), 2, date(2026, 3, 13)),
        (date(2026, 3, 13), 1, date(2026, 3, 16)),
        (date(2026, 3, 14), 7, date(2026, 3, 24)),
    ],
)
def test_business_days_skip_weekends(day: date, days: int, expected: date) -> None:
    assert after_business_days(day, days) == expected


def test_a_gift_card_has_its_money_today() -> None:
    assert expected_by(PaymentKind.GIFT_CARD, date(2026, 3, 11), (5, 7)) == date(2026, 3, 11)
    assert expected_by(PaymentKind.PAYPAL, date(2026, 3, 11), (5, 7)) == date(2026, 3, 20)
    assert expected_by(None, date(2026, 3, 11), (5, 7)) == date(2026, 3, 20)


@given(orders(OrderStatus.DELIVERED), st.booleans(), st.data())
def test_however_a_line_is_divided_the_refunds_add_up_to_the_whole(
    order: Order, opened: bool, data: st.DataObject
) -> None:
    condition = Condition(opened=opened)
    paid_in_full = order.model_copy(update={"payments": (_paid(order),), "refunds": ()})
    whole = may_return(paid_in_full, order.lines, POLICY, condition, NOW)
    now, amounts, fees = paid_in_full, 0, 0
    while left := lines_left(now):
        line = data.draw(st.sampled_from(left))
        some = part(line, data.draw(st.integers(1, line.quantity)))
        assert not may_return(now, [part(line, line.quantity + 1)], POLICY, condition, NOW).allowed
        verdict = may_return(now, [some], POLICY, condition, NOW)
        assert verdict.allowed and verdict.amount_cents is not None
        amounts, fees = amounts + verdict.amount_cents, fees + verdict.fee_cents
        now = _came_back(now, some, verdict.amount_cents)
        assert now.refunded_cents <= now.paid_cents
        assert now.status is (OrderStatus.PARTLY_RETURNED if lines_left(now) else OrderStatus.RETURNED)
    assert (amounts, fees) == (whole.amount_cents, whole.fee_cents)


def _paid(order: Order) -> PaymentEntry:
    return PaymentEntry(id="p", kind=PaymentEntryKind.PAYMENT, method_id="card", amount_cents=order.total_cents)


def _came_back(order: Order, line: OrderLine, cents: int) -> Order:
    """The order once the desk has taken those pieces in and paid for them."""
    number = f"R{len(order.returns)}"
    returned = Return(
        id=number,
        order_id=order.id,
        line_ids=(line.id,),
        quantities={line.id: line.quantity},
        reason="other",
        status=ReturnStatus.REFUNDED,
        refund_cents=cents,
        method_id="card",
        created_at=NOW,
    )
    entry = PaymentEntry(id=number, kind=PaymentEntryKind.REFUND, method_id="card", amount_cents=cents)
    after = order.model_copy(update={"returns": (*order.returns, returned), "payments": (*order.payments, entry)})
    return after.model_copy(update={"status": standing(after)})


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("47.84", 4784), (19.99, 1999), (0.1 + 0.2, 30), ("19.999", 2000), ("0.125", 12), ("0.135", 14), (-1.005, -100)],
)
def test_major_units_become_cents_without_a_float_between(amount: str | float, cents: int) -> None:
    assert to_cents(amount) == cents


@pytest.mark.parametrize(
    ("cents", "currency", "said"),
    [(129999, "USD", "$1,299.99"), (-500, "USD", "-$5.00"), (5, "EUR", "€0.05"), (100000, "CHF", "1,000.00 CHF")],
)
def test_money_as_a_shopper_reads_it(cents: int, currency: str, said: str) -> None:
    assert format_money(cents, currency) == said

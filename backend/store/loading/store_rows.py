"""One row of a store file as a domain value: a user, a product with its variants, an order."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from backend.domain.catalogue import Product, Spec, Variant
from backend.domain.customers import Address, Customer, PaymentKind, PaymentMethod
from backend.domain.money import to_cents
from backend.domain.orders import Delivery, DeliveryStatus, Order, OrderLine, OrderStatus, PaymentEntry
from backend.store.loading.source import BadRow, Placed, attempt, rows_of

_MODIFIED = re.compile(r"\s*\(items? modified\)\s*$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _address(row: Mapping[str, Any]) -> Address:
    return Address(
        line1=row["address1"],
        line2=row.get("address2") or "",
        city=row["city"],
        state=row.get("state") or "",
        zip=str(row["zip"]),
        country=row.get("country") or "USA",
    )


def customer_of(row: Mapping[str, Any]) -> Customer:
    """A user with the default address and the ways to pay."""
    name = row["name"]
    methods = (row.get("payment_methods") or {}).values()
    return Customer(
        id=row["user_id"],
        name=f"{name['first_name']} {name['last_name']}".strip(),
        email=row["email"],
        phone=row.get("phone"),
        address=_address(row["address"]) if row.get("address") else None,
        payment_methods=tuple(_method(row["user_id"], method) for method in methods),
    )


def _method(customer_id: str, row: Mapping[str, Any]) -> PaymentMethod:
    kind = PaymentKind(row["source"])
    return PaymentMethod(
        id=row["id"],
        customer_id=customer_id,
        kind=kind,
        brand=row.get("brand"),
        last_four=row.get("last_four"),
        balance_cents=to_cents(row["balance"]) if kind is PaymentKind.GIFT_CARD else None,
    )


def product_of(place: str, row: Any) -> Iterator[Placed | BadRow]:
    """A bad variant is reported by itself; the product loads with the others."""
    variants: list[Variant] = []

    def build() -> Product:
        return Product(
            id=row["product_id"],
            name=row["name"],
            brand=row.get("brand"),
            category=row.get("category") or row["name"],  # files that name types of goods: each is its own category
            description=row.get("description") or "",
            currency=row.get("currency") or "USD",
            specs=_ranges(variants),
            variants=tuple(variants),
        )

    listed = row.get("variants") if isinstance(row, dict) else None
    for at, item in rows_of(listed or {}, f"{place}.variants"):
        read = attempt(at, lambda item=item: _variant(row["product_id"], item, variants))  # type: ignore[misc]
        if isinstance(read, BadRow):
            yield read
    yield attempt(place, build)


def _variant(product_id: str, row: Mapping[str, Any], variants: list[Variant]) -> Any:
    price_cents = to_cents(row["price"])
    if price_cents < 0:
        raise ValueError("the price is below zero")
    variant = Variant(
        id=row["item_id"],
        product_id=product_id,
        options=row.get("options") or {},
        price_cents=price_cents,
        stock=row.get("stock"),
        available=row["available"],
    )
    variants.append(variant)
    return variant


def _ranges(variants: list[Variant]) -> tuple[Spec, ...]:
    """What can be had of each option, from the variants that can be bought, else from all."""
    buyable = [v for v in variants if v.available] or variants
    ranges: dict[str, dict[str, None]] = {}
    for variant in buyable:
        for option, value in variant.options.items():
            ranges.setdefault(option, {})[value] = None
    return tuple(_range(option, tuple(sorted(values, key=_by_size))) for option, values in ranges.items())


def _range(option: str, values: tuple[str, ...]) -> Spec:
    name = re.sub(r"\W+", "_", option.strip().lower())
    return Spec(name=name, label=option[:1].upper() + option[1:], value=values, text=", ".join(values))


def _by_size(value: str) -> tuple[float, str]:
    number = _NUMBER.search(value)
    return (float(number.group()) if number else float("inf"), value)


def order_of(row: Mapping[str, Any], labels: Mapping[str, str]) -> Order:
    """An order; `labels` say how its payment methods are named to people. Its lines are numbered from 1."""
    status = _MODIFIED.sub("", row["status"])
    lines = tuple(_line(str(at), item) for at, item in enumerate(row["items"], start=1))
    if not lines:
        raise ValueError("the order has no items")
    order_status = OrderStatus(status.replace(" ", "_"))
    return Order(
        id=row["order_id"],
        customer_id=row["user_id"],
        status=order_status,
        currency=row.get("currency") or "USD",
        items_modified=status != row["status"],
        cancel_reason=row.get("cancel_reason"),
        address=_address(row["address"]),
        lines=lines,
        payments=tuple(_payment(str(at), p, labels) for at, p in enumerate(row["payment_history"], start=1)),
        deliveries=tuple(_deliveries(row, lines, order_status)),
    )


def _line(line_id: str, row: Mapping[str, Any]) -> OrderLine:
    return OrderLine(
        id=line_id,
        product_id=row["product_id"],
        variant_id=row["item_id"],
        name=row["name"],
        category=row.get("category") or row["name"],
        options=row.get("options") or {},
        quantity=row.get("quantity") or 1,
        unit_price_cents=to_cents(row["price"]),
    )


def _payment(entry_id: str, row: Mapping[str, Any], labels: Mapping[str, str]) -> PaymentEntry:
    method_id = row["payment_method_id"]
    return PaymentEntry(
        id=entry_id,
        kind=row["transaction_type"],
        method_id=method_id,
        method_label=labels.get(method_id, ""),
        amount_cents=to_cents(row["amount"]),
    )


def _deliveries(row: Mapping[str, Any], lines: tuple[OrderLine, ...], status: OrderStatus) -> Iterator[Delivery]:
    """A parcel for each tracking number; an item ordered twice is packed line by line."""
    left = list(lines)
    for fulfilment in row.get("fulfillments") or ():
        packed: list[str] = []
        for item_id in fulfilment["item_ids"]:
            line = next((line for line in left if line.variant_id == item_id), None)
            if line is not None:
                left.remove(line)
                packed.append(line.id)
        for number in fulfilment["tracking_id"]:
            yield Delivery(
                id=f"{row['order_id']}/{number}",
                order_id=row["order_id"],
                tracking_number=number,
                status=_parcel_status(status),
                line_ids=tuple(packed),
            )


def _parcel_status(status: OrderStatus) -> DeliveryStatus:
    arrived = {OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED, OrderStatus.EXCHANGE_REQUESTED}
    return DeliveryStatus.DELIVERED if status in arrived else DeliveryStatus.LABEL_CREATED

"""How a mail to a customer reads: greeting, facts, steps, the shop's name."""

from collections.abc import Iterable

from backend.domain.customers import Customer
from backend.domain.policy import ShopPolicy


def letter(customer: Customer, policy: ShopPolicy, facts: Iterable[str], steps: Iterable[str] = ()) -> str:
    """The text of a mail. `steps` are numbered: what the customer does next."""
    lines = [f"Hello {customer.name},", "", *facts]
    numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
    if numbered:
        lines += ["", "What to do next:", *numbered]
    contact = f"Questions? Write to {policy.contact_email}." if policy.contact_email else "Questions? Just reply."
    return "\n".join([*lines, "", contact, "", policy.shop_name])


def return_steps(return_id: str) -> tuple[str, ...]:
    """How goods go back, with the label they carry."""
    return (
        "Pack the items, with everything that came with them.",
        f"Write the return number {return_id} on the parcel: it is your return label.",
        "Hand the parcel to the carrier and keep the receipt.",
    )

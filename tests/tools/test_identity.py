"""Who a session speaks for is proved, throttled and never told apart by the answer."""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from backend.domain.errors import InvalidInput, NotFound, TooManyAttempts
from backend.domain.identity import Identity, IdentityLevel
from backend.store.database import Database
from backend.tools.base import IdentityNeeded, ToolContext
from backend.tools.identity import Identification
from tests.tools import shop
from tests.tools.shop import TENANT, guest

ANYONE = ToolContext(TENANT, Identity(), "s-1", shop.NOW)


class Counting:
    """A limiter that never forgets."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()

    async def hit(self, key: str, limit: int, seconds: int) -> bool:
        self.hits[key] += 1
        return self.hits[key] <= limit

    async def has_room(self, key: str, limit: int, seconds: int) -> bool:
        return self.hits[key] < limit


@pytest.fixture
def proofs(database: Database) -> Identification:
    return Identification(database, Counting(), "a secret of the test")


async def mailed_code(database: Database, to: str) -> str:
    async with database.records(TENANT) as records:
        mails = await records.mails.list(to=to)
    found = re.search(r"\b\d{6}\b", mails[0].text)
    assert found
    return found.group()


async def test_order_number_and_mail_open_that_order_only(proofs: Identification) -> None:
    identity = await proofs.as_guest(ANYONE, "ord-2", " ADA@example.com")
    assert identity == Identity(level=IdentityLevel.GUEST, customer_id="ada", order_ids=("ORD-2",))
    assert not identity.may_read("ada", "ORD-1")
    second = await proofs.as_guest(replace(ANYONE, identity=identity), "ORD-1", "ada@example.com")
    assert second.order_ids == ("ORD-2", "ORD-1")
    assert await proofs.as_guest(replace(ANYONE, identity=identity), "ORD-1") == second, "the address was said before"


async def test_without_an_address_only_orders_of_that_customer_open(proofs: Identification) -> None:
    ada = Identity(level=IdentityLevel.GUEST, customer_id="ada", order_ids=("ORD-2",))
    with pytest.raises(NotFound):
        await proofs.as_guest(replace(ANYONE, identity=ada), "ORD-9")
    with pytest.raises(IdentityNeeded):
        await proofs.as_guest(ANYONE, "ORD-2")


@pytest.mark.parametrize(
    ("order_id", "email"),
    [("ORD-2", "bob@example.com"), ("ORD-2", "x@example.com"), ("ORD-404", "ada@example.com"), ("", "")],
)
async def test_every_wrong_pair_gets_the_same_answer(proofs: Identification, order_id: str, email: str) -> None:
    with pytest.raises(NotFound, match=r"^I cannot find an order with that number and e-mail address"):
        await proofs.as_guest(ANYONE, order_id, email)


async def test_guessing_is_throttled(proofs: Identification) -> None:
    for number in range(10):
        with pytest.raises(NotFound):
            await proofs.as_guest(ANYONE, f"ORD-{number}00", "ada@example.com")
    with pytest.raises(TooManyAttempts):
        await proofs.as_guest(ANYONE, "ORD-2", "ada@example.com")
    for number in range(10):
        with pytest.raises(NotFound):
            await proofs.as_guest(replace(ANYONE, session_id=f"s{number}"), "ORD-1", "x@example.com")
    with pytest.raises(TooManyAttempts):
        await proofs.as_guest(replace(ANYONE, session_id="fresh"), "ORD-1", "ada@example.com")


async def test_right_answers_are_not_counted(proofs: Identification) -> None:
    for _ in range(15):
        await proofs.as_guest(ANYONE, "ORD-2", "ada@example.com")


async def test_the_mailed_code_verifies_once_in_its_own_session(proofs: Identification, database: Database) -> None:
    who = guest("ORD-2")
    await proofs.send_code(who)
    code = await mailed_code(database, "ada@example.com")
    with pytest.raises(InvalidInput):
        await proofs.check_code(replace(who, session_id="other"), code)
    assert await proofs.check_code(who, f" {code[:3]} {code[3:]} ") == Identity(
        level=IdentityLevel.VERIFIED, customer_id="ada"
    )
    with pytest.raises(InvalidInput):
        await proofs.check_code(who, code)


async def test_a_code_is_for_the_address_it_was_asked_for_last(proofs: Identification, database: Database) -> None:
    with pytest.raises(InvalidInput):
        await proofs.check_code(ANYONE, "123456")
    await proofs.send_code(ANYONE, "ada@example.com")
    found = await proofs.check_code(ANYONE, await mailed_code(database, "ada@example.com"))
    assert found.customer_id == "ada"
    with pytest.raises(InvalidInput):
        await proofs.check_code(ANYONE, await mailed_code(database, "ada@example.com"))


async def test_three_tries_and_ten_minutes(proofs: Identification, database: Database) -> None:
    await proofs.send_code(ANYONE, "ada@example.com")
    code = await mailed_code(database, "ada@example.com")
    wrong = "000000" if code != "000000" else "111111"
    with pytest.raises(InvalidInput):
        await proofs.check_code(replace(ANYONE, now=shop.NOW + timedelta(minutes=10)), code, "ada@example.com")
    for _ in range(3):
        with pytest.raises(InvalidInput):
            await proofs.check_code(ANYONE, wrong, "ada@example.com")
    with pytest.raises(InvalidInput):
        await proofs.check_code(ANYONE, code, "ada@example.com")


async def test_an_unknown_address_looks_the_same_and_gets_no_mail(proofs: Identification, database: Database) -> None:
    await proofs.send_code(ANYONE, "nobody@example.com")
    with pytest.raises(InvalidInput):
        await proofs.check_code(ANYONE, "123456", "nobody@example.com")
    async with database.records(TENANT) as records:
        assert await records.mails.list() == ()


async def test_sends_are_limited_by_address_and_session(proofs: Identification) -> None:
    for number in range(10):
        await proofs.send_code(replace(ANYONE, session_id=f"s{number}"), "ada@example.com")
    with pytest.raises(TooManyAttempts):
        await proofs.send_code(replace(ANYONE, session_id="fresh"), "ADA@example.com")
    for number in range(5):
        await proofs.send_code(ANYONE, f"x{number}@example.com")
    with pytest.raises(TooManyAttempts):
        await proofs.send_code(ANYONE, "bob@example.com")


async def test_nobody_without_an_address_gets_a_code(proofs: Identification) -> None:
    with pytest.raises(IdentityNeeded):
        await proofs.send_code(ANYONE)


async def test_the_code_is_kept_only_as_a_hash(proofs: Identification, database: Database) -> None:
    await proofs.send_code(ANYONE, "ada@example.com")
    code = await mailed_code(database, "ada@example.com")
    async with database.records(TENANT, write=True) as records:
        kept = await records.identity_codes.take_try("s-1", "ada@example.com", shop.NOW)
    assert kept is not None and code not in kept

"""Days that are over are counted once, and again when something in them changes; the desk reads the same either way."""

from datetime import UTC, date, datetime, timedelta

from backend.domain.cases import Complaint, ComplaintEvent, ComplaintStatus, HandoffCase, Priority
from backend.domain.figures import Numbers, Paths
from backend.domain.inbox import Feedback, Satisfaction, Thumb
from backend.domain.messages import Role, StoredMessage
from backend.store.database import Database
from backend.tools.numbers_desk import NumbersDesk
from tests.store.world import SHOP

NOW = datetime(2026, 5, 9, 15, 0, tzinfo=UTC)
TODAY = NOW.date()
FIRST = TODAY - timedelta(days=5)


def _said(name: str, at: datetime, *, found: bool = True, ms: float = 20.0) -> list[StoredMessage]:
    meta = {"intents": ["refund" if found else "delivery"], "found": [found], "ms": ms}
    return [
        StoredMessage(id=name, role=Role.SHOPPER, text="?", at=at),
        StoredMessage(id=f"{name}-r", role=Role.ASSISTANT, text="!", at=at, meta=meta),
    ]


async def _fill(database: Database) -> None:
    """A conversation a day, today too; one goes on over midnight, and in one a person answers on the day after."""
    async with database.records(SHOP, write=True) as records:
        for n in range(5):
            at = NOW - timedelta(days=n)
            await records.conversations.append(f"K-{n}", f"s{n}", None, _said(f"m{n}", at, ms=10.0 * (n + 1)))
        late = NOW - timedelta(days=3, hours=-9)
        await records.conversations.append("K-3", "s3", None, _said("m3b", late, found=False))
        asked = HandoffCase(id="H-1", conversation_id="K-2", session_id="s2", created_at=NOW - timedelta(days=2))
        await records.handoffs.add(asked)
        person = StoredMessage(id="m2c", role=Role.STAFF, text="here", at=NOW - timedelta(days=1))
        await records.conversations.append("K-2", "s2", None, [person])
        said = Satisfaction(conversation_id="K-4", score=4, at=NOW - timedelta(days=4))
        await records.opinions.put_satisfaction(said)
        await records.opinions.put_feedback(_thumb("m4-r", "K-4", NOW - timedelta(days=4)))
        done = ComplaintEvent(at=NOW - timedelta(days=1), actor="staff:ida", what="status open → resolved")
        filed = NOW - timedelta(days=4)
        await records.complaints.add(
            Complaint(
                id="CMP-9", customer_id="C-1", category="damage", priority=Priority.HIGH, description="cracked",
                status=ComplaintStatus.RESOLVED, created_at=filed, history=(done,),
            )
        )  # fmt: skip


def _thumb(message: str, conversation: str, at: datetime) -> Feedback:
    return Feedback(message_id=message, conversation_id=conversation, score=Thumb.DOWN, at=at)


def _desk(database: Database, now: datetime = NOW) -> NumbersDesk:
    return NumbersDesk(database, lambda: now)


async def _read(database: Database) -> tuple[Numbers, Paths]:
    return await _desk(database).numbers(SHOP, FIRST, TODAY), await _desk(database).paths(SHOP, FIRST, TODAY)


async def _count(database: Database, now: datetime = NOW) -> None:
    for _ in range(9):
        if not await _desk(database, now).count(SHOP):
            return
    raise AssertionError("the chore never comes to rest")


async def _kept(database: Database) -> set[date]:
    async with database.records(SHOP) as records:
        return set(await records.counted_days.kept(date.min, date.max))


async def test_kept_days_say_what_was_counted_when_asked(shop: Database) -> None:
    await _fill(shop)
    numbers, paths = await _read(shop)
    total = numbers.total
    assert (total.conversations, total.answers, total.unanswered, total.handoffs, total.complaints) == (5, 6, 1, 1, 1)
    assert (total.alone, total.answer_ms, total.satisfaction, total.thumbs_down) == (0.6, 25.0, 4.0, 1)
    assert total.resolution_seconds == 259_000 and total.first_response_seconds == 86_400
    assert [day.answers for day in numbers.days] == [0, 1, 1, 2, 1, 1], "an answer counts on its own day"
    assert paths.conversations == 5 and {row.intent: row.given_up for row in paths.given_up}["delivery"] == 1
    assert not await _kept(shop)
    await _count(shop)
    assert await _kept(shop) == {FIRST + timedelta(days=n) for n in (1, 2, 3, 4)}, "all but today"
    assert await _read(shop) == (numbers, paths)


async def test_what_happens_later_in_a_day_that_was_kept_is_told_at_once(shop: Database) -> None:
    await _fill(shop)
    await _count(shop)
    numbers, paths = await _read(shop)
    later = NOW + timedelta(hours=1)
    async with shop.records(SHOP, write=True) as records:
        await records.conversations.append("K-2", "s2", None, _said("m2b", later, found=False))
        await records.opinions.put_feedback(_thumb("m1-r", "K-1", later))
    assert TODAY - timedelta(days=1) not in await _kept(shop) and TODAY - timedelta(days=4) in await _kept(shop)
    changed, ways = await _read(shop)
    assert changed.total.answers == numbers.total.answers + 1 and changed.days[-1].unanswered == 1
    assert changed.total.thumbs_down == 2
    bad = {row.intent: row.given_up for row in ways.given_up}
    assert bad["refund"] == {row.intent: row.given_up for row in paths.given_up}["refund"] + 1
    await _count(shop, later)
    after = later + timedelta(hours=1)  # nothing came since
    await _count(shop, after)
    assert len(await _kept(shop)) == 4
    assert await _read(shop) == (changed, ways)


async def test_what_an_earlier_release_kept_otherwise_is_counted_again(shop: Database) -> None:
    await _fill(shop)
    numbers = await _read(shop)
    await _count(shop)
    async with shop.records(SHOP, write=True) as records:
        await records.counted_days.keep({FIRST + timedelta(days=1): {"at": "otherwise"}})
    assert await _read(shop) == numbers

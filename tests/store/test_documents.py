"""Documents have versions, a status, a true delete, and a version of what the shop knows."""

from typing import Any

import pytest

from backend.domain.errors import NotFound
from backend.domain.knowledge import Document, DocumentKind, DocumentStatus
from backend.store.database import Database
from tests.store.world import SHOP

CARE = Document(id="care", title="Caring for a lantern", kind=DocumentKind.MANUAL, product_id="P-1", content_hash="h1")


async def test_new_content_is_a_new_version_and_the_same_content_is_not(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        docs = records.documents
        assert await docs.knowledge_version() == 0
        first = await docs.put(CARE, b"wipe", "text/plain", owner="Ida", tags=["glass"])
        retitled = CARE.model_copy(update={"title": "Lantern care"})
        again = await docs.put(retitled, b"wipe", "text/plain")
        second = await docs.put(retitled.model_copy(update={"content_hash": "h2"}), b"rinse", "text/markdown")
        assert [d.document.version for d in (first, again, second)] == [1, 1, 2]
        assert await docs.get("care") == second
        assert (await docs.content("care"), await docs.content("care", 1)) == (b"rinse", b"wipe")
        assert [(v.version, v.content_hash) for v in await docs.versions("care")] == [(2, "h2"), (1, "h1")]
        assert await docs.knowledge_version() == 3


async def test_an_index_learns_what_changed_and_what_is_gone(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        docs = records.documents
        for name in ("a", "b", "c"):
            await docs.put(CARE.model_copy(update={"id": name}), b"x", "text/plain")
        known = await docs.knowledge_version()
        assert await docs.changed_since(known) == ((), ())
        await docs.describe("b", status=DocumentStatus.DRAFT)
        assert await docs.delete("a")
        assert not await docs.delete("a")
        changed, gone = await docs.changed_since(known)
        assert ([d.document.id for d in changed], gone) == (["b"], ("a",))
        assert await docs.content("a") is None and await docs.versions("a") == ()
        await docs.put(CARE.model_copy(update={"id": "a"}), b"y", "text/plain")
        changed, gone = await docs.changed_since(known)
        assert ([d.document.id for d in changed], gone) == (["b", "a"], ())
        assert [d.document.id for d in await docs.list(status=DocumentStatus.DRAFT)] == ["b"]
        with pytest.raises(NotFound):
            await docs.describe("z", status=DocumentStatus.DRAFT)


async def test_a_list_goes_on_where_its_page_ended(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        docs = records.documents
        for name, title, tags in (("a", "Wicks", ["glass", "50%"]), ("b", "Glass", []), ("c", "Öl", ["für später"])):
            await docs.put(CARE.model_copy(update={"id": name, "title": title}), b"x", "text/plain", tags=tags)

        async def ids(**bounds: Any) -> list[str]:
            return [one.document.id for one in await docs.list(**bounds)]

        assert await ids() == ["a", "b", "c"]
        assert (await ids(limit=2), await ids(after="b", limit=2)) == (["a", "b"], ["c"])
        assert (await ids(text="glass"), await ids(text="für")) == (["a", "b"], ["c"])
        assert (await ids(tag="50%"), await ids(tag="5_%"), await ids(tag="glas")) == (["a"], [], [])
        assert await ids(tag="für später", text="Öl") == ["c"]

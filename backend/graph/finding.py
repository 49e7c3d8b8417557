"""Catalogue search in the chat: lists, counts and superlatives, with the filter that was understood."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from backend.domain.catalogue import Product, ProductFilter, ProductPage
from backend.domain.conversation import Evidence, Request, Turn
from backend.graph.asking import Asked
from backend.graph.cards import product_card, products_card, refs
from backend.graph.catalogue import Catalogue
from backend.graph.nearest import loosened, missed_by
from backend.graph.offers import offer, told_variants
from backend.graph.search import matches
from backend.graph.seeking import in_whole_shop
from backend.graph.shop_words import ShopWords
from backend.graph.text import words as words_of
from backend.graph.wording import described, goods, listed, priced, with_article

_NAMED: Final = 5
#: "wireless ones?": of the goods before
_ONES: Final = re.compile(r"\bones\b", re.IGNORECASE)
_NEAREST: Final = 3
_KINDS: Final = 8
#: goods among which the nearest to a figure are sought
_LOOKED_AT: Final = 100


class Finder:
    """Turns a wish into a page of products and the words that say it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def find(self, turn: Turn, request: Request, words: ShopWords) -> Evidence:
        """What matches the request. What is not sold here is said so, with what comes nearest."""
        asked = self._asked(turn, request, words)
        strange = request.entities.unknown_products
        if strange and asked.filter.category is None:
            return await self.not_sold(turn, request, words, strange[0])
        if asked.strange and asked.filter.category is None:
            return await self.not_sold(turn, request, words, asked.strange)
        ranked_only = asked.filter.model_copy(update={"sort": "relevance", "page_size": 20}) == ProductFilter()
        if ranked_only and asked.unknown and asked.kind == "superlative":  # "the lightest laptop" where none is sold
            return await self.not_sold(turn, request, words, _as_said(asked.unknown, request.standalone))
        if not asked.any:
            return await self._nothing_asked(turn, request, words, asked)
        page = await self._catalogue.search(turn.tenant, asked.filter)
        offered = await self._offered(turn, asked, words, page)
        if page.total == 0:
            return await self._none(turn, request, words, asked, offered)
        text = (offered or _told(asked, page, words)) + _unpriced(asked.filter, words) + _unmet(asked)
        first = asked.kind == "superlative" and asked.filter.page == 1
        return _evidence(request, text, page, meant=1 if first or page.total == 1 else 0)

    async def _offered(self, turn: Turn, asked: Asked, words: ShopWords, page: ProductPage) -> str:
        """Price and stock of the variants asked for, where only one product can be meant; else nothing."""
        wanted = asked.filter
        options = tuple(one for one in wanted.specs if one.name in words.snapshot.item_columns)
        if not options or asked.kind != "list" or (wanted.category is None and not wanted.text) or page.total > 1:
            return ""
        others = tuple(one for one in wanted.specs if one not in options)
        bare = {"specs": others, "min_price_cents": None, "max_price_cents": None, "in_stock": None, "page_size": 2}
        whole = await self._catalogue.search(turn.tenant, wanted.model_copy(update=bare))
        if whole.total != 1:
            return ""
        product = whole.products[0]
        chosen = words.chosen(product, options)
        if page.total or not chosen:
            return offer(product, "", options, page.products[0].variants if page.total else chosen)[0]
        return f"We have no {described(wanted, words.snapshot)}. The {product.name}: {told_variants(product, chosen)}."

    async def not_sold(self, turn: Turn, request: Request, words: ShopWords, name: str) -> Evidence:
        """No, and what comes nearest: goods of nearly that name, else of the kind it ends in, else what we sell."""
        if (alike := words.spelt_like(name)) is not None:
            return await self._meant(turn, request, name, alike)
        category = _kind_inside(name, words)
        wanted = ProductFilter(category=category, page_size=_NEAREST, sort="rating")
        name = with_article(name)
        if category is None:
            kinds = listed([goods(kind) for kind in words.largest_categories(_KINDS)])
            return Evidence(
                request=request, text=f"We do not sell {name}. We sell {kinds}.", found=False, suggestions=_kinds(words)
            )
        page = await self._catalogue.search(turn.tenant, wanted)
        near = listed([priced(p) for p in page.products])
        text = f"We do not sell {name}. The nearest we have are {goods(category)}: {near}."
        return _evidence(request, text, page).model_copy(update={"found": False})

    async def _meant(self, turn: Turn, request: Request, name: str, alike: Product) -> Evidence:
        """A name that is nearly that of a product: said so, with the product."""
        product = (await self._catalogue.live(turn.tenant, (alike,)))[0]
        text = f"We have nothing called {name}. Do you mean the {priced(product)}?"
        return Evidence(
            request=request,
            text=text,
            facts=(text,),
            cards=(product_card(product),),
            suggestions=(product.name,),
            focus_products=refs((product,)),
            focus_shown=refs((product,)),
        )

    def _asked(self, turn: Turn, request: Request, words: ShopWords) -> Asked:
        """The wish of this message as it was understood; a bare condition ("only under $500") narrows the search
        before it.
        """
        asked = words.parse(request.standalone)
        given = request.entities.filter
        if given is not None and not words.compares(request.standalone):  # read without the names of goods
            kind = "superlative" if asked.kind == "list" and given.sort != "relevance" else asked.kind
            asked = replace(asked, filter=given, kind=kind)
        before = turn.state.focus.filter
        own_words = asked.filter.text if not _ONES.search(request.text) else ""
        named = asked.filter.category or own_words or asked.filter.brand
        if before is None or not asked.any or named or in_whole_shop(request.text):
            return asked
        changed = asked.filter.model_dump(exclude_defaults=True, exclude={"specs"})
        specs = tuple(dict.fromkeys((*before.specs, *asked.filter.specs)))
        merged = before.model_copy(update={"page": 1, **changed, "specs": specs})
        return Asked(merged, asked.kind, asked.unknown, unmet=asked.unmet)

    async def _nothing_asked(self, turn: Turn, request: Request, words: ShopWords, asked: Asked) -> Evidence:
        if asked.unknown:
            return await self.not_sold(turn, request, words, _as_said(asked.unknown, request.standalone))
        if asked.kind == "count":
            page = await self._catalogue.search(turn.tenant, ProductFilter())
            return _evidence(request, f"We have {page.total:,} products in {len(page.categories)} categories.", page)
        kinds = listed([f"{goods(kind)}" for kind in words.categories()[:10]])
        question = "What are you looking for?"
        return Evidence(
            request=request, text=f"We sell {kinds}.", question=question, found=False, suggestions=_kinds(words)
        )

    async def _none(self, turn: Turn, request: Request, words: ShopWords, asked: Asked, offered: str) -> Evidence:
        """Nothing matches: an empty card with the filter, and in words what comes nearest."""
        wanted = asked.filter
        if wanted.text and wanted == ProductFilter(text=wanted.text):
            return await self.not_sold(turn, request, words, wanted.text)
        text = offered or f"We have no {described(wanted, words.snapshot)}."
        for looser in loosened(wanted):
            near = await self._catalogue.search(turn.tenant, looser.model_copy(update={"page_size": _LOOKED_AT}))
            if near.total:
                closest = sorted(near.products, key=lambda p: missed_by(p, wanted))[:_NEAREST]
                text += "" if offered else f" The nearest are {listed([priced(p) for p in closest])}."
                found = refs(closest)
                break
        else:
            found = ()
        card = products_card("No match", (), 0, wanted)
        return Evidence(
            request=request,
            text=text,
            facts=(text,),
            cards=(card,),
            found=False,
            focus_shown=found,
            focus_filter=wanted,
        )


def _unpriced(wanted: ProductFilter, words: ShopWords) -> str:
    """How many would match but for a price that the shop does not state."""
    if wanted.min_price_cents is None and wanted.max_price_cents is None:
        return ""
    if wanted.text or not np.isnan(words.snapshot.price).any():
        return ""
    unbound = wanted.model_copy(update={"min_price_cents": None, "max_price_cents": None})
    count = int((matches(words.snapshot, unbound) & np.isnan(words.snapshot.price)).sum())
    return f" Of {count:,} more the price is unknown." if count else ""


def _unmet(asked: Asked) -> str:
    """That a bound could not be held against anything."""
    said = listed([f"“{bound}”" for bound in asked.unmet])
    return f" I could not go by {said}: our catalogue states nothing of the kind for them." if said else ""


def _told(asked: Asked, page: ProductPage, words: ShopWords) -> str:
    wanted, snapshot = asked.filter, words.snapshot
    what = described(wanted, snapshot, page.total)
    if asked.kind == "count":
        text = f"We have {'one' if page.total == 1 else f'{page.total:,}'} {what}"
        return (
            f"{text}: {_names(page.products)}."
            if page.total <= _NAMED
            else f"{text}. Here are some: {_names(page.products)}."
        )
    if asked.kind == "superlative":
        return _superlative(wanted, page, words)
    if page.total == 1:
        return f"We have one {what}: {_names(page.products)}."
    if page.total <= _NAMED:
        return f"We have {page.total} {what}: {_names(page.products)}."
    return f"We have {page.total:,} {what}. The first: {_names(page.products)}."


def _superlative(wanted: ProductFilter, page: ProductPage, words: ShopWords) -> str:
    key = wanted.sort.removeprefix("-")
    what = described(wanted, words.snapshot, page.total)
    best = page.products[0]
    value = _value(best, key)
    if value is None:
        label = "rating" if key == "rating" else key.replace("_", " ")
        text = f"Our catalogue states no {label} for {what}, so I cannot rank them."
        return f"{text} We have {page.total:,}: {_names(page.products)}."
    column = words.snapshot.spec_columns.get(key)
    label = key if key in ("price", "rating") else column.label.lower() if column else key
    order = "lowest" if not wanted.sort.startswith("-") and key != "rating" else "highest"
    if page.total == 1:
        return f"We have one {what}: {_with_value(best, key)}."
    text = f"Of our {page.total:,} {what}, {_with_value(best, key)} has the {order} {label}."
    rest = [_with_value(p, key) for p in page.products[1:3]]
    return f"{text} Next {'come' if len(rest) > 1 else 'comes'} {listed(rest)}."


def _with_value(product: Product, key: str) -> str:
    """ "X1 Laptop ($1,299.99), 1.8 kg,": the price is shown anyway."""
    return priced(product) if key == "price" else f"{priced(product)} with {_value(product, key) or 'no value stated'}"


def _value(product: Product, key: str) -> str | None:
    if key == "price":
        return "price" if product.variants else None
    if key == "rating":
        return None if product.rating is None else f"{product.rating:.1f} of 5"
    spec = product.spec(key)
    return spec.text if spec else None


def _names(products: Sequence[Product]) -> str:
    return listed([priced(p) for p in products[:_NAMED]])


def _evidence(request: Request, text: str, page: ProductPage, meant: int = 0) -> Evidence:
    """`meant`: so many of the first products are what the conversation is about from now on."""
    title = goods(page.filter.category) if page.filter.category else "products"
    return Evidence(
        request=request,
        text=text,
        facts=(text, *(priced(p) for p in page.products)),
        cards=(
            products_card(title.capitalize() if title.islower() else title, page.products, page.total, page.filter),
        ),
        focus_products=refs(page.products[:meant]),
        focus_shown=refs(page.products),
        focus_filter=page.filter,
    )


def _kinds(words: ShopWords) -> tuple[str, ...]:
    return tuple(f"Show me {goods(kind)}" for kind in words.categories()[:3])


def _kind_inside(name: str, words: ShopWords) -> str | None:
    """The kind of goods that a strange name ends in: ZenPhone is a phone."""
    for word in reversed(words_of(name)):
        for start in range(max(1, len(word) - 3)):
            if len(word) - start > 3 and (found := words.category_named(word[start:])) is not None:
                return found
    return None


def _as_said(unknown: Sequence[str], text: str) -> str:
    """The unknown words as the shopper wrote them."""
    said = [match.group() for word in unknown if (match := re.search(rf"\b{re.escape(word)}\w*", text, re.IGNORECASE))]
    return " ".join(said or unknown)

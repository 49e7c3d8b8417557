"""What comes nearest where nothing matches: wider wishes, and how far goods are from the figures asked for."""

from backend.domain.catalogue import Product, ProductFilter


def loosened(wanted: ProductFilter) -> list[ProductFilter]:
    """Wider wishes, the nearest first: without the words, without prices, without specifications."""
    steps: list[dict[str, object]] = [
        {"in_stock": None, "min_rating": None},
        {"max_price_cents": None, "min_price_cents": None, "sort": "price" if wanted.max_price_cents else "-price"},
        {"text": ""},
        {"specs": (), "text": ""},
        {
            "specs": (),
            "text": "",
            "brand": None,
            "excluded_brands": (),
            "max_price_cents": None,
            "min_price_cents": None,
        },
    ]
    found = [wanted.model_copy(update=step) for step in steps]
    return [one for one in found if one != wanted and one.model_copy(update={"sort": "relevance"}) != ProductFilter()]


def missed_by(product: Product, wanted: ProductFilter) -> float:
    """How far its figures are from those that were asked for, as shares of them; what is not stated is farthest."""
    asked = [s for s in wanted.specs if isinstance(s.value, int | float) and not isinstance(s.value, bool)]
    stated = [(s.value, product.spec(s.name)) for s in asked]
    return sum(
        abs(own.value - float(value)) / max(abs(float(value)), 1.0)
        if own is not None and isinstance(own.value, int | float)
        else 1e9
        for value, own in stated
        if isinstance(value, int | float)
    )

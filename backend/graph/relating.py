"""The named questions over the graph with their arguments: whoever asks chooses among them, nobody writes a query."""

from typing import Literal

from backend.domain.base import Value
from backend.domain.catalogue import ProductFilter

Question = Literal["what_fits", "fits", "cheaper", "better", "similar", "bought_with", "link"]
#: of goods that were found: themselves, who makes them, or how many there are
Want = Literal["goods", "brands", "count"]


class Relating(Value):
    """One question about one product. `other_id` is for "fits" and "link"; `filter` and `want` are for "what_fits"."""

    question: Question
    product_id: str
    other_id: str = ""
    filter: ProductFilter = ProductFilter()
    want: Want = "goods"

"""A yes or no asked of several goods, of which the catalogue states nothing: asked of each by itself."""

import re

from backend.agents.understanding.vocabulary import Vocabulary
from backend.domain.acts import Act
from backend.domain.conversation import Request

#: "do they both have a backlit keyboard?"
_OF_ALL = re.compile(
    r"\W{0,3}(?:(?:and|so|ok|but|then)\W{1,3}){0,2}(?P<verb>do|are|can|have|will|did|were)\s+"
    r"(?:they|both|these|those|all)(?:\s(?:both|all|two|three|of (?:them|these|those)|models|ones)){0,2}\s"
    r"(?P<rest>[^?]{3,120})",
    re.IGNORECASE,
)
_OF_ONE = {"do": "Does", "are": "Is", "can": "Can", "have": "Has", "will": "Will", "did": "Did", "were": "Was"}
#: More goods than this are compared, not asked about one by one.
_MOST = 3
_SAYS_NOTHING = frozenset("have with come comes work works support supported the and any also their them".split())


def each_apart(request: Request, vocabulary: Vocabulary | None) -> tuple[Request, ...]:
    """The question once for each product, where a comparison would not answer it; else the request as it is."""
    asked = _OF_ALL.match(request.text)
    goods = request.entities.products
    if vocabulary is None or asked is None or request.act is not Act.COMPARE or not 1 < len(goods) <= _MOST:
        return (request,)
    words = [w for w in re.findall(r"[a-z][a-z-]{2,}", asked["rest"].lower()) if w not in _SAYS_NOTHING]
    if not words or any(word in _stated(product.id, vocabulary) for product in goods for word in words):
        return (request,)
    verb, rest = _OF_ONE[asked["verb"].lower()], asked["rest"].strip()
    return tuple(
        request.model_copy(
            update={
                "act": Act.PRODUCT_QUESTION,
                "standalone": f"{verb} the {product.name} {rest}?",
                "entities": request.entities.model_copy(update={"products": (product,)}),
            }
        )
        for product in goods
    )


def _stated(product_id: str, vocabulary: Vocabulary) -> str:
    product = vocabulary.product(product_id)
    specs = product.specs if product is not None else ()
    return " ".join(f"{spec.label} {spec.name} {spec.text}" for spec in specs).lower()

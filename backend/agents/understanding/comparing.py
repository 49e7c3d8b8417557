"""Questions of what is in view: an attribute by itself, a choice among what was shown, a comparison."""

import re

from backend.agents.understanding import cues, wording
from backend.agents.understanding.options import find_options
from backend.agents.understanding.references import CHOICE, singular
from backend.agents.understanding.salience import PRODUCT_ACTS
from backend.agents.understanding.view import Settled, View
from backend.domain.acts import Act

_LONGEST_ATTRIBUTE = 6
_PRICE = re.compile(r"\b(?:how much (?:is|are|does|do)|prices?|costs?)\b", re.IGNORECASE)
#: "which has the best camera": a part of what was shown, not a kind of goods.
_HAS = re.compile(
    r"^\W*(?:(?:so|and|but|ok|then)\s+)*which(?: one| of \w+)?\s+(?:has|have|comes? with|takes?)\b", re.IGNORECASE
)
#: "and the lightest?", asked of goods that were compared
_SUPERLATIVE = re.compile(
    r"^\W*(?:(?:so|and|but|ok|or|then|what about|how about|which(?: one)?(?: is| are|'s)?)\s+)*the "
    r"(?P<most>\w{3,}est|most \w+|least \w+)(?: one)?\W*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\bof (?:the|these|those|all) (two|three|four|five)\b", re.IGNORECASE)
_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5}


def attribute(view: View) -> Settled | None:
    """ "and the battery?": an attribute of what was spoken of."""
    ellipsis = cues.ELLIPSIS.match(view.text)
    if view.products or view.named.candidates or not ellipsis or view.orders or view.salience.act not in PRODUCT_ACTS:
        return None
    rest, products = ellipsis["rest"], view.in_view
    if view.named.unknown or not products or len(rest.split()) > _LONGEST_ATTRIBUTE:
        return None
    elsewhere = view.vocabulary.category_of(rest) and not cues.ATTRIBUTE.search(rest)
    if cues.POLICY.search(rest) or elsewhere:
        return None
    named = wording.listed(products)
    if find_options(rest, view.vocabulary.option_values()):
        variant = re.sub(r"^(?:in|with|the|a|an)\s+", "", rest)
        if _PRICE.search(view.salience.topic or ""):
            return Settled(f"How much is {named} with {variant}?", products, Act.PRODUCT_QUESTION)
        return Settled(
            f"{'Does' if len(products) == 1 else 'Do'} {named} come in {variant}?", products, Act.PRODUCT_QUESTION
        )
    if view.salience.act is Act.COMPARE and len(products) > 1:
        return Settled(f"Compare {rest} of {named}", products, Act.COMPARE)
    return Settled(f"What about {rest} of {named}?", products, Act.PRODUCT_QUESTION)


def ranked(view: View) -> Settled | None:
    """ "and the lightest?": asked of what was compared."""
    group = view.salience.group
    best = _SUPERLATIVE.match(view.text) if view.salience.act is Act.COMPARE and len(group) > 1 else None
    if best is None:
        return None
    return Settled(f"Which is the {best['most']}: {wording.listed(group, 'or')}?", group, Act.COMPARE)


def choice(view: View) -> Settled | None:
    """ "which is cheaper?", "what's the difference?": asked of what was shown."""
    group = view.salience.group
    counted = _COUNTED.search(view.core)
    if counted and len(view.salience.everything) >= _COUNT[counted[1].lower()]:
        group = view.salience.everything[: _COUNT[counted[1].lower()]]
    if view.named.spans or view.named.candidates or len(group) < 2 or view.orders:
        return None
    asks = CHOICE.search(view.core) or (cues.COMPARE.search(view.core) and len(view.core.split()) <= _LONGEST_ATTRIBUTE)
    if not asks or not set(view.products) <= set(group) or _searches(view):
        return None
    if len(view.products) > 1 and not counted:
        return Settled(view.spelt_out, view.products, Act.COMPARE)
    bare = view.core.rstrip(" ?.!")
    return Settled(f"{bare[:1].upper()}{bare[1:]}: {wording.listed(group, 'or')}?", group, Act.COMPARE)


def _searches(view: View) -> bool:
    """Whether a category is named that makes it a search, other than that of goods being compared."""
    found = view.asked
    if found is None or not found.category or (_HAS.match(view.core) and not cues.YOU_HAVE.search(view.core)):
        return False
    return view.salience.act is not Act.COMPARE or bool(cues.YOU_HAVE.search(view.core))


def comparison(view: View) -> Settled | None:
    """ "compare it to the G1", "is the X2 better?": one side named, the other in view."""
    compares = bool(cues.COMPARE.search(view.core))
    if not view.products or not (compares or cues.BETTER.match(view.core)):
        return None
    if len(view.products) > 1:
        return Settled(view.spelt_out, view.products, Act.COMPARE if compares else None)
    before = (*singular(view.salience, view.vocabulary), *view.salience.products)
    other = next((p for p in before if p not in view.products), None)
    if other is None:
        return None
    products = (other, view.products[0])
    return Settled(f"Compare {wording.listed(products)}", products, Act.COMPARE)

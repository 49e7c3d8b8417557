"""The last search narrowed, moved or left for something like it: "under $1000", "what about phones?", "cheaper?"."""

import re

from backend.agents.understanding import cues, wording
from backend.agents.understanding.clauses import strip_link
from backend.agents.understanding.entities import is_bound
from backend.agents.understanding.references import CHOICE, Reference, singular
from backend.agents.understanding.view import RECORD_ACTS, Settled, View
from backend.domain.acts import Act
from backend.domain.catalogue import Comparator, ProductFilter
from backend.graph.seeking import in_whole_shop

#: "only the black ones" are not the one black thing in view.
_SEVERAL = re.compile(r"\bones\b", re.IGNORECASE)
#: What was shown is not wanted: "no not that one", "a different one please".
_ANOTHER = re.compile(
    r"^\W*(?:(?:no|nope|nah|hm+|sorry|please)\W+)*(?:not (?:that|this)(?: one)?|(?:show me |got |i want )?(?:another"
    r"|a different|some other) (?:one|ones|model))(?: please)?\W*$",
    re.IGNORECASE,
)
#: How many the last search found.
_COUNTS = re.compile(
    r"^\W*(?:(?:so|and|ok)\W+)?how many (?:(?:are (?:there|they|left)|do you have|have you got|is that|results"
    r"|of (?:them|those|these)(?: (?:are there|do you have))?)(?: in total| altogether)?|in total|altogether)\W*$",
    re.IGNORECASE,
)
#: A search that shows so many has more of them.
_A_PAGE = 20
_COMPARATIVE = re.compile(r"(?:er|(?:more|less) \w+)$", re.IGNORECASE)


def refined(view: View) -> Settled | None:
    """The last search with the conditions of this clause, or its next page."""
    base, act = view.salience.filter, view.salience.act
    if base is None or act in RECORD_ACTS or view.orders or view.named.spans or in_whole_shop(view.text):
        return None
    narrowed = view.vocabulary.narrowing(view.core, base.category)
    whole = view.vocabulary.narrowing(view.text, base.category) if view.core != view.text else None
    if whole is not None and _leaves_out(whole):
        narrowed = whole  # "no Samsung" corrects nothing
    whole_list = act is Act.PRODUCT_SEARCH and view.products == view.salience.group
    several = narrowed is not None and bool(_SEVERAL.search(view.core))
    if view.products and not whole_list and not several and not _ranks_many(view, narrowed):
        return None
    if _COUNTS.match(view.core):
        return Settled(wording.search_sentence(base), (), Act.PRODUCT_SEARCH, base.model_copy(update={"page": 1}))
    if cues.MORE.match(view.core):
        following = base.model_copy(update={"page": base.page + 1})
        return Settled(wording.search_sentence(base), (), Act.PRODUCT_SEARCH, following)
    if CHOICE.search(view.core) and 2 <= len(view.salience.group) == len(view.salience.shown):
        return None
    if cues.POLICY.search(view.core) or not (narrowed or cues.REFINES.match(view.core) or view.corrects):
        return None
    new = narrowed or view.asked
    if new is None or not is_bound(new):
        return None
    moves = new.category is not None and new.category != base.category
    if moves and not (cues.ELLIPSIS.match(view.text) or view.corrects):
        return None
    merged = merge(base, new)
    return Settled(wording.search_sentence(merged), (), Act.PRODUCT_SEARCH, merged)


def _leaves_out(wanted: ProductFilter) -> bool:
    return bool(wanted.excluded_brands) or any(spec.op is Comparator.NE for spec in wanted.specs)


def _ranks_many(view: View, narrowed: ProductFilter | None) -> bool:
    """ "the cheapest of them" is sought among all that the search found where it showed only the first."""
    return narrowed is not None and narrowed.sort != "relevance" and len(view.salience.shown) >= _A_PAGE


def merge(base: ProductFilter, new: ProductFilter) -> ProductFilter:
    """The earlier search with every condition the new words set; specifications belong to a category."""
    unset = ProductFilter()
    said = {name: getattr(new, name) for name in new.model_fields_set - {"page", "page_size", "text"}}
    changes = {name: value for name, value in said.items() if value != getattr(unset, name)}
    for bound in ("min_price", "max_price"):
        if f"{bound}_cents" in changes:
            changes[f"{bound}_exclusive"] = getattr(new, f"{bound}_exclusive")
    if new.excluded_brands:
        changes["excluded_brands"] = tuple(dict.fromkeys((*base.excluded_brands, *new.excluded_brands)))
        changes |= {"brand": None} if base.brand in new.excluded_brands else {}
    moved = new.category is not None and new.category != base.category
    kept = () if moved else tuple(s for s in base.specs if s.name not in {n.name for n in new.specs})
    changes |= {"specs": kept + new.specs, "page": 1}
    if moved:
        changes |= {"text": new.text, "brand": new.brand}
    elif new.text:
        changes["text"] = new.text  # another kind of goods, inside the same category or of none
    return base.model_copy(update=changes)


def alternative(view: View) -> Settled | None:
    """ "is there anything cheaper?", "similar ones?": other goods than the one in view."""
    if _ANOTHER.match(view.text) and (products := singular(view.salience, view.vocabulary)):
        return Settled(f"Something other than {wording.listed(products)}", products, Act.SIMILAR)
    wish = cues.ALTERNATIVE.search(view.core)
    if wish is None or view.named.candidates or view.named.unknown or view.orders or cues.POLICY.search(view.core):
        return None
    if any(_points_with(r, wish) for r in view.references):
        return None
    products = view.products or singular(view.salience, view.vocabulary)
    found = view.asked
    kinds = {p.category for q in products if (p := view.vocabulary.product(q.id)) is not None}
    if not products or (found is not None and found.category and found.category not in kinds):
        return None
    if view.products:
        return Settled(view.spelt_out, products, Act.SIMILAR)
    bare = strip_link(view.core).rstrip(" ?.!")
    link = "than" if _COMPARATIVE.search(bare) else "to"
    mark = "?" if "?" in view.core else ""
    return Settled(f"{bare[:1].upper()}{bare[1:]} {link} {wording.listed(products)}{mark}", products, Act.SIMILAR)


def _points_with(reference: Reference, words: re.Match[str]) -> bool:
    """Whether "the cheaper one" already points at something, rather than asking for another."""
    overlaps = reference.start < words.end() and words.start() < reference.end
    return overlaps and len(reference.products) == 1 and reference.end - reference.start > len("that one")

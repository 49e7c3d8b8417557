"""A clause read against what the conversation is about: its entities, and the clause reworded to stand alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.agents.understanding import cues, wording
from backend.agents.understanding.clauses import drop_negated_part, strip_lead
from backend.agents.understanding.entities import is_bound, read_entities
from backend.agents.understanding.mentions import Named, find_named
from backend.agents.understanding.options import find_options
from backend.agents.understanding.references import CHOICE, Reference, find_references, singular
from backend.agents.understanding.rewriting import expand
from backend.agents.understanding.salience import ORDER_ACTS, PRODUCT_ACTS, Salience, unique
from backend.agents.understanding.vocabulary import Vocabulary
from backend.domain.catalogue import ProductFilter
from backend.domain.conversation import Act, Entities, ProductRef


@dataclass(frozen=True, slots=True)
class Resolved:
    """A clause that needs no history. `act` is set where its form alone settles the kind of request."""

    text: str
    standalone: str
    entities: Entities
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A clause on its way: its words, what it names, what it points at."""

    text: str
    core: str
    corrects: bool
    named: Named
    references: tuple[Reference, ...]
    orders: tuple[str, ...]
    order_spans: tuple[wording.Replacement, ...]
    salience: Salience
    vocabulary: Vocabulary

    @property
    def products(self) -> tuple[ProductRef, ...]:
        """Named and pointed at, in the order of the words."""
        placed = [(start, (product,)) for start, _, product in self.named.spans]
        placed += [(r.start, r.products) for r in self.references]
        return unique(p for _, products in sorted(placed, key=lambda place: place[0]) for p in products)

    @property
    def without_goods(self) -> str:
        """The words without names and pointers, whose numbers and categories mean nothing else."""
        spans = [(s, e) for s, e, _ in (*self.named.spans, *self.named.ruled_out)]
        spans += [(f.start, f.end) for f in self.references]
        return wording.replace_spans(self.core, [(s, e, " " * (e - s)) for s, e in spans])

    @property
    def leftover(self) -> str:
        """The words beside names, pointers and fillers: nothing left means that it is no sentence."""
        spans = [(s, e, " ") for s, e, _ in self.named.spans]
        spans += [(s, e, " ") for s, e, _ in self.named.ruled_out]
        spans += [(r.start, r.end, " ") for r in self.references if not r.possessive]
        rest = wording.replace_spans(self.core, spans)
        return cues.FILLER.sub(" ", rest).strip(" ,.?!;:'")


def resolve(text: str, salience: Salience, vocabulary: Vocabulary, today: date) -> Resolved:
    """The clause with pronouns, ellipsis and corrections settled by the conversation."""
    reading = _read(text, salience, vocabulary)
    for settle in (_repeated, _refined, _choice, _alternative, _attribute, _comparison):
        settled = settle(reading)
        if settled is not None:
            standalone, products, act, found = settled
            break
    else:
        standalone, products, act, found = _plain(reading)
    entities = read_entities(reading.core, reading.without_goods, products, vocabulary, today)
    entities = entities.model_copy(
        update={
            "candidates": () if products else reading.named.candidates,
            "unknown_products": reading.named.unknown,
        }
    )
    changes: dict[str, object] = {}
    if found is not None:
        changes |= {"filter": found, "category": found.category, "brand": found.brand}
    if not entities.order_ids and reading.orders:
        changes["order_ids"] = reading.orders
    return Resolved(text, standalone, entities.model_copy(update=changes) if changes else entities, act)


#: The sentence, its products, the act its form settles, and the filter where one was merged.
_Settled = tuple[str, tuple[ProductRef, ...], Act | None, ProductFilter | None]


def _read(text: str, salience: Salience, vocabulary: Vocabulary) -> _Reading:
    correction = cues.CORRECTION.match(text)
    core = drop_negated_part(text[correction.end() :] if correction else text).strip() or text
    named = find_named(core, salience, vocabulary)
    orders, order_spans = _orders(core, salience)
    references = [
        r
        for r in find_references(core, salience, vocabulary)
        if not any(_overlap((r.start, r.end), span) for span in (*named.spans, *order_spans))
        and not (orders and not named.spans and not r.possessive)
    ]
    corrects = bool(correction) or bool(named.ruled_out)
    return _Reading(text, core, corrects, named, tuple(references), orders, order_spans, salience, vocabulary)


def _overlap(a: tuple[int, int], b: Sequence[object]) -> bool:
    start, end = b[0], b[1]
    return isinstance(start, int) and isinstance(end, int) and a[0] < end and start < a[1]


def _orders(core: str, salience: Salience) -> tuple[tuple[str, ...], tuple[wording.Replacement, ...]]:
    """The order that the clause points at, and the words to put its number for."""
    if not salience.orders or cues.OTHER_ORDER.search(core):
        return (), ()
    place = cues.ORDER_PLACE.search(core)
    if place and salience.about_order and len(salience.orders) > 1:
        at = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}[place[1].lower()]
        if at < len(salience.orders):
            order = salience.orders[at]
            return (order,), ((place.start(), place.end(), f"order {order}"),)
    order = salience.orders[0]
    noun = cues.ORDER_NOUN.search(core)
    if noun:
        return (order,), ((noun.start(), noun.end(), f"{noun.group()} {order}"),)
    pronoun = cues.PRONOUN.search(core)
    if pronoun is None or not _means_order(core, salience):
        return (), ()
    own = pronoun.group().lower() in {"its", "their"}
    return (order,), ((pronoun.start(), pronoun.end(), f"order {order}" + ("'s" if own else "")),)


def _means_order(core: str, salience: Salience) -> bool:
    """Whether a pronoun means the order in view rather than a product."""
    if cues.COMPARE.search(core) or (salience.products and cues.GOODS_VERB.search(core)):
        return False
    if cues.ORDER.search(core) and not (salience.products and not salience.about_order and cues.ATTRIBUTE.search(core)):
        return True
    return salience.about_order and (bool(cues.EITHER.search(core)) or not cues.ATTRIBUTE.search(core))


def _repeated(r: _Reading) -> _Settled | None:
    """ "what about the X2?", "no, the other one", "I meant the X2": the last question of other goods."""
    if not r.products or r.leftover:
        return _repeated_policy(r)
    opens = r.corrects or cues.ELLIPSIS.match(r.core) is not None
    topic, act = r.salience.topic, r.salience.act
    short = act in PRODUCT_ACTS and act is not Act.PRODUCT_SEARCH and len(r.core.split()) <= 5
    if not topic or not (opens or short) or act is None or act in ORDER_ACTS or act is Act.PRODUCT_SEARCH:
        return (f"Tell me about {wording.listed(r.products)}", r.products, Act.PRODUCT_QUESTION, None)
    old = tuple(p for p in r.salience.everything if p.name.lower() in topic.lower())
    if not old:
        kept = act if act in PRODUCT_ACTS else None
        return (wording.attach(topic, r.products), r.products, kept, None)
    if act is Act.COMPARE and len(r.products) == 1 and r.products[0] in old:
        return (f"Tell me about {wording.listed(r.products)}", r.products, Act.PRODUCT_QUESTION, None)
    victim = _victim(old, r)
    products = unique(q for p in old for q in (r.products if p == victim else (p,)))
    return (wording.exchange(topic, victim, r.products), products, act, None)


def _victim(old: tuple[ProductRef, ...], r: _Reading) -> ProductRef:
    """Which product of the last question gives way: the one ruled out, else the last of the same kind."""
    out = [p for _, _, p in r.named.ruled_out if p in old]
    if out:
        return out[0]
    topic = (r.salience.topic or "").lower()
    ordered = sorted(old, key=lambda p: topic.find(p.name.lower()))
    new = r.vocabulary.product(r.products[0].id)
    alike = [p for p in ordered if new and (q := r.vocabulary.product(p.id)) and q.category == new.category]
    return (alike or ordered)[-1]


_POLICY_ACTS = frozenset({Act.REFUND_QUESTION, Act.SHOP_QUESTION, Act.DELIVERY_QUESTION, Act.ACCOUNT})


def _repeated_policy(r: _Reading) -> _Settled | None:
    """ "and monitors?" after a question on the shop's rules."""
    ellipsis = cues.ELLIPSIS.match(r.text)
    if not ellipsis or r.products or r.salience.act not in _POLICY_ACTS or not r.salience.topic:
        return None
    rest = ellipsis["rest"]
    if cues.POLICY.search(rest) or len(rest.split()) > 4:
        return None
    return (expand(r.salience.topic, rest), (), r.salience.act, None)


def _refined(r: _Reading) -> _Settled | None:
    """ "and under $1000?", "only in stock", "what about phones?", "show more": the last search, narrowed."""
    base = r.salience.filter
    whole_list = r.salience.act is Act.PRODUCT_SEARCH and r.products == r.salience.shown and not r.named.spans
    if base is None or (r.products and not whole_list) or r.salience.act in ORDER_ACTS:
        return None
    if cues.MORE.match(r.core):
        following = base.model_copy(update={"page": base.page + 1})
        return (wording.search_sentence(base), (), Act.PRODUCT_SEARCH, following)
    new = r.vocabulary.parse_filter(r.core)
    if new is None or not is_bound(new):
        return None
    opens = cues.REFINES.match(r.core) or r.corrects
    if not opens or cues.POLICY.search(r.core):
        return None
    if new.category and not (cues.ELLIPSIS.match(r.text) or r.corrects) and new.category != base.category:
        return None
    merged = merge(base, new)
    return (wording.search_sentence(merged), (), Act.PRODUCT_SEARCH, merged)


def merge(base: ProductFilter, new: ProductFilter) -> ProductFilter:
    """The earlier search with every condition the new words set; specifications belong to a category."""
    changes = {name: getattr(new, name) for name in new.model_fields_set if name not in {"page", "page_size", "text"}}
    changes = {name: value for name, value in changes.items() if value != ProductFilter.model_fields[name].default}
    moved = bool(new.category and new.category != base.category)
    kept = () if moved else tuple(s for s in base.specs if s.name not in {n.name for n in new.specs})
    changes |= {"specs": kept + new.specs, "page": 1}
    if moved:
        changes |= {"text": new.text, "brand": new.brand}
    return base.model_copy(update=changes)


def _alternative(r: _Reading) -> _Settled | None:
    """ "is there anything cheaper?", "similar ones?": other goods than the one in view."""
    wish = cues.ALTERNATIVE.search(r.core)
    if wish is None or r.named.candidates or r.named.unknown or r.orders or cues.POLICY.search(r.core):
        return None
    products = r.products or singular(r.salience, r.vocabulary)
    found = r.vocabulary.parse_filter(r.without_goods)
    kinds = {p.category for q in products if (p := r.vocabulary.product(q.id)) is not None}
    if not products or (found is not None and found.category and found.category not in kinds):
        return None
    if r.products:
        return (_named_in_place(r), products, Act.SIMILAR, None)
    bare = strip_lead(r.core).rstrip(" ?.!")
    link = "than" if re.search(r"(?:er|(?:more|less) \w+)$", bare, re.IGNORECASE) else "to"
    return (f"{bare[:1].upper()}{bare[1:]} {link} {wording.listed(products)}?", products, Act.SIMILAR, None)


def _attribute(r: _Reading) -> _Settled | None:
    """ "and the battery?": an attribute of what was spoken of."""
    ellipsis = cues.ELLIPSIS.match(r.text)
    if r.products or r.named.candidates or not ellipsis or r.orders or r.salience.act not in PRODUCT_ACTS:
        return None
    rest = ellipsis["rest"]
    products = _in_view(r)
    if (
        r.named.unknown
        or not products
        or len(rest.split()) > 6
        or cues.POLICY.search(rest)
        or r.vocabulary.category_of(rest)
    ):
        return None
    if find_options(rest, r.vocabulary.option_values()):
        variant = re.sub(r"^(?:in|with|the|a|an)\s+", "", rest)
        return (f"{_does(products)} come in {variant}?", products, Act.PRODUCT_QUESTION, None)
    if r.salience.act is Act.COMPARE and len(products) > 1:
        return (f"Compare {rest} of {wording.listed(products)}", products, Act.COMPARE, None)
    return (f"What about {rest} of {wording.listed(products)}?", products, Act.PRODUCT_QUESTION, None)


def _does(products: tuple[ProductRef, ...]) -> str:
    return f"{'Does' if len(products) == 1 else 'Do'} {wording.listed(products)}"


def _in_view(r: _Reading) -> tuple[ProductRef, ...]:
    """What a question without any subject is about: both sides after a comparison, else the last product."""
    if r.salience.act is Act.COMPARE and len(r.salience.group) > 1 and not _chosen(r):
        return r.salience.group
    return singular(r.salience, r.vocabulary)


def _chosen(r: _Reading) -> bool:
    return bool(CHOICE.search(r.salience.topic or "")) and len(singular(r.salience, r.vocabulary)) == 1


def _choice(r: _Reading) -> _Settled | None:
    """ "which is cheaper?", "what's the difference?": asked of what was shown."""
    group = r.salience.group
    if r.named.spans or r.named.candidates or len(group) < 2 or r.orders:
        return None
    asks = CHOICE.search(r.core) or (cues.COMPARE.search(r.core) and len(r.core.split()) <= 5)
    if not asks or (r.references and not set(r.products) <= set(group)) or _searches(r):
        return None
    chosen = r.products if len(r.products) > 1 else group
    if r.references:
        return (_named_in_place(r), chosen, Act.COMPARE, None)
    bare = r.core.rstrip(" ?.!")
    return (f"{bare[:1].upper()}{bare[1:]}: {wording.listed(chosen, 'or')}?", chosen, Act.COMPARE, None)


def _searches(r: _Reading) -> bool:
    """Whether a category is named that makes it a search, other than that of goods being compared."""
    found = r.vocabulary.parse_filter(r.without_goods)
    if found is None or not found.category:
        return False
    return r.salience.act is not Act.COMPARE or bool(cues.YOU_HAVE.search(r.core))


def _comparison(r: _Reading) -> _Settled | None:
    """ "compare it to the G1", "is the X2 better?": one side named, the other in view."""
    compares = bool(cues.COMPARE.search(r.core))
    if not r.products or not (compares or cues.BETTER.match(r.core)):
        return None
    if len(r.products) > 1:
        return (_named_in_place(r), r.products, Act.COMPARE if compares else None, None)
    other = next((p for p in (*singular(r.salience, r.vocabulary), *r.salience.products) if p not in r.products), None)
    if other is None:
        return None
    products = (other, r.products[0])
    return (f"Compare {wording.listed(products)}", products, Act.COMPARE, None)


def _plain(r: _Reading) -> _Settled:
    """Names put for pronouns; a product attached to a question about an attribute that names none."""
    if r.products or r.order_spans:
        return (_named_in_place(r), r.products, None, None)
    found = r.vocabulary.parse_filter(r.without_goods)
    about_goods = bool(cues.ATTRIBUTE.search(r.core)) and not cues.POLICY.search(r.core)
    elsewhere = r.named.candidates or r.named.unknown or (found is not None and (found.category or found.brand))
    products = _in_view(r)
    if not about_goods or elsewhere or not products or r.orders:
        return (strip_lead(r.core), (), None, None)
    return (wording.attach(strip_lead(r.core), products), products, None, None)


def _named_in_place(r: _Reading) -> str:
    spans = [wording.naming(r.core, s, e, (p,)) for s, e, p in r.named.spans]
    spans += [wording.naming(r.core, f.start, f.end, f.products, f.possessive) for f in r.references]
    return strip_lead(wording.replace_spans(r.core, (*spans, *r.order_spans)))

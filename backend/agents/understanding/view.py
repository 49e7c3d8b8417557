"""A clause seen from the conversation: what it names, what it points at, and what is left of its words."""

from dataclasses import dataclass
from typing import NamedTuple

from backend.agents.understanding import cues, wording
from backend.agents.understanding.clauses import drop_negated_part, strip_link
from backend.agents.understanding.mentions import Named, find_named
from backend.agents.understanding.references import CHOICE, Reference, find_references, singular
from backend.agents.understanding.salience import ORDER_ACTS, Salience, unique
from backend.agents.understanding.vocabulary import Vocabulary
from backend.domain.acts import Act
from backend.domain.catalogue import ProductFilter
from backend.domain.conversation import ProductRef


class Settled(NamedTuple):
    """What a form of words came to. `act` is set where the form alone tells the kind of request."""

    standalone: str
    products: tuple[ProductRef, ...] = ()
    act: Act | None = None
    filter: ProductFilter | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A clause, what was said before it, and the words of the shop."""

    text: str
    core: str
    corrects: bool
    named: Named
    references: tuple[Reference, ...]
    orders: tuple[str, ...]
    order_words: tuple[wording.Replacement, ...]
    salience: Salience
    vocabulary: Vocabulary

    @property
    def products(self) -> tuple[ProductRef, ...]:
        """Named and pointed at, in the order of the words."""
        placed = [(start, (product,)) for start, _, product in self.named.spans]
        pointed = [(r.start, r.products) for r in self.references]
        return unique(p for _, products in sorted([*placed, *pointed], key=lambda place: place[0]) for p in products)

    @property
    def without_goods(self) -> str:
        """The words without names and pointers, whose numbers and categories mean nothing else."""
        spans = [(s, e) for s, e, _ in (*self.named.spans, *self.named.ruled_out)]
        spans += [(f.start, f.end) for f in self.references]
        return wording.replace_spans(self.core, [(s, e, " " * (e - s)) for s, e in spans])

    @property
    def leftover(self) -> str:
        """The words beside names, pointers and fillers: nothing left means that it is no sentence."""
        spans = [(s, e, " ") for s, e, _ in (*self.named.spans, *self.named.ruled_out)]
        spans += [(r.start, r.end, " ") for r in self.references if not r.possessive]
        rest = wording.replace_spans(self.core, spans)
        return cues.FILLER.sub(" ", rest).strip(" ,.?!;:'")

    @property
    def asked(self) -> ProductFilter | None:
        """The conditions the words set, names of goods aside."""
        return self.vocabulary.parse_filter(self.without_goods)

    @property
    def in_view(self) -> tuple[ProductRef, ...]:
        """What a question without any subject is about: both sides after a comparison, else the last product."""
        salience = self.salience
        if salience.act is Act.COMPARE and len(salience.group) > 1 and not self._chosen:
            return () if cues.SINGULAR.search(self.core) else salience.group
        return singular(salience, self.vocabulary)

    @property
    def spelt_out(self) -> str:
        """The clause with names in the place of pointers."""
        spans = [wording.naming(self.core, s, e, (p,)) for s, e, p in self.named.spans]
        spans += [wording.naming(self.core, f.start, f.end, f.products, f.possessive) for f in self.references]
        return strip_link(wording.replace_spans(self.core, (*spans, *self.order_words)))

    @property
    def _chosen(self) -> bool:
        return bool(CHOICE.search(self.salience.topic or "")) and len(singular(self.salience, self.vocabulary)) == 1


def look(text: str, salience: Salience, vocabulary: Vocabulary) -> View:
    """The clause with everything found in it that goods and orders in view can explain."""
    correction = cues.CORRECTION.match(text)
    core = drop_negated_part(text[correction.end() :] if correction else text).strip() or text
    named = find_named(core, salience, vocabulary)
    orders, order_words = _orders(core, salience)
    taken = [(s, e) for s, e, _ in (*named.spans, *named.ruled_out)] + [(s, e) for s, e, _ in order_words]
    references = tuple(
        r
        for r in find_references(core, salience, vocabulary)
        if not any(r.start < end and start < r.end for start, end in taken)
        and not (orders and not named.spans and not r.possessive)
    )
    corrects = bool(correction) or bool(named.ruled_out)
    return View(text, core, corrects, named, references, orders, order_words, salience, vocabulary)


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
    part = cues.ORDER_PART.search(core) if salience.about_order else None
    if part:
        return (order,), ((part.start(), part.end(), f"{part.group()} of order {order}"),)
    pronoun = cues.PRONOUN.search(core)
    if pronoun is None or not _means_order(core, salience):
        return (), ()
    own = pronoun.group().lower() in {"its", "their"}
    return (order,), ((pronoun.start(), pronoun.end(), f"order {order}" + ("'s" if own else "")),)


def _means_order(core: str, salience: Salience) -> bool:
    """Whether a pronoun means the order in view rather than a product."""
    if cues.COMPARE.search(core) or (salience.products and cues.GOODS_VERB.search(core)):
        return False
    of_goods = bool(cues.ATTRIBUTE.search(core))
    if cues.ORDER.search(core) and not (salience.products and not salience.about_order and of_goods):
        return True
    return salience.about_order and (bool(cues.EITHER.search(core)) or not of_goods)


#: Acts after which an ellipsis never repeats a question about goods.
RECORD_ACTS = ORDER_ACTS | {Act.IDENTIFY, Act.COMPLAINT_STATUS}

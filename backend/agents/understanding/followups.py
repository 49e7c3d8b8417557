"""A clause read against what the conversation is about: its entities, and the clause reworded to stand alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from backend.agents.understanding import cues, wording
from backend.agents.understanding.clauses import strip_link
from backend.agents.understanding.comparing import attribute, choice, comparison, ranked
from backend.agents.understanding.entities import read_entities
from backend.agents.understanding.narrowing import alternative, refined
from backend.agents.understanding.repetition import repeated, repeated_policy, same_matter
from backend.agents.understanding.salience import Salience
from backend.agents.understanding.view import Settled, View, look
from backend.agents.understanding.vocabulary import Vocabulary
from backend.domain.acts import Act
from backend.domain.conversation import Entities


@dataclass(frozen=True, slots=True)
class Resolved:
    """A clause that needs no history. `act` is set where its form alone settles the kind of request.

    `conditions` are its words without names of goods, in which a search finds its conditions.
    """

    text: str
    standalone: str
    entities: Entities
    act: Act | None = None
    conditions: str = ""


#: The forms of words that lean on what was said, the most telling first.
_FORMS: tuple[Callable[[View], Settled | None], ...] = (
    ranked,
    repeated,
    repeated_policy,
    refined,
    choice,
    alternative,
    attribute,
    comparison,
    same_matter,
)


def resolve(text: str, salience: Salience, vocabulary: Vocabulary, today: date) -> Resolved:
    """The clause with pronouns, ellipsis and corrections settled by the conversation."""
    view = look(text, salience, vocabulary)
    settled = next((s for form in _FORMS if (s := form(view)) is not None), None) or _plain(view)
    entities = read_entities(view.core, view.without_goods, settled.products, vocabulary, today)
    changes: dict[str, object] = {
        "candidates": () if settled.products else view.named.candidates,
        "unknown_products": view.named.unknown,
    }
    if (found := settled.filter) is not None:
        changes |= {"filter": found, "category": found.category, "brand": found.brand}
    if not entities.order_ids and view.orders:
        changes["order_ids"] = view.orders
    return Resolved(text, settled.standalone, entities.model_copy(update=changes), settled.act, view.without_goods)


def _plain(view: View) -> Settled:
    """Names put for pronouns; a product attached to a question about an attribute that names none."""
    if view.products or view.order_words:
        return Settled(view.spelt_out, view.products)
    about_goods = bool(cues.ATTRIBUTE.search(view.core)) and not cues.POLICY.search(view.core)
    core, products = strip_link(view.core), view.in_view
    elsewhere = view.named.candidates or view.named.unknown or view.orders
    if not about_goods or elsewhere or not products:
        return Settled(core)
    found = view.asked
    if found is not None and (found.category or found.brand) and not cues.OF_ITS_OWN.search(core):
        return Settled(core)
    return Settled(wording.attach(core, products), products)

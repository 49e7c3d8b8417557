"""What the conversation is about at the moment a clause is read: the session's focus plus earlier clauses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from backend.domain.acts import Act
from backend.domain.catalogue import Product, ProductFilter
from backend.domain.conversation import Entities, ProductRef, SessionState
from backend.domain.messages import Role

#: Acts about goods: a pronoun after them means a product.
PRODUCT_ACTS = frozenset(
    {Act.PRODUCT_SEARCH, Act.PRODUCT_QUESTION, Act.COMPARE, Act.COMPATIBILITY, Act.SIMILAR},
)
#: Acts about an order: a pronoun after them means the order.
ORDER_ACTS = frozenset(
    {
        Act.ORDER_LOOKUP,
        Act.ORDER_CANCEL,
        Act.ORDER_ADDRESS,
        Act.ORDER_PAYMENT,
        Act.ORDER_ITEMS,
        Act.DELIVERY_TRACK,
        Act.RETURN,
        Act.EXCHANGE,
        Act.REFUND_STATUS,
        Act.COMPLAINT_NEW,
    }
)


@dataclass(frozen=True, slots=True)
class Salience:
    """The things a pronoun may stand for. `products` and `orders` most recent first, `shown` in its order."""

    products: tuple[ProductRef, ...] = ()
    shown: tuple[ProductRef, ...] = ()
    orders: tuple[str, ...] = ()
    filter: ProductFilter | None = None
    topic: str | None = None
    act: Act | None = None

    @property
    def about_order(self) -> bool:
        """Whether the order rather than a product was spoken of last."""
        return bool(self.orders) and (self.act in ORDER_ACTS or not (self.products or self.shown))

    @property
    def everything(self) -> tuple[ProductRef, ...]:
        """All products in view, the most likely first, each once."""
        return unique((*self.products, *self.shown))

    @property
    def group(self) -> tuple[ProductRef, ...]:
        """What "them", "both" and "which is cheaper" speak of: the two to five last shown, else the last two."""
        if 2 <= len(self.shown) <= 5:
            return self.shown
        return self.products[:2] if len(self.products) > 1 else self.shown[:5]

    def after(self, text: str, entities: Entities) -> "Salience":
        """The view from the next clause of the same message."""
        act = self.act
        if entities.order_ids and not entities.products:
            act = Act.ORDER_LOOKUP
        elif entities.products:
            act = Act.PRODUCT_QUESTION
        shown = entities.products if len(entities.products) > 1 else self.shown
        return replace(
            self,
            products=unique((*entities.products, *self.products)),
            shown=shown,
            orders=tuple(dict.fromkeys((*entities.order_ids, *self.orders))),
            act=act,
            topic=text,
        )


def salience_of(state: SessionState) -> Salience:
    """The view from the first clause of a message."""
    focus = state.focus
    return Salience(
        products=focus.products,
        shown=focus.shown,
        orders=focus.orders,
        filter=focus.filter,
        topic=focus.topic or _last_question(state),
        act=focus.act,
    )


def ref(product: Product) -> ProductRef:
    """How the conversation remembers a product."""
    return ProductRef(id=product.id, name=product.name)


def unique(refs: Iterable[ProductRef]) -> tuple[ProductRef, ...]:
    """Each product once, in order."""
    return tuple({r.id: r for r in refs}.values())


def _last_question(state: SessionState) -> str | None:
    return next((m.text for m in reversed(state.history) if m.role is Role.SHOPPER), None)

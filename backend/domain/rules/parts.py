"""How many pieces of a line are still the shopper's: what came back, what is on its way, what is left."""

from backend.domain.orders import Order, OrderLine, OrderStatus, Return, ReturnStatus

#: The goods are with the customer, all or some of them.
ARRIVED = (OrderStatus.DELIVERED, OrderStatus.PARTLY_RETURNED)
_OPEN = (ReturnStatus.REQUESTED, ReturnStatus.RECEIVED)


def part(line: OrderLine, quantity: int) -> OrderLine:
    """The line as if only that many pieces of it were meant; its price per piece stays."""
    return line.model_copy(update={"quantity": quantity})


def returned_pieces(order: Order, line: OrderLine) -> int:
    """Pieces of the line that came back or are on their way; a rejected return counts for nothing."""
    return sum(entry.pieces_of(line) for entry in order.returns if entry.status is not ReturnStatus.REJECTED)


def pieces_left(order: Order, line: OrderLine) -> int:
    """Pieces of the line that may still be returned or exchanged, never below 0."""
    bought = order.line(line.id) or line
    return max(0, bought.quantity - returned_pieces(order, bought))


def lines_left(order: Order) -> tuple[OrderLine, ...]:
    """Every line with the pieces that are left of it; lines of which nothing is left are left out."""
    return tuple(part(line, left) for line in order.lines if (left := pieces_left(order, line)))


def open_return(order: Order) -> Return | None:
    """The return whose goods are still awaited, or None. There is one at a time."""
    return next((entry for entry in reversed(order.returns) if entry.status in _OPEN), None)


def standing(order: Order) -> OrderStatus:
    """Where a delivered order stands by its returns: awaited, all back, some back, or with the customer."""
    if open_return(order) is not None:
        return OrderStatus.RETURN_REQUESTED
    if not lines_left(order):
        return OrderStatus.RETURNED
    back = any(entry.status is ReturnStatus.REFUNDED for entry in order.returns)
    return OrderStatus.PARTLY_RETURNED if back else OrderStatus.DELIVERED

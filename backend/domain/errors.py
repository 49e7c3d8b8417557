"""Errors named for the business fact. Each carries what the API's problem document needs."""


class ShopError(Exception):
    """Something a caller may be told. `status` is HTTP's; `code` is stable; `field` names bad input."""

    status = 400
    code = "bad_request"
    title = "The request cannot be carried out"

    def __init__(self, detail: str, *, field: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.field = field


class InvalidInput(ShopError):
    status, code, title = 422, "invalid_input", "A field is not valid"


class NotSignedIn(ShopError):
    status, code, title = 401, "identity_needed", "Please show who you are first"


class NotAllowed(ShopError):
    status, code, title = 403, "not_allowed", "Not allowed"


class NotFound(ShopError):
    """Also the answer for what exists but belongs to someone else."""

    status, code, title = 404, "not_found", "Not found"


class Conflict(ShopError):
    status, code, title = 409, "conflict", "The record has changed"


class NotEligible(ShopError):
    """A rule of the shop forbids the action; `rule` names it."""

    status, code, title = 409, "not_eligible", "The shop's rules do not allow this"

    def __init__(self, detail: str, *, rule: str) -> None:
        super().__init__(detail)
        self.rule = rule


class TooManyAttempts(ShopError):
    """`seconds` is how long to wait before trying again."""

    status, code, title = 429, "too_many_attempts", "Too many attempts"

    def __init__(self, detail: str, *, seconds: int) -> None:
        super().__init__(detail)
        self.seconds = seconds


class EngineUnavailable(ShopError):
    """An engine behind the product does not answer and nothing can stand in for it."""

    status, code, title = 503, "engine_unavailable", "Temporarily unavailable"

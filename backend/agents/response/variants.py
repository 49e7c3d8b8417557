"""Which wording of a prompt a conversation gets: tried side by side, by weight, per shop."""

from collections.abc import Mapping
from hashlib import blake2b

from backend.domain.conversation import Turn
from backend.prompts import variants


class Variants:
    """`shares`: shop → {"prompt.variant": percent of its conversations}. The rest gets the wording that counts.

    Raises ValueError for a variant that has no file, or shares above a hundred.
    """

    def __init__(self, shares: Mapping[str, Mapping[str, int]] | None = None) -> None:
        self._shares = {shop: dict(of) for shop, of in (shares or {}).items()}
        for of in self._shares.values():
            _check(of)

    def of(self, turn: Turn, name: str) -> str:
        """The variant of a prompt for a conversation, "" for the wording that counts. The same all through it."""
        point = int.from_bytes(blake2b(turn.state.conversation_id.encode(), digest_size=4).digest()) % 100
        for named, share in self._shares.get(turn.tenant, {}).items():
            prompt, _, variant = named.partition(".")
            if prompt != name:
                continue
            if point < share:
                return variant
            point -= share
        return ""


def read_variants(text: str) -> dict[str, dict[str, int]]:
    """`shop/prompt.variant=percent,…` → shares. Raises ValueError naming the part that cannot be read."""
    found: dict[str, dict[str, int]] = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        named, _, share = part.partition("=")
        shop, _, prompt = named.partition("/")
        if not (shop and "." in prompt and share.isdigit()):
            raise ValueError(f"PROMPT_VARIANTS: {part!r} is not shop/prompt.variant=percent")
        found.setdefault(shop, {})[prompt] = int(share)
    return found


def _check(shares: Mapping[str, int]) -> None:
    for named in shares:
        prompt, _, variant = named.partition(".")
        if variant not in variants(prompt):
            known = ", ".join(f"{prompt}.{v}" for v in variants(prompt)) or "none"
            raise ValueError(f"PROMPT_VARIANTS: there is no prompt {named}; of {prompt} there are: {known}")
    for prompt in {named.partition(".")[0] for named in shares}:
        if sum(share for named, share in shares.items() if named.startswith(f"{prompt}.")) > 100:
            raise ValueError(f"PROMPT_VARIANTS: the shares of {prompt} are more than 100")

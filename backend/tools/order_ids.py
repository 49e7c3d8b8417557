"""Order numbers in any writing, found in a text and compared with the numbers of the records."""

import re
from collections.abc import Iterable

#: numbers of other records that look alike: complaints, refunds, returns, exchanges, enquiries
_OTHER_RECORDS = {"CMP", "REF", "RET", "RMA", "EXC", "ENQ"}

_SHAPES = re.compile(
    r"""(?<![\w#-])(?:
        \#\s?(?P<hash>[A-Za-z]{0,4}-?\d{3,14}(?:[-/]\d{3,14}){0,2})   # #W2378156, # 1002
      | (?P<dashed>[A-Za-z]{2,6}[-–_/]\d{3,14}(?:[-/]\d{3,14}){0,2})   # ORD-1002, SO-2024-0017
      | (?P<joined>(?:ORD|ORDER)\d{3,14}|[A-Za-z]{1,3}\d{6,14})   # ord1002, W2378156
      | (?:order|ord|ordre|ordr|oder|purchase)s?(?:\s+(?:number|num|no\.?|nr\.?|id|reference|ref))?
        (?:\s+(?:is|it's|ending\sin|called))?[\s:.\#"'“]*
        (?:(?P<parts>(?=[A-Za-z\d/-]{0,20}\d{4})(?!\d{4}-\d\d-\d\d\b|\d{1,2}[/-]\d{1,2}[/-]\d{4}\b)
              (?:[A-Za-z]{1,6}|\d{1,14})(?:[/-](?:[A-Za-z]{1,6}|\d{1,14})){1,3})   # order SO/2024/0017, never a date
          | (?P<named>(?:(?:ord|[A-Za-z])[-\s]?|[A-Za-z]{2,6}-?)?\d{3,14}))   # order 1002, order no. W2378156
      | (?<=\bnumber\s)(?P<letter>[A-Za-z]\s\d{6,14})             # number W 2378156
      | (?<=\d\sand\s)(?P<listed>\d{3,14}) | (?<=\d,\s)(?P<next>\d{3,14})   # orders 1001 and 1002
      | (?P<grouped>\d{3}-\d{7}-\d{7}|(?!0|(?:19|20)\d\d-(?:19|20)\d\d\b)\d{4}-\d{4,14})   # 2026-1001, no years
      | (?P<plain>\d{7,14})                                       # 20031477: shorter ones are codes and ZIPs
    )(?![\w-]|[.,]\d)""",
    re.IGNORECASE | re.VERBOSE,
)


def canonical(order_id: str) -> str:
    """The number without case, hash and separators: "#w-2378156" → "W2378156"."""
    return re.sub(r"[^0-9A-Z]", "", order_id.upper())


def find_order_ids(text: str) -> tuple[str, ...]:
    """What may be order numbers in a text, as written but trimmed and in capitals, each once, in order."""
    found: dict[str, str] = {}
    for match in _SHAPES.finditer(text):
        if (match["listed"] or match["next"]) and not found:
            continue
        written = re.sub(r"\s+", "", next(group for group in match.groups() if group)).replace("–", "-").upper()
        prefix = re.match(r"[A-Z]*", written)
        if prefix and prefix.group() in _OTHER_RECORDS:
            continue
        found.setdefault(canonical(written), f"#{written}" if match["hash"] and written[:1].isalpha() else written)
    return tuple(found.values())


def same_order(written: str, order_id: str) -> bool:
    """Whether a writing means that record: equal in canonical form, or the bare digits of its number."""
    a, b = canonical(written), canonical(order_id)
    return bool(a) and (a == b or (a.isdigit() and re.sub(r"^[A-Z]+", "", b) == a) or re.sub(r"^ORD(ER)?", "", a) == b)


def resolve(written: str, order_ids: Iterable[str]) -> str | None:
    """The one number among `order_ids` that is meant; None when none or several are."""
    matches = [order_id for order_id in order_ids if same_order(written, order_id)]
    exact = [order_id for order_id in matches if canonical(order_id) == canonical(written)]
    candidates = exact or matches
    return candidates[0] if len(candidates) == 1 else None

"""Yes, no or neither: how a whole message answers the action that waits for it."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from backend.domain.conversation import Consent, PendingAction

LEXICON = Path(__file__).parent / "lexicon" / "consent.toml"
#: a longer message says more than yes or no
LONGEST = 160

_OBJECT = (
    r"(?:it|that|this|them|these|those|both|everything|all|me"
    r"|all of (?:it|them)|both of them|(?:the|my|this|that|these|those|all|both)(?: (?:whole|entire|pending|two))*"
    r" (?:orders?|returns?|refunds?|exchanges?|cancell?ations?|complaints?|claims?|changes?"
    r"|(?:shipping |delivery )?address|payment|payment method|items?|products?|requests?|tickets?|things?|ones?))"
)
_KINDS = ("yes", "weak", "no", "dont", "filler")
_REPEAT = re.compile(r"([^\W\d])\1{2,}")
#: Skin tones and variants change no meaning; pictures stand apart from each other.
_TINT = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\u200d♂♀]")
_EMOJI = re.compile("[\U0001f300-\U0001faff☀-➿]")
#: "cancel that": while something else than a cancellation waits, it is that which shall not happen.
_WITHDRAWN = re.compile(
    r"(?:(?:no|nope|please|actually|oh|wait|sorry|just|then|ok|okay|you can) )*"
    r"(?:cancel|stop|drop|abort|withdraw|undo|scrap|discard) "
    r"(?P<what>that|this|it|(?:the|this|that|my) (?P<noun>request|changes?|action|whole thing|return|exchange|refund"
    r"|complaint|cancell?ation|address change|payment change))(?: (?:please|then|again|now|for now|thanks|thank you))*"
)
_FIRST = re.compile(r"(?P<first>[^.!?;\n]{2,60})[.!;\n]")
#: Asks for time rather than for an end.
_WAITS = re.compile(r"\b(?:wait|hold on|moment|second|sec|not yet)\b", re.IGNORECASE)
_BREAK = re.compile(r"[\s,.!;:\-–—…\"()*~]+")


@dataclass(frozen=True)
class _Grammar:
    """Patterns that each match one phrase at the start of what is left of a message."""

    phrases: tuple[tuple[str, re.Pattern[str]], ...]
    echo: re.Pattern[str]
    verbs: dict[str, frozenset[str]]


def read_consent(text: str, pending: PendingAction | None = None) -> Consent:
    """How a message answers a pending question.

    YES and NO only when the whole message is made of agreeing or declining phrases, courtesies and, with them, the
    action said again ("yes, please cancel it"). Conditions, further wishes, questions, other ids: OTHER.
    With `pending`, the repeated action must be of that tool's kind, and its own order id may be named.
    """
    if len(text) > LONGEST or "?" in text:
        return Consent.OTHER
    normal = _normal(text, pending)
    if pending is not None and _withdraws(normal, pending.tool):
        return Consent.NO
    kinds = _kinds_of(normal, _grammar(), pending.tool if pending else "")
    if kinds is None:
        return Consent.OTHER
    agrees, declines = "yes" in kinds, "no" in kinds or "dont" in kinds
    if agrees == declines:
        return Consent.YES if not declines and "weak" in kinds else Consent.OTHER
    return Consent.YES if agrees else Consent.NO


def declines_first(text: str, pending: PendingAction) -> bool:
    """Whether a message begins with a plain no and then speaks on: "no, leave it. How long is the warranty?"."""
    said = _FIRST.match(text)
    if said is None or not re.search(r"\w", text[said.end() :]) or _WAITS.search(said["first"]):
        return False
    return read_consent(said["first"], pending) is Consent.NO


def _withdraws(normal: str, tool: str) -> bool:
    """Whether a message takes the waiting request back by name. "Cancel it" may mean the order, where there is one."""
    found = _WITHDRAWN.fullmatch(normal)
    if found is None:
        return False
    noun = found["noun"]
    if noun is None:
        ends_order = tool == "cancel_order" or (found["what"] == "it" and tool.startswith("change_"))
        return not (ends_order and "cancel" in normal)
    kinds = {"return": "return", "refund": "return", "exchange": "exchange", "complaint": "file"}
    family = "cancel" if noun.startswith("cancel") else kinds.get(noun)
    return family is None or family in tool


def _normal(text: str, pending: PendingAction | None) -> str:
    lowered = _EMOJI.sub(r" \g<0> ", _TINT.sub("", _REPEAT.sub(r"\1", text.lower().replace("’", "'"))))
    if pending is not None and pending.order_id:
        own = re.escape(pending.order_id.lower().lstrip("#"))
        lowered = re.sub(rf"(?:\border\s+)?(?<![\w#])#?{own}(?!\w)", "that", lowered)
    return _BREAK.sub(" ", lowered).strip()


def _kinds_of(rest: str, grammar: _Grammar, tool: str) -> set[str] | None:
    """The kinds of phrase a message is made of; None when a rest is left over or a repeated action is out of place."""
    kinds: set[str] = set()
    last = ""
    while rest:
        kind, end = _longest(rest, grammar)
        echo = grammar.echo.match(rest)
        if echo and (echo.end() > end or last == "dont"):
            echoed = _echoed(echo["verb"], kinds, last, tool, grammar)
            kind, end = (echoed, echo.end()) if echoed else (kind, end)
        if not kind:
            return None
        kinds.add(kind)
        last = kind if kind != "filler" else last
        rest = rest[end:].lstrip()
    return kinds


def _longest(rest: str, grammar: _Grammar) -> tuple[str, int]:
    found = ("", 0)
    for kind, pattern in grammar.phrases:
        match = pattern.match(rest)
        if match and match.end() > found[1]:
            found = (kind, match.end())
    return found


def _echoed(verb: str, kinds: set[str], last: str, tool: str, grammar: _Grammar) -> str:
    """The kind of a repeated action: agreement ("confirm it"), an echo of what was said, or "" out of place."""
    if last == "dont":
        return "echo"
    if verb in grammar.verbs["agree"]:
        return "yes"
    backed = bool(kinds & {"yes", "weak"}) and not kinds & {"no", "dont"}
    return "echo" if backed and _fits(verb, tool, grammar) else ""


def _fits(verb: str, tool: str, grammar: _Grammar) -> bool:
    """Whether the repeated verb names the kind of action that waits; any verb does when that is not known."""
    families = _families(tool) & grammar.verbs.keys()
    return not families or any(verb in grammar.verbs[family] for family in families | {"any"})


def _families(tool: str) -> frozenset[str]:
    """Families of verbs by the words of a tool's name: "return_order" is a return."""
    return frozenset(tool.split("_"))


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    lexicon = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    verbs = {family: frozenset(said) for family, said in lexicon["echo"].items()}
    every = _either(sorted(set().union(*verbs.values()), key=len, reverse=True))
    echo = re.compile(
        rf"(?:(?:and|then|please|just|to|so) )*(?P<verb>{every})(?: {_OBJECT})(?: (?:back|now|off))?(?!\S)"
    )
    return _Grammar(tuple((kind, _phrases(lexicon[kind])) for kind in _KINDS), echo, verbs)


def _phrases(said: list[str]) -> re.Pattern[str]:
    normal = {_BREAK.sub(" ", phrase).strip() for phrase in said}
    return re.compile(rf"(?:{_either(sorted(normal, key=len, reverse=True))})(?!\S)")


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in words)

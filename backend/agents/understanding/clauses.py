"""A message split into clauses, each one wish, a background statement, a negated wish or a courtesy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]


class ClauseKind(StrEnum):
    WISH = "wish"
    STATEMENT = "statement"
    NEGATED = "negated"
    COURTESY = "courtesy"


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a message. `added` marks one that opens with "also …": it stands apart from its neighbours."""

    text: str
    kind: ClauseKind
    added: bool = False


#: "first, where is it, and second, do you …"
_COUNTED = (
    r"(?:first|second|third|last)(?:ly)?(?: of all)?(?=[,:]?\s+(?:where|what|when|how|why|who|which|is|are|do|does|can"
    r"|could|will|i|please|cancel|track|show|tell|send|change|return)(?:'s|s)?\b)"
)
_LEAD = re.compile(
    rf"^(?:(?:{_COUNTED}|and|but|so|then|also|plus|or|ok(?:ay)?|alright|right|well|now|next|finally|additionally|besides|oh|hey"
    r"|hi|hello"
    r"|please|pls|just|instead|actually|great|cool|perfect|thanks|thank you|as well|separately|by the way|btw"
    r"|while you'?re at it"
    r"|after that|one more thing|another thing)\b[\s,:!.-]*)+",
    re.IGNORECASE,
)
_LINK = re.compile(
    rf"^(?:(?:{_COUNTED}|and|but|so|then|also|plus|or|actually|additionally|besides|finally|separately|by the way"
    r"|btw|just)\b[\s,:-]*)+",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"^(?:and |but |oh )?(?:also|plus|additionally|besides|separately|by the way|btw|one more thing|another thing"
    r"|on another note|unrelated)\b",
    re.IGNORECASE,
)
_IMPERATIVE = (
    r"show|tell|track|trace|cancel|compare|find|return|refund|exchange|swap|replace|check|give|list|recommend|suggest"
    r"|connect|transfer|change|update|explain|help|let me know|let me (?:talk|speak|see)|look|send|file|open|report"
    r"|search"
    r"|describe|remind|add|remove|switch|forward|escalate|raise|submit|resend|confirm|locate|lookup|pull up|put me"
    r"|get me"
)
_AUXILIARY = (
    r"is|are|was|were|am|do|does|did|can|could|will|would|should|shall|may|might|has|have|isn'?t|aren'?t|doesn'?t"
    r"|don'?t (?:you|they|we|i)|won'?t|can'?t (?:you|i|we)"
)
_SUBJECT = r"(?:i|you|u|we|they|it|he|she|this|that|these|those|the|there|my|your|our|any|an?|all|both|(?-i:[A-Z#])\S*)"
_QUESTION = (
    rf"(?:{_AUXILIARY})\s+{_SUBJECT}\b"
    rf"|(?:what|which|who|whose|where|when|why|how)\b(?=.*\b(?:{_AUXILIARY})\b)(?!\s+(?:it|i|they|we|she|he|the|my"
    rf"|you)\b)"
    r"|(?:what|who|where|when|how|why)(?:'s|s|'re|'ll)\b|how (?:much|many|long|about|far|big|do|to|can|heavy)\b"
    r"|what about\b"
)
_WANT = (
    r"(?:i|we)(?:'d|'m|'ve| am| would| have| really| just| only| also| still| do)*\s+(?:also |really |just |only "
    r"|rather )*"
    r"(?:want|wanna|need|like|love|wish|prefer|looking|searching|interested|trying|wondering|calling|asking|hoping"
    r"|here)\b"
    r"|(?:looking for|i have (?:a|an|another) (?:question|complaint|problem|issue|order)|is there|are there)\b"
)
_WISH = re.compile(rf"^(?:(?:{_IMPERATIVE})\b|{_QUESTION}|{_WANT})", re.IGNORECASE)
_EMBEDDED = re.compile(r"^(?:what|where|when|why|how|if|whether|which)\b", re.IGNORECASE)
#: "tell me the price and what it weighs": asked by the verb before it.
_ASKED_TOO = re.compile(r"^(?:what|where|why|how|whether|which)\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:know|tell|wonder(?:ing)?|ask(?:ing)?|explain)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"^(?:if|when|whenever|since|because|as|after|before|while|although|though|once|until|unless|whether|given|for"
    r"|in|on|with"
    r"|at|from|besides|apart|regarding|about|concerning|to)\b(?!\s+(?:will|is|are|does|do|did|can|was)\b)",
    re.IGNORECASE,
)
#: "…, refund to my PayPal": how, not what.
_WAY_OF_REFUND = re.compile(
    r"^refund(?:ed)?\s+(?:it |me |them |the money |everything )?(?:to|on|onto|via|through|back)\b", re.IGNORECASE
)
#: A how-to governs every verb after it: "how do I open it and clean the fan".
_GOVERNS = re.compile(r"^(?:how|why|what happens|can i|could i|should i|do i|must i|am i able)\b", re.IGNORECASE)

#: After "not" these set a bound or a time, and negate nothing: "not more than 900".
_BOUND = r"(?:more|less|over|under|above|below|too|only|until|before|after)"
_NOT = r"(?:do not|don'?t|dont|didn'?t|did not|do n't)"
_NEGATED = re.compile(
    rf"^(?:(?:no|oh|so|but|and|well|please|also|actually|hey|hi|hello),?\s+)*(?:"
    rf"(?:i|we)\s+(?:really |actually )?{_NOT}\s+(?:really |actually |even |necessarily )?(?:want|need"
    rf"|ask(?:ed)? (?:for|to|you)|wish|intend|mean)\b"
    rf"|(?:i'?m|i am|we'?re|we are)\s+not\s+(?:asking|looking|interested|trying|here|talking|calling|after"
    rf"|requesting)\b"
    rf"|(?:there'?s |there is |you have )?no need (?:to|for)\b|never ?mind (?:about |with )?(?:the|my|that|it)\b"
    rf"|forget (?:about )?(?:the|my|that|it)\b"
    rf"|(?:do not|don'?t|dont)\s+(?:you )?(?:dare )?(?:cancel|refund|return|exchange|ship|change|send|show|tell|open"
    rf"|file|escalate|replace|process|give|transfer|connect|compare|charge|update|delete)\b"
    rf"|not (?!{_BOUND}\b)"
    rf"(?:a |an |the |my |any |asking |to )?\w+"
    rf")",
    re.IGNORECASE,
)
#: Still a wish although its verb is negated: what is not wanted any more goes back or is called off.
_GIVES_UP = re.compile(
    r"\b(?:want|need)\s+(?:it|this|that|them|these|the \S+|my \S+|(?:my "
    r"|the )?order \S+)(?:\s+\w+){0,2}?\s*(?:any ?more|any longer|now|after all)\b",
    re.IGNORECASE,
)
_INLINE_NEGATION = re.compile(
    rf"[,\s]*\b(?:instead of|rather than|and not|but not|, not)\s+(?!{_BOUND}\b)(?:a |an |the |to |getting |for )?"
    r"[\w-]+(?:\s+(?:it|them|the order|my order|this))?",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"^\W*(?>(?:hi|hello|hey|hiya|yo|good (?:morning|afternoon|evening|day)|greetings|dear|there|team|sir|madam"
    r"|everyone|thank you|thanks?|thx|ty|cheers|so much|a lot|very much|many|in advance"
    r"|for (?:your|the) (?:help|reply|time|answer)"
    r"|please|pls|ok(?:ay)?|great|perfect"
    r"|cool|nice|awesome|wonderful|alright|sorry|excuse me|bye|goodbye|yes|yeah|yep|no|nope|sure|hope you(?:'re"
    r"| are) (?:doing )?well|i hope you(?:'re| are) (?:doing )?well"
    r"|h+m+|(?:hang|hold) on|wait|(?:one|just a|a) (?:moment|minute|min|second|sec)|let me (?:see|think)"
    r"|how are you(?: doing)?(?: today)?|(?:can|could|would) (?:you|someone|anyone) (?:please )?(?:help"
    r"|assist)(?: me)?(?: out)?(?: with (?:this|that|it|something))?"
    r"|(?:please )?help(?: me)?(?: out)?|i need (?:some |your )?(?:help|assistance)|i have (?:a|an|one|two|three"
    r"|some) (?:quick |small )?(?:questions?|things)|quick question|let me know"
    r"|i(?:'d| would) appreciate (?:it|that|your help)|what do you think|is that (?:ok|okay|possible|right)|keep it"
    r"|leave it|that'?s (?:all|it|right|fine|great|correct|wrong)|got it|i see|my name is \w+(?: \w+)?)\b\W*)++$",
    re.IGNORECASE,
)
_STRONG = re.compile(r"(?<=[.!?;])[\"')]*\s+|\s*\n+\s*|\s+[-–—]\s+")
#: So few words behind a dash are no sentence: "shipping to Malta – free?".
_DASH, _TAG = re.compile(r"\s+[-–—]\s+"), 2
#: After a negation a wish may follow without a pause: "don't cancel it just change the colour".
_INSTEAD = (
    r"\s+(?=(?:(?:i|we)(?:'d| would)? (?:just|only|simply|want|need|like|prefer)"
    rf"|(?:just|only|simply|instead)\s+(?:i |we )?(?:{_IMPERATIVE}|want|need|make|move|deliver))\b)"
)
_WEAK = re.compile(
    rf",?\s+(?:and then|and also|but also|and|&|but|then|plus|also|as well as)\s+|,\s+|{_INSTEAD}", re.IGNORECASE
)
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|no|nr|mr|mrs|ms|dr|st|vs|approx|etc|inc|ltd)|\b[A-Z])\.$", re.IGNORECASE)
_CONTENT = re.compile(
    r"\b(?!(?:it|its|me|my|you|your|please|and|the|a|an|to|of|for|is|are|do|does|i|just|want|need|like|would|know"
    r"|tell|can|could|that|this)\b)\w{2,}",
    re.IGNORECASE,
)
#: "…, which is nice": tells more of what went before.
_RELATIVE = re.compile(r"^(?:which|who|whose)\s+(?:is|are|was|were|has|have)\b", re.IGNORECASE)


def strip_link(text: str) -> str:
    """The clause without the words that only link it to what went before."""
    return _LINK.sub("", text, count=1).strip() or text.strip()


def _core(text: str) -> str:
    """The clause from its first telling word on, for judging its form."""
    return _LEAD.sub("", text, count=1).strip() or text.strip()


def is_wish(text: str) -> bool:
    """Whether a clause asks or orders something, judged by its form."""
    return text.rstrip(" \"')").endswith("?") or bool(_WISH.match(_core(text)))


def is_courtesy(text: str) -> bool:
    """Whether nothing but greeting, thanks or small talk is said. The pattern is atomic: no text makes it slow."""
    return bool(_COURTESY.match(text))


def drop_negated_part(text: str) -> str:
    """The clause without "instead of …", "rather than …"."""
    return _INLINE_NEGATION.sub("", text).strip() or text


def split(text: str, protected: Sequence[Span] = ()) -> tuple[Clause, ...]:
    """The clauses of a message in order; `protected` spans (names of goods) are never cut."""
    pieces: list[str] = []
    for start, end in _sentences(text, protected):
        pieces.extend(_weak_pieces(text, start, end, protected))
    clauses = [_clause(piece, follows=bool(at)) for at, piece in enumerate(pieces) if piece.strip(" ,.!?;-")]
    return tuple(clauses) or (Clause(text.strip(), ClauseKind.STATEMENT),)


def _sentences(text: str, protected: Sequence[Span]) -> list[Span]:
    spans, start = [], 0
    for match in _STRONG.finditer(text):
        if _inside(match.start(), match.end(), protected) or _ABBREVIATION.search(text[start : match.start()]):
            continue
        if _DASH.fullmatch(match.group()) and len(text[match.end() :].split()) <= _TAG:
            continue
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, len(text))]


def _weak_pieces(text: str, start: int, end: int, protected: Sequence[Span]) -> list[str]:
    pieces = []
    for match in _WEAK.finditer(text, start, end):
        if match.start() < start or _inside(match.start(), match.end(), protected):
            continue
        left, right = text[start : match.start()], text[match.end() : end]
        if _separates(left, match.group(), right):
            pieces.append(left)
            added = "also " if "also" in match.group().lower() or "plus" in match.group().lower() else ""
            start = match.end()
            if added:
                pieces.extend(
                    f"{added}{rest}" if i == 0 else rest
                    for i, rest in enumerate(_weak_pieces(text, start, end, protected))
                )
                return pieces
    return [*pieces, text[start:end]]


def _inside(start: int, end: int, protected: Sequence[Span]) -> bool:
    return any(left < end and start < right for left, right in protected)


def _separates(left: str, link: str, right: str) -> bool:
    """Whether a comma or "and" stands between two wishes rather than inside one."""
    left_core, right_core = _core(left), _core(right)
    if not link.strip() and not _NEGATED.match(left_core):
        return False
    if _NEGATED.match(right_core) or _NEGATED.match(left_core):
        return bool(_CONTENT.search(left_core)) and not _GIVES_UP.search(left_core)
    if is_courtesy(left):
        return is_wish(right) or is_courtesy(right)
    if _SUBORDINATE.match(left_core) or _RELATIVE.match(right_core) or not _CONTENT.search(left_core):
        return False
    if not _WISH.match(left_core):
        return False
    if _WAY_OF_REFUND.match(right_core):
        return False
    right_asks = bool(_WISH.match(right_core)) or (bool(_EMBEDDED.match(right_core)) and bool(_ASKS.search(left_core)))
    bare_verb = bool(re.match(rf"(?:{_IMPERATIVE})\b", right_core, re.IGNORECASE))
    if not right_asks or (bare_verb and _GOVERNS.match(left_core) and "," not in link):
        return False
    return bool(_CONTENT.search(right_core))


def _clause(piece: str, *, follows: bool) -> Clause:
    text = piece.strip(" ,;")
    added = bool(_ADDED.match(text))
    if is_courtesy(text):
        return Clause(text, ClauseKind.COURTESY, added)
    if _NEGATED.match(text) and not _GIVES_UP.search(text) and not text.endswith("?"):
        return Clause(text, ClauseKind.NEGATED, added)
    asks = is_wish(text) or (follows and bool(_ASKED_TOO.match(_core(text))))
    return Clause(text, ClauseKind.WISH if asks else ClauseKind.STATEMENT, added)

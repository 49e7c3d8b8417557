"""An open question asked again: shorter, with what was told on the way, and why it is asked when somebody wonders."""

import re

from backend.agents.actions.answers import IDENTITY_SLOTS, MOST_TRIES
from backend.agents.actions.case import Case, Missing, choices
from backend.domain.cards import Card, ChoicesCard
from backend.domain.conversation import Draft

_NOTED = "I have noted that."
_PERSON = "Or would you rather talk to a person? Then just say so."
_WHY = re.compile(
    r"\bwhy (?:do|are|would|should|must|does|is|on earth)\b.{0,30}\b(?:need|ask\w*|want\w*|give|tell|necessary"
    r"|required|know|repeat\w*)\b|\bwhat(?:'s|s)? (?:do you need|is|that)\b.{0,12}\bfor\b|\bfor what\b"
    r"|^\W*(?:(?:but|and|ok)\W+)?(?:why|how come|what for)(?: (?:though|that|is that))?\W*$",
    re.IGNORECASE,
)
_LACKS = (
    r"\b(?:(?:do ?n[o']?t|don'?t|did ?n[o']?t|didn'?t|can(?:no|')?t|cant|haven'?t|havent|never"
    r"|no longer) (?:\w+ ){{0,2}}?"
    r"(?:have|know|remember|find|got|get|see|receive|access)|lost|forgot(?:ten)?|no access to|without|no)\b"
    r"[^.?!]{{0,25}}?\b{what}\b"
)
_NO_NUMBER = re.compile(
    _LACKS.format(what=r"(?:(?:order |its |that )?(?:numbers?|nr|id)|order no|confirmation)")
    + r"|^\W*(?:(?:i have|i've|sorry)\W+)?(?:no (?:idea|clue)|not sure|i ?do ?n[o']?t know|dunno|idk)\b"
    + r"(?: what (?:it|that) is)?\W*$"
    + r"|\b(?:how (?:do|can|would) i (?:find|know|get|see)|where (?:is|can i (?:find|see)|do i (?:find|get))|what is)\b"
    + r"[^.?!]{0,12}\b(?:it|that|(?:order )?number)\b",
    re.IGNORECASE,
)
_NO_MAIL = re.compile(_LACKS.format(what=r"(?:e-?mails?|mail ?box|inbox|mail address)"), re.IGNORECASE)
#: The code goes to a mailbox that cannot be looked into; that no mail came is another matter.
_SHUT_OUT = re.compile(
    r"\b(?:no|without|lost|have ?n[o']?t|(?:do ?n[o']?t|don'?t|do not) have|ca ?n[o']?t|cannot)\b[^.?!]{0,15}"
    r"\b(?:access|open|get into|reach|check|log ?in|look)\b[^.?!]{0,15}"
    r"\b(?:(?:e-?)?mails?|mail ?box|inbox|account|address|it)\b",
    re.IGNORECASE,
)
_KEEPS_IT = re.compile(
    r"\b(?:do ?n[o']?t|do not|wo ?n[o']?t|will not|not|never|rather not) "
    r"(?:(?:want|wish|like|need|going|willing|have) to )?(?:give|share|tell|say|hand (?:out|over))\b"
    r"[^.?!]{0,20}\b(?:e-?mail|mail|address|number|data|details|that)\b",
    re.IGNORECASE,
)
_BECAUSE = "I ask so that nobody but you sees or changes your orders."
_BY_MAIL = (
    "Then your e-mail address is enough: I will mail a six-digit code to it that opens your orders. "
    "Which address did you order with?"
)
_NO_WAY = "Without it I cannot open your orders here, but a person from our team can look: just say “talk to a person”."


def asked(case: Case, missing: Missing, draft: Draft) -> tuple[str, tuple[Card, ...]]:
    """The question and its cards; from the second time on in few words, then with the offer of a person."""
    question, cards = missing.question, missing.cards
    before = case.turn.state.draft
    if draft.tries and before is not None:
        noted = f"{_NOTED} " if case.request.text != before.request.text else ""
        question = f"{noted}{missing.again or missing.question}"
    for card in cards:
        if isinstance(card, ChoicesCard):
            question += "\n" + "".join(f"\n- {choice.label}" for choice in card.choices)
    if draft.tries >= MOST_TRIES:
        question += f"\n\n{_PERSON}"
        ways = {"Talk to a person": "talk to a person", "Leave it": "forget it"}
        cards = (*cards, choices("What would you like to do?", ways))
    return question, cards


def explained(draft: Draft, text: str) -> str | None:
    """What is said to who wonders why, or lacks what is asked for; None where the message does neither."""
    if draft.asking not in IDENTITY_SLOTS:
        return None
    said = text.replace("’", "'")
    if _NO_NUMBER.search(said) and draft.asking in ("identity", "order_id") and "email" not in draft.slots:
        return _BY_MAIL
    if _NO_MAIL.search(said) and draft.asking in ("identity", "email"):
        return _NO_WAY
    if draft.asking == "code" and _SHUT_OUT.search(said):
        return _NO_WAY
    if _KEEPS_IT.search(said):
        return f"{_BECAUSE} {_NO_WAY}"
    return f"{_BECAUSE} {draft.question.rpartition('. ')[2]}" if _WHY.search(said) else None

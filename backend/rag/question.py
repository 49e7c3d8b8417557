"""What a question asks for: its subject, what it wants to know of it, and the shape of an answer."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from backend.rag.actions import Action, action_of, without_action
from backend.rag.codes import code_asked
from backend.rag.figures import demanded, figure
from backend.rag.senses import INSTRUCTION, SENSES, Sense
from backend.rag.words import raw_words, terms


class Shape(StrEnum):
    """What an answer has to look like."""

    YES_NO = "yes_no"
    STEPS = "steps"
    AMOUNT = "amount"
    OPEN = "open"
    #: "tell me about the X1": nothing but the product is named
    OVERVIEW = "overview"


_STEPS = re.compile(
    r"\bhow (?:do|can|could|should|would|to|might|must|i|you|we)\b|^(?:i|we)(?:['’]d| would)? (?:want|like|need"
    r"|wish)(?:ed)? to\b|\bsteps?\b|\bwhat (?:do|should|can) i do\b|\binstructions?\b"
    r"|\b(?:isn't|won't|doesn't|not|stopped|keeps?|cannot|can't)\b.*\b(?:work|charg|turn|start|connect|pair|load"
    r"|print|stay)",
    re.IGNORECASE,
)
#: A fault told without a question: what to do about it is wanted.
_FAULT = re.compile(
    r"\b(?:not|won't|doesn't|isn't|can't|cannot|stopped|keeps?|broken|flicker\w*|drain\w*|crash\w*|freez\w*|frozen|"
    r"overheat\w*|hot|loud|slow|stuck|error|problem|issue|fault\w*|dead|lost|missing|blank|black)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?\s*$|^(?:what|which|who|when|where|why|how)\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\bhow (?:long|many|much|big|large|heavy|tall|wide|deep|thick|far|fast|loud|often|old|high|soon|late)\b"
    r"|\bwhat(?:'s| is| are)? (?:the )?(?:\w+ ){0,3}?(?:size|weight|length|width|height|depth|diameter|capacity"
    r"|price|"
    r"cost|wattage|voltage|amperage|power|speed|resolution|dimensions?|life|range|warranty|number|fee|distance"
    r"|temperature|pressure)\b|\b(?:weight|dimensions|size|capacity|wattage|voltage)\s*\?"
    r"|\b(?:until|till|by|since|from) when\b|\bwhat time\b|\b(?:at|from|in) what (?:amount|age|level)\b"
    r"|\bwhat (?:do|does|will) .*\b(?:cost|charge)\b|^(?:price|cost|weight|size|range|max|maximum|temperature)\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"^(?:so |and |but |hi,? |hello,? |also,? |please |ok,? )*"
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|am|isn't|aren't|doesn't|don't"
    r"|won't|can't)\b",
    re.IGNORECASE,
)


#: Words of a question that ask how much, and are no matter that an answer speaks of.
_FORM = re.compile(r"\bhow (?:long|much|many|often|soon)\b(?:.*?\b(takes?|taking|took)\b)?", re.IGNORECASE)
#: Stems of verbs and nouns that only carry a question: "which sizes do you offer", "what methods of payment".
_LIGHT = frozenset(terms("take make offer accept kind sort type method way possible"))
_CHOICE = re.compile(r"(?:what|which)\b", re.IGNORECASE)
#: "the UltraBook 13's battery"
_OF_NUMBER = re.compile(r"(?<=\d)['’]s\b")
#: Asks whether there is something: "does it have a jack", "is there a light".
_HAS = re.compile(
    r"^(?:so |and |but |also,? )*(?:do|does|is|are|has|have)\b.{0,40}?\b(?:have|has|got|support|supports|come with"
    r"|include|there (?:an?|any)?|with an?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Question:
    """`asked` are the stems that a passage has to speak of; `subject` those that only name the product."""

    text: str
    shape: Shape
    subject: frozenset[str]
    asked: tuple[str, ...]
    #: what is to be done, where it is asked how
    action: Action | None = None

    @property
    def figure(self) -> re.Pattern[str] | None:
        """How an amount of what is asked for is written, where the question tells."""
        return figure(self.text)

    @property
    def demanded(self) -> re.Pattern[str] | None:
        """The same where no answer does without it."""
        return demanded(self.text)

    @property
    def code(self) -> re.Pattern[str] | None:
        """How the code that is asked about is written; an answer without it is of another code."""
        return code_asked(self.text)

    @property
    def of_itself(self) -> bool:
        """Whether the answer is written of what is named or nowhere: how it is switched on, what it weighs."""
        if self.action is not None:
            return self.action.of_it_alone and not self.asked
        return self.demanded is not None and len(self.asked) < 2

    @property
    def of_topic(self) -> bool:
        """Whether nothing but one matter is named: "and its battery?", "what switches does it have?"."""
        return self.shape is Shape.OPEN and len(self.asked) == 1

    @property
    def of_feature(self) -> bool:
        """Whether it asks if there is something, which an answer then names."""
        return bool(_HAS.search(self.text))

    @cached_property
    def sense(self) -> Sense | None:
        """What an answer holds that gives a reason, a place, an instruction, or a time of the asked kind."""
        if self.shape is Shape.STEPS:
            return INSTRUCTION
        return next((sense for sense in SENSES if sense.asks.search(self.text)), None)


def read_question(text: str, subject_names: tuple[str, ...] = (), before: str | None = None) -> Question:
    """`subject_names`: names of the product asked about; its words do not count as answered matter.

    `before` is the question that this one leans on: what it asked for is asked for still.
    """
    subject = frozenset(term for name in subject_names for term in terms(name))
    shape = _shape(text)
    action = action_of(text) if shape is Shape.STEPS else None
    matter_of = without_action(text, action) if action else text
    every = tuple(dict.fromkeys(terms(_OF_NUMBER.sub("", f"{matter_of} {before or ''}"))))
    form = {term for match in _FORM.finditer(text) for term in terms(f"{match[0].split()[1]} {match[1] or ''}")}
    matter = tuple(term for term in every if term not in form) or every
    asked = tuple(term for term in matter if term not in subject)
    if _CHOICE.match(text.strip()):
        asked = tuple(term for term in asked if term not in _LIGHT) or asked
    if action is not None:
        return Question(text, shape, subject, asked, action)
    return Question(text, shape if asked or not subject_names else Shape.OVERVIEW, subject, asked or matter)


def _shape(text: str) -> Shape:
    bare = text.strip()
    if _AMOUNT.search(bare):
        return Shape.AMOUNT
    if _YES_NO.search(bare) and raw_words(bare)[:1] != ["can"]:
        return Shape.YES_NO
    if _STEPS.search(bare):
        return Shape.STEPS
    if _YES_NO.search(bare):
        return Shape.YES_NO
    return Shape.STEPS if _FAULT.search(bare) and not _ASKS.search(bare) else Shape.OPEN

"""A message on its way to the classifier: its clauses, each standing alone and with its entities."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.agents.understanding import context
from backend.agents.understanding.clauses import Clause, ClauseKind, split
from backend.agents.understanding.combine import combine
from backend.agents.understanding.cues import CORRECTION, PRONOUN
from backend.agents.understanding.followups import Resolved, resolve
from backend.agents.understanding.mentions import find_named
from backend.agents.understanding.rewriting import rewrite
from backend.agents.understanding.salience import Salience, salience_of
from backend.agents.understanding.vocabulary import Remembered, Vocabulary
from backend.domain.acts import Act
from backend.domain.conversation import Consent, Focus, Turn
from backend.domain.messages import Role
from backend.rag.question_core import core

_GENERIC = re.compile(
    r"^\W*(?:(?:so |and |but |please )?(?:what (?:can|should|do|shall) (?:i|we|you) do|what now|what'?s next"
    r"|what are my options|how (?:can|do|should) (?:i|we|you) (?:fix|solve|proceed|do)(?: (?:it|this|that))?"
    r"|(?:please )?(?:help|fix|solve|advise|sort)(?: (?:me|us|it|this|that))*(?: out)?|(?:can|could|will"
    r"|would) (?:you|someone|anyone) (?:please )?(?:help|fix|assist|look into|do something|check|explain|sort)\b.{0,25}"
    r"|why(?: is (?:that|this|it))?|is (?:this|that|it) (?:normal|ok|okay|possible|right|allowed)|any (?:idea|ideas"
    r"|suggestion|suggestions|help|advice)|is there (?:anything|something) .{0,20}do|do you know why|what'?s wrong"
    r"|what happened|what'?s going on)\b)[^?]{0,18}\W*$",
    re.IGNORECASE,
)
#: More wishes than this in one message are not told apart.
MOST_CLAUSES = 8

#: So many of the last messages may tell what is spoken of.
_TOLD = 8

Clauses = tuple[Clause, ...]

_SHORT = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause read, before its kind of request is known."""

    clause: Clause
    found: Resolved
    salience: Salience

    @property
    def background(self) -> bool:
        return self.clause.kind is ClauseKind.STATEMENT

    @property
    def bare(self) -> bool:
        """Whether it holds nothing but numbers and addresses."""
        return context.is_bare(self.found.text)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The pieces of a message that the classifier is asked about.

    `texts` are to be embedded together; with `together` the last of them is the whole message, which decides
    whether its pieces are the shop's business at all.
    """

    turn: Turn
    pieces: tuple[Piece, ...]
    consent: Consent = Consent.OTHER
    texts: tuple[str, ...] = ()
    together: bool = False
    vocabulary: Vocabulary | None = None


def prepare(turn: Turn, vocabulary: Vocabulary, consent: Consent) -> Prepared:
    """Everything that needs no embedding."""
    known = Remembered(vocabulary)
    salience = _view_of(turn, known)
    pieces: list[Piece] = []
    clauses, unwanted = _wanted(turn, known, salience, consent)
    if len(clauses) > MOST_CLAUSES:
        clauses = (*clauses[: MOST_CLAUSES - 1], _rest(clauses[MOST_CLAUSES - 1 :]))
    for clause in unwanted:
        declined = resolve(clause.text, salience, known, turn.at.date())
        salience = salience.after(salience.topic or "", declined.entities)
    for clause in clauses:
        found = resolve(
            core(clause.text) if clause.kind is ClauseKind.WISH else clause.text, salience, known, turn.at.date()
        )
        found = context.settle(found, turn.state.draft, salience)
        pieces.append(Piece(clause, _from_history(found, turn, salience), salience))
        salience = salience.after(found.standalone, found.entities)
    grouped = tuple(_with_background(pieces))
    texts = [p.found.standalone for p in grouped if p.found.act is None]
    together = len(grouped) > 1 and len(texts) == len(grouped)
    return Prepared(turn, grouped, consent, (*texts, turn.text) if together else tuple(texts), together, known)


def _view_of(turn: Turn, vocabulary: Vocabulary) -> Salience:
    """What the conversation is about; told only as texts (no session of ours), what they name."""
    salience, state = salience_of(turn.state), turn.state
    if not state.history:
        return salience
    if state.focus != Focus():
        return (
            salience if salience.everything or not PRONOUN.search(turn.text) else _with_said(turn, salience, vocabulary)
        )
    for message in state.history[-_TOLD:]:
        found = resolve(message.text, salience, vocabulary, turn.at.date())
        topic = found.standalone if message.role is Role.SHOPPER else salience.topic
        salience = salience.after(topic or "", found.entities)
        salience = replace(salience, filter=found.entities.filter or salience.filter)
    return salience


def _with_said(turn: Turn, salience: Salience, vocabulary: Vocabulary) -> Salience:
    """With the goods that the shopper's last words named, where no answer was about them: "my X1 is broken"."""
    last = next((m.text for m in reversed(turn.state.history) if m.role is Role.SHOPPER), "")
    return replace(salience, products=find_named(last, salience, vocabulary).products)


def _wanted(turn: Turn, vocabulary: Vocabulary, salience: Salience, consent: Consent) -> tuple[Clauses, Clauses]:
    """The clauses to be answered, and the negated wishes beside them, which only lend their names.

    Nothing is left to answer in a plain yes or no to a pending action.
    """
    text = turn.text.replace("’", "'")
    if consent is not Consent.OTHER:
        return () if turn.state.pending is not None else _whole(text), ()
    corrects = CORRECTION.match(text) or find_named(text, salience, vocabulary).ruled_out
    if corrects and salience.topic and len(text.split()) <= _SHORT:
        return _whole(text), ()
    protected = [(m.start, m.end) for m in vocabulary.find_mentions(text)]
    clauses = split(text, protected)
    if len(clauses) > 1 and vocabulary.goods_sought(text) is not None:
        return (Clause(text.strip(), ClauseKind.WISH),), ()  # "cases, but not by Lumen" is one wish
    wanted = tuple(c for c in clauses if c.kind in {ClauseKind.WISH, ClauseKind.STATEMENT})
    negated = tuple(c for c in clauses if c.kind is ClauseKind.NEGATED)
    return (wanted, negated) if wanted else (negated or _whole(text), ())


def _rest(clauses: Clauses) -> Clause:
    """What is too much to be told apart, as one piece of background."""
    return Clause(" ".join(clause.text for clause in clauses), ClauseKind.STATEMENT)


def _whole(text: str) -> Clauses:
    return (Clause(text.strip(), ClauseKind.STATEMENT),)


def _from_history(found: Resolved, turn: Turn, salience: Salience) -> Resolved:
    """A pronoun that neither goods nor orders explain is explained by what was said."""
    entities = found.entities
    if entities.products or entities.order_ids or salience.everything or salience.orders or found.act is not None:
        return found
    if not turn.state.history or not PRONOUN.search(found.standalone):
        return found
    return replace(found, standalone=rewrite([m.text for m in turn.state.history[-4:]], found.standalone))


def _with_background(pieces: Sequence[Piece]) -> list[Piece]:
    """Wishes that mean nothing without the statements around them are joined with them."""
    if all(p.background for p in pieces):
        return [_joined(pieces)] if len(pieces) > 1 else list(pieces)
    kept: list[Piece] = []
    for piece in pieces:
        if kept and _belongs(kept[-1], piece):
            kept[-1] = _joined((kept[-1], piece))
        else:
            kept.append(piece)
    return kept


def _belongs(before: Piece, piece: Piece) -> bool:
    generic = bool(_GENERIC.match(piece.found.text))
    if not before.background:
        return generic and not piece.background
    return piece.background or ((generic or _unexplained(piece)) and not piece.clause.added)


def _unexplained(piece: Piece) -> bool:
    entities = piece.found.entities
    return bool(PRONOUN.search(piece.found.standalone)) and not entities.products and not entities.order_ids


def _joined(pieces: Sequence[Piece]) -> Piece:
    first, last = pieces[0], pieces[-1]
    kind = ClauseKind.WISH if any(not p.background for p in pieces) else ClauseKind.STATEMENT
    text = " ".join(sentence(p.found.text) for p in pieces)
    standalone = " ".join(sentence(p.found.standalone) for p in pieces)
    entities = combine([p.found.entities for p in pieces])
    conditions = " ".join(p.found.conditions for p in pieces)
    acts = [p.found.act for p in pieces if p.found.act is not None and p.found.act is not Act.IDENTIFY]
    # a number beside what is told says which order it is about, not what is wanted
    tells = any(p.found.act is None for p in pieces) and all(p.found.act is None or p.bare for p in pieces)
    act = acts[0] if acts and not tells else None
    return Piece(
        Clause(text, kind, first.clause.added), Resolved(text, standalone, entities, act, conditions), last.salience
    )


def sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

"""Which lines of the passages found make the answer, and in what order they read well."""

import re
from collections.abc import Sequence

from backend.domain.knowledge import DocumentKind
from backend.rag.actions import does, turns_to
from backend.rag.answerable import coverage
from backend.rag.headings import asks, title_path
from backend.rag.lexical import Lexicon
from backend.rag.lines import WORDS, Line
from backend.rag.question import Question, Shape
from backend.rag.quotable import may_be_said
from backend.rag.search import Hit
from backend.rag.senses import INSTRUCTION
from backend.rag.statements import statements
from backend.rag.words import term_set

#: Sentences of an answer; steps may take more, cut short they would mislead.
SENTENCES = 3
STEP_WORDS, STEPS = 150, 12
#: Lines without a number that may belong to a numbered item.
BETWEEN = 3
#: A heading that covers so much of a question makes its section the answer.
SECTION = 0.6
#: How near the best a further sentence must come, and where the best says all that was asked.
NEAR, NEAR_WHOLE = 0.8, 0.9

ITEM = re.compile(r"^(?:[-•*‣◦▪–]|\d{1,2}[.)])\s+")
#: Leans on the sentence before it, or limits it.
_LEANS = re.compile(
    r"^(?:otherwise|but|however|afterwards?|then|also|this|these|those|that|they|in (?:that|this) case|both|except"
    r"|unless|only then|if not|so)\b",
    re.IGNORECASE,
)
#: Tells of one case among others: "With a cable: plug it in".
_CASE = re.compile(r"[A-Z][^:.,]{0,30}: \w")
_LIMITS = re.compile(r"^(?:otherwise|but|however|except|unless|if not|in that case)\b", re.IGNORECASE)


def choose(
    question: Question, found: Sequence[Hit], lexicon: Lexicon, told: Sequence[Line], ranked: Sequence[Line]
) -> list[Line]:
    """The sentences of the answer in reading order; none when there is no sentence at all.

    `told` are all lines, `ranked` those that may be the best one, best first. A fact is one sentence, wherever it
    stands; how something is done is a list, or a stretch of its section.
    """
    if not ranked:
        return []
    best = ranked[0]
    passage = found[best.passage].passage
    inside = sorted((line for line in told if line.passage == best.passage), key=lambda line: line.place)
    if question.shape is Shape.STEPS:
        return _steps(question, best, inside, found, headed=_named(question, found[best.passage], lexicon))
    stated = passage.kind is DocumentKind.SPECS and len(best.covered) == len(question.asked)
    if (
        question.shape is Shape.OPEN
        and not stated
        and (_named(question, found[best.passage], lexicon) or asks(passage))
    ):
        return _stretch(best, inside, WORDS, SENTENCES)
    return _readable(_facts(question, ranked, headed=bool(passage.path)), inside)


def _named(question: Question, hit: Hit, lexicon: Lexicon) -> bool:
    return coverage(question, title_path(hit.passage), lexicon) >= SECTION


def _facts(question: Question, ranked: Sequence[Line], *, headed: bool) -> list[Line]:
    """The best sentence, and others that are nearly as good and add what it leaves open.

    `headed`: passages have headings of their own, so that another one speaks of something else.
    """
    best, chosen = ranked[0], [ranked[0]]
    if _is_figure(question, best):
        return chosen
    whole = len(best.covered) == len(question.asked)
    for line in ranked[1:]:
        needed = NEAR_WHOLE if whole or (headed and line.passage != best.passage) else NEAR
        words = sum(len(c.text.split()) for c in chosen) + len(line.text.split())
        if len(chosen) == SENTENCES or words > WORDS:
            break
        if line.worth < needed * best.worth or _same(line, chosen):
            continue
        if line.covered - frozenset().union(*(c.covered for c in chosen)):
            chosen.append(line)
    return sorted(chosen, key=lambda c: (c.passage != best.passage, c.passage, c.place))


def _is_figure(question: Question, line: Line) -> bool:
    """Whether it holds a figure of the kind that was asked for."""
    return question.shape is Shape.AMOUNT and bool(question.figure and question.figure.search(line.text))


def _readable(chosen: Sequence[Line], inside: Sequence[Line]) -> list[Line]:
    """With the sentence that the first one leans on, and the one that limits the last."""
    whole = list(chosen)
    before = [line for line in inside if line.place == chosen[0].place - 1 and line.passage == chosen[0].passage]
    after = [line for line in inside if line.place == chosen[-1].place + 1 and line.passage == chosen[-1].passage]
    if before and _LEANS.search(chosen[0].text):
        whole = [*before, *whole]
    if after and (_LIMITS.search(after[0].text) or chosen[-1].text.endswith(":")):
        whole = [*whole, *after]
    return whole


def _same(line: Line, chosen: Sequence[Line]) -> bool:
    """Whether most of its words were said already."""
    words = term_set(line.text)
    return any(len(words & term_set(c.text)) > 0.7 * max(1, len(words)) for c in chosen)


def _steps(question: Question, best: Line, inside: Sequence[Line], found: Sequence[Hit], *, headed: bool) -> list[Line]:
    """The list that the best line is of, with the line that opens it; without a list the instructions around it."""
    runs = _lists(inside)
    run = next((r for r in runs if best in r), runs[0] if runs and headed else None)
    if run is not None:
        return _continued(run, inside, found)
    if headed:
        return _stretch(best, _from_first(question, best, inside), STEP_WORDS, STEPS)
    return _readable(_instructions(question, best, inside), inside)


def _from_first(question: Question, best: Line, inside: Sequence[Line]) -> Sequence[Line]:
    """Without what a section tells before its first instruction or its first word of what is to be done. One sentence
    ahead introduces it ("It drives a screen by HDMI and another by USB-C."); more speak of something else.
    """
    action = question.action
    if action is None:
        return inside
    told = (at for at, line in enumerate(inside) if does(action.name, line.text) or INSTRUCTION.says.search(line.text))
    first = min(next(told, 0), inside.index(best))
    return inside[first:] if first > 1 else inside


def _instructions(question: Question, best: Line, inside: Sequence[Line]) -> list[Line]:
    """The instructions in a row that the best line is among; itself where it is none."""

    def goes_on(line: Line) -> bool:
        return bool(INSTRUCTION.says.search(line.text)) and not turns_to(question.action, line.text)

    def stays(line: Line) -> bool:
        return not _CASE.match(line.text) and goes_on(line)

    if not INSTRUCTION.says.search(best.text):
        return [best]
    at = first = last = inside.index(best)
    while first and at - first < SENTENCES and not _CASE.match(inside[first].text) and goes_on(inside[first - 1]):
        first -= 1
    while last + 1 < len(inside) and last - at < SENTENCES and stays(inside[last + 1]):
        last += 1
    return list(inside[first : last + 1])


def _lists(inside: Sequence[Line]) -> list[list[Line]]:
    """The lists of a passage, each with the line in front of it that ends with a colon.

    What stands between a numbered item and the next number belongs to the item.
    """
    runs: list[list[Line]] = []
    loose: list[Line] = []
    for line in inside:
        if not ITEM.match(line.text):
            loose.append(line)
            continue
        if runs and (not loose or (len(loose) <= BETWEEN and _number(line) == _last_number(runs[-1]) + 1 > 1)):
            runs[-1] += [*loose, line]
        else:
            runs.append([*(loose[-1:] if loose and loose[-1].text.endswith(":") else []), line])
        loose = []
    return [run for run in runs if sum(bool(ITEM.match(line.text)) for line in run) > 1]


def _number(line: Line) -> int:
    found = re.match(r"\d{1,2}(?=[.)])", line.text)
    return int(found[0]) if found else 0


def _last_number(run: Sequence[Line]) -> int:
    return next((n for line in reversed(run) if (n := _number(line))), 0)


def _continued(run: list[Line], inside: Sequence[Line], found: Sequence[Hit]) -> list[Line]:
    """With the items that stand in the next passages of the section, where a long list was split."""
    passage = found[run[-1].passage].passage
    document, _, at = passage.id.rpartition(":")
    after = f"{document}:{int(at) + 1}" if at.isdigit() else None
    following = next((n for n, hit in enumerate(found) if hit.passage.id == after), None)
    if following is None or found[following].passage.path != passage.path:
        return run
    stated = statements(found[following].passage.text)
    more = [Line(text, following, place) for place, text in enumerate(stated) if may_be_said(text, passage.url)]
    longer = _lists([*run, *(line for line in inside if line.place > run[-1].place), *more])[0]
    return run if len(longer) == len(run) else _continued(longer, more, found)


def _stretch(best: Line, inside: Sequence[Line], most_words: int, most: int) -> list[Line]:
    """Sentences in a row: from the start of the passage if the best one is reached, else from the best one on."""
    for first in (0, inside.index(best)):
        taken: list[Line] = []
        words = 0
        for line in inside[first:]:
            words += len(line.text.split())
            if taken and (words > most_words or len(taken) == most):
                break
            taken.append(line)
        if best in taken:
            return taken
    return [best]

"""What is done to a thing: the action that a how-to asks for, and that a line or a heading tells.

"Turn on", "switch on", "start" and "press the power key" are one action, "turn the ring" is none of it: verbs are
told by their particles and by what an instruction of that kind handles.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from backend.rag.words import term_set

LEXICON = Path(__file__).parent / "lexicon" / "actions.toml"


@dataclass(frozen=True)
class Action:
    """`names` finds it said in any form, `shows` lines that do it without naming it.

    `kin` are actions whose sections may tell of it, `words` what a search for it looks for. `of_it_alone`: how it is
    done to one thing is written of that thing, or nowhere.
    """

    name: str
    names: re.Pattern[str]
    shows: re.Pattern[str] | None
    words: str
    kin: frozenset[str]
    of_it_alone: bool = False

    def told(self, text: str) -> float:
        """1 where a text says it, .7 where it does it without saying it, else 0."""
        if self.name in _SWITCHED:
            text = _FEATURE.sub(" ", text)
        if self.names.search(text):
            return 1.0
        return 0.7 if self.shows is not None and self.shows.search(text) else 0.0


#: "switch Bluetooth off and on", "switch off the night mode": a part or a function, not the thing.
_SWITCHED: Final = frozenset({"start", "stop"})
_FEATURE = re.compile(
    r"\b(?i:turn|switch)\w*\s+(?:(?:on|off)\s+)?[A-Z][\w-]+(?:\s+(?:off and on|on and off|on|off)\b)?"
    r"|\b(?i:turn|switch)\w*\s+(?:(?:on|off)\s+)?(?:the\s+)?(?:[\w-]+\s+){0,2}(?:mode|display|feature|option|setting"
    r"|function|brightness|light"
    r"|sound|notifications?|graphics|cancelling|discovery|synchroni\w+|refresh rate)s?(?:\s+(?:off|on)\b)?"
)


@lru_cache(maxsize=1)
def actions() -> Mapping[str, Action]:
    """Every action by its name, the more special first."""
    return {stated["name"]: _action(stated) for stated in tomllib.loads(LEXICON.read_text("utf-8"))["action"]}


def _action(stated: Mapping[str, Any]) -> Action:
    shown = re.compile(stated["shows"], re.IGNORECASE) if "shows" in stated else None
    return Action(
        name=stated["name"],
        names=re.compile(stated["names"], re.IGNORECASE),
        shows=shown,
        words=stated["words"],
        kin=frozenset(stated.get("kin", ())),
        of_it_alone=stated.get("of_it_alone", False),
    )


#: Jobs of which one section may tell several: cleaning, replacing, charging.
_JOBS: Final = frozenset({"clean", "replace", "charge", "descale", "reset", "store", "remove", "mount"})

#: What a heading of a part of a job is behind one of the whole, and how such headings stand to an action.
_PART: Final = 0.25
_OF_A_PART: Final = frozenset({1.0 - _PART, 0.5 - _PART, 0.3 - _PART, -_PART})

#: Headings over what is wrong, and words of headings that name no thing of their own.
_FAULT = re.compile(
    r"\b(?:trouble\w*|problems?|faults?|errors?|(?:does|do|is|are|can|will|was)(?:n['’]t| not)|won['’]t|cannot|not"
    r"|no|stays?|keeps?|loses?|lost"
    r"|drains?|broken|stuck|freez\w*|flickers?|wrong|too|hums?|leaks?|noise|loud|slow|hot|repairs?)\b",
    re.IGNORECASE,
)
_VAGUE: Final = term_set(
    "first use start time step device product machine unit appliance general guide manual initial before after new"
)

#: Where a how-to names what is to be done.
_ASKS = re.compile(
    r"\bhow\b(?:\s+(?:do|does|can|could|should|would|to|might|must|is|are|on earth|exactly))?|\bsteps? (?:to|for"
    r"|in)\b|\binstructions? (?:to|for|on)\b"
    r"|\b(?:i|we)(?:['’]d| would)? (?:want|like|need|wish|have|am trying|are trying|tr(?:y|ied))(?:ing)? to\b"
    r"|\bi['’]?m trying to\b|\bhelp(?: me)?(?: with| to)?\b"
    r"|\bwhat (?:do|should|must|can) (?:i|we|you) (?:do )?to\b|\bway (?:to|of)\b",
    re.IGNORECASE,
)
#: "cleaning it?"
_DOING = re.compile(r"(?=\w+ing\b)")
_PASSWORD = re.compile(r"\bpass(?:word|code|phrase)s?\b|\baccount\b", re.IGNORECASE)
#: What may stand between that and the verb.
_DOER = re.compile(
    r"(?:\s*\b(?:i|you|we|one|it|they|someone|somebody|people|to|go|about|get|properly|correctly|safely|easily|best"
    r"|quickly|actually|first)\b)*\s*",
    re.IGNORECASE,
)
#: From an action on, this much of a question may still name it: "set the new watch up".
_REACH = 60


@lru_cache(maxsize=4096)
def action_of(question: str) -> Action | None:
    """The action that a how-to asks for; None where none of these is named right after it asks."""
    asked = _ASKS.search(question)
    if asked is None:
        asked = _DOING.match(question)
    if asked is None or _PASSWORD.search(question):
        return None
    doer = _DOER.match(question, asked.end())
    start = doer.end() if doer else asked.end()
    rest = question[start : start + _REACH]
    return next((a for a in actions().values() if a.names.match(rest) or a.names.match(question, asked.end())), None)


def without_action(question: str, action: Action) -> str:
    """The question without the words that name the action: its particles and verbs are no matter of their own."""
    return action.names.sub(_objects, question)


def _objects(match: re.Match[str]) -> str:
    """Of "turn the left knob on" the words between."""
    words = match[0].split()
    return f" {' '.join(words[1:-1])} " if len(words) > 2 else " "


@lru_cache(maxsize=20_000)
def told_of(text: str) -> frozenset[str]:
    """The names of the actions that a text says."""
    return frozenset(action.name for action in actions().values() if action.names.search(text))


@lru_cache(maxsize=20_000)
def does(name: str, text: str) -> float:
    """1 where a text says the action of that name, .7 where it does it without saying it, else 0."""
    return actions()[name].told(text)


def heads(action: Action, headings: tuple[str, ...], *, itself: bool, subject: frozenset[str]) -> float:
    """How a section stands to an action: 1 told by its own heading, .5 by one above, .3 by a kin one; -.5 where its
    own heading tells of something else that is done, -.8 where one tells of a fault.

    `itself`: nothing but the thing is named, so that a heading that names another, beside the thing's own words in
    `subject`, tells of a part of the job.
    """
    if not headings:
        return 0.0
    *above, own = headings
    named = told_of(own)
    if any(_FAULT.search(heading) for heading in headings):
        return -0.8
    over = frozenset().union(*map(told_of, above)) if above else frozenset()
    rest = term_set(own) - subject - stems(action) - _VAGUE if itself else frozenset()
    part = _PART if rest and not (action.name in named and len(rest) < 2) else 0.0
    if action.name in named:
        return 1.0 - part
    if action.name in over:
        return 0.5 - part
    if not action.kin.isdisjoint(named):
        return 0.3 - part
    return -0.5 if named else 0.0 - part


def tells(
    action: Action, line: str, headings: tuple[str, ...], *, itself: bool, subject: frozenset[str]
) -> tuple[float, float]:
    """How a line tells of an action, by itself and by its headings. Under a heading of something else it has to say
    it, and says it in passing.
    """
    done, headed = does(action.name, line), heads(action, headings, itself=itself, subject=subject)
    if itself and headed in _OF_A_PART:
        done *= 0.3
    if headed < -_PART:
        done = 0.5 * (done == 1)
    return done, headed


def turns_to(action: Action | None, line: str) -> bool:
    """Whether an instruction begins another of the jobs that manuals tell one after the other."""
    told = told_of(line) & _JOBS
    return action is not None and action.name in _JOBS and bool(told) and action.name not in told


def searched(question: str, action: Action | None) -> str:
    """The wording that words are looked up by: the action by its own words, not by a verb that many lines share."""
    return question if action is None else f"{without_action(question, action)} {action.words}"


def stems(action: Action) -> frozenset[str]:
    """The stems of the words that a search for an action looks for."""
    return term_set(action.words)

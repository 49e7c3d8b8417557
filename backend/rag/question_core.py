"""A question without the talk around it: greeting, excuse, introduction, thanks and what is said of the asking itself.

A lead is talk where every one of its words is: words of persons, of asking, knowing and wishing, and small words
between them. So "I was just wondering whether you could possibly tell me" goes, whoever words it how, and "my screen
is black," stays.
"""

import re
from functools import lru_cache
from typing import Final

#: Words of talk about the talk. What is sold, done or owned is none.
_TALK_WORDS = """
    i i'm i'd i've i'll im id ive we we're we'd we've you you're you'd me us my your u
    a an the this that it it's its to of for about on with and but so if then as at from by in is are am was were be
    been do does did don't didn't have has had having got can could can't couldn't would wouldn't will won't may might
    should shall must let let's not whether
    tell tells ask asks asked asking know knowing knows wonder wondering wondered explain say said help assist advise
    answer inform understand learn find figure out see check clarify show hear
    bother bothering disturb disturbing trouble interrupt excuse pardon forgive sorry apologies apologise apologize
    please pls plz kindly just only quick quickly short brief small simple little silly stupid dumb basic random real
    really actually honestly maybe perhaps possibly probably hopefully somehow again also another further still
    question questions query queries thing things something anything everything one two more last first
    moment minute second sec time hi hello hey hiya yo howdy greetings good morning afternoon evening day dear sir madam
    team there folks guys everybody everyone all somebody someone anybody anyone people person support
    thanks thank thx ty cheers great grateful glad happy appreciate appreciated lovely nice cool fine
    ok okay well alright right now um uh hmm hm er oh ah anyway btw way
    curious interested unsure sure certain idea clue confused lost stuck here new
    mind like love want wanted wish hope hoping need trying try tried keep having hard able possible idea
    very much so lot many kind best quite bit any some too isn't aren't wasn't happen happens chance happened who whom
"""
#: "no" alone denies, and is no talk.
_NO_IDEA = re.compile(r"\bno (?:idea|clue|rush|hurry|offen[cs]e)\b")
_TALK: Final = frozenset(_TALK_WORDS.split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|must"
    r"|isn['’]t|aren['’]t|don['’]t|doesn['’]t|won['’]t|can['’]t)"
)
#: Where a question begins, asked directly or inside a sentence.
_OPENS = re.compile(
    r"\b(?:(?:at|in|on|from|for|with|by|to|after|until|till|since|under|during|before) (?=what\b|which\b|when\b"
    r"|whom\b|how (?:long|many|much|far|old)\b))?"
    r"(?:how|what(?:['’]s)?|which|whom|who|whose|where(?:['’]s)?|when|why|whether|if)\b"
    rf"|(?:(?<=[,:;.!?–—-] )|^){_AUXILIARY}\s+(?=\w)",
    re.IGNORECASE,
)
#: "if" and "whether" begin a question only behind a word of asking; elsewhere they state a condition.
_WHETHER_OR: Final = frozenset({"if", "whether"})
_WONDERS = re.compile(
    r"\b(?:know|knows|wonder\w*|ask\w*|tell|see|check|sure|certain|clear|curious|say|out|me|us|explain)\W*$",
    re.IGNORECASE,
)
#: "could you tell me the weight": a thing that is wanted told.
_TELLS = re.compile(r"\b(?:tell me|let me know|know|explain|give me|ask(?: you)?(?: about)?)$", re.IGNORECASE)
#: … is looked for so many letters before: of a long message without end each look at all of it would add up
_BEFORE = 40
_TELL_ABOUT = re.compile(
    r"\b(?:tell|explain|describe|inform)\b(?= (?:me|us|to me)? ?(?:\w+ ){0,2}about\b)", re.IGNORECASE
)
_THING = re.compile(r"(?:the|its|their|your)\s+\w", re.IGNORECASE)
_WHETHER = re.compile(
    r"(?:whether|if)\s+(?P<subject>\S+(?:\s+\S+){0,6}?)\s+(?P<verb>is|are|was|can|could|will|would|should|may|must"
    r"|has|have|does"
    r"|comes|fits|supports|works|needs|includes)\b(?P<more>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OF_THREE: Final = {
    "has": "have",
    "have": "have",
    "comes": "come",
    "fits": "fit",
    "supports": "support",
    "works": "work",
    "needs": "need",
    "includes": "include",
    "does": "",
}
_SIGNS = re.compile(
    r"(?<!\w)(?:[:;=][-^'o]?[)(\]\[DPpOo/|\\3]+|8-[)D])(?!\w)|<3|\^_*\^|[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]+"
)
_PLEASE = re.compile(r",?\s*\b(?:please|pls|plz|kindly)\b,?(?!\s*\w+\s+(?:me|us)\b)", re.IGNORECASE)
#: What may end a question and is none of it, where nothing but talk follows to the end.
_TAIL = re.compile(
    r"(?<![\s,;.!?–—-])[\s,;.!?–—-]*+\b(?:thanks?|thank you|thx|ty|tia|cheers|many thanks|much appreciated"
    r"|sorry|excuse me"
    r"|if (?:you|that|it|i|possible|at all)\b|when(?:ever)? you (?:can|have|get)|for me|by the way|btw"
    r"|(?:just )?(?:curious|wondering|asking)|kind regards|best regards|(?:can|could|would) (?:you|someone"
    r"|anyone) (?:\w+ )?(?:help|tell|explain)"
    r"|i(?:['’]d| would) (?:appreciate|be (?:grateful|glad))|any(?: \w+)? (?:help|idea)|it would)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
#: In a wish to be told how, the day it is asked is no matter.
_HOW = re.compile(r"^how\s+(?:do|can|could|should|would|to|might)\b", re.IGNORECASE)
_DAY = re.compile(
    r"[\s,]+(?:today|tonight|now|right now|tomorrow|at the moment|quickly|exactly)(?=\W*$)", re.IGNORECASE
)
#: … nor is how well it is to be done: every instruction means it done properly.
_MANNER = re.compile(
    r"\s+(?:properly|correctly|safely|carefully|easily|best|in detail|step[ -]by[ -]step|(?:in )?the (?:right|proper"
    r"|correct|best|easiest) way|(?:by|for) myself|by yourself|on my own|without (?:any )?help|at home)(?=\W*$)",
    re.IGNORECASE,
)
#: Whose a thing is changes nothing about it: "my son's X1" is my X1; nor, in a how-to, whether it is new.
_WHOSE = re.compile(
    r"\b(my|our|his|her|their)\s+(?:\w+\s+)?(?:mother|father|mum|mom|dad|son|daughter|wife|husband|partner|sister"
    r"|brother|friend|kid|child|boss|colleague|neighbour|neighbor|grand\w+|aunt|uncle|cousin|niece|nephew|girlfriend"
    r"|boyfriend)['’]s(?=\s+\w)",
    re.IGNORECASE,
)
_NEW = re.compile(r"\b(my|our|his|her|their)\s+(?:brand[- ]new|new|old|own)(?=\s+\w)", re.IGNORECASE)
_ENDS = re.compile(r"(?:\.{2,}|…|[?!]{2,})+")
_LOOSE = re.compile(r"\s+(?=[?!.,])")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+")


@lru_cache(maxsize=4096)
def core(text: str) -> str:
    """The question itself; a text that is talk alone, or none, comes back as it is."""
    # runs of blanks mean nothing, and patterns would try again from each of them
    said = " ".join(_SIGNS.sub(" ", text.replace("’", "'")).split())
    sentences = [part for part in _SENTENCES.split(said) if part.strip(" .!?,;:-")]
    kept = [bare for part in sentences if (bare := _bare(part))]
    return " ".join(dict.fromkeys(kept)) if kept else text.strip()


def _bare(sentence: str) -> str:
    """A sentence without its lead and its tail; nothing where it is talk alone."""
    asks = "?" in sentence
    bare = _WHOSE.sub(r"\1", _PLEASE.sub(" ", sentence)).strip()
    bare = _without_lead(_without_tail(bare))
    if _HOW.match(bare):
        bare = _NEW.sub(r"\1", _MANNER.sub("", _DAY.sub("", bare)))
    if not bare or is_talk(bare):
        return ""
    bare = _LOOSE.sub("", " ".join(_ENDS.sub(" ", bare).split())).strip(" ,;:–—-")
    return f"{bare}?" if asks and bare[-1:] not in "?!." else bare


def _without_lead(sentence: str) -> str:
    """From the last word on at which a question begins with nothing but talk before it."""
    sentence = _greeted(sentence)
    start = 0
    for match in _OPENS.finditer(sentence):
        lead = sentence[: match.start()]
        if not is_talk(lead):
            break
        if match[0].lower() in _WHETHER_OR and not _WONDERS.search(lead):
            continue
        start = match.start()
    rest = _asked_directly(sentence[start:]) if start else sentence
    about = _TELL_ABOUT.search(rest)
    if about is not None and is_talk(rest[: about.start()]):
        return rest[about.start() :]
    told = next((m for m in _THING.finditer(rest) if _TELLS.search(_just_before(rest, m.start()))), None)
    if told is not None and is_talk(rest[: told.start()]):
        return f"what is {rest[told.start() :]}"
    return rest


def _just_before(text: str, at: int) -> str:
    return text[max(0, at - _BEFORE) : at].rstrip(" :,")


def _greeted(sentence: str) -> str:
    """Without a first part up to a comma that greets or apologises."""
    first, comma, rest = sentence.partition(",")
    return rest.strip() if comma and rest.strip() and is_talk(first) else sentence


def _asked_directly(rest: str) -> str:
    """ "whether the lamp has a dimmer" → "does the lamp have a dimmer"."""
    match = _WHETHER.match(rest)
    if match is None:
        return rest
    subject, verb, more = match["subject"], match["verb"].lower(), match["more"]
    if verb in _OF_THREE:
        return f"does {subject} {_OF_THREE[verb]}{more}"
    return f"{verb} {subject}{more}"


def _without_tail(sentence: str) -> str:
    match = _TAIL.search(sentence)
    while match:
        if is_talk(match["rest"]) and match.start() > 0:
            return sentence[: match.start()].rstrip(" ,;–—-")
        match = _TAIL.search(sentence, match.start() + 1)
    return sentence


def is_talk(text: str) -> bool:
    """Whether every word speaks of the talk itself; true of no words at all."""
    return all(word in _TALK for word in _WORD.findall(_NO_IDEA.sub("idea", text.lower().replace("’", "'"))))

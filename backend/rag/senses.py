"""What the words of an answer tell beside its matter: a reason, a place, an instruction, filling or emptying."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Sense:
    """Questions that `asks` finds are answered by lines that `says` finds, and hardly by those of `says_not`."""

    asks: re.Pattern[str]
    says: re.Pattern[str]
    says_not: re.Pattern[str] | None = None

    def held_against(self, line: str) -> int:
        """2 where a line answers in this sense and there is another, 1 where there is none; -2 where it answers in the
        other, 0 for neither or both.
        """
        sides = 1 if self.says_not is None else 2
        return sides * (bool(self.says.search(line)) - bool(self.says_not is not None and self.says_not.search(line)))


def _sense(asks: str, says: str, says_not: str | None = None) -> Sense:
    told = re.compile(says_not, re.IGNORECASE) if says_not else None
    return Sense(re.compile(asks, re.IGNORECASE), re.compile(says, re.IGNORECASE), told)


_VERBS = """
    add adjust agitate align apply arrange ask assemble attach avoid bend blow boil bolt bring brush build
    bundle buy call carry change charge check choose clamp clean clear click clip close coil combine compare
    confirm connect contact cool copy cover create cut cycle deflate degrease descale detach dial dim disconnect
    dismantle dissolve download drag drain draw drill drip drive drop dry dust ease eject empty enter erase
    examine exchange extend fasten feed file fill find finish fit fix flip flush fold follow format free get
    give glue go grasp grease grip guide hang hammer have heat hold hook hose increase inflate insert inspect
    install iron join keep knock lay lead leave let level lift light link load lock log loosen lower lubricate
    make mark match measure melt mix mount move observe oil open order pack pair park peel pick pinch place plug
    point polish position pour power press print proof pull pump push put raise read rebook redeem reduce refill
    release reload remove repeat replace report reply reset restart rest restore return reverse rinse roll
    rotate rub run save say scan scratch screw scroll scrub seal secure select send separate set sew shake
    sharpen shift shorten shut sign sit slide slip slot smooth soak spin split spray spread squeeze stack stand
    start steam step stick stir stop store strap stretch stroke submit swap sweep swing swipe switch take tap
    tape tear test thread tick tie tighten tilt touch trim tumble turn twist type unclip undo unfold unlatch
    unlock unpack unplug unroll unscrew untie update upload use vacuum visit wait wake wash wear weigh wind wipe
    withdraw wrap write
""".split()
#: An instruction begins with its verb, or with what it is for.
_OPENS = r"(?:please|first|then|now|always|(?:to|if|when|once|in|on|under|with|for) [^,.;]+)[, ]+"
INSTRUCTION: Final = _sense(
    r"\bhow\b",
    rf"^(?:[-•*]\s|\d+[.)]\s)?(?:[A-Z][^:.,]{{0,30}}: )?(?:{_OPENS})?"
    rf"(?:you (?:can|must|should) )?(?:{'|'.join(_VERBS)})\b",
)
_ON_A_CHARGE: Final = r"\b(?:on|per|with|between|from) (?:a|one|each|the|every)?\s*(?:single |full )?charges?\b"
_HOW_LONG: Final = r"\bhow (?:long|many (?:hours|minutes))\b"
SENSES: Final = (
    # how long it lasts and how long it fills stand side by side in every manual
    _sense(
        rf"{_HOW_LONG}.*(?:\b(?:last|life|runs?|play|holds?|go)\b|{_ON_A_CHARGE})|\bbattery life\b",
        r"\b(?:lasts?|life|enough for|playback|runtime|runs? for|carries|standby|of (?:use|playing|music|video))\b"
        rf"|{_ON_A_CHARGE}",
        r"\b(?:is full|charging|recharg\w+|to charge|charge time|from empty|fully charged)\b",
    ),
    _sense(
        r"\b(?:how (?:long|quick\w*|fast|soon|many (?:hours|minutes))|when)\b.*\b(?:re)?(?:charg\w+|fill\w*|full)\b"
        r"|\bcharg\w+ times?\b",
        r"\b(?:(?:is|be|gets?|until|once|half|again) full|fully|charging|recharg\w+|to charge|charge time|charged"
        r"|from empty|charges? (?:in|within|takes?)"
        r"|charger (?:needs|takes))\b",
        r"\b(?:lasts?|life|enough|playback|runs?|carries|standby)\b",
    ),
    _sense(rf"{_HOW_LONG}.*\btakes?\b", r"\b(?:takes?|needs?|within|up to|ready (?:in|after))\b"),
    _sense(
        r"\bwhy\b|\bwhat (?:is|are|does) .*\bfor\b|\breasons?\b",
        r"\b(?:because|since|so that|otherwise|therefore|due to|prevents?|avoids?|protects?|lets you)\b",
    ),
    _sense(
        r"^(?:can|may|could) (?:i|we|you)\b|^am i\b|\b(?:allowed|permitted|possible)\b",
        r"\b(?:can|may|cannot|must|allowed|possible|accept\w*|within|excluded?|only|not|never|fine|safe|suitable)\b",
    ),
    _sense(
        r"^when\b",
        r"\d{1,2}(?::\d\d)? ?(?:[ap]\.?m\b|–|-|to\b)|\b(?:daily|weekdays|once|as soon as|until|after|before|when|from"
        r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    ),
    _sense(
        r"\bwhere\b",
        r"\b(?:in|on|at|under|below|behind|above|beside|next to|inside|outside|indoors|outdoors|left|right)\b|>|›",
    ),
)

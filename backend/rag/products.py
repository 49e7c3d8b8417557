"""Product data as passages: every specification said in a sentence."""

import hashlib
import re

from backend.domain.catalogue import ON_SALE, Product, Spec
from backend.domain.knowledge import Document, DocumentKind
from backend.rag.splitting import Section

#: Up to so many products their data are in the shop's index. Embedding those of 9,000 parts took ten minutes.
INDEXED_UP_TO = 1_000
#: Begins the content hash of a data sheet that is left out and made into passages when it is asked for.
LEFT_OUT = "sheet:"
ID_PREFIX = "product:"
DESCRIPTION = "Description"
#: Things of which there is one: they take an article.
_COUNTED = re.compile(
    r"(?:er|or|port|jack|slot|light|mode|key|stand|case|cable|camera|display|screen|keyboard|microphone|battery|pen"
    r"|remote|pad|button|filter|alarm|drive|lock|window|cover|handle|lid)$",
    re.IGNORECASE,
)
#: Labels that are no names of something: a verb with what follows it, what a thing is with its preposition, a
#: plain quality.
_DOES = re.compile(
    r"(?:fits|holds|takes|needs|supports|includes|contains|covers|measures|weighs|lasts|requires|uses|carries|plays)\b"
    r"|\w+[^su\W]s (?:by|with|via|to|over|through|on|in|into|from|for|at|up|off|as|without)\b",
    re.IGNORECASE,
)
_IS_SO = re.compile(
    r"(?:not )?\w*(?:ed|able|ible|made|built|for|fit|safe|free) "
    r"(?:by|with|as|in|of|from|for|to|on|at|up to|against|without)\b"
    r"|(?:suitable|ideal|good|safe|ready|available|compatible|free) (?:for|with|in|from|of)\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"\b[\w-]*?(?:less|proof|\w{3,}able|\w{3,}ible|tight|resistant|safe|friendly|adjustable|rechargeable|cordless|vegan|organic|portable)$"
    r"|^(?:removable|insulated|padded|lined|framed|heated|illuminated|backlit|certified|handmade|recycled)$",
    re.IGNORECASE,
)
#: "Includes cooler", yes or no: it has a cooler, or none
_INCLUDES = re.compile(r"^(?:includes|contains|has|with) (?=\w)", re.IGNORECASE)
_YES = re.compile(r"yes(?:$|[,:;]\s*|\s+[-–—(]\s*)", re.IGNORECASE)
_PLURAL = re.compile(r"(?:s|es)$")


def product_document(product: Product) -> Document:
    """The document that stands for a product's own data. Prices and stock are live and stay out of it."""
    sections = product_sections(product)
    said = "\n\n".join(f"{section.path}{section.text}" for section in sections)
    return Document(
        id=f"{ID_PREFIX}{product.id}",
        title=product.name,
        kind=DocumentKind.SPECS,
        product_id=product.id,
        product_name=product.name,
        category=product.category,
        url=f"/products/?id={product.id}",
        content_hash=hashlib.sha256(f"{product.name}\0{product.category}\0{said}".encode()).hexdigest(),
    )


def product_sections(product: Product) -> tuple[Section, ...]:
    """The description, then the specifications one by one, then the options one can choose."""
    sections = []
    if product.description:
        sections.append(Section(path=(DESCRIPTION,), text=product.description))
    for spec in (spec for spec in product.specs if spec.name != ON_SALE):
        sections.append(Section(path=("Specifications",), text=spec_sentence(product.name, spec)))
    options = _options(product)
    if options:
        sections.append(Section(path=("Options",), text="\n".join(options)))
    return tuple(sections)


def spec_sentence(name: str, spec: Spec) -> str:
    """Battery life, "Up to 12 hours" → "The X1 Laptop has a battery life of up to 12 hours."."""
    subject = name if name.lower().startswith("the ") else f"The {name}"
    value = spec.text.strip().rstrip(".")
    yes, more = _YES.match(value), _YES.sub("", value)
    if spec.value is True or yes:
        return f"{subject} {_has(_kept(_INCLUDES.sub('', spec.label)))}{f': {more}' if more and more != value else ''}."
    if spec.value is False or value.lower() == "no":
        return f"{subject} {_has_not(_kept(_INCLUDES.sub('', spec.label)))}."
    label = spec.label[:1].lower() + spec.label[1:]
    if _DOES.match(label) or _IS_SO.match(label):
        return f"{subject} {'' if _DOES.match(label) else 'is '}{label} {value}."
    return f"{_said(subject, _lowered(spec.label), _lowered(value), listed=isinstance(spec.value, tuple))}."


def _said(subject: str, label: str, value: str, *, listed: bool) -> str:
    if label.endswith(("ports", "features", "sensors", "inputs", "outputs")) or listed:
        return f"{subject} has these {label}: {value}" if label.endswith("s") else f"{subject} has {label}: {value}"
    if label == "warranty":
        return f"{subject} comes with a {value if 'warranty' in value else value + ' warranty'}"
    if label.startswith("number of "):
        return f"{subject} has {value} {label.removeprefix('number of ')}"
    if _ADJECTIVE.search(label):
        return f"{subject}, {label}: {value}"
    if _PLURAL.search(label):
        return f"{subject}'s {label}: {value}"
    article = "an" if label[:1] in "aeiou" else "a"
    if label.endswith((" needed", " required")):
        return f"{subject} needs {value} of {label.rsplit(' ', 1)[0]}"
    if label == "weight":
        return f"{subject} weighs {value}"
    if label.split()[0].capitalize() in _NAMES and " " not in label:
        return f"{subject} has {_kept(label.capitalize())} {value}"
    if re.match(r"(?:up to |about |over )?\d", value):
        return f"{subject} has {article} {label} of {value}"
    return f"The {label} of {subject[0].lower()}{subject[1:]} is {value}"


def _has(thing: str) -> str:
    """ "has a dimmer", "is waterproof"."""
    return f"is {thing}" if _ADJECTIVE.search(thing) else f"has {_with_article(thing)}"


def _has_not(thing: str) -> str:
    return f"is not {thing}" if _ADJECTIVE.search(thing) else f"has no {thing}"


def _with_article(thing: str) -> str:
    """ "a dimmer", "a USB-C port"; "Thunderbolt" and "wireless charging" take none."""
    if not _COUNTED.search(thing):
        return thing
    vowel = thing[:1].lower() in "aeio" or (thing[:1].lower() == "u" and not thing.lower().startswith(("us", "un")))
    return f"{'an' if vowel else 'a'} {thing}"


def _options(product: Product) -> list[str]:
    """ "The Desk Lamp comes in these colors: black, silver." for every option with a choice."""
    choices: dict[str, dict[str, None]] = {}
    for variant in product.variants:
        for name, value in variant.options.items():
            choices.setdefault(name, {})[value] = None
    return [
        f"The {product.name} comes with these choices of {name}: {', '.join(values)}."
        for name, values in choices.items()
    ]


def _lowered(text: str) -> str:
    """A capital that only opens a phrase goes; names and units keep theirs ("USB-C", "Intel", "W")."""
    first = text.split(" ", 1)[0]
    ordinary = first[1:].islower() and first.isalpha() and first.lower() in _ORDINARY
    return text[0].lower() + text[1:] if text and (ordinary or (text is first and first[1:].islower())) else text


def _kept(label: str) -> str:
    first = label.split(" ", 1)[0]
    return label if first in _NAMES or not first[1:].islower() else label[0].lower() + label[1:]


#: Names of techniques that keep their capital.
_NAMES = frozenset({"Thunderbolt", "Bluetooth", "Android", "Windows", "Wi-Fi", "Dolby"})
_ORDINARY_WORDS = """
    up about over under yes no none included battery operating refresh charging screen weight warranty memory storage
    graphics processor ports resolution brightness display water noise power cable maximum minimum number case form
    driver key switch keyboard wired rechargeable removable built aluminium aluminum steel plastic glass
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())

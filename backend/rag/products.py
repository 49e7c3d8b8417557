"""Product data as passages: every specification said in a sentence."""

import hashlib
import re

from backend.domain.catalogue import Product, Spec
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
    for spec in product.specs:
        sections.append(Section(path=("Specifications",), text=spec_sentence(product.name, spec)))
    options = _options(product)
    if options:
        sections.append(Section(path=("Options",), text="\n".join(options)))
    return tuple(sections)


def spec_sentence(name: str, spec: Spec) -> str:
    """Battery life, "Up to 12 hours" → "The X1 Laptop has a battery life of up to 12 hours."."""
    subject = name if name.lower().startswith("the ") else f"The {name}"
    label, value = _lowered(spec.label), spec.text.strip().rstrip(".")
    if spec.value is True or value.lower() == "yes":
        return f"{subject} has {_with_article(_kept(spec.label))}."
    if spec.value is False or value.lower() == "no":
        return f"{subject} has no {_kept(spec.label)}."
    value = _lowered(value)
    if label.endswith(("ports", "features", "sensors", "inputs", "outputs")) or isinstance(spec.value, tuple):
        return f"{subject} has these {label}: {value}." if label.endswith("s") else f"{subject} has {label}: {value}."
    if label == "warranty":
        return f"{subject} comes with a {value if 'warranty' in value else value + ' warranty'}."
    if label.startswith(("compatible with", "works with", "fits", "supports", "includes", "runs on")):
        return f"{subject}: {label} {value}."
    if _PLURAL.search(label):
        return f"{subject}'s {label}: {value}."
    article = "an" if label[:1] in "aeiou" else "a"
    if label.endswith((" needed", " required")):
        return f"{subject} needs {value} of {label.rsplit(' ', 1)[0]}."
    if label == "weight":
        return f"{subject} weighs {value}."
    if re.match(r"(?:up to |about |over )?\d", value):
        return f"{subject} has {article} {label} of {value}."
    return f"The {label} of {subject[0].lower()}{subject[1:]} is {value}."


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
    known = first in {"Thunderbolt", "Bluetooth", "Android", "Windows", "Wi-Fi", "Dolby"}
    return label if known or not first[1:].islower() else label[0].lower() + label[1:]


_ORDINARY_WORDS = """
    up about over under yes no none included battery operating refresh charging screen weight warranty memory storage
    graphics processor ports resolution brightness display water noise power cable maximum minimum number case form
    driver key switch keyboard wired rechargeable removable built aluminium aluminum steel plastic glass
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())

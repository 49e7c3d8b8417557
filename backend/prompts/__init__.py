"""Everything the model is told, one file each, with declared placeholders in the form {{name}}.

`name.md` is the wording that counts, `name.variant.md` another one that is tried beside it. What stays the same in
every call has a file of its own, so that it can stand first and a provider's prompt cache finds it.
"""

import re
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

_FOLDER = Path(__file__).parent
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


def prompt(name: str, variant: str = "", **values: str) -> str:
    """The prompt with its placeholders filled. Raises KeyError when the values are not exactly the placeholders."""
    text = _text(name, variant)
    wanted = set(_PLACEHOLDER.findall(text))
    if wanted != set(values):
        raise KeyError(f"prompt {name} takes {sorted(wanted)}, not {sorted(values)}")
    return _PLACEHOLDER.sub(lambda match: values[match.group(1)], text)


def fenced(label: str, text: str) -> str:
    """Untrusted text, labelled and fenced so that it cannot pass for instructions or close its own fence."""
    return f"<{label}>\n{text.replace('<', '‹').replace('>', '›')}\n</{label}>"


def variants(name: str) -> tuple[str, ...]:
    """The other wordings of a prompt that there are."""
    return tuple(sorted(path.name.split(".")[1] for path in _FOLDER.glob(f"{name}.*.md")))


@cache
def version(name: str, variant: str = "") -> str:
    """A short hash of the wording: it changes whenever the file does."""
    return blake2b(_text(name, variant).encode(), digest_size=4).hexdigest()


@lru_cache
def _text(name: str, variant: str = "") -> str:
    file = f"{name}.{variant}.md" if variant else f"{name}.md"
    return (_FOLDER / file).read_text(encoding="utf-8").strip()

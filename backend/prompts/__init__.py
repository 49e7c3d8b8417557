"""Everything the model is told, one file each, with declared placeholders in the form {{name}}."""

import re
from functools import lru_cache
from pathlib import Path

_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


@lru_cache
def _text(name: str) -> str:
    return (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8")


def prompt(name: str, **values: str) -> str:
    """The prompt with its placeholders filled. Raises KeyError when the values are not exactly the placeholders."""
    text = _text(name)
    wanted = set(_PLACEHOLDER.findall(text))
    if wanted != set(values):
        raise KeyError(f"prompt {name} takes {sorted(wanted)}, not {sorted(values)}")
    return _PLACEHOLDER.sub(lambda match: values[match.group(1)], text)


def fenced(label: str, text: str) -> str:
    """Untrusted text, labelled and fenced so that it cannot pass for instructions or close its own fence."""
    return f"<{label}>\n{text.replace('<', '‹').replace('>', '›')}\n</{label}>"

"""A model that does its work as asked: fills forms, takes the steps of a plan, and says what the evidence says."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.llm.model_server import Calls

_FACTS = re.compile(r"<facts>\n(.*?)\n</facts>", re.DOTALL)
_MESSAGE = re.compile(r"<message>\n(.*?)\n</message>", re.DOTALL)
_MEMORY = "The shopper asked about products and orders and was answered."

#: Wishes of a message as (act, the wish by itself), in their order; with its words where there are several.
Wishes = Sequence[tuple[str, str] | tuple[str, str, str]]


@dataclass
class Faithful:
    """`readings` and `plans` say how it understands a message and which functions it then calls, as (function, kind,
    wish); another message is one wish of the kind `otherwise`. Consent is as the shopper's words say.
    """

    readings: Mapping[str, Wishes] = field(default_factory=dict)
    plans: Mapping[str, Sequence[tuple[str, str, str]]] = field(default_factory=dict)
    otherwise: str = "product_question"

    def answer(self, body: dict[str, Any]) -> str | Calls:
        """What a good model makes of a request."""
        asked = next(str(m["content"]) for m in reversed(body["messages"]) if m["role"] == "user")
        found = _MESSAGE.search(asked)
        message = found[1] if found else ""
        if "tools" in body:
            return self._step(message, sum(m["role"] == "tool" for m in body["messages"]))
        if "response_format" in body:
            return self._form(message, body["response_format"]["json_schema"]["schema"])
        facts = _FACTS.search(asked)
        return facts[1] if facts else _MEMORY

    def _form(self, message: str, schema: Mapping[str, Any]) -> str:
        if "wishes" not in schema["properties"]:  # the question about the graph: the shop reads it by itself
            return json.dumps({"question": "none", "product": 0, "other": 0, "goods": "", "want": "goods"})
        wishes = self.readings.get(message, [(self.otherwise, message)])
        filled = [
            {"text": words[0] if words else message, "standalone": alone, "act": act, "confidence": 0.95}
            for act, alone, *words in wishes
        ]
        consent = message if message in ("yes", "no") else "other"
        depends = message in self.plans
        return json.dumps({"wishes": filled, "consent": consent, "depends": depends, "mood": "calm"})

    def _step(self, message: str, taken: int) -> str | Calls:
        plan = self.plans.get(message, ())
        if taken >= len(plan):
            return "done"
        function, kind, wish = plan[taken]
        return [(function, json.dumps({"kind": kind, "wish": wish}))]

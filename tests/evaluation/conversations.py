"""Our own multi-turn shop questions, judged by the answers of POST /api/chat of a running shop.

    python -m tests.evaluation.conversations [URL] [--only NAME] [--verbose]
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.shop import running_shop

CONVERSATIONS = Path(__file__).resolve().parents[1] / "understanding" / "conversations.jsonl"


@dataclass(frozen=True)
class Verdict:
    """One message of a conversation and what was wrong with its answer; nothing is right."""

    conversation: str
    place: int
    say: str
    reply: dict[str, Any]
    wrong: tuple[str, ...]

    @property
    def follow_up(self) -> bool:
        """Whether it leans on what was said before; the first message of a conversation cannot."""
        return self.place > 0


def read(path: Path = CONVERSATIONS) -> list[dict[str, Any]]:
    """The conversations: {name, turns: [{say, expect}]}."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def judge(urls: Sequence[str], talks: Sequence[dict[str, Any]]) -> Iterator[Verdict]:
    """Every message of every conversation; with several servers each message goes to the next of them."""
    with httpx.Client(timeout=60) as client:
        for talk in talks:
            session: str | None = None
            for place, turn in enumerate(talk["turns"]):
                body = {"message": turn["say"]} | ({"session_id": session} if session else {})
                answer = client.post(f"{urls[place % len(urls)]}/api/chat", json=body)
                answer.raise_for_status()
                reply: dict[str, Any] = answer.json()
                session = reply["session_id"]
                yield Verdict(talk["name"], place, turn["say"], reply, tuple(faults(reply, turn["expect"])))


def faults(reply: dict[str, Any], expect: dict[str, Any]) -> Iterator[str]:
    """What an expectation misses in a reply. Alternatives are written "a|b"; `act` belongs to other judges."""
    shown = _shown(reply)
    intents = expect.get("intent", "").split("|")
    if intents != [""] and not set(intents) & {reply["intent"], *reply["intents"]}:
        yield f"intent {reply['intents']} instead of {expect['intent']}"
    for wanted in expect.get("contains", ()):
        if not any(_has(shown, one) for one in wanted.split("|")):
            yield f"does not say {wanted}"
    for unwanted in expect.get("not_contains", ()):
        if _has(shown, unwanted):
            yield f"says {unwanted}"
    for name in expect.get("products", ()):
        if not _has(shown, name):
            yield f"does not show {name}"


def _shown(reply: dict[str, Any]) -> str:
    """The words of an answer and what its cards show, without the sources it quotes from."""
    cards = json.dumps([_displayed(card) for card in reply["cards"]], ensure_ascii=False)
    return f"{reply['response']}\n{cards}"


def _displayed(card: dict[str, Any]) -> dict[str, Any]:
    """Lists and comparisons are shown by name; the data of other cards are read as they are."""
    if card["type"] == "products":
        return {"items": [item["name"] for item in card["items"]]}
    if card["type"] == "comparison":
        rows = [[row["label"], row["values"]] for row in card["rows"]]
        return {"products": [item["name"] for item in card["products"]], "rows": rows}
    return card


def _has(text: str, wanted: str) -> bool:
    """Whether the words occur; a number counts only whole ("8" is not in "1.8" or "48")."""
    edge = (r"(?<![\d.,])" if wanted[:1].isdigit() else "", r"(?![\d])(?!\.\d)" if wanted[-1:].isdigit() else "")
    return re.search(f"{edge[0]}{re.escape(wanted)}{edge[1]}", text) is not None


def score(verdicts: Sequence[Verdict]) -> tuple[int, float]:
    """How many follow-ups were judged, and the share of them that was answered right."""
    judged = [v for v in verdicts if v.follow_up]
    return len(judged), sum(not v.wrong for v in judged) / max(1, len(judged))


def main() -> None:
    """Print what is wrong and the score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", nargs="*")
    parser.add_argument("--only")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    talks = [t for t in read() if not options.only or options.only in t["name"]]
    if options.urls:
        verdicts = list(judge(options.urls, talks))
    else:
        with running_shop() as shop:
            verdicts = list(judge([shop.url], talks))
    for verdict in verdicts:
        if verdict.wrong or options.verbose:
            print(f"{'✗' if verdict.wrong else '·'} {verdict.conversation} #{verdict.place} “{verdict.say}”")
            print(f"    {'; '.join(verdict.wrong)}\n    {verdict.reply['response'][:600]!r}")
    count, share = score(verdicts)
    right = sum(not v.wrong for v in verdicts) / max(1, len(verdicts))
    print(f"follow-ups {count}: {share:.3f}   all {len(verdicts)}: {right:.3f}")


if __name__ == "__main__":
    sys.exit(main())

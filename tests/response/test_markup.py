"""Nothing that a page would follow, load or run survives in a reply; words and citations do."""

import time

import pytest

from backend.agents.response.markup import inert


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("It lasts 12 hours [1], see [2].", "It lasts 12 hours [1], see [2]."),
        ("Both say so [1][2].", "Both say so [1][2]."),
        ("As stated [1](http://evil.example)", "As stated [1] (http://evil.example)"),
        ("a [prize](http://evil.example/x)!", "a prize!"),
        ("a [prize](javascript:alert(1))!", "a prize!"),
        ("![pixel](http://evil.example/p.png?u=1) here", "pixel here"),
        ("![](http://evil.example/p.png)", ""),
        ("![a][b] and [c][d]\n\n[b]: http://evil.example", "a and c\n\n"),
        ("[![a](http://e.example/a.png)](http://e.example)", "a"),
        ("<script>alert(1)</script>", "‹script>alert(1)‹/script>"),
        ("<img src=x onerror=alert(1)>", "‹img src=x onerror=alert(1)>"),
        ("<!-- hidden -->", "‹!-- hidden -->"),
        ("[1]: http://evil.example", ""),
        ("> [1]: http://evil.example", "> [1] : http://evil.example"),
        ("[a](\nhttp://evil.example)", "[a] (\nhttp://evil.example)"),
        ("5 < 7, I <3 it, a -> b", "5 < 7, I <3 it, a -> b"),
        ("| a | b |\n| - | - |\n| **1** | 2 |", "| a | b |\n| - | - |\n| **1** | 2 |"),
    ],
)
def test_what_is_left(said: str, left: str) -> None:
    assert inert(said) == left


def test_long_nonsense_is_read_quickly() -> None:
    started = time.monotonic()
    for piece in ("[", "![", "[a](", "[a][", "](", "(", "<a", "[[]", "\n[a]:"):
        inert(piece * 4000)
    assert time.monotonic() - started < 1

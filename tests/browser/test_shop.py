"""The pages against the running product."""

from tests.browser import pages


def test_the_pages_in_a_browser() -> None:
    pages.run("shop")

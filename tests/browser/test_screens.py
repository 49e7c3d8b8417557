"""The pages against a stand-in server. A file of its own: it takes minutes, and the other project runs beside it."""

from tests.browser import pages


def test_the_pages_in_a_browser() -> None:
    pages.run("screens")

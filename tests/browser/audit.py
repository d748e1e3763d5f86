"""What must hold on every page of the product."""

import itertools
from collections.abc import Iterable
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe

SIZES = {"desk": (1280, 900), "phone": (320, 700)}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# In the dark only the colours are others.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
SCHEMES = {"light": RULES, "dark": COLOURS}
EVERY_VIEW = tuple(itertools.product(SIZES, SCHEMES))
# Where many pages share one frame that others are tried in: the narrow page, and the dark one.
TWO_VIEWS = (("phone", "light"), ("desk", "dark"))


class Watched:
    """A page with what it asked of the network and what the browser complained of."""

    def __init__(self, page, home: str):
        self.page, self.home = page, home
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def _asked(self, request):
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def _said(self, message):
        if message.type == "error" or "Content Security Policy" in message.text:
            self.complaints.append(message.text)


@contextmanager
def watched(context, home: str):
    page = context.new_page()
    try:
        yield Watched(page, home)
    finally:
        page.close()


def audit(look: Watched, views: Iterable[tuple[str, str]] = EVERY_VIEW) -> None:
    """The open page, in these sizes and schemes: accessible, and inside its width."""
    for size, scheme in views:
        width, height = SIZES[size]
        look.page.set_viewport_size({"width": width, "height": height})
        assert not overflow(look.page), f"{size}: the page scrolls sideways"
        look.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(look.page, options=SCHEMES[scheme])
        assert not found.response["violations"], f"{size}, {scheme}:\n{told(found)}"
    assert look.elsewhere == [], f"the page asked another host: {look.elsewhere}"
    assert look.complaints == [], f"the browser complained: {look.complaints}"


def overflow(page) -> int:
    """Pixels by which the page is wider than its window."""
    # A page that is just being replaced has no root for a moment.
    page.wait_for_load_state()
    page.wait_for_function("document.documentElement !== null")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return max(page.evaluate(wide), 0)


def told(found) -> str:
    lines = []
    for fault in found.response["violations"]:
        places = [" ".join(node["target"]) for node in fault["nodes"][:4]]
        lines.append(f"{fault['id']}: {fault['help']} ({'; '.join(places)})")
        lines += [node["failureSummary"] for node in fault["nodes"][:1]]
    return "\n".join(lines)

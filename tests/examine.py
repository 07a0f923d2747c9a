"""What a page must hold whatever it shows: axe, no sideways scroll, targets for thumbs, the newest answer in view."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from people import DESK, PHONE
from playwright.sync_api import Page
from product import PROJECT

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (320, 360, 640, 1280)
ZOOMED = 180
"""A phone's page at 200 %, in px."""
THUMB = 48
"""Least side of a target on residents' pages, in px."""

_AXE = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_TARGETS = """
() => [...document.querySelectorAll("a[href], button, textarea, label.tool, summary, input:not([type=file])")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest(".hidden"))
  .map((one) => ({name: (one.ariaLabel || one.textContent || one.id).trim(), box: one.getBoundingClientRect()}))
  .map(({name, box}) => [name, box.width, box.height])
"""
_NEWEST = """
async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const all = [...document.querySelectorAll(".log > article")];
  const mine = all.findLastIndex((one) => one.classList.contains("mine"));
  const rest = all.slice(mine + 1).map((one) => one.getBoundingClientRect());
  const choice = document.querySelector(".choice")?.getBoundingClientRect();
  const [bar, composer] = [".top", ".composer"].map((one) => document.querySelector(one).getBoundingClientRect());
  const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
  return {top: rest[0]?.top, bar: bar.bottom, composer: composer.top, choice: choice?.bottom, end};
}
"""


@cache
def _axe_source() -> str:
    return (PROJECT / "web/node_modules/axe-core/axe.min.js").read_text("utf-8")


def flaws(page: Page, name: str, *, resident: bool = True) -> list[str]:
    """What is wrong with the page as it stands, at every size and in both themes. Its context must bypass the CSP."""
    if not page.evaluate("'axe' in globalThis"):
        page.add_script_tag(content=_axe_source())
    found: list[str] = []
    for screen in (DESK, PHONE):
        page.set_viewport_size(screen)
        where = f"{name} at {screen['width']}"
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found += [f"{where}, {theme}: {_said(one)}" for one in page.evaluate(_AXE)]
        if resident:
            found += [f"{where}: {small}" for small in too_small(page)]
    widths = (ZOOMED, *WIDTHS) if resident else WIDTHS
    found += [f"{name} at {width}: scrolls sideways" for width in widths if _wider(page, width)]
    if resident:
        found += [f"{name} in letters twice as large: {flaw}" for flaw in _in_large_letters(page)]
    page.set_viewport_size(PHONE)
    return found


def too_small(page: Page) -> list[str]:
    """Targets under `THUMB` px."""
    return [
        f"{label!r} is {width:.0f} × {height:.0f}"
        for label, width, height in page.evaluate(_TARGETS)
        if round(width, 1) < THUMB or round(height, 1) < THUMB
    ]


def newest_in_view(page: Page) -> str:
    """Empty where the newest answer begins under the bar and over the composer, with its choices or the way to them."""
    at: dict[str, Any] = page.evaluate(_NEWEST)
    if at["top"] is None:
        return "no answer"
    if not at["bar"] <= at["top"] < at["composer"] - 40:
        return f"the answer begins at {at['top']:.0f}, between {at['bar']:.0f} and {at['composer']:.0f} is seen"
    started_at_bar = at["top"] - at["bar"] < 12
    if not started_at_bar and not (at["end"] and (at["choice"] is None or at["choice"] <= at["composer"])):
        return f"there is room above, and the choices are hidden: {at}"
    return ""


def _said(violation: dict[str, Any]) -> str:
    places = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
    return f"{violation['id']} ({violation['help']}) at {places}"


def _in_large_letters(page: Page) -> list[str]:
    """As for somebody who has set the browser's letters to 200 %."""
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = ["scrolls sideways"] if page.evaluate(_WIDER) > 0 else []
    found += too_small(page)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def _wider(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 640})
    return bool(page.evaluate(_WIDER) > 0)

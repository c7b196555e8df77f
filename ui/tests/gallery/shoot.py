# ruff: noqa: INP001 (a script, in no package)
"""Take pictures of every state of the game screen, at four sizes, for a person to look at.

Run `npm run dev` in `ui/` first, then `python ui/tests/gallery/shoot.py URL FOLDER [STATE ...]`.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
SIZES = {"phone": (360, 740), "lying": (740, 360), "tablet": (820, 1180), "desk": (1440, 900)}
STATES = [
    "early",
    "late",
    "planned",
    "pending",
    "away",
    "crowd",
    "minotaur",
    "minotaurHere",
    "edge",
    "cracked",
    "collapsed",
    "doomed",
    "returns",
    "strikes",
    "open",
    "fallen",
    "telling",
    "watching",
]


def shoot(url: str, folder: Path, states: list[str]) -> None:
    """One picture per state and size, called ``state-size.png``."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for size, (width, height) in SIZES.items():
            touch = size != "desk"
            page = browser.new_page(viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch)
            for state in states:
                show(page, f"{url}/tests/gallery/?state={state}", state)
                page.screenshot(path=folder / f"{state}-{size}.png", full_page=False)
            page.close()
        browser.close()


def show(page: Page, address: str, state: str) -> None:
    """Open a state and wait until it has been told; in some of them a plan is made by hand."""
    page.goto(address)
    page.wait_for_selector("html[data-shown]")
    if state in ("pending", "away"):
        page.keyboard.press("KeyE")
        page.keyboard.press("KeyX")
    if state == "fallen":
        page.get_by_role("heading", name="Your torch goes out").wait_for()
    page.wait_for_timeout(300 if state == "telling" else 500)


if __name__ == "__main__":
    shoot(sys.argv[1], Path(sys.argv[2]), sys.argv[3:] or STATES)

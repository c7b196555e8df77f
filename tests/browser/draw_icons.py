"""Draws the pictures that can't be SVG from those that are: ``python -m tests.browser.draw_icons``. No test.

Icons for a home screen, with air around them where a system cuts them to a shape of its own (maskable), and the picture
beside a link (1200 by 630), which chats take as PNG only.
"""

import asyncio
from base64 import b64encode
from pathlib import Path
from typing import Final, NamedTuple

from playwright.async_api import Page, async_playwright

from tests.architecture.tree import ROOT
from tests.browser.conftest import chromium_path


class Look(NamedTuple):
    """How one program's pictures look."""

    public: Path
    ground: str
    ink: str
    soft: str
    title: str
    words: str


LOOKS: Final = (
    Look(
        ROOT / "ui" / "public",
        "#14110f",
        "#f2e9df",
        "#ffb454",
        "Minotaur",
        "A torch in a labyrinth. Plan in secret, act at once, be the last hero standing.",
    ),
    Look(
        ROOT / "clients" / "page" / "public",
        "#faf9f7",
        "#1d1c1a",
        "#2b59c3",
        "A table for you and your friends",
        "Plan in secret, act at once.",
    ),
)
FONT: Final = ROOT.joinpath(
    "ui/node_modules/@fontsource-variable/commissioner/files/commissioner-latin-flar-normal.woff2"
)
PREVIEW: Final = (1200, 630)


async def draw(page: Page, look: Look) -> None:
    icon = (look.public / "icon.svg").read_text(encoding="utf-8")
    for name, size, share, ground in (
        ("icon-192", 192, 1.0, "transparent"),
        ("icon-512", 512, 1.0, "transparent"),
        ("icon-maskable-192", 192, 0.7, look.ground),
        ("icon-maskable-512", 512, 0.7, look.ground),
        ("apple-touch-icon", 180, 0.8, look.ground),
    ):
        await page.set_viewport_size({"width": size, "height": size})
        await page.set_content(
            f"<style>body{{margin:0;height:100vh;display:grid;place-items:center;background:{ground}}}"
            f"svg{{width:{size * share}px;height:{size * share}px}}</style>{icon}"
        )
        await page.screenshot(path=look.public / f"{name}.png", omit_background=True)
    font = b64encode(FONT.read_bytes()).decode()
    await page.set_viewport_size({"width": PREVIEW[0], "height": PREVIEW[1]})
    await page.set_content(
        f"<style>@font-face{{font-family:Title;font-weight:100 900;src:url(data:font/woff2;base64,{font})}}"
        f"body{{margin:0;height:100vh;display:grid;grid-template-columns:auto 1fr;align-items:center;gap:64px;"
        f"box-sizing:border-box;padding:72px;background:{look.ground};color:{look.ink};"
        f"font:40px/1.35 Title,sans-serif}}svg{{width:360px;height:360px}}"
        f"h1{{margin:0 0 16px;font-size:96px;line-height:1.05;color:{look.soft}}}p{{margin:0}}</style>"
        f"{icon}<div><h1>{look.title}</h1><p>{look.words}</p></div>"
    )
    await page.evaluate("document.fonts.ready")
    await page.screenshot(path=look.public / "preview.png")


async def main() -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = await browser.new_page()
        for look in LOOKS:
            await draw(page, look)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())

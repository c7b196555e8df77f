"""The four sizes that every state of a page is looked at in, and what is wrong with it there."""

from collections.abc import Sequence
from typing import Final

from tests.browser.visitor import Visitor

PHONE: Final = (360, 740)
LYING: Final = (740, 360)
TABLET: Final = (820, 1180)
DESK: Final = (1440, 900)
SIZES: Final = (LYING, TABLET, DESK, PHONE)


async def too_wide(person: Visitor) -> list[tuple[int, int]]:
    """The sizes in which one has to scroll sideways. The page is left on the phone."""
    found: list[tuple[int, int]] = []
    for width, height in SIZES:
        await person.page.set_viewport_size({"width": width, "height": height})
        if await person.width_hidden() > 0:
            found.append((width, height))
    return found


async def misfits(person: Visitor, sizes: Sequence[tuple[int, int]] = SIZES) -> list[str]:
    """In each size: what has to be scrolled to sideways, what a finger misses, what stands in something else. The page
    is left in the last one.
    """
    found: list[str] = []
    for width, height in sizes:
        await person.page.set_viewport_size({"width": width, "height": height})
        hidden = await person.width_hidden()
        wrong: list[str] = await person.page.evaluate(_WRONG)
        found += [f"{width}x{height}: {each}" for each in ([f"{hidden} px too wide"] if hidden > 0 else []) + wrong]
    return found


_WRONG: Final = """() => {
  const all = [...document.querySelectorAll('button, a[href], select, summary, input, .seat .what')]
    .filter(each => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter(each => each.tabIndex >= 0 || each.matches('.what'))
    .filter(each => !['checkbox', 'radio'].includes(each.type));
  const dialog = document.querySelector('dialog[open]');
  const open = all.filter(each => dialog === null || dialog.contains(each));
  const box = each => each.getBoundingClientRect();
  const said = each => `${each.tagName} "${(each.innerText || each.value || '').replace(/\\s+/g, ' ').slice(0, 40)}"`;
  const low = open.filter(each => !each.matches('.what') && box(each).height < 43.5).map(each => `low: ${said(each)}`);
  const apart = (one, other) => one.right <= other.left + 1 || other.right <= one.left + 1
    || one.bottom <= other.top + 1 || other.bottom <= one.top + 1;
  const over = open.flatMap((one, at) => open.slice(at + 1)
    .filter(other => !one.contains(other) && !other.contains(one) && !apart(box(one), box(other)))
    .map(other => `${said(one)} stands in ${said(other)}`));
  const cut = open.filter(each => each.scrollWidth > each.clientWidth + 1 && !each.matches('input, .what, select'))
    .map(each => `cut: ${said(each)}`);
  const fire = [...document.querySelectorAll('.countdown text')]
    .filter(each => Math.hypot(each.getBBox().width / 2, 4) > 16.5)
    .map(each => `touches its ring: ${each.textContent}`);
  return [...low, ...over, ...cut, ...fire];
}"""
"""Of what one can press or read in a seat, inside the question that stands over the page where there is one."""

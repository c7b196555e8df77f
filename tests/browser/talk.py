"""How people talk around a game on either page: what is said there is the same."""

from playwright.async_api import Locator, expect

from tests.browser.visitor import Visitor


def talk(person: Visitor) -> Locator:
    return person.page.get_by_role("region", name="Talk")


def sayings(person: Visitor) -> Locator:
    return talk(person).get_by_role("log", name="What people say")


def field(person: Visitor) -> Locator:
    return talk(person).get_by_role("textbox", name="Say something")


def mute(person: Visitor, name: str) -> Locator:
    return person.page.get_by_role("button", name=f"Mute {name}", exact=True)


async def unfold(person: Visitor) -> None:
    await talk(person).get_by_role("button", name="Talk").click()
    await expect(field(person)).to_be_visible()


async def say(person: Visitor, words: str) -> None:
    """By the keyboard, until everybody could hear it."""
    await field(person).fill(words)
    await person.page.keyboard.press("Enter")
    await expect(sayings(person).get_by_text(words)).to_be_visible()
    await expect(person.page.get_by_role("list", name="On its way")).to_be_hidden()


async def give_sign(person: Visitor, words: str) -> None:
    await person.page.get_by_role("button", name="Give a sign").click()
    await person.page.get_by_role("dialog", name="Give a sign").get_by_role("button", name=words, exact=True).click()


async def expect_sign(person: Visitor, name: str, words: str, place: Locator) -> None:
    """It is seen at the place of who gave it, is said to who sees nothing, and goes by itself."""
    await expect(place.get_by_text(words)).to_be_visible()
    said = person.page.get_by_role("status").get_by_text(f"{name}: {words}")
    await expect(said).to_be_attached()
    await expect(place.get_by_text(words)).to_be_hidden()
    await expect(said).to_have_count(0)

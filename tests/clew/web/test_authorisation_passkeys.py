"""Who may do what with an account and its passkeys: every cell of that table in docs/authorisation.md."""

import json
import re
from typing import Any, Final, NamedTuple

import httpx
import pytest

from tests.architecture.tree import ROOT
from tests.clew.web.account_calls import API
from tests.clew.web.authenticator import Authenticator, add, call, prove
from tests.clew.web.live import inside

PUBLIC: Final = "https://game.example"
WHO: Final = ("Ada", "another", "guest", "nobody")
OF_ADA: Final = "word of Ada"
OF_ANOTHER: Final = "word of another"
CALL: Final = re.compile(r"`(?P<method>[A-Z]+) (?P<path>\S+)`(?: `(?P<body>.+)`)?")


class Row(NamedTuple):
    """What is asked, and what each is answered."""

    call: str
    answers: tuple[str, ...]


def rows() -> list[Row]:
    lines = (ROOT / "docs" / "authorisation.md").read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("| of an account"))
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[first:] if line.startswith("|")]
    assert tuple(table[0][1:]) == WHO
    return [Row(cells[0], tuple(cells[1:])) for cells in table[2:]]


def authenticator(name: str) -> Authenticator:
    return Authenticator(PUBLIC, "game.example", credential_id=name.encode())


class People:
    """Ada, her passkeys and everyone else, each with a browser of their own."""

    def __init__(self, browsers: dict[str, httpx.AsyncClient]) -> None:
        self.browsers = browsers
        self.first, self.second = authenticator("the first of Ada"), authenticator("the second of Ada")

    async def come(self) -> None:
        for who, password in (("Ada", OF_ADA), ("another", OF_ANOTHER)):
            account = {"username": who, "password": password}
            assert (await call(self.browsers[who], "accounts", account)).status_code == 201
        for key in (self.first, self.second):
            assert (await add(self.browsers["Ada"], key, current_password=OF_ADA)).status_code == 201
        assert (await call(self.browsers["guest"], "guests", {"display_name": "Gus"})).status_code == 201

    async def passkeys_of_ada(self) -> list[str]:
        mine = (await self.browsers["Ada"].get(f"{API}/me/passkeys")).json()["passkeys"]
        return [each["id"] for each in mine]

    async def made(self, who: str, path: str) -> dict[str, str]:
        """A new passkey for who asks, by whatever they may be asked; else junk of the right shape."""
        http = self.browsers[who]
        if path == "/me/passkeys":
            proof = {"current_password": OF_ADA if who == "Ada" else OF_ANOTHER}
            options = await call(http, "me/passkeys/options", proof)
        else:
            options = await call(http, "accounts/passkey/options", {"username": "newcomer"})
        told: dict[str, Any] = options.json() if options.status_code == 200 else NO_OPTIONS
        return authenticator("a new one").make(told)

    async def made_for_ada(self) -> dict[str, str]:
        options = await call(self.browsers["Ada"], "me/passkeys/options", {"current_password": OF_ADA})
        return authenticator("a new one").make(options.json())


NO_OPTIONS: Final[dict[str, Any]] = {"challenge": "YWRh", "user": {"id": "YWRh"}}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.call)
async def test_each_is_answered_as_the_table_says(row: Row) -> None:
    asked = CALL.fullmatch(row.call)
    assert asked is not None
    answered = list[str]()

    for who in WHO:
        async with inside(public_url=PUBLIC) as web:
            people = People({each: web.http() for each in WHO})
            for http in people.browsers.values():
                http.base_url = httpx.URL(PUBLIC)
            await people.come()
            text = asked["body"] or "null"
            if "MADE_FOR_ADA" in text:
                text = text.replace("MADE_FOR_ADA", json.dumps(await people.made_for_ada()))
            elif "MADE" in text:
                text = text.replace("MADE", json.dumps(await people.made(who, asked["path"])))
            elif "SHOWN" in text:
                text = text.replace("SHOWN", json.dumps(await prove(people.browsers[who], people.first)))
            path = asked["path"].replace("{passkey}", (await people.passkeys_of_ada())[-1])

            answer = await people.browsers[who].request(asked["method"], f"{API}{path}", json=json.loads(text))

            error = answer.json()["error"]["code"] if answer.status_code >= 400 else ""
            answered.append(f"{answer.status_code} {error}".strip())
            for http in people.browsers.values():
                await http.aclose()

    assert tuple(answered) == row.answers

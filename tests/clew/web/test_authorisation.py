"""Who may do what with a game: every cell of docs/authorisation.md, over HTTP and sockets, for two games."""

import json
import re
from collections.abc import AsyncGenerator
from typing import Final, NamedTuple

import httpx
import pytest
import pytest_asyncio

from clew.client.commands import Answer, CommandAccepted, CommandSuperseded
from tests.architecture.tree import ROOT
from tests.kit.server import Server
from tests.kit.table_play import Tables, Viewer, table_server, tables_at

pytestmark = pytest.mark.asyncio(loop_scope="module")

API: Final = "/api/v1"
BOTS: Final = {"minotaur": "wanderer", "bids": "bot"}
WHO: Final = ("host", "seated", "watching", "sent away", "nobody")
CALL: Final = re.compile(r"`(?P<method>[A-Z]+) (?P<path>\S+)`(?: `(?P<body>.+)`)?")


class Row(NamedTuple):
    """One line of a table: what is asked when, and what each is answered."""

    when: str
    call: str
    answers: tuple[str, ...]


def rows() -> list[Row]:
    found = list[Row]()
    when, games = "", set[str]()
    for line in (ROOT / "docs" / "authorisation.md").read_text().splitlines():
        if line.startswith("## "):
            when = line.removeprefix("## ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| call"):
            assert tuple(cells[1:]) == WHO
            games.add(when)
        elif line.startswith("| `") and when in games:
            found.append(Row(when, cells[0], tuple(cells[1:])))
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Server]:
    async with table_server(tmp_path_factory.mktemp("who"), "minotaur", "examples.bids.game:Bids") as server:
        yield server


async def signed_in(http: httpx.AsyncClient, name: str) -> tuple[str, dict[str, str]]:
    made = await http.post(f"{API}/guests", json={"display_name": name})
    http.cookies.clear()
    return made.json()["user_id"], {"authorization": f"Bearer {made.json()['token']}"}


class Company(NamedTuple):
    """A game, its host's user id, and the headers of everyone around it."""

    code: str
    host: str
    headers: dict[str, dict[str, str]]


async def gathered(http: httpx.AsyncClient, kind: str, when: str) -> Company:
    people = {who: await signed_in(http, who.title()) for who in WHO if who != "nobody"}
    headers = {"nobody": dict[str, str]()} | {who: header for who, (_, header) in people.items()}
    # Over at once where both who play give up; on for long where bots play too.
    asked = {"kind": kind, "seats": 2} if when == "After the end" else {"kind": kind, "seats": 4, "bots": 3}
    code = (await http.post(f"{API}/games", json=asked, headers=headers["host"])).json()["join_code"]
    away = await http.post(f"{API}/games/{code}/join", headers=headers["sent away"])
    gone = await http.delete(f"{API}/games/{code}/players/{away.json()['player_id']}", headers=headers["host"])
    seat = await http.post(f"{API}/games/{code}/join", headers=headers["seated"])
    assert (gone.status_code, seat.json()["player_id"]) == (204, "p2")
    if when != "In the lobby":
        assert (await http.post(f"{API}/games/{code}/start", headers=headers["host"])).status_code == 204
    if when == "After the end":
        for who in ("host", "seated"):
            await http.post(f"{API}/games/{code}/leave", headers=headers[who])
    return Company(code, people["host"][0], headers)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.when}: {row.call}")
@pytest.mark.parametrize("kind", BOTS)
async def test_each_is_answered_as_the_table_says(server: Server, kind: str, row: Row) -> None:
    call = CALL.fullmatch(row.call)
    assert call is not None
    text = (call["body"] or "null").replace("BOT", BOTS[kind])
    answered = list[str]()

    async with httpx.AsyncClient(base_url=server.url, timeout=30) as http:
        company: Company | None = None
        for who in WHO:
            company = company or await gathered(http, kind, row.when)
            path = call["path"].replace("{code}", company.code).replace("{host}", company.host).replace("KIND", kind)
            answer = await http.request(
                call["method"], f"{API}{path}", json=json.loads(text), headers=company.headers[who]
            )
            error = answer.json()["error"]["code"] if answer.status_code >= 400 else ""
            answered.append(f"{answer.status_code} {error}".strip())
            if not error and call["method"] != "GET":
                company = None  # who is refused, or only looks, leaves it as it was

    assert tuple(answered) == row.answers


class SocketRow(NamedTuple):
    """One line of what is said over a socket: what, when, and what each is answered; "" where there is nobody such."""

    message: dict[str, object]
    when: str
    answers: dict[str, str]


ON_SOCKETS: Final = ("host", "seated", "fallen", "watching")


def socket_rows() -> list[SocketRow]:
    lines = (ROOT / "docs" / "authorisation.md").read_text().splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `{")]
    head = next(line for line in lines if line.startswith("| message"))
    assert tuple(cell.strip() for cell in head.strip("|").split("|")) == ("message", "when", *ON_SOCKETS)
    return [
        SocketRow(json.loads(message.strip("`")), when, dict(zip(ON_SOCKETS, answers, strict=True)))
        for message, when, *answers in cells
    ]


async def on_sockets(tables: Tables, when: str) -> dict[str, Viewer]:
    """A game of three as it stands then, and the sockets of everyone around it."""
    people = dict(zip(ON_SOCKETS, [await tables.guest(who.title()) for who in ON_SOCKETS], strict=True))
    made = await people["host"].create_game(kind=tables.kind, seats=3)
    tables.code = str(made["join_code"])
    seats = ("host", "seated") if when == "in the lobby" else ("host", "seated", "fallen")
    for who in seats[1:]:
        await people[who].join(tables.code)
    viewers = {who: await tables.watch(people[who]) for who in (*seats, "watching")}
    if when != "in the lobby":
        await people["host"].start(tables.code)
        await viewers["fallen"].wait_round(1)
        await viewers["fallen"].do({"type": "resign"})
    if when == "after the end":
        await viewers["seated"].do({"type": "resign"})
        for viewer in viewers.values():
            await viewer.wait_over()
    return viewers


def outcome(answer: Answer) -> str:
    assert not isinstance(answer, CommandSuperseded)
    return "accepted" if isinstance(answer, CommandAccepted) else answer.code


@pytest.mark.parametrize("row", socket_rows(), ids=lambda row: f"{row.message['type']} {row.when}")
@pytest.mark.parametrize("kind", BOTS)
async def test_over_the_socket_too(server: Server, kind: str, row: SocketRow) -> None:
    async with tables_at(server.url, kind) as tables:
        viewers = await on_sockets(tables, row.when)

        answers = {who: await viewer.send(row.message) for who, viewer in viewers.items()}

        said = {who: outcome(a) for who, a in answers.items()}
        assert said == {who: answer for who, answer in row.answers.items() if who in viewers}

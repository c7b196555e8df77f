"""Frames that are read and made without the library's parser are byte for byte the library's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from clew.wiring.frames import frame_size, text_frame, text_of, whole_text

SIZES = (0, 1, 125, 126, 127, 65_535, 65_536, 70_000)


def from_client(text: str, opcode: Opcode = Opcode.TEXT, *, fin: bool = True, mask: bool = True) -> bytes:
    return Frame(opcode, text.encode(), fin).serialize(mask=mask)


@given(st.text(max_size=300), st.binary(max_size=20))
def test_a_whole_text_is_read_wherever_it_begins(text: str, before: bytes) -> None:
    frame = from_client(text)
    buffer = before + frame + b"\x81\x80"

    assert frame_size(buffer, len(before)) == len(frame)
    assert text_of(buffer, len(before), len(frame)) == text


@pytest.mark.parametrize("size", SIZES)
def test_a_text_of_any_size_is_read_and_made_as_the_library_does(size: int) -> None:
    text = "é" + "x" * (size - 2) if size >= 2 else "x" * size
    frame = from_client(text)

    assert text_of(frame, 0, len(frame)) == text
    assert whole_text(frame) == (text if size <= 65_535 else None)
    assert text_frame(text.encode()) == from_client(text, mask=False)


@pytest.mark.parametrize(
    "frame",
    [
        from_client("begun", fin=False),
        from_client("goes on", Opcode.CONT),
        from_client("bytes", Opcode.BINARY),
        from_client("ping", Opcode.PING),
        from_client("not masked", mask=False),
        bytes([0xC1]) + from_client("an extension's")[1:],
        b"\x81\x81\0\0\0\0\xff",
    ],
    ids=["begun", "goes on", "bytes", "ping", "not masked", "an extension's", "no UTF-8"],
)
def test_whatever_else_comes_is_left_to_the_parser(frame: bytes) -> None:
    assert frame_size(frame, 0) == len(frame)

    assert text_of(frame, 0, len(frame)) is None
    assert whole_text(frame) is None


def test_a_text_that_is_not_all_there_is_left_to_the_parser() -> None:
    frame = from_client("some of it is still on its way")

    assert text_of(frame[:-1], 0, len(frame)) is None


@pytest.mark.parametrize("size", SIZES)
def test_what_is_more_or_less_than_one_frame_is_none(size: int) -> None:
    frame = from_client("x" * size)
    beginnings = [frame[:length] for length in range(min(len(frame), 300))]

    assert [whole_text(part) for part in (frame + b"\x81", frame + frame, *beginnings)] == [None] * (
        len(beginnings) + 2
    )

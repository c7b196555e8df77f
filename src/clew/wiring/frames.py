"""WebSocket frames (RFC 6455, section 5.2) as far as they are taken and made without the library's parser.

Whole texts are: one frame, no extension. They are nearly all that is ever sent either way, and parsing each as what it
might be costs more than deciding the command in it.
"""

from typing import Final

try:
    from websockets.speedups import apply_mask
except ImportError:  # where the library was built without C
    from websockets.utils import apply_mask

FIN: Final = 0x80
OPCODE: Final = 0x0F
_WHOLE_TEXT: Final = 0x81
_MASKED: Final = 0x80
_SIZE: Final = 0x7F
_SIZE_BYTES: Final = {126: 2, 127: 8}
_KEY_BYTES: Final = 4
_SMALL_MAX: Final = 125
_MIDDLE_MAX: Final = 0xFFFF
_MIDDLE: Final = b"\x81\x7e"
_LARGE: Final = b"\x81\x7f"


def frame_size(buffer: bytes, at: int) -> int | None:
    """The bytes of the whole frame that begins there, as its head says; None while that is not all there.

    What is wrong with a head is not looked at: the parser will.
    """
    if len(buffer) - at < 2:
        return None
    size = buffer[at + 1] & _SIZE
    masked = buffer[at + 1] >= _MASKED
    more = _SIZE_BYTES.get(size, 0)
    if more:
        if len(buffer) - at < 2 + more:
            return None
        size = int.from_bytes(buffer[at + 2 : at + 2 + more])
    return 2 + more + (_KEY_BYTES if masked else 0) + size


def text_of(buffer: bytes, at: int, size: int) -> str | None:
    """The text in the frame of so many bytes that begins there: whole, masked as a client's must be, and UTF-8.

    None for any other, and where not all of it is there.
    """
    if buffer[at] != _WHOLE_TEXT or buffer[at + 1] < _MASKED or len(buffer) - at < size:
        return None
    key_at = at + 2 + _SIZE_BYTES.get(buffer[at + 1] & _SIZE, 0)
    data_at = key_at + _KEY_BYTES
    try:
        return apply_mask(buffer[data_at : at + size], buffer[key_at:data_at]).decode()
    except UnicodeDecodeError:
        return None


def whole_text(data: bytes) -> str | None:
    """The text where the data is one such frame and nothing else, as what a browser sends mostly is. None otherwise,
    and for a long one.
    """
    if len(data) < 2 or data[0] != _WHOLE_TEXT or data[1] < _MASKED:
        return None
    size = data[1] & _SIZE
    start = 2 + _KEY_BYTES
    if size > _SMALL_MAX:
        if size == _SIZE:
            return None
        start, size = start + 2, int.from_bytes(data[2:4])
    if len(data) != start + size:
        return None
    try:
        return apply_mask(data[start:], data[start - _KEY_BYTES : start]).decode()
    except UnicodeDecodeError:
        return None


def text_frame(text: bytes) -> bytes:
    """A server's frame of this text, which is UTF-8."""
    size = len(text)
    if size <= _SMALL_MAX:
        return b"\x81%c%b" % (size, text)
    if size <= _MIDDLE_MAX:
        return b"%b%b%b" % (_MIDDLE, size.to_bytes(2), text)
    return b"%b%b%b" % (_LARGE, size.to_bytes(8), text)

"""A page into whose head something is put for each answer, and which is compressed once all the same."""

import hashlib
import re
import struct
import zlib
from typing import Final

_CHARSET: Final = re.compile(rb"<meta charset=[^>]*>|<head>", re.IGNORECASE)
"""Behind the first of these: readers of links look at the beginning of a page only, and ours is long."""
_GZIP_HEAD: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_RAW: Final = -zlib.MAX_WBITS


class Headed:
    """The page ``html``, whose charset is said before anything else in its head."""

    def __init__(self, html: bytes) -> None:
        found = None
        for found in _CHARSET.finditer(html[:1024]):
            if found[0].lower() != b"<head>":
                break
        at = 0 if found is None else found.end()
        self._first, self._rest = html[:at], html[at:]
        deflate = zlib.compressobj(9, zlib.DEFLATED, _RAW)
        self._packed = deflate.compress(self._rest) + deflate.flush()
        self._hash = hashlib.blake2b(html, digest_size=12)

    def plain(self, head: bytes) -> bytes:
        return self._first + head + self._rest

    def zipped(self, head: bytes) -> bytes:
        """The same as gzip. Only what comes before the rest is compressed now."""
        first = self._first + head
        deflate = zlib.compressobj(9, zlib.DEFLATED, _RAW)
        packed = deflate.compress(first) + deflate.flush(zlib.Z_FULL_FLUSH)
        size = (len(first) + len(self._rest)) & 0xFFFFFFFF
        return _GZIP_HEAD + packed + self._packed + struct.pack("<II", zlib.crc32(self._rest, zlib.crc32(first)), size)

    def etag(self, head: bytes) -> str:
        found = self._hash.copy()
        found.update(head)
        return f'"{found.hexdigest()}"'

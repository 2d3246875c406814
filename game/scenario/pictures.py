"""Pictures from strangers, judged byte by byte before anything decodes them.

A picture is a PNG without interlacing, at most 8 bits a channel, of the size that ``limits`` allows.
:func:`read_png_header` tells its size from the first bytes; :func:`plain_png` walks the whole file, unpacks the pixels
to see that they are all there, and gives back a PNG of nothing but pixels: no text, no profile, no date reaches a
decoder.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from game.schema import limits
from game.schema.nodes import SourceText
from game.schema.problems import Problem, Severity

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = Struct(">2L5B")
_LENGTH = Struct(">L")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8), 2: (8,), 3: (1, 2, 4, 8), 4: (8,), 6: (8,)}
_PALETTE = 3
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_PIECE = 1 << 20
_SAVE = "save it again as a PNG"


@dataclass(frozen=True, slots=True)
class PngHeader:
    """What the first bytes of a picture say. ``bits`` is the number of bits a pixel."""

    width: int
    height: int
    bits: int
    colour: int
    """Kind of pixels, as the format numbers them: 0 grey, 2 colours, 3 of a palette, 4 and 6 with transparency."""

    @property
    def palette(self) -> bool:
        """Whether pixels are numbers of colours in a palette."""
        return self.colour == _PALETTE

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height


class _Unsound(Exception):
    """Why a picture is refused, and what to do."""

    def __init__(self, what: str, fix: str = _SAVE, code: str = "P131") -> None:
        super().__init__(what, fix)
        self.what, self.fix, self.code = what, fix, code


def read_png_header(data: bytes, name: str = "picture.png") -> PngHeader | Problem:
    """Size and kind of a picture, or why it is none; reads 33 bytes. ``name`` is the file as messages name it."""
    try:
        return _header(data)
    except _Unsound as flaw:
        return _problem(name, flaw)


def plain_png(data: bytes, name: str = "picture.png") -> bytes | Problem:
    """The picture without anything but pixels, sure to be whole, or why it is refused."""
    try:
        header = _header(data)
        chunks = list(_chunks(data))
        _require_order(header, chunks)
        _require_pixels(header, [body for kind, body in chunks if kind == b"IDAT"])
    except _Unsound as flaw:
        return _problem(name, flaw)
    return SIGNATURE + b"".join(_written(kind, body) for kind, body in chunks if kind in _KEPT)


def _problem(name: str, flaw: _Unsound) -> Problem:
    """Too large is an error, so that nobody passes such a picture on; what is unsound becomes a placeholder."""
    what = f"this picture cannot be shown: {flaw.what}"
    severity: Severity = "error" if flaw.code == "P132" else "warning"
    return SourceText(name).problem(1, 1, flaw.code, what, flaw.fix, severity=severity)


def _header(data: bytes) -> PngHeader:
    if len(data) > limits.PICTURE_BYTES:
        raise _Unsound(f"it is larger than {limits.PICTURE_BYTES // 2**20} MB", "make it smaller", "P132")
    if not data:
        raise _Unsound("the file is empty")
    if not data.startswith(SIGNATURE):
        raise _Unsound("it is not a PNG")
    start = len(SIGNATURE) + 8
    if len(data) < start + _HEAD.size + 4 or data[len(SIGNATURE) : start] != _LENGTH.pack(_HEAD.size) + b"IHDR":
        raise _Unsound("it does not begin with a header")
    width, height, depth, colour, packing, filtering, interlaced = _HEAD.unpack_from(data, start)
    if not 0 < width <= limits.PICTURE_SIDE or not 0 < height <= limits.PICTURE_SIDE:
        what = f"it says that it has {width:,} x {height:,} pixels, and may have 1 to {limits.PICTURE_SIDE:,} a side"
        raise _Unsound(what, "make it smaller", "P132")
    if width * height > limits.PICTURE_PIXELS:
        raise _Unsound(f"it has more than {limits.PICTURE_PIXELS:,} pixels", "make it smaller", "P132")
    if colour not in _CHANNELS or packing or filtering:
        raise _Unsound("its header is damaged")
    if depth not in _DEPTHS[colour]:
        raise _Unsound(f"it has {depth} bits a channel", "save it with 8 bits a channel")
    if interlaced:
        raise _Unsound("it is interlaced", "save it without interlacing")
    return PngHeader(width, height, depth * _CHANNELS[colour], colour)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of every chunk, each with the checksum that it claims."""
    at, kind, remarks = len(SIGNATURE), b"", 0
    while kind != b"IEND":
        if at + 12 > len(data):
            raise _Unsound("it is cut off")
        (length,) = _LENGTH.unpack_from(data, at)
        kind, body, end = data[at + 4 : at + 8], data[at + 8 : at + 8 + length], at + 12 + length
        if end > len(data):
            raise _Unsound("it is cut off")
        if zlib.crc32(body, zlib.crc32(kind)) != _LENGTH.unpack_from(data, end - 4)[0]:
            raise _Unsound("a checksum in it is wrong: it is damaged")
        if kind not in _KEPT:
            remarks += length + 12
            if remarks > limits.PICTURE_REMARKS:
                what = f"more than {limits.PICTURE_REMARKS // 1024} kB of it are texts or profiles"
                raise _Unsound(what, "save it without them")
        yield kind, body
        at = end


def _require_order(header: PngHeader, chunks: list[tuple[bytes, bytes]]) -> None:
    """One header, one palette where it belongs, pixels in one row of chunks."""
    kinds = [kind for kind, _ in chunks if kind in _KEPT]
    if kinds.count(b"IHDR") != 1 or kinds.count(b"PLTE") > 1 or kinds.count(b"tRNS") > 1:
        raise _Unsound("a part of it stands twice")
    first = kinds.index(b"IDAT") if b"IDAT" in kinds else len(kinds)
    pixels = kinds.count(b"IDAT")
    if not pixels or kinds[first : first + pixels] != [b"IDAT"] * pixels:
        raise _Unsound("its pixels are not in one row, or missing")
    if any(kinds.index(kind) > first for kind in (b"PLTE", b"tRNS") if kind in kinds):
        raise _Unsound("its palette stands behind its pixels")
    if b"PLTE" in kinds and b"tRNS" in kinds[: kinds.index(b"PLTE")]:
        raise _Unsound("its transparency stands before its palette")
    bodies = dict(chunks)
    palette, clear = bodies.get(b"PLTE"), bodies.get(b"tRNS", b"")
    if header.palette and palette is None:
        raise _Unsound("its palette is missing")
    if palette is not None and (len(palette) % 3 or not 3 <= len(palette) <= 768):
        raise _Unsound("its palette is damaged")
    if b"tRNS" in bodies:
        colours = len(palette or b"") // 3
        if len(clear) not in {0: (2,), 2: (6,), 3: range(1, colours + 1)}.get(header.colour, ()):
            raise _Unsound("its transparency is damaged")
    if palette is not None and header.colour in (0, 4):
        raise _Unsound("it has a palette for shades of grey")


def _require_pixels(header: PngHeader, bodies: list[bytes]) -> None:
    """All pixels are there: unpacked piece by piece and thrown away, never more than they may be."""
    wanted = header.height * (1 + (header.width * header.bits + 7) // 8)
    stream, found = zlib.decompressobj(), 0
    try:
        for body in bodies:
            rest = body
            if rest and stream.eof:
                raise _Unsound("there is more behind its pixels")
            while rest and not stream.eof and found <= wanted:
                found += len(stream.decompress(rest, _PIECE))
                rest = stream.unconsumed_tail
        while not stream.eof and found <= wanted and (more := stream.decompress(b"", _PIECE)):
            found += len(more)
    except zlib.error as error:
        raise _Unsound("its pixels are damaged") from error
    if stream.unused_data:
        raise _Unsound("there is more behind its pixels")
    if found != wanted or not stream.eof:
        raise _Unsound("it has more pixels than it says" if found > wanted else "pixels are missing")


def _written(kind: bytes, body: bytes) -> bytes:
    return _LENGTH.pack(len(body)) + kind + body + _LENGTH.pack(zlib.crc32(body, zlib.crc32(kind)))

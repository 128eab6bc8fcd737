"""One version of an object: what identifies it, and the address by which the engine asks for no other."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from factcheck.text.canonical import digest


@dataclass(frozen=True)
class Object:
    """An object as a store described it. size: in bytes; None where the store does not say.

    etag: the store's mark of this version, which another content does not share; None where it gives none.
    modified: when it was written, as ISO 8601 in UTC or as the server has it.
    parts: whether parts of it can be asked for on condition of the mark. settled: whether it was written long enough
    ago that the mark would be another one if it were written anew.
    """

    address: str
    size: int | None
    etag: str | None = None
    modified: str = ""
    parts: bool = True
    settled: bool = True

    @property
    def stays(self) -> bool:
        """Whether it can be read in parts, all of which are sure to be of one version."""
        return self.parts and self.etag is not None and self.size is not None

    @property
    def identity(self) -> str | None:
        """A digest that is another one for another version; None where nothing is sure to tell two apart."""
        if self.etag is None or not self.settled:
            return None
        return digest(["object", self.address, self.size, self.etag, self.modified])

    @property
    def pinned(self) -> str:
        """The address with its version, so that SQL which names it can mean no other."""
        mark = base64.urlsafe_b64encode((self.etag or "").encode()).decode().rstrip("=")
        return f"{self.address}#{self.size}-{mark}"

    @property
    def version(self) -> str | None:
        """What people are told of the version."""
        return None if self.etag is None else self.etag.strip('"')


def unpinned(text: str) -> Object:
    """The object that a pinned address means; LookupError where it is none."""
    address, _, mark = text.rpartition("#")
    size, _, etag = mark.partition("-")
    try:
        found = base64.urlsafe_b64decode(etag + "=" * (-len(etag) % 4)).decode()
        return Object(address, int(size), found)
    except (ValueError, binascii.Error) as error:
        raise LookupError("the address names no version") from error


class Store(Protocol):
    """A kind of store. Whatever fails is `Passing` or `Refused`; nothing is tried again here."""

    def find(self, place: str, key: str) -> list[Object]:
        """The one object of that key, or with wildcards in it all whose keys begin like it."""

    def part(self, found: Object, start: int, stop: int) -> bytes:
        """Exactly these bytes of exactly this version."""

    def whole(self, found: Object, target: Path, most: int | None) -> None:
        """Writes all of an object that cannot be asked for in parts, or its first `most` bytes, in one go."""

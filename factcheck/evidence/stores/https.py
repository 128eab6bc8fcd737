"""Files on web servers, as public archives hand them out. No access is sent to any, and no redirection followed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from factcheck.evidence.stores.objects import Object
from factcheck.evidence.stores.patience import ANSWERING, CONNECTING, Passing, Refused, of_status

_SETTLED = 60.0  # seconds; marks that servers make of the time of writing tell no two writings of one second apart
_CHUNK = 1 << 20
_REDIRECTIONS = range(300, 400)
_KEPT_AS_IT_IS = "/%:@!$&'()*+,;=~-._"


class Https:
    """Any server; `find` asks for the first byte, which tells what the server can do."""

    def __init__(self, scheme: str) -> None:
        self._scheme = scheme
        self._made: Any = None

    def find(self, place: str, key: str) -> list[Object]:
        address = f"{self._scheme}://{place}/{key}"
        with self._answer(address, {"Range": "bytes=0-0"}, empty=True) as answer:
            return [_described(address, answer)]

    def part(self, found: Object, start: int, stop: int) -> bytes:
        asked = {"Range": f"bytes={start}-{stop - 1}", "If-Match": str(found.etag)}
        with self._answer(found.address, asked) as answer:
            if answer.headers.get("ETag") != found.etag:  # of a server that does not look at conditions
                raise of_status(412)
            if answer.status != 206 or answer.headers.get("Content-Range") != f"bytes {start}-{stop - 1}/{found.size}":
                raise Refused("the server gives other parts of it than those it is asked for")
            return _body(answer, stop - start)

    def whole(self, found: Object, target: Path, most: int | None) -> None:
        with self._answer(found.address, {}) as answer, target.open("wb") as out:
            if found.etag is not None and answer.headers.get("ETag") != found.etag:
                raise of_status(412)
            if answer.headers.get("Content-Length") is None and not answer.chunked:
                raise Refused("the server does not say how long it is, so that a part of it could pass for the whole")
            left = most
            while left != 0 and (data := answer.read(_CHUNK if left is None else min(left, _CHUNK))):
                out.write(data)
                left = None if left is None else left - len(data)

    @contextmanager
    def _answer(self, address: str, headers: dict[str, str], *, empty: bool = False) -> Iterator[Any]:
        errors = import_module("urllib3.exceptions")
        asked = {"Accept-Encoding": "identity", "User-Agent": "factcheck", **headers}
        url = quote(address, safe=_KEPT_AS_IT_IS)
        try:
            answer = self._pool(address).request("GET", url, headers=asked, preload_content=False)
            try:
                _check(answer, empty=empty)
                yield answer
            finally:
                answer.close()
        except errors.SSLError as error:
            raise Refused("the server's certificate is not one that this computer trusts") from error
        except errors.TimeoutError as error:
            raise Passing("the server does not answer in time") from error
        except errors.LocationValueError as error:
            raise Refused("it cannot be an address") from error
        except errors.HTTPError as error:
            raise Passing("the server cannot be reached, or the connection was lost") from error

    def _pool(self, address: str) -> Any:
        if self._made is None:
            from urllib.request import getproxies, proxy_bypass

            urllib3, parts = import_module("urllib3"), urlsplit(address)
            settings = {"timeout": urllib3.Timeout(connect=CONNECTING, read=ANSWERING), "retries": False, "maxsize": 32}
            proxy = None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
            self._made = urllib3.ProxyManager(proxy, **settings) if proxy else urllib3.PoolManager(**settings)
        return self._made


def _check(answer: Any, *, empty: bool) -> None:
    if answer.status in _REDIRECTIONS:
        to = urlsplit(answer.headers.get("Location") or "")
        named = f"to {to.scheme}://{to.hostname}{to.path}" if to.hostname else "elsewhere"  # a query may give access
        raise Refused(f"the server sends on {named}: if that is where it lies, name that address")
    if empty and answer.status == 416:
        raise Refused("it is empty")
    if answer.status not in (200, 206):
        raise of_status(answer.status)
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Refused("the server packs it on the way, so that its own bytes are not to be had")


def _described(address: str, answer: Any) -> Object:
    mark = answer.headers.get("ETag") or ""
    etag = mark if mark.startswith('"') else None
    modified = answer.headers.get("Last-Modified") or ""
    if answer.status == 206:
        total = (answer.headers.get("Content-Range") or "").rpartition("/")[2]
        size = int(total) if total.isdecimal() else None
        return Object(address, size, etag, modified, settled=_settled(modified, answer.headers.get("Date")))
    length = answer.headers.get("Content-Length") or ""
    size = int(length) if length.isdecimal() else None
    settled = _settled(modified, answer.headers.get("Date"))
    return Object(address, size, etag, modified, parts=False, settled=settled)


def _settled(modified: str, now: str | None) -> bool:
    """Whether it was written well before the server's own clock; true where it says nothing of when it was."""
    if not modified:
        return True
    try:
        age = parsedate_to_datetime(now or "") - parsedate_to_datetime(modified)
    except (ValueError, TypeError):
        return False
    return age.total_seconds() >= _SETTLED


def _body(answer: Any, size: int) -> bytes:
    data: bytes = answer.read(size)
    if len(data) != size:
        raise Passing("the connection was lost")
    return data

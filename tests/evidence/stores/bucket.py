"""A store on this computer that speaks as much of S3 and HTTP as is read, keeps a log, and can fail on demand.

It answers as Amazon documents it: ListObjectsV2 by pages, HEAD, GET of ranges under If-Match. Signatures are looked at
only for the name of their key: `AKTEST` is known, and without one a bucket is read as anybody may, if it is `public`.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

_PAGE = 3  # keys of one page, so that pages are followed
Answer = tuple[int, bytes, dict[str, str]]  # status, body, headers
_XML = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass
class Request:
    """A request as it was answered."""

    method: str
    path: str
    range: str | None
    status: int
    sent: int = 0
    signed: bool = False
    authorization: str = ""


@dataclass
class Bucket:
    """The objects of all buckets by `bucket/key`, and what a test may look at or make happen."""

    objects: dict[str, bytes] = field(default_factory=dict)
    written: dict[str, float] = field(default_factory=dict)
    log: list[Request] = field(default_factory=list)
    public: bool = False
    before: Callable[[str, str], int | str | None] = lambda method, path: None  # a status, "cut", "hang", or nothing
    conditions: bool = True  # whether If-Match is looked at
    ranges: bool = True
    etags: bool = True
    port: int = 0

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def put(self, path: str, data: bytes | str, written: float | None = None) -> None:
        self.objects[path] = data.encode() if isinstance(data, str) else data
        self.written[path] = time.time() - 3600 if written is None else written

    def sent(self, method: str = "GET") -> int:
        """The bytes of bodies that went out."""
        return sum(one.sent for one in self.log if one.method == method)

    def read(self, path: str) -> list[Request]:
        """The requests for parts of one object."""
        return [one for one in self.log if one.path == f"/{path}" and one.method == "GET"]

    def etag(self, path: str) -> str:
        return _etag(self.objects[path])


@cache
def _etag(data: bytes) -> str:
    return f'"{hashlib.md5(data).hexdigest()}"'


@contextmanager
def served() -> Iterator[Bucket]:
    """A running server."""
    bucket = Bucket()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(bucket))
    server.daemon_threads = True
    bucket.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()


def _failed(status: int, code: str) -> Answer:
    body = f"{_XML}<Error><Code>{code}</Code><Message>AKTEST s3cr3t</Message></Error>".encode()
    return status, body, {"Content-Type": "application/xml"}


def _handler(bucket: Bucket) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        def do_HEAD(self) -> None:
            self._answer()

        def log_message(self, *_: object) -> None:
            """The log is the bucket's."""

        def _answer(self) -> None:
            address = urlsplit(self.path)
            path, query = unquote(address.path), parse_qs(address.query)
            todo = bucket.before(self.command, path)
            status, body, headers = _failed(todo, "") if isinstance(todo, int) else self._found(path.strip("/"), query)
            self._send(status, body, headers, todo)

        def _found(self, path: str, query: dict[str, list[str]]) -> Answer:
            authorization = self.headers.get("authorization", "")
            if authorization and "Credential=AKTEST/" not in authorization:
                return _failed(403, "InvalidAccessKeyId")
            if not (authorization or bucket.public):
                return _failed(403, "AccessDenied")
            return self._list(path, query) if "list-type" in query else self._object(path)

        def _list(self, name: str, query: dict[str, list[str]]) -> Answer:
            if not any(key.startswith(f"{name}/") for key in bucket.objects):
                return _failed(404, "NoSuchBucket")
            start = f"{name}/{query.get('prefix', [''])[0]}"
            after = query.get("continuation-token", [""])[0]
            keys = sorted(key for key in bucket.objects if key.startswith(start) and key > after)
            page = keys[:_PAGE]
            told = "".join(self._listed(key, key.removeprefix(f"{name}/")) for key in page)
            more = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if len(keys) > _PAGE else ""
            cut = "true" if more else "false"
            body = f"{_XML}<ListBucketResult><IsTruncated>{cut}</IsTruncated>{more}{told}</ListBucketResult>"
            return 200, body.encode(), {"Content-Type": "application/xml"}

        def _listed(self, path: str, key: str) -> str:
            when = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(bucket.written[path]))
            return (
                f"<Contents><Key>{escape(key)}</Key><LastModified>{when}</LastModified>"
                f"<ETag>{escape(bucket.etag(path))}</ETag><Size>{len(bucket.objects[path])}</Size></Contents>"
            )

        def _object(self, path: str) -> Answer:
            if path not in bucket.objects:
                return _failed(404, "NoSuchKey")
            data, etag = bucket.objects[path], bucket.etag(path)
            if bucket.conditions and self.headers.get("If-Match", etag) != etag:
                return _failed(412, "PreconditionFailed")
            headers = {"Last-Modified": formatdate(bucket.written[path], usegmt=True)}
            headers |= {"ETag": etag} if bucket.etags else {}
            wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", "")) if bucket.ranges else None
            if wanted is None:
                return 200, data, headers
            first, last = int(wanted[1]), min(int(wanted[2]), len(data) - 1)
            if first > last:
                return _failed(416, "InvalidRange")
            headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
            return 206, data[first : last + 1], headers

        def _send(self, status: int, body: bytes, headers: dict[str, str], todo: int | str | None) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            out = b"" if self.command == "HEAD" else body[: len(body) // 2] if todo == "cut" else body
            authorization = self.headers.get("authorization", "")
            found = Request(self.command, unquote(urlsplit(self.path).path), self.headers.get("Range"), status, len(out))
            found.signed, found.authorization = bool(authorization), authorization
            bucket.log.append(found)
            if todo == "hang":
                time.sleep(3)
            self.wfile.write(out)
            if todo == "cut":
                self.close_connection = True

    return Handler

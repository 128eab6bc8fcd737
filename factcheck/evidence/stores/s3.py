"""Amazon's S3 and stores that speak it (MinIO, Ceph, R2, Google's). Access comes from the environment alone."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, TypeVar

from factcheck.evidence.stores.address import WILD
from factcheck.evidence.stores.objects import Object
from factcheck.evidence.stores.patience import ANSWERING, CONNECTING, Passing, Refused, of_status

T = TypeVar("T")

MOST = 1_000_000  # keys that are looked at for one pattern
_GOOGLE = "https://storage.googleapis.com"
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{1,60}")
_WORDS = {
    "NoSuchBucket": "there is no such bucket",
    "InvalidAccessKeyId": "the store does not know the access key in the environment",
    "SignatureDoesNotMatch": "the secret key in the environment is not the one of its access key",
    "ExpiredToken": "the access in the environment has expired",
    "InvalidToken": "the session token in the environment is not valid",
    "RequestTimeTooSkewed": "the clock of this computer is wrong",
    "PermanentRedirect": "the bucket lies in another region: set AWS_REGION",
    "AuthorizationHeaderMalformed": "the bucket lies in another region: set AWS_REGION",
    "InvalidObjectState": "it lies in an archive: restore it first",
    "InvalidBucketName": "no bucket can have this name",
}
_BUSY = ("SlowDown", "InternalError", "RequestTimeout", "ServiceUnavailable", "Throttling", "ThrottlingException")


class S3:
    """One kind of address, `s3` or `gs`. May be asked by several threads at once."""

    def __init__(self, scheme: str) -> None:
        self._scheme = scheme
        self._made: Any = None
        self._signed = False
        self._lock = threading.Lock()

    def find(self, place: str, key: str) -> list[Object]:
        wild = WILD.search(key)
        return self._asked(lambda: list(self._listed(place, key[: wild.start()])) if wild else [self._head(place, key)])

    def part(self, found: Object, start: int, stop: int) -> bytes:
        return self._asked(lambda: self._part(found, start, stop))

    def whole(self, *_: object, **__: object) -> None:
        raise Refused("the store gives it no mark of its version")

    def _listed(self, bucket: str, prefix: str) -> Iterator[Object]:
        seen = 0
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        for page in pages:
            for one in page.get("Contents", ()):
                seen += 1
                if seen > MOST:
                    raise Refused(f"more than {MOST:,} objects begin like it: write more before the first wildcard")
                yield self._object(bucket, one["Key"], one["Size"], one)

    def _head(self, bucket: str, key: str) -> Object:
        found = self._client.head_object(Bucket=bucket, Key=key)
        return self._object(bucket, key, found["ContentLength"], found)

    def _object(self, bucket: str, key: str, size: int, told: dict[str, Any]) -> Object:
        written = told["LastModified"].strftime("%Y-%m-%dT%H:%M:%SZ") if "LastModified" in told else ""
        etag = told.get("ETag") or None
        if etag is not None and etag.startswith("W/"):
            etag = None
        return Object(f"{self._scheme}://{bucket}/{key}", int(size), etag, written)

    def _part(self, found: Object, start: int, stop: int) -> bytes:
        bucket, _, key = found.address.partition("://")[2].partition("/")
        wanted = f"bytes={start}-{stop - 1}"
        said = self._client.get_object(Bucket=bucket, Key=key, Range=wanted, IfMatch=found.etag)
        data: bytes = said["Body"].read()
        if said.get("ETag") != found.etag:  # of a store that does not look at conditions
            raise of_status(412)
        if said.get("ContentRange") != f"bytes {start}-{stop - 1}/{found.size}":
            raise Refused("the store gives other parts of it than those it is asked for")
        if len(data) != stop - start:
            raise Passing("the connection was lost")
        return data

    @property
    def _client(self) -> Any:
        with self._lock:
            if self._made is None:
                self._made = self._connected()
            return self._made

    def _connected(self) -> Any:
        session = import_module("botocore.session").get_session()
        settings: dict[str, Any] = {}
        if self._scheme == "gs":
            settings = {"endpoint_url": os.environ.get("GCS_ENDPOINT_URL") or _GOOGLE, "region_name": "auto"}
            key, secret = os.environ.get("GCS_ACCESS_KEY_ID"), os.environ.get("GCS_SECRET_ACCESS_KEY")
            self._signed = bool(key and secret)
            if self._signed:
                settings |= {"aws_access_key_id": key, "aws_secret_access_key": secret}
        else:
            self._signed = session.get_credentials() is not None
            if session.get_config_variable("region") is None:
                settings["region_name"] = "us-east-1"  # other regions are told by the store
        unsigned = {} if self._signed else {"signature_version": import_module("botocore").UNSIGNED}
        config = import_module("botocore.config").Config(
            connect_timeout=CONNECTING, read_timeout=ANSWERING, max_pool_connections=32,
            retries={"total_max_attempts": 1}, request_checksum_calculation="when_required",
            response_checksum_validation="when_required", **unsigned,
        )  # fmt: skip
        return session.create_client("s3", config=config, **settings)

    def _asked(self, ask: Callable[[], T]) -> T:
        """What the store says; what goes wrong in our words, for its own may show what signs a request."""
        errors = import_module("botocore.exceptions")
        try:
            return ask()
        except errors.ClientError as error:
            raise self._meant(error.response) from error
        except errors.SSLError as error:
            raise Refused("the store's certificate is not one that this computer trusts") from error
        except (errors.ConnectTimeoutError, errors.ReadTimeoutError) as error:
            raise Passing("the store does not answer in time") from error
        except (errors.HTTPClientError, errors.ConnectionError, errors.IncompleteReadError) as error:
            raise Passing("the store cannot be reached, or the connection was lost") from error
        except errors.ParamValidationError as error:
            raise Refused("no bucket or object can have this name") from error
        except errors.BotoCoreError as error:
            raise Refused(f"the access in the environment cannot be used ({type(error).__name__})") from error
        except ValueError as error:
            raise Refused("the address of the store in the environment (AWS_ENDPOINT_URL) cannot be one") from error

    def _meant(self, response: dict[str, Any]) -> Exception:
        status = int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
        code = str(response.get("Error", {}).get("Code") or "")
        if code in _BUSY:
            return of_status(503)
        if code in _WORDS:
            return Refused(_WORDS[code])
        if status == 403:
            who = "with the access in the environment" if self._signed else "without access: the environment has none"
            return Refused(f"access is denied (403), or there is no such object; it was asked for {who}")
        found = of_status(status)
        told = f" ({code})" if _CODE.fullmatch(code) and status not in (404, 412, 416) else ""
        return type(found)(f"{found}{told}")

"""What an address of an object looks like, and how it passes for a path where files are told apart by paths.

`s3://bucket/posts/may.parquet` is the relative path `s3:/bucket/posts/may.parquet`; paths of files are absolute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePath

SCHEMES = ("s3", "gs", "https")
_HERE = ("localhost", "127.0.0.1", "[::1]")  # nobody stands between this computer and itself
_HEADS = ("s3:", "gs:", "https:", "http:")
_INSTEAD = {
    "s3a": "write s3:// in place of s3a://",
    "s3n": "write s3:// in place of s3n://",
    "gcs": "write gs:// in place of gcs://",
    "http": "what comes by http:// can be changed on its way: write https://",
    **dict.fromkeys(
        ("az", "azure", "abfs", "abfss", "adl", "wasb", "wasbs"),
        "Azure's addresses are not read: give the https:// address of a public blob, or download it",
    ),
}
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,221}")
_HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_HIDDEN_PARTS = re.compile(r"%(?:2e|2f|5c|00)", re.IGNORECASE)  # a server may take them for . / \ or an end
WILD = re.compile(r"[*?\[]")


def is_address(text: str) -> bool:
    return "://" in text


def is_object(path: PurePath) -> bool:
    """Whether a path stands for an object of a store, not for a file."""
    return not path.is_absolute() and path.parts[:1] != () and path.parts[0] in _HEADS


def written(path: PurePath) -> str:
    """The path as people write it."""
    return f"{path.parts[0]}//{'/'.join(path.parts[1:])}" if is_object(path) else str(path)


def path_of(address: str) -> Path:
    """The path that stands for an address; LookupError that says what is wrong with it."""
    scheme, place, key = _parts(address)
    if not key:
        raise LookupError(f"'{address}' names no object: write what follows the / too")
    _check_key(scheme, key, address)
    return Path(f"{scheme}:/{place}/{key}")


def root_of(address: str) -> Path:
    """The path that stands for what an entry of `evidence_roots` opens: a bucket or host, or a part of one."""
    scheme, place, key = _parts(address)
    if key.rstrip("/"):
        _check_key(scheme, key.rstrip("/"), address)
    if WILD.search(key):
        raise LookupError(f"'{address}' opens nothing: wildcards belong under files, a root is what lies above them")
    return Path(f"{scheme}:/{place}/{key}")


def roots_among(entries: Iterable[str]) -> tuple[Path, ...]:
    """The roots that are stores which we read; entries that are none of those open nothing here."""
    found = []
    for entry in filter(is_address, entries):
        try:
            found.append(root_of(entry))
        except LookupError:
            continue  # told where the configuration is checked
    return tuple(found)


def is_ours(entry: str) -> bool:
    """Whether an address is of a kind that is read here, or is written for one that is."""
    return entry.partition("://")[0].lower() in (*SCHEMES, "http", "gcs")


def _parts(address: str) -> tuple[str, str, str]:
    """Scheme, bucket or host, and the rest."""
    scheme, _, rest = address.partition("://")
    scheme = scheme.lower()
    place, _, key = rest.partition("/")
    if "@" in place:
        raise LookupError("a user or password stands in the address: secrets come from the environment")
    here = scheme == "http" and place.lower().rsplit(":", 1)[0] in _HERE
    if scheme not in SCHEMES and not here:
        known = "s3://, gs:// and https:// are read"
        raise LookupError(f"'{address}': {_INSTEAD.get(scheme, f'{scheme}:// is no store that is read; {known}')}")
    if not (_HOST if scheme.startswith("http") else _BUCKET).fullmatch(place):
        raise LookupError(f"'{address}' names no {'host' if scheme.startswith('http') else 'bucket'}")
    return scheme, place.lower() if scheme.startswith("http") else place, key


def _check_key(scheme: str, key: str, address: str) -> None:
    if any(part in ("", ".", "..") for part in key.split("/")):
        raise LookupError(f"'{address}' has an empty part, a . or a .. between its slashes: write it without")
    if any(ord(c) < ord(" ") for c in key):
        raise LookupError("an address has no line breaks or other control characters in it")
    if not scheme.startswith("http"):
        return
    if "?" in key or "#" in key:
        plain = address.split("?")[0].split("#")[0]  # what follows may be a key to it
        raise LookupError(
            f"'{plain}' has more behind a ? or #, which may give access or mean another file each day: "
            "name the file itself, or download it"
        )
    if WILD.search(key):
        raise LookupError(f"'{address}': a web server does not say which files it has; name each of them")
    if _HIDDEN_PARTS.search(key):
        raise LookupError(f"'{address}' has a dot or slash written as %…: write it plainly")

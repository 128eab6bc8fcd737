"""A key that only this user has, so that nobody else's cache is believed.

A project may come from a stranger, and with it a cache made to give false verdicts, or to run a program when it is
read. What this user did not write himself is as if it were not there.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

VARIABLE = "FACTCHECK_CACHE_KEY"  # for machines that live no longer than one run, such as those of CI
_BYTES = 32


def secret() -> bytes | None:
    """The key: from the environment, else from the user's own file, made when first wanted; None where neither is."""
    if given := os.environ.get(VARIABLE):
        return hashlib.sha256(given.encode()).digest()
    path = _file()
    if path is None:
        return None
    try:
        return _read(path) or _made(path)
    except OSError:
        return None


def signature(said: bytes) -> bytes | None:
    """What only this user can put under some bytes; None for a user without a key."""
    key = secret()
    return None if key is None else hmac.digest(key, said, "sha256")


def _file() -> Path | None:
    try:
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    except RuntimeError:  # a user without a home
        return None
    return Path(state) / "factcheck" / "cache-key"


def _read(path: Path) -> bytes | None:
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return None
    return found if len(found) == _BYTES else None


def _made(path: Path) -> bytes | None:
    """Of several processes that make the file at once, one succeeds, and all use its key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    own = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and _read(path) is None:  # half a key, from a disk that was full
            os.replace(own, path)
        else:
            os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink(missing_ok=True)
    return _read(path)

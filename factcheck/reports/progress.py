"""What a person sees while a run works: a line on standard error, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str], None] | None]:
    """A function that tells how far the work is; None where nobody would see it, since there is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("reading the claims") as status:
        yield lambda stage: status.update(stage)

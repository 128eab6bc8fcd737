"""`factcheck cache`: what runs have kept for the next, and letting go of it."""

from __future__ import annotations

from pathlib import Path

import click

from factcheck.console import Group, Unwritable


@click.group(cls=Group, invoke_without_command=True)
@click.option("--project", "folder", type=click.Path(path_type=Path), help="The project folder.")
@click.pass_context
def cache(context: click.Context, folder: Path | None) -> None:
    """Tell what runs have kept for the next; `cache clear` lets go of it."""
    context.obj = folder
    if context.invoked_subcommand is None:
        _tell(folder)


def _tell(folder: Path | None) -> None:
    """Where the cache lies and how large it is."""
    from contextlib import closing

    from factcheck.project import open_evidence
    from factcheck.running import root_of
    from factcheck.store.cache import LIMIT, Cache

    root = root_of(folder, ())
    limit = open_evidence(root).config.config.limits.cache_bytes
    limit = LIMIT if limit is None else limit
    with closing(Cache(root, limit)) as kept:
        count, size = kept.size()
        if kept.trouble is not None:
            click.echo(kept.trouble, err=True)
    entries = f"{count:,} {'entry' if count == 1 else 'entries'}"
    click.echo(f"{entries}, {_amount(size)} of at most {_amount(limit)}, in {click.format_filename(kept.folder)}")


@cache.command()
@click.pass_context
def clear(context: click.Context) -> None:
    """Let go of everything that runs have kept; the next run reads all files again."""
    from factcheck.running import root_of
    from factcheck.store.cache import clear as cleared

    try:
        freed = cleared(root_of(context.obj, ()))
    except OSError as error:
        raise Unwritable(f"{error.filename} cannot be removed: {error.strerror}") from error
    click.echo(f"freed {_amount(freed)}")


def _amount(size: int) -> str:
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"

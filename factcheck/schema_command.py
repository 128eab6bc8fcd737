"""The command `schema`."""

from __future__ import annotations

from pathlib import Path

import click

from factcheck.console import Command, Unwritable, write
from factcheck.editor import SCHEMAS, Kind


@click.command(cls=Command)
@click.argument("kind", type=click.Choice(SCHEMAS), required=False)
@click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path),
    help="A project folder, whose datasets, columns, tags and other names are suggested.",
)
@click.option("--write", "written", is_flag=True, help="Write the schemas of the project into its folder schemas/.")
@click.option("--output", metavar="FILE", help="Write to a file; - is standard output.")
def schema(kind: Kind | None, folder: Path | None, written: bool, output: str | None) -> None:
    """Print the JSON Schema of claim files, manifests or factcheck.yaml.

    Editors complete and check with it. With --write it is kept in the project, where the first line of a claim file
    finds it.
    """
    from factcheck.running import root_of
    from factcheck.schemas import keep, known_of, render

    if written and output is not None:
        raise click.UsageError("--write says where the schemas go; leave --output out")
    if folder is None and not written:
        write(render(kind or "claims"), output)
        return
    root = root_of(folder, ())
    known = known_of(root)
    for line in known.missing:
        click.echo(line, err=True)
    if not written:
        write(render(kind or "claims", known), output)
        return
    try:
        for line in keep(root, known, (kind,) if kind else SCHEMAS):
            click.echo(line)
    except OSError as error:
        raise Unwritable.by(error, f"{root}/schemas") from error

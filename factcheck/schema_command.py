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
    from factcheck.schemas import keep, project_schemas, render

    if not written:
        kind = kind or "claims"
        write(render(kind) if folder is None else project_schemas(folder)[kind], output)
        return
    if output is not None:
        raise click.UsageError("--write says where the schemas go; leave --output out")
    from factcheck.project import find_root

    root = folder if folder is not None else find_root(Path.cwd())
    try:
        for line in keep(root, (kind,) if kind else SCHEMAS):
            click.echo(line)
    except OSError as error:
        raise Unwritable.by(error, f"{root}/schemas") from error

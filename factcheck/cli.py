"""The command line: thin; what commands share of talking to people is in `console`."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck import running, watching
from factcheck.baseline_command import baseline
from factcheck.cache_command import cache
from factcheck.console import (
    CHANGED,
    FAILED,
    OK,
    WRONG,
    Group,
    Unwritable,
    against_option,
    folder_for_rejects,
    outcomes_of,
    project_options,
    rejects_option,
    run_options,
    write,
)
from factcheck.draft_command import draft
from factcheck.format_command import fmt
from factcheck.history_command import history
from factcheck.report_command import report
from factcheck.reports import RESULTS, results_as
from factcheck.schema_command import schema

if TYPE_CHECKING:
    from factcheck.pipeline import Run
    from factcheck.project import Project

__all__ = ["CHANGED", "FAILED", "OK", "WRONG", "main"]


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
@click.version_option(package_name="factcheck-engine", prog_name="factcheck")
def main(debug: bool) -> None:  # noqa: ARG001  # read where errors are told
    """Verify claims about collected data."""
    # Thousands of claims are millions of small objects that live to the end: looking for cycles among them again and
    # again takes an eighth of the time. The process is ours; the library leaves its caller's settings alone.
    gc.set_threshold(100_000, 20, 100)


def _open_evidence(folder: Path | None) -> Project:
    """The project with its manifests; its claims are not needed."""
    from factcheck.project import find_root, open_evidence

    return open_evidence(folder.resolve() if folder is not None else find_root(Path.cwd()))


@main.command()
@project_options
@run_options
@click.option("--format", "form", type=click.Choice(["terminal", *RESULTS]), default="terminal", show_default=True)
@click.option("--output", metavar="FILE", help="Write to a file; - is standard output.")
@click.option("--fail-on", metavar="OUTCOMES", help="Exit with 1 if a claim has one of these outcomes.")
@against_option
@click.option("--strict", is_flag=True, help="Exit with 1 if anything differs: figures, claims new or gone.")
@rejects_option
@click.option("--watch", "watched", is_flag=True, help="Check anew what a saved file touches, until Ctrl-C.")
@click.option("--no-color", is_flag=True, help="No colours (also with NO_COLOR set).")
def check(
    paths: tuple[Path, ...],
    folder: Path | None,
    select: str | None,
    now: str | None,
    jobs: int | None,
    quiet: bool,
    caching: bool,
    form: str,
    output: str | None,
    fail_on: str | None,
    against: Path | None,
    strict: bool,
    keep_rejects: Path | None,
    watched: bool,
    no_color: bool,
) -> None:
    """Evaluate claims and print their verdicts."""
    failing = outcomes_of(fail_on)
    rounds = watching.Rounds()

    def once(changed: watching.Changed | None = None) -> Run:
        run = running.run(
            folder, paths, select, now, jobs, quiet, keep_rejects,
            against=against, baseline=True, strict=strict, caching=caching,
            record=None if watched else "check",  # half a sentence, saved while one writes, is no past finding
            only=lambda project: None
            if changed is None
            else watching.touched(project, watching.concerned(changed, paths, project.root)),
        )  # fmt: skip
        running.warn(run, quiet)
        if form == "terminal":
            from factcheck.reports import terminal

            write(terminal.render(run, color=not no_color and output is None), output)
        else:
            write(results_as(run, form), output)
        if form == "github":
            running.summarised(run)
        for line in rounds.moved(run):
            click.echo(line, err=True)
        return run

    if watched:
        written = [Path(one) for one in (output, keep_rejects) if one is not None]
        watching.keep(once, running.root_of(folder, paths), written)
    click.get_current_context().exit(running.code(once(), failing, strict=strict))


@main.command()
@project_options
@click.option("--quiet", "-q", is_flag=True, help="Errors only.")
def validate(paths: tuple[Path, ...], folder: Path | None, select: str | None, quiet: bool) -> None:
    """Find everything that is wrong without reading rows.

    A manifest or factcheck.yaml among the paths stands for the claims that it touches.
    """
    from factcheck.validating import validated

    count, warnings = validated(folder, paths, select)
    if not quiet:
        for problem in warnings:
            click.echo(problem.render(), err=True)
        click.echo(f"{count} {'claim is' if count == 1 else 'claims are'} well formed.")


main.add_command(report)
main.add_command(draft)
main.add_command(cache)
main.add_command(history)
main.add_command(baseline)


@main.command()
@click.argument("claim")
@click.option("--project", "folder", type=click.Path(path_type=Path), help="The project folder.")
@run_options
@click.option("--watch", "watched", is_flag=True, help="Tell it anew when a saved file touches the claim.")
def explain(
    claim: str, folder: Path | None, now: str | None, jobs: int | None, quiet: bool, caching: bool, watched: bool
) -> None:
    """Tell how the verdict on a claim came about."""
    from factcheck.reports import explain as form

    def once(changed: watching.Changed | None = None) -> Run:
        run = running.run(
            folder, (), claim, now, jobs, quiet, caching=caching,
            only=lambda project: None if changed is None else watching.touched(project, changed),
        )  # fmt: skip
        running.warn(run, quiet)
        write(form.render(run), None)
        return run

    if watched:
        watching.keep(once, running.root_of(folder, ()))
    click.get_current_context().exit(running.code(once()))


@main.command()
@click.argument("folder", required=False, default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a small working project that `factcheck check` runs at once."""
    from factcheck.starter import start

    try:
        written = start(folder)
    except OSError as error:
        raise Unwritable.by(error, str(folder)) from error
    for path in written:
        click.echo(f"wrote {path}")
    where = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"\nNext: {where}factcheck check")


@main.command()
@click.argument("names", nargs=-1, metavar="[pin] [DATASET…]")
@click.option("--project", "folder", type=click.Path(path_type=Path), help="The project folder.")
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
@click.option("--output", metavar="FILE", help="Write to a file; - is standard output.")
@rejects_option
@click.option("--no-color", is_flag=True, help="No colours (also with NO_COLOR set).")
def data(
    names: tuple[str, ...],
    folder: Path | None,
    form: str,
    output: str | None,
    keep_rejects: Path | None,
    no_color: bool,
) -> None:
    """List the datasets, or tell all about one; `data pin` records the files' sha256 in the manifests."""
    from factcheck import datasets

    project = _open_evidence(folder)
    if names and names[0] == "pin":
        try:
            lines = datasets.pin(project, names[1:])
        except OSError as error:
            raise Unwritable.by(error, "the manifest") from error
        for line in lines:
            click.echo(line)
        return
    if len(names) > 1:
        raise click.UsageError("name one dataset, or none for a list")
    if keep_rejects is not None and not names:
        raise click.UsageError("--keep-rejects needs the name of a dataset")
    kept = folder_for_rejects(keep_rejects)

    def tell(line: str) -> None:
        click.echo(line, err=True)

    colors = not no_color and output is None
    text = datasets.show(project, names[0] if names else None, form, color=colors, keep_rejects=kept, tell=tell)
    write(text, output)
    running.tell_stale_schemas(project)


main.add_command(schema)
main.add_command(fmt)

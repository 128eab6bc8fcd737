"""The command `draft`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.console import Unwritable, write

if TYPE_CHECKING:
    from factcheck.draft.drafting import Draft
    from factcheck.project import Project

_SHOWN = 3
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("sentence", required=False)
@click.option("--article", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
              help="Draft from every sentence of a text or Markdown file.")  # fmt: skip
@click.option("--dataset", help="The dataset that the sentence speaks of; default: any of the project.")
@click.option("--top", type=click.IntRange(1, 40), default=_SHOWN, show_default=True, help="How many drafts to show.")
@click.option("--append", "target", type=_FILE, metavar="FILE", help="Add a draft to a claim file.")
@click.option("--pick", type=click.IntRange(1), default=1, show_default=True, help="Which draft --append adds.")
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
@click.option("--output", metavar="FILE", help="Write to a file; - is standard output.")
@click.option("--project", "folder", type=click.Path(path_type=Path), help="The project folder.")
@click.option("--no-cache", "caching", is_flag=True, flag_value=False, default=True,
              help="Read the data anew, and keep nothing.")  # fmt: skip
def draft(
    sentence: str | None,
    article: Path | None,
    dataset: str | None,
    top: int,
    target: Path | None,
    pick: int,
    form: str,
    output: str | None,
    folder: Path | None,
    caching: bool,
) -> None:
    """Draft claims for a sentence: its figure and hedge read, its words matched to the data.

    A draft is a proposal and never a verdict: a person decides whether it is what the sentence says.
    """
    if (sentence is None) == (article is None):
        raise click.UsageError("give a sentence, or --article FILE")
    project = _project(folder, target)
    texts = [sentence] if sentence is not None else _sentences(article)
    drafts = _drafted(project, texts, dataset, max(top, pick), caching)
    if form == "json":
        from factcheck.draft.results import as_json

        write(as_json(drafts, top, whole=article is not None), output)
    else:
        from factcheck.draft import telling

        write(telling.article(drafts, top) if article is not None else telling.told(drafts[0], top), output)
    if target is not None:
        _append(project, drafts, target, pick)


def _project(folder: Path | None, target: Path | None) -> Project:
    from factcheck.project import open_evidence
    from factcheck.running import root_of

    return open_evidence(root_of(folder, (target,) if target is not None and target.exists() else ()))


def _sentences(article: Path | None) -> list[str]:
    from factcheck.draft.article import sentences

    assert article is not None
    try:
        found = sentences(article.read_text("utf-8"))
    except UnicodeDecodeError:
        raise click.BadParameter(f"{article} is no text in UTF-8", param_hint="--article") from None
    if not found:
        raise click.BadParameter(f"{article} has no sentence", param_hint="--article")
    return found


def _drafted(project: Project, texts: list[str], dataset: str | None, top: int, caching: bool) -> list[Draft]:
    from factcheck.evidence.isolation.nursery import nursery

    nursery()  # starts beside us while what drafting needs is imported
    from factcheck.draft.opening import drafting
    from factcheck.running import kept_for

    names = None if dataset is None else [_known(project, dataset)]
    with kept_for(project, caching, quiet=False) as cache, drafting(project, names, cache) as drafter:
        for name, error in sorted(drafter.unread.items()):
            if name == dataset:
                raise error
            click.echo(f"'{name}' is left out, for it cannot be read: {error}", err=True)
        return drafter.drafts(texts, top)


def _known(project: Project, name: str) -> str:
    from factcheck.evidence.networks import network_hint
    from factcheck.text.suggest import did_you_mean

    if name in project.manifests:
        return name
    names = sorted(project.manifests)
    hint = network_hint(name, names) or did_you_mean(name, names) or f"datasets: {', '.join(names) or 'none'}"
    raise click.BadParameter(f"unknown dataset '{name}'; {hint}", param_hint="--dataset")


def _append(project: Project, drafts: list[Draft], target: Path, pick: int) -> None:
    """Adds the chosen draft of each sentence; one that has none is told."""
    from factcheck.draft.writing import append
    from factcheck.project import open_project

    new = not target.exists()
    taken = {claim.id for claim in open_project(project.root).claims}
    defaults = _defaults(project)
    for drafted in drafts:
        if len(drafted.choices) < pick:
            click.echo(f"nothing added for “{drafted.sentence}”", err=True)
            continue
        try:
            choice = drafted.choices[pick - 1]
            name = append(choice.claim, target, project.root, taken, defaults, drafted.missed(choice))
        except OSError as error:
            raise Unwritable.by(error, str(target)) from error
        taken.add(name)
        click.echo(f"added '{name}' to {target}", err=True)
    if new and target.exists():
        _schema_for(project, target)
    if target.exists() and not _is_checked(project, target):
        click.echo(f"{target} is no .yaml file in claims/: it is checked only by `factcheck check {target}`", err=True)


def _is_checked(project: Project, target: Path) -> bool:
    """Whether `factcheck check` reads the file unasked."""
    from factcheck.text.files import SUFFIXES

    return target.suffix in SUFFIXES and target.resolve().is_relative_to((project.root / "claims").resolve())


def _schema_for(project: Project, target: Path) -> None:
    """Writes the schema that the first line of a new claim file names, where the project keeps none yet."""
    from factcheck.editor import SCHEMAS, schema_file
    from factcheck.schemas import keep, known_of

    if schema_file(project.root).exists():
        return
    try:
        for line in keep(project.root, known_of(project.root), SCHEMAS[:1]):
            click.echo(line, err=True)
    except OSError as error:
        raise Unwritable.by(error, str(target)) from error


def _defaults(project: Project) -> list[Any]:
    """The fields that factcheck.yaml fills into every claim."""
    node = project.config.defaults
    return [] if node is None else list(node.entries)

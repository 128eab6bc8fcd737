"""What every command says of itself."""

from __future__ import annotations

import click
from click.testing import CliRunner

from factcheck import cli
from factcheck.cli import main
from factcheck.leaving import STOPPED
from generated.markdown import table

WIDTH = 80
EXITS = {
    cli.OK: "everything was evaluated; finding a claim false is a success",
    cli.CHANGED: "a verdict differs from the baseline (with `--strict` anything does), or an outcome named in "
    "`--fail-on` occurred; of `fmt --check`: a file is not in the usual layout",
    cli.WRONG: "the specs, the configuration or the call are wrong, or no claim was found or selected; nothing was "
    "evaluated",
    cli.FAILED: "some claims could not be evaluated, because their evidence failed; the others were, and are reported",
    STOPPED: "Ctrl-C was pressed",
}


def names() -> list[str]:
    return list(main.commands)


def options(command: click.Command) -> list[str]:
    """Every spelling of every option."""
    return [name for p in command.params if isinstance(p, click.Option) for name in (*p.opts, *p.secondary_opts)]


def help_of(*arguments: str) -> str:
    """The text of `--help`, 80 columns wide."""
    done = CliRunner().invoke(main, [*arguments, "--help"], prog_name="factcheck", terminal_width=WIDTH)
    if done.exit_code:
        raise RuntimeError(done.output)
    return done.output.strip()


def exit_codes() -> str:
    """What each exit code means."""
    return table(["code", "when"], [[str(code), words] for code, words in EXITS.items()])


def pages() -> str:
    """The program's help, then a section a command."""
    whole = f"```text\n{help_of()}\n```"
    return "\n\n".join([whole, *(page for name in names() for page in _page(name))])


def _page(name: str) -> list[str]:
    """The section of a command, and below it one of each that it holds."""
    command = main.commands[name]
    inner = list(command.commands) if isinstance(command, click.Group) else []
    sections = [("###", (name,)), *(("####", (name, one)) for one in inner)]
    return [f"{mark} {' '.join(words)}\n\n```text\n{help_of(*words)}\n```" for mark, words in sections]

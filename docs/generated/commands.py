"""What every command says of itself."""

from __future__ import annotations

import click
from click.testing import CliRunner

from factcheck.cli import main

WIDTH = 80


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

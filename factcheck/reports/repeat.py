"""How another desk repeats a check with the files of its archive: the commands, the versions, what is left out."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Sequence
from importlib import metadata

from factcheck import __version__
from factcheck.claims.config import read_config
from factcheck.claims.reading import read_claims
from factcheck.reports.enclosed import Enclosed, datasets_of
from factcheck.reports.escape import block, code, md, prose
from factcheck.reports.run import Run, in_utc
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict

PACKAGE = "factcheck-engine"


def text(run: Run, verdicts: Sequence[Verdict], behind: Sequence[Enclosed]) -> str:
    """The page, in Markdown."""
    lines = [f"# {md(say('repeat-title'))}", "", prose(say("repeat-how", python=sys.version.split()[0])), ""]
    lines += [block(_commands(run, verdicts), "sh"), "", prose(say("repeat-same")), ""]
    missing = [one for one in behind if one.content is None]
    if missing:
        lines += [f"## {md(say('repeat-missing'))}", "", prose(say("repeat-errors")), "", *map(_missing, missing), ""]
    memory = [dataset for dataset in datasets_of(verdicts) if dataset.place is None]
    lines += [prose(say("repeat-memory", name=dataset.name)) + "\n" for dataset in memory]
    if any(dataset.synthetic for dataset in datasets_of(verdicts)):
        lines += [prose(say("repeat-synthetic")), ""]
    lines += [f"## {md(say('repeat-versions'))}", ""]
    lines += [f"- {md(name)} {md(version)}" for name, version in libraries().items()]
    return "\n".join(lines).rstrip() + "\n"


def libraries() -> dict[str, str]:
    """The versions of factcheck and of what it needs, by their names."""
    needs = [need for need in metadata.requires(PACKAGE) or [] if "extra ==" not in need]
    names = sorted(found[0] for need in needs if (found := re.match(r"[\w.-]+", need)))
    return {PACKAGE: __version__, **{name: metadata.version(name) for name in names}}


def _commands(run: Run, verdicts: Sequence[Verdict]) -> str:
    """Installing the same version, and the check as it was made, held against its results."""
    files = list(dict.fromkeys(verdict.file for verdict in verdicts))
    config, _ = read_config(run.root)
    paths = [run.root / file for file in files if (run.root / file).is_file()]
    there, _ = read_claims(paths, run.root, config.defaults)
    chosen = [verdict.id for verdict in verdicts]
    select = ["--select", ",".join(chosen)] if {claim.id for claim in there} - set(chosen) else []
    now = in_utc(run.started).strftime("%Y-%m-%dT%H:%M:%S")
    check = ["factcheck", "check", "--project", ".", "--now", now, "--against", "results.json", *select]
    return f"pip install {PACKAGE}=={__version__}\n{shlex.join([*check, *files])}"


def _missing(one: Enclosed) -> str:
    sha = f", sha256 {code(one.sha256)}" if one.sha256 else ""
    return f"- {code(one.path)}{sha}: {prose(say(str(one.why)))}"

"""Claims as tests: `pytest claims/` fails where a verdict is no longer the one that was accepted.

pytest loads this in every run on a machine that has factcheck, so that nothing heavy is imported, and nothing is done,
before there is a claim file.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from factcheck.text.files import CONFIG, SUFFIXES, project_above

if TYPE_CHECKING:
    from factcheck.pytest_plugin.nodes import ClaimFile
    from factcheck.pytest_plugin.sharing import Shared

_SHARED = pytest.StashKey["Shared"]()
_FOLDER = pytest.StashKey[Path]()
_RESULTS = pytest.StashKey[dict[str, dict[str, Any]]]()
MARKER = "factcheck"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("factcheck", "claims checked by factcheck")
    group.addoption(
        "--factcheck-strict",
        action="store_true",
        help="Fail where anything differs from the baseline: figures, claims not in it yet, claims gone.",
    )
    group.addoption(
        "--factcheck-accept",
        action="store_true",
        help="Record today's verdicts of the selected claims in baselines/.",
    )
    group.addoption(
        "--factcheck-against",
        metavar="BASELINE",
        help="A baseline, its folder, or results (check --format json) to compare with. "
        "Default: baselines/ of the project, where it exists.",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARKER}: a claim that factcheck checks; its tags are markers as well.")
    config.stash[_RESULTS] = {}
    _unmark(config)
    if config.getoption("factcheck_accept") and config.getoption("factcheck_against"):
        raise pytest.UsageError("--factcheck-accept records in baselines/; leave out --factcheck-against")


def _unmark(config: pytest.Config) -> None:
    """Spares pytest rewriting the assertions of all of factcheck, as it does for every package with a plugin.

    That takes seconds wherever no byte code can be kept. pytest has no public way to say so; should
    its inside be another one day, no more than time is lost.
    """
    hook = getattr(config.pluginmanager, "rewrite_hook", None)
    with contextlib.suppress(AttributeError):
        hook._must_rewrite.discard("factcheck")  # type: ignore[union-attr]  # private
        hook._marked_for_rewrite_cache.clear()  # type: ignore[union-attr]  # private


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ClaimFile | None:
    if file_path.suffix not in SUFFIXES:
        return None
    root = _project_of(file_path, parent.session)
    if root is None:
        return None
    from factcheck.pytest_plugin.nodes import ClaimFile

    return ClaimFile.of(parent, file_path, root)


def _project_of(path: Path, session: pytest.Session) -> Path | None:
    """The project whose claim file this is; None for files of other people.

    A folder called claims may be anybody's, such as an insurer's: it counts where factcheck.yaml or evidence/ lies
    beside it, and where it was named, its files that hold claims do. So do files elsewhere that were named.
    """
    root = project_above(path.parent)
    if root is None:
        return None
    claims = Path(os.path.abspath(root / "claims"))
    own = Path(os.path.abspath(path))
    if not own.is_relative_to(claims):
        own = path.resolve()  # through links, as the project was found
        claims = claims.resolve()
    if not own.is_relative_to(claims):
        return root if session.isinitpath(path) and _holds_claims(path) else None
    if session.isinitpath(path):
        return root
    if any(part.startswith(".") for part in own.relative_to(claims).parts):
        return None
    marked = (root / CONFIG).is_file() or (root / "evidence").is_dir()
    named = any(map(session.isinitpath, _from("claims", path)))
    return root if marked or (named and _holds_claims(path)) else None


def _from(name: str, path: Path) -> list[Path]:
    """The folders above a file up to the nearest of a name."""
    parents = [*path.parents]
    return parents[: next((i for i, one in enumerate(parents) if one.name == name), -1) + 1]


def _holds_claims(path: Path) -> bool:
    """Whether a file looks like claims, at a glance."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return any(line.startswith("claims:") for line in file)
    except OSError:
        return False


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tells a worker of pytest-xdist where all workers share what one of them has found."""
    config = node.config
    if _FOLDER not in config.stash:
        config.stash[_FOLDER] = folder = Path(tempfile.mkdtemp(prefix="factcheck-pytest-"))
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    node.workerinput["factcheck"] = str(config.stash[_FOLDER])


def shared(config: pytest.Config) -> Shared:
    """What is found once for this run of pytest, in whichever process."""
    from factcheck.pytest_plugin.sharing import Shared

    if _SHARED not in config.stash:
        given = getattr(config, "workerinput", {}).get("factcheck")
        folder = config.stash.get(_FOLDER, None) if given is None else Path(given)
        # A worker on another machine does not see the folder, and finds out for itself.
        config.stash[_SHARED] = Shared(folder if folder is not None and folder.is_dir() else None)
    return config.stash[_SHARED]


class _Reports:
    """Gathers what the reports of claims say, in the process that talks to people."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        facts = dict(report.user_properties)
        if report.when == "call" and "claim" in facts and report.keywords.get(MARKER):
            self.config.stash[_RESULTS][report.nodeid] = facts


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(_Reports(session.config), "factcheck-reports")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Claims that have gone are nobody's test: under --factcheck-strict they fail the run itself."""
    config = session.config
    if hasattr(config, "workerinput") or not config.stash[_RESULTS] or not config.getoption("factcheck_strict"):
        return
    if session.exitstatus == pytest.ExitCode.OK and any(one["gone"] for one in shared(config).all("checked")):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    results = config.stash[_RESULTS]
    if not results:
        return
    from factcheck.pytest_plugin.summary import lines

    terminalreporter.section("factcheck")
    silent = config.getoption("disable_warnings", False)
    for line in lines([*results.values()], shared(config).all("checked"), warnings=not silent):
        terminalreporter.line(line)

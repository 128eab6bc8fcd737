from __future__ import annotations

import os
import signal
import tempfile

import pytest

from tests.chromium import browser  # noqa: F401  # a fixture of several folders

collect_ignore_glob = ["*.yaml", "*.yml"]  # cases of tests, which look like claims of a project


def pytest_configure(config: pytest.Config) -> None:
    """Tests sign what they keep with a key of their own, not with that of the person who runs them."""
    if "FACTCHECK_CACHE_KEY" not in os.environ and not hasattr(config, "workerinput"):  # workers inherit it
        folder = tempfile.TemporaryDirectory(prefix="factcheck-tests-")
        config.add_cleanup(folder.cleanup)
        os.environ["XDG_STATE_HOME"] = folder.name
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a shell: commands would inherit it
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of one `xdist_group` run in one worker, so that a server is started once.

    pytest-xdist 3.8 tells its scheduler the group by the end of a test's id, and writes it where pytest from 9.1 on no
    longer looks. Without that each test is a group of its own.
    """
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        groups = sorted({str(mark.args[0]) for mark in item.iter_markers("xdist_group")})
        end = f"@{'_'.join(groups)}"
        if groups and not item.nodeid.endswith(end):
            item._id = type(item.id).parse(item.nodeid + end)  # type: ignore[attr-defined]

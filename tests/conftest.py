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

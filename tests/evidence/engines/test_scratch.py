"""Folders for decoded copies of files: gone with the process, or with the next one where that was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from factcheck.evidence.engines.scratch import Scratch

_CODE = """
import sys, time
from factcheck.evidence.engines.scratch import Scratch
scratch = Scratch(sys.argv[1])
(scratch.path / "copy.csv").write_text("a")
print(scratch.path, flush=True)
time.sleep(60)
"""


def test_the_folder_of_a_killed_process_goes_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    mine = tmp_path / "factcheck-notes.scratch"
    mine.mkdir()  # by whoever else: named almost like ours
    with subprocess.Popen([sys.executable, "-c", _CODE, tmp_path], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        theirs = Path(process.stdout.readline().strip())
        first = Scratch(tmp_path)
        assert (theirs / "copy.csv").exists()
        process.send_signal(signal.SIGKILL)
    second = Scratch(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([mine, first.path, second.path])
    for scratch in (first, second):
        scratch.close()
    assert list(tmp_path.iterdir()) == [mine]

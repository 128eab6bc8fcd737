"""The tools' own environments: made from PyPI the first time, under `.venvs/`, kept until what is wanted changes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
VENVS = HERE / ".venvs"
OWN = "factcheck"  # the Python that runs this: factcheck and the DuckDB that it uses
WANTED: dict[str, tuple[str, ...]] = {
    "frames": ("polars>=2,<3", "pandas>=3,<4", "pyarrow>=19"),
    "soda": ("soda-duckdb>=4,<5",),
    "gx": ("great_expectations>=1.20,<2", "pyarrow>=19"),
    "pointblank": ("pointblank[pl]>=1.1,<2",),
}


def python(place: str) -> Path:
    """The Python of an environment."""
    return Path(sys.executable) if place == OWN else VENVS / place / "bin" / "python"


def ready(place: str) -> bool:
    """Whether the environment is there as it is wanted."""
    if place == OWN:
        return True
    mark = VENVS / place / "wanted.json"
    return mark.is_file() and json.loads(mark.read_text(encoding="utf-8")) == list(WANTED[place])


def prepare(place: str) -> str | None:
    """Makes an environment that is not there yet; gives the reason where it cannot be made."""
    if ready(place):
        return None
    folder = VENVS / place
    shutil.rmtree(folder, ignore_errors=True)
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(python(place)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *WANTED[place]],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
            return lines[-1] if lines else f"pip ended with {done.returncode}"
    (folder / "wanted.json").write_text(json.dumps(list(WANTED[place])), encoding="utf-8")
    return None

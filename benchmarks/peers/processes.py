"""One run in a process of its own: its time, its processor time, its largest memory, and what it told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.ingest import family, resident

QUIET = {"GX_ANALYTICS_ENABLED": "false", "SODA_CORE_TELEMETRY_ENABLED": "false", "NO_COLOR": "1", "COLUMNS": "200"}
LEAST_LEFT = 1_500  # MB that the machine must have left, or the run is stopped


@dataclass(frozen=True)
class Ran:
    """What became of a process: seconds by the clock and of the processor, MB at most, output, why it was killed."""

    clock: float
    cpu: float
    peak: float
    code: int
    output: str
    errors: str
    stopped: str | None = None

    @property
    def told(self) -> dict[str, Any] | None:
        """The JSON object that the output is, or that its last line is."""
        for text in (self.output, (self.output.strip().splitlines() or [""])[-1]):
            try:
                found = json.loads(text)
            except ValueError:
                continue
            if isinstance(found, dict):
                return found
        return None


def run(
    command: Sequence[str], folder: Path, seconds: float, memory: float, environment: Mapping[str, str] | None = None
) -> Ran:
    """Runs a command in a folder; stops it, and all below it, after `seconds` or beyond `memory` MB."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        before, start = os.times(), time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=err, start_new_session=True,
            env={**os.environ, **QUIET, **(environment or {})},
        )  # fmt: skip
        try:
            peak, stopped = _watch(process, start + seconds, memory)
        finally:
            if process.poll() is None:  # whoever stops the harness stops what it runs
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        clock, after = time.perf_counter() - start, os.times()
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return Ran(clock, cpu, peak, process.returncode, texts[0], texts[1], stopped)


def _watch(process: subprocess.Popen[bytes], end: float, memory: float) -> tuple[float, str | None]:
    """The largest sum of the memory of the process and those below it, until it ends or is stopped."""
    peak, pause, stopped = 0.0, 0.01, None
    while True:
        try:
            process.wait(pause)
            return peak, stopped
        except subprocess.TimeoutExpired:
            pause = min(0.1, pause * 1.5)
        peak = max(peak, sum(map(resident, family(process.pid))))
        if stopped is None and (peak > memory or left() < LEAST_LEFT):
            stopped = f"more than {memory / 1000:.0f} GB" if peak > memory else "too little memory left"
        elif stopped is None and time.perf_counter() > end:
            stopped = "too slow"
        if stopped is not None:
            os.killpg(process.pid, signal.SIGKILL)  # its own session: only what was started here


def left() -> float:
    """MB of memory that the machine has left."""
    for line in Path("/proc/meminfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) / 1e3
    return float("inf")

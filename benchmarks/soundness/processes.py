"""All investigations, shared out among processes."""

from __future__ import annotations

import multiprocessing
import sys
import time
from typing import Any

from benchmarks.soundness.families import investigations
from benchmarks.soundness.investigation import Investigation
from benchmarks.soundness.promises import as_json, name_of
from benchmarks.soundness.runner import run

SLOW = 20  # seconds, beyond which an investigation is named

_all: list[Investigation] = []


def simulated(draws: int, seed: int, family: str | None, every: int, processes: int) -> list[dict[str, Any]]:
    """The records of the investigations of a family (None: of all), in their order."""
    wanted = [i for i, one in enumerate(investigations()) if family in (None, one.family)][::every]
    jobs = [(i, draws, seed) for i in wanted]
    found = []
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for done, one in enumerate(pool.imap(_one, jobs, chunksize=4), 1):
            found.append(one)
            if done % 10 == 0 or done == len(jobs):
                sys.stderr.write(f"\r{done}/{len(jobs)}")
    sys.stderr.write("\n")
    return found


def _one(job: tuple[int, int, int]) -> dict[str, Any]:
    """One kind of investigation, in a process of its own: they are made anew there, and are the same."""
    if not _all:
        _all.extend(investigations())
    which, draws, seed = job
    began = time.perf_counter()
    found = as_json(run(_all[which], draws, seed))
    if (took := time.perf_counter() - began) > SLOW:
        sys.stderr.write(f"\r{took:.0f} s: {name_of(found)}\n")
    return found

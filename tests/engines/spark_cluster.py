"""A cluster of Spark on this machine: a driver and two workers, each a process of its own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MASTER = "local-cluster[2,1,1024]"
SETTINGS = {
    "spark.sql.shuffle.partitions": "2",
    "spark.executor.memory": "768m",
    "spark.driver.memory": "768m",
}


def missing() -> str | None:
    """Why no cluster can be started here."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "pyspark is not installed"
    if shutil.which("java") is None and not Path(os.environ.get("JAVA_HOME", "/nowhere"), "bin/java").exists():
        return "Java is not installed (Debian's package openjdk-17-jre-headless)"
    return None


def workers() -> list[int]:
    """The process ids of the executors that this process' driver has started."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"org.apache.spark.executor.CoarseGrainedExecutorBackend" in words and _ours(int(folder.name)):
                found.append(int(folder.name))
    return sorted(found)


def _ours(pid: int) -> bool:
    while pid > 1:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        if pid == os.getpid():
            return True
    return False

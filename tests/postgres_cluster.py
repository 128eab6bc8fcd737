"""A PostgreSQL server for the tests: a cluster of its own in a temporary folder, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "desk"  # owns the cluster; may come in without a password over the socket
READER, PASSWORD = "reader", "gehe!m@/ß"  # comes in over TCP, and only with this


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL that Debian's packages have installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


class Cluster:
    """A running server."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self._watch: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    @property
    def url(self) -> str:
        """Its default database over the socket."""
        return f"postgresql://{USER}@/postgres?host={self.folder}&port={self.port}"

    def database(self, name: str) -> str:
        """Another one over the socket."""
        return f"postgresql://{USER}@/{name}?host={self.folder}&port={self.port}"

    def tcp(self, login: str, database: str = "postgres") -> str:
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"

    def sql(self, text: str, database: str = "postgres") -> str:
        """Runs statements; what the last of them returns, without headings."""
        command = [self.programs / "psql", "-h", self.folder, "-p", str(self.port), "-U", USER, "-d", database]
        done = subprocess.run(
            [*command, "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1"],
            input=text,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PGCLIENTENCODING": "UTF8"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self) -> None:
        data = self.folder / "data"
        self._as_owner("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        rules = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        (data / "pg_hba.conf").write_text(rules)
        options = f"-k {self.folder} -p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=16MB"
        # Ends the server when its standard input ends: at `stop`, or when the tests are killed.
        end = 'read -r _; exec "$@"'
        stop = self._owned("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        self._watch = subprocess.Popen(
            ["sh", "-c", end, "sh", *stop],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the tests
        )
        self._as_owner("pg_ctl", "-D", data, "-w", "-o", options, "-l", self.folder / "log", "start")
        self.sql(f"CREATE ROLE {READER} LOGIN PASSWORD '{PASSWORD}'")

    def stop(self) -> None:
        if self._watch is not None:
            self._watch.communicate()

    def _owned(self, program: str, *arguments: str | Path) -> list[str | Path]:
        """PostgreSQL does not run as root."""
        lead = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        return [*lead, self.programs / program, *arguments]

    def _as_owner(self, program: str, *arguments: str | Path) -> None:
        subprocess.run(
            self._owned(program, *arguments),
            check=True,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # a pipe would be inherited by the server and never end
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def running(programs: Path) -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: the path of a socket may have 107 letters
    cluster = Cluster(programs, folder)
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)

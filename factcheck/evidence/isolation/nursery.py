"""Processes for reading: forked in a moment from one that has everything imported and has read nothing yet.

The nursery is a plain Python process, not `multiprocessing`: that would run the caller's own program again.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from multiprocessing.connection import Connection

from factcheck.errors import EvidenceError

_CODE = "from factcheck.evidence.isolation.nursery import tend; tend({})"


class Nursery:
    """The handle on the process; `child` gives a new reader's connection and process id."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        # One thread of arithmetic: a process with threads of its own cannot be forked safely.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _CODE.format(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # results go there; nothing else may
            stderr=subprocess.DEVNULL,  # what a library says while it dies; we say it in our own words
            start_new_session=True,  # Ctrl-C is for us; we tell the readers
        )
        theirs.close()
        self._control = ours
        self._lock = threading.Lock()
        self.owner = os.getpid()

    def child(self) -> tuple[Connection, int]:
        """A new process, which serves the connection."""
        ours, theirs = socket.socketpair()
        with self._lock:
            socket.send_fds(self._control, [b"fork"], [theirs.fileno()])
            theirs.close()
            said = self._control.recv(64)  # one short answer to each request, so that none can run into the next
        if not said:
            raise EvidenceError("the process that reads files does not start; is the installation whole?")
        connection = Connection(ours.detach())
        connection.send_bytes(packed(dict(os.environ)))  # what opens a store may have changed since the nursery began
        return connection, int(said)

    def ended(self, pid: int) -> int:
        """Waits for a child's end; its exit code, negative the signal that ended it."""
        with self._lock:
            self._control.send(b"wait %d" % pid)
            return int(self._control.recv(64))

    @property
    def alive(self) -> bool:
        return self.owner == os.getpid() and self._process.poll() is None

    def close(self) -> None:
        """Ends the nursery; readers end with their connections."""
        self._control.close()
        if self.owner == os.getpid():
            self._process.wait()


_nursery: Nursery | None = None


def nursery() -> Nursery:
    """The one of this process, started when it is first wanted; calling this early saves waiting later."""
    global _nursery
    if _nursery is None or not _nursery.alive:
        _nursery = Nursery()
        atexit.register(_nursery.close)
    return _nursery


def tend(control: int) -> None:
    """The life of the nursery: fork on demand, tell how children ended, end with its parent."""
    from factcheck.evidence.isolation import worker

    def serve(connection: Connection) -> None:
        os.environ.clear()
        os.environ.update(pickle.loads(connection.recv_bytes()))
        worker.serve(connection)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = socket.socket(fileno=control)
    while True:
        message, handles, _, _ = socket.recv_fds(requests, 64, 1)
        if not message:
            os._exit(0)
        if message == b"fork":
            pid = os.fork()
            if pid == 0:
                requests.close()
                serve(Connection(handles[0]))
                os._exit(0)
            os.close(handles[0])
            requests.send(b"%d" % pid)
        else:
            _, status = os.waitpid(int(message.split()[1]), 0)
            requests.send(b"%d" % os.waitstatus_to_exitcode(status))


def packed(value: object) -> bytes:
    """A value for the other side; made before anything is sent, so that what cannot be sent leaves no half message."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

"""A desk to break things on: a tiny project in a folder, and the command line run in it as a person would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from factcheck.cli import main

NOW = "2026-11-21"
POSTS = """\
id,author,country,likes,created_at
1,ann,Russia,10,2018-05-01 10:00:00
2,bob,Russia,20,2018-05-01 11:00:00
3,ann,Ukraine,0,2018-05-02 09:30:00
4,cyd,Mexico,5,2018-05-03 23:59:59
"""
ENVIRONMENT = {"PATH": os.defpath, "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err

    def claims(self) -> dict[str, dict[str, Any]]:
        """The results of `check --format json` by claim id."""
        return {claim["id"]: claim for claim in json.loads(self.out)["claims"]}


class Desk:
    """A project with one dataset, `posts`, and whatever a test puts beside it."""

    def __init__(self, root: Path, *, bare: bool = False) -> None:
        self.root = root
        if not bare:
            self.write("evidence/posts.csv", POSTS)
            self.manifest({"files": "posts.csv", "completeness": "complete"})

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def manifest(self, fields: dict[str, Any], name: str = "posts") -> Path:
        """A manifest of one dataset. JSON is YAML, and needs no quoting rules."""
        return self.write(f"evidence/{name}.yaml", json.dumps({"datasets": {name: fields}}, ensure_ascii=False))

    def claim(self, text: str) -> Path:
        """One claim from its YAML fields; those it lacks are filled in."""
        lines = [line for line in text.strip("\n").splitlines() if line.strip()]
        given = {line.partition(":")[0] for line in lines if not line.startswith(" ")}
        filled = {"id": "one", "statement": "Something is claimed.", "dataset": "posts", "claimed": "4"}
        if "unverifiable" in given or "claimed" in given:
            del filled["claimed"]
        head = [f"{key}: {value}" for key, value in filled.items() if key not in given]
        body = "\n".join(f"    {line}" for line in [*head, *lines])
        return self.write("claims/one.yaml", f"claims:\n  - {body.lstrip()}\n")

    def run(self, *arguments: str) -> Done:
        """The command in this process; it must never end in a traceback, nor find fault with itself."""
        place = os.getcwd()
        os.chdir(self.root)
        try:
            found = CliRunner().invoke(main, list(arguments))
        finally:
            os.chdir(place)
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        return plain(Done(found.exit_code, found.stdout, found.stderr))

    def check(self, text: str | None = None, *arguments: str) -> Done:
        """`factcheck check --format json` of one claim, or of what lies there already."""
        if text is not None:
            self.claim(text)
        return self.run("check", "--format", "json", "--now", NOW, *arguments)

    def one(self, text: str | None = None) -> dict[str, Any]:
        """The result of the only claim."""
        done = self.check(text)
        assert done.code in (0, 3), done.said
        (claim,) = done.claims().values()
        return claim

    def refused(self, text: str | None = None) -> str:
        """What is said about specs that are wrong: exit code 2, nothing on standard output."""
        done = self.check(text)
        assert done.code == 2, done.said
        assert done.out == ""
        return done.err

    def failed(self, text: str = "measure: {count: rows}") -> str:
        """Why a claim could not be evaluated: an error on the claim and exit code 3."""
        done = self.check(text)
        assert done.code == 3, done.said
        (claim,) = done.claims().values()
        assert claim["outcome"] == "error"
        assert claim["estimate"] is None
        return str(claim["error"])

    def spawn(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        """The command in a process of its own."""
        return subprocess.run(
            command(*arguments), cwd=self.root, env=ENVIRONMENT | environment, capture_output=True, timeout=120
        )


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "error", "-c", "from factcheck.cli import main; main()", *arguments]


def plain(done: Done) -> Done:
    """Holds a command to what every command owes a person."""
    assert "Traceback" not in done.said
    assert "factcheck itself failed" not in done.said, done.said
    assert done.code in (0, 1, 2, 3), done.said
    return done

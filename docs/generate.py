"""Writes the generated parts of the manual: `python docs/generate.py`; with `--check` it only tells what is stale.

A generated part stands between `<!-- generated: name -->` and `<!-- end -->`; the rest of a page is written by hand.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

DOCS = Path(__file__).parent
_PART = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n)(?P<text>.*?)(<!-- end -->)", re.DOTALL)


def pages() -> list[Path]:
    """Every page of the manual."""
    return sorted([*DOCS.glob("*.md"), *DOCS.glob("howto/*.md")])


def parts(text: str) -> list[str]:
    """The names of the generated parts of a page."""
    return [match["name"] for match in _PART.finditer(text)]


def renewed(text: str) -> str:
    """A page with its generated parts written anew; KeyError for a part that nothing makes."""
    from generated import PARTS

    return _PART.sub(lambda match: f"{match[1]}{PARTS[match['name']]().strip()}\n{match[4]}", text)


def main(arguments: list[str]) -> int:
    stale = []
    for page in pages():
        old = page.read_text(encoding="utf-8")
        new = renewed(old)
        if new != old:
            stale.append(page.relative_to(DOCS).as_posix())
            if "--check" not in arguments:
                page.write_text(new, encoding="utf-8")
    word = "stale" if "--check" in arguments else "written"
    sys.stdout.write("".join(f"{word}: {name}\n" for name in stale) or "every page is current\n")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

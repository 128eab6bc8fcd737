"""What the manual takes from the program is what the program says today."""

from __future__ import annotations

import generate
import manual
import pytest
from generated import PARTS


@pytest.mark.parametrize("page", manual.PAGES)
def test_the_page_is_current(page: str) -> None:
    text = manual.text_of(page)
    assert generate.renewed(text) == text, "run `python docs/generate.py`"


def test_every_part_stands_in_a_page() -> None:
    used = [name for page in manual.PAGES for name in generate.parts(manual.text_of(page))]
    assert sorted(used) == sorted(PARTS)


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(KeyError):
        generate.renewed("<!-- generated: nothing -->\n<!-- end -->")


def test_what_is_stale_is_renewed() -> None:
    stale = "a\n<!-- generated: aggregates -->\nold\n<!-- end -->\nb"
    fresh = generate.renewed(stale)
    assert fresh.startswith("a\n<!-- generated: aggregates -->\n`count`")
    assert fresh.endswith("\n<!-- end -->\nb")
    assert "old" not in fresh

"""Texts that occur more than once: word for word, in the same wording, or in nearly the same words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from factcheck.evidence.asks import Asking, Pattern, PatternAnswer
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.likeness import alike
from factcheck.evidence.patterns.sql import select
from factcheck.evidence.patterns.wording import bare, spaced


@dataclass(frozen=True)
class CopiesAnswer(PatternAnswer):
    """Rows by what becomes of their text; no text itself ever leaves the engine.

    n = copies + singles + empty + null. `copies` have the text of another row (or one like it), `empty` none once it is
    brought to its common form. `exact` and `spaced` are the copies by two stricter definitions. `sizes` lists how many
    texts of the common form stand in how many rows each: (rows, texts), ascending; without empty texts.
    """

    n: int
    null: int
    empty: int
    copies: int
    singles: int
    exact: int
    spaced: int
    same: int  # copies whose common form is the very same
    sizes: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Copies(Pattern[CopiesAnswer]):
    """Which rows have a text that occurs in another row of the base, too.

    Two texts are the same if their common forms (`wording.bare`) are. With `similar`, they are alike if the different
    words that both have are at least that part of the different words that either has (Jaccard's index).
    """

    text: Bound
    similar: Fraction | None = None
    base: Bound | None = None

    def found(self, asking: Asking) -> CopiesAnswer:
        given = select(asking, self.dataset, self.base, {"text": self.text.sql, "n": "COUNT(*)"})
        with asking.scratch(f"{given} GROUP BY 1") as texts:
            common = f"SELECT {bare('text')} AS text, SUM(n) AS n FROM {texts} WHERE text IS NOT NULL GROUP BY 1"
            with asking.scratch(common) as forms:
                return self._counted(asking, texts, forms)

    def _counted(self, asking: Asking, texts: str, forms: str) -> CopiesAnswer:
        null, exact = asking.rows(
            f"SELECT {_total('text IS NULL')}, {_total(_REPEATED)} FROM {texts}"
        )[0]  # fmt: skip
        by_space = f"SELECT {spaced('text')} AS text, SUM(n) AS n FROM {texts} WHERE text IS NOT NULL GROUP BY 1"
        (close,) = asking.rows(f"SELECT {_total(_REPEATED)} FROM ({by_space}) AS texts")[0]
        n, empty = asking.rows(f"SELECT {_total('TRUE')}, {_total(_EMPTY)} FROM {forms}")[0]
        sizes = asking.rows(f"SELECT n, COUNT(*) FROM {forms} WHERE text <> '' GROUP BY 1 ORDER BY 1")
        same = sum(int(size) * int(count) for size, count in sizes if size > 1)
        like = same if self.similar is None else alike(asking, forms, self.similar, self.dataset)
        return CopiesAnswer(
            (self._plain(asking),), int(n) + int(null), int(null), int(empty), like, int(n) - int(empty) - like,
            int(exact), int(close), same, tuple((int(size), int(count)) for size, count in sizes),
        )  # fmt: skip

    def _plain(self, asking: Asking) -> str:
        """How many texts stand in how many rows each."""
        items = {"text": bare(self.text.sql), "n": "COUNT(*)"}
        forms = f"{select(asking, self.dataset, self.base, items)} GROUP BY 1"
        return f"SELECT n AS posts_with_the_same_text, COUNT(*) AS texts FROM ({forms}) AS forms GROUP BY 1 ORDER BY 1"


_EMPTY = "text = ''"
_REPEATED = "text <> '' AND n > 1"


def _total(condition: str) -> str:
    return f"COALESCE(SUM(CASE WHEN {condition} THEN n END), 0)"

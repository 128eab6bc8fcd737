"""Several conditions as one expression: joined by 'and', or by 'or' where the sentence or the data say so."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.draft.match import Match
from factcheck.draft.roles import denied, negated
from factcheck.draft.words import Word


class Joining:
    """Conditions of one sentence as expressions; `denials` are the negations that went into them."""

    def __init__(self, sentence: Sequence[Word], taken: frozenset[int], chosen: Sequence[Match]) -> None:
        self._sentence = sentence
        self._forced = 0
        self._denied = {match: at for match in chosen if (at := denied(match, sentence, taken, chosen)) is not None}

    @property
    def forced(self) -> int:
        """How often values of one column are taken for alternatives though no word says so."""
        return self._forced

    @property
    def denials(self) -> frozenset[int]:
        """The positions of the negations."""
        return frozenset(self._denied.values())

    def expression(self, matches: Sequence[Match]) -> str:
        """One condition that holds where all of them hold; alternatives of one column are any of them."""
        groups: list[list[Match]] = []
        for match in sorted(matches, key=lambda one: one.first):
            if groups and (self._either(groups[-1][-1], match) or self._excludes(groups[-1][-1], match)):
                self._forced += not self._listed(groups[-1][-1], match)
                groups[-1].append(match)
            else:
                groups.append([match])
        alone = len(groups) == 1
        return " and ".join(self._any(group, alone) for group in groups)

    def _any(self, group: Sequence[Match], alone: bool) -> str:
        said = [self._one(match) for match in group]
        if len(said) == 1:
            return f"({said[0]})" if not alone and " or " in said[0] else said[0]
        told = " or ".join(f"({one})" if " and " in one else one for one in said)
        return told if alone else f"({told})"

    def _one(self, match: Match) -> str:
        return negated(match) if match in self._denied else match.condition or ""

    def _either(self, one: Match, other: Match) -> bool:
        """Whether 'or' stands between them."""
        return any(self._sentence[at].folded == "or" for at in range(one.last, min(other.first, len(self._sentence))))

    def _listed(self, one: Match, other: Match) -> bool:
        """Whether they stand side by side, or joined by a word that joins."""
        between = range(one.last, other.first)
        return len(between) == 0 or any(self._sentence[at].folded in ("or", "and", "nor") for at in between)

    def _excludes(self, one: Match, other: Match) -> bool:
        """Whether no row can be both: two values of one column."""
        same = one.column == other.column and one.what == other.what == "value"
        text = isinstance(one.value, str) and isinstance(other.value, str)
        return same and text and " = " in (one.condition or "") and not {one, other} & self._denied.keys()

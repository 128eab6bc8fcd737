"""What words mean besides what the index finds: units of numbers, and values that all rows share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from factcheck.draft.known import Known
from factcheck.draft.match import Match, best_first
from factcheck.draft.numbered import numbered
from factcheck.draft.ranges import ranged
from factcheck.draft.sentence import Sentence
from factcheck.draft.values import TOLD
from factcheck.draft.words import Word, words

_FEW, _LONG = 40, 60  # values of a column of labels; letters of a text that is read
_TEXTS = frozenset({"text", "message", "body", "content", "tweet", "full_text"})
_UNIT = 0.85  # how surely the unit of a column speaks of it


def beside(sentence: Sequence[Word], dataset: str, matches: Iterable[Match], columns: Sequence[Known]) -> list[Match]:
    """The matches of a dataset, with columns that are spoken of by their unit, and without empty conditions.

    A value that all rows share tells no rows apart: it says what the dataset is about. A text that is read is hardly
    spoken of as a whole, but by what it contains.
    """
    read = {one.column.name for one in columns if _is_read(one)}
    shared = {one.column.name for one in columns if one.values is not None and len(one.values) == 1}
    found = [
        _shared(match) if match.what == "value" and match.column in shared else match
        for match in matches
        if not (match.column in read and " = " in (match.condition or "") and len(match.covered) < TOLD)
    ]
    named = {match.column: match for match in found if match.what == "column"}
    sought = Sentence(sentence)
    for one in columns:
        unit = one.column.unit
        if unit is None or not one.column.family.is_number:
            continue
        said = sought.run(words(unit))
        if said is not None and (alone := named.get(one.column.name)) is not None:
            at = sorted({*alone.covered, *said.positions})  # 'the lowest cost … 0 euros'
            found.append(replace(alone, first=at[0], last=at[-1] + 1, words=tuple(at)))
        elif said is not None:
            how = f"'{sought.text(said.positions)}' is the unit of {one.column.name}"
            found.append(
                Match.at(said.positions, dataset, "column", one.column.name, score=_UNIT * said.score, how=how)
            )
    return best_first([*found, *numbered(sentence, dataset, found, columns), *ranged(sentence, dataset, columns)])


def _is_read(one: Known) -> bool:
    """Whether a column holds many texts of some length."""
    values = one.values or ()
    long = len(values) > _FEW and sum(map(len, values)) > _LONG * len(values)
    return one.is_read or one.column.name.lower() in _TEXTS or long


def _shared(match: Match) -> Match:
    how = f"{match.how}, as all of its rows have it"
    return replace(match, what="dataset", column=None, value=None, condition=None, how=how)

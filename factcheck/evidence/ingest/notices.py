"""What a person is told about a dataset as it was read: every sentence, by its code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from factcheck.evidence.dataset import Notice
from factcheck.evidence.formats.source import Note

SENTENCES = {
    "recognised": (
        "Taken for a {title} because of what it holds ({headings}). If it is something else, write format: {plain} to "
        "read it plainly."
    ),
    "no-header": "{file} has no header row: its first row holds data. If it is a header, write read: {{header: 1}}.",
    "names-replace": (
        "The first row of {file} ({row}) was taken for headings, and the stated names stand in their place. If it "
        "holds data, write read: {{header: none}}; if it is a header, read: {{header: 1}}."
    ),
    "no-heading": "A column of {file} has no heading; it is called '{column}'.",
    "repeated-heading": "{file} has more than one heading '{heading}'; a later one is called '{column}'.",
    "encoding-tried": "{file} is no UTF-8; it was read as {encoding}, the first of the encodings that fits it.",
    "undeclared": "{file} uses the attribute '{column}' without declaring it; its type was found from its values.",
    "passed-over": (
        "'{column}' has several values in one row; one is kept (over time the latest). Passed over: {count}."
    ),
    "loose-ends": "{file}: edges that lead from or to a node which is not among the nodes: {count}.",
    "nodes-from-ends": "{file} lists edges alone: the nodes are their ends, and a node without an edge is not known.",
    "ends-by-place": "No heading of {file} tells the ends of an edge: it goes from '{first}' to '{second}'.",
    "nul-characters": "{file} holds NUL characters, the first in line {line}; they are kept as part of their values.",
    "line-ends": "{file} mixes ways of ending a line; all were read as line ends.",
    "lone-returns": "{file}: carriage returns within a line, which were read as spaces: {count}.",
    "words-in-numbers": (
        "'{column}' holds numbers but for {said}, so it was read as text. If these words stand for missing "
        "values, write read: {{nulls: [{nulls}]}}; otherwise state the column's type."
    ),
    "words-for-missing": (
        "'{column}' holds {said}, which counts as a value like any other. If it stands for a missing value, write "
        "read: {{nulls: [{nulls}]}}."
    ),
    "spelled-alike": (
        "In '{column}' {said} differ only in capitals or blanks{more}. A condition that names one of them leaves out "
        "the others; compare {expression} with the word in small letters, or make a column of it."
    ),
    "spelled-alike-rarely": (
        "In '{column}' {said} differ only in capitals or blanks{more}: few rows, which a condition on the commoner "
        "spelling leaves out. Compare {expression} with the word in small letters to have them all."
    ),
    "thousands-unread": (
        "'{column}' holds numbers such as {example}, so it was read as text. If {meaning}, write read: {{{read}}}."
    ),
    "second-heading": (
        "The first row of {columns} holds words ({words}), and the others hold numbers, so that all of it was read as "
        "text. If that row is a second row of headings, write read: {{header: 2}}."
    ),
    "points-read": (
        "'{column}' holds figures such as {example}, with three digits behind the point wherever there is one; they "
        'were read as decimals. If the point separates thousands, write read: {{thousands: "."}}; if it does not, '
        "state the type: {{type: decimal}}."
    ),
    "percent-unread": (
        "'{column}' holds percentages such as {example}, so it was read as text. To read them as fractions, state "
        '{{type: decimal}}; to read the figure before the sign, {{type: decimal, unit: "%"}}.'
    ),
    "amounts-unread": (
        "'{column}' holds amounts such as {example}, so it was read as text. State its type and currency, for example "
        '{{type: decimal, unit: "{sign}"}}.'
    ),
    "currencies": (
        "'{column}' holds amounts in several currencies ({signs}); none of these was read. State one of them as its "
        'unit, for example unit: "{sign}"; amounts in the others then count as lost.'
    ),
    "dates-unread": (
        "'{column}' looks like dates ({example}), and no row tells which part is the day, so it was read as text. "
        'State the format: {{type: {kind}, format: "{format}"}}, or with the month first '
        '{{type: {kind}, format: "{other}"}}.'
    ),
    "dates-as-text": (
        "'{column}' looks like dates with the {part} first ({example}); dates are not guessed, so it was read as text. "
        'State its format, {{type: {kind}, format: "{format}"}}.'
    ),
    "dates-mixed": (
        "'{column}' looks like dates, some with the day first ({first}) and some with the month ({second}), so it was "
        'read as text. Under one format, such as {{type: {kind}, format: "{format}"}}, some are lost and others may '
        "change their month: get the file anew."
    ),
    "rows-passed-over": "{file}: empty rows between others were passed over: {count}.",
    "uncomputed": (
        "{file}: formulas without a stored value: {count}. They count as missing; open the file in a spreadsheet and "
        "save it, so that they are computed."
    ),
    "merged-cells": (
        "{file} has merged cells among its rows ({ranges}); only the first cell of each has the value, the "
        "others count as missing."
    ),
    "clock-unknown": (
        "The times of '{column}' are on a clock that the file does not name, that of whoever exported it; they were "
        "read as UTC. Say which it is, for example columns: {{{column}: {{timezone: Europe/Berlin}}}}."
    ),
    "ruined-ids": (
        "'{column}' looks like identifiers that a spreadsheet has rounded ({example}): "
        "different ids may have become one. Get the file anew."
    ),
    "no-place": (
        "Figures that do not say where they stand: {count}. Fill the column 'source' or 'page', or state the dataset's "
        "'source'."
    ),
    "totals": (
        "'{column}' holds {words}, and in that row '{figures}' is the sum of other rows: as a row among them it counts "
        "everything twice. To leave it out, write drop: {rule}."
    ),
    "repeated-rows": (
        "The join repeats rows of '{dataset}', so that one {unit} counts several times; rows whose key ({key}) has "
        "occurred before: {count}. Join with a table that has one row for each, or, if a row is no {unit}, state "
        "another unit."
    ),
    "empty-rows": ("Rows without any value: {count}. They count as rows; if they are none, write drop: {rule}."),
    "twarc-errors": (
        "Besides, the API reported {count} ({listed}): what was asked for there was withheld, deleted, suspended or "
        "protected, and is not in the data."
    ),
    "twarc-empty-pages": "{pages} no data: what was asked for had no result there.",
    "twarc-cut-off": (
        "{count} there with the text cut off, as the API gives it (“RT @…”): the tweets that they repeat are not in "
        "the files."
    ),
    "large-numbers": "'{column}' holds whole numbers beyond 2^53 in floating point; their last digits may be wrong.",
    "mixed-values": (
        "'{column}' holds {kinds}, so it was read as text. If all of them are meant as numbers or times, state the "
        "column's type: what is none is then counted as lost."
    ),
    "large-among-fractions": (
        "'{column}' holds whole numbers beyond 2^53 beside fractions, so it was read as text, with every digit."
    ),
    "bytes": "'{column}' holds bytes rather than text or numbers ({count}); they were read as hexadecimal digits.",
    "no-exact-number": (
        "'{column}' holds numbers that no decimal of 38 digits can carry (NaN, infinity or more digits: {count}), so "
        "it was read as text."
    ),
    "infinite-times": "'{column}' holds 'infinity' as a time ({count}), so it was read as text.",
    "nested-arrays": (
        "'{column}' holds arrays of several dimensions or not counted from 1 ({count}), so it was read as text."
    ),
    "asked-in-place": "The rows of {where} stay where they lie and are asked there, by {engine}.",
    "read-from": "Read from table {table} of the database {database} on {host} ({server}) at {when} UTC.",
}


# What is told once of several columns where a person reads all of a dataset's notices.
TOGETHER = {
    "no-heading": "Columns without a heading are called {columns}.",
    "words-in-numbers": "{columns} hold numbers but for {words}, so they were read as text.",
    "words-for-missing": "{columns} hold {words}, which count as values like any others.",
    "for-missing": "If all these words stand for missing values, write read: {{nulls: [{nulls}]}} once.",
}
_MISSING = ("words-in-numbers", "words-for-missing")  # of which `for-missing` says what to write


def notice(code: str, column: str | None = None, *, of: tuple[str, ...] = (), **values: object) -> Notice:
    """The sentence of a code; `of` are the values that it speaks of, which some sentences propose as `nulls`."""
    return Notice(code, SENTENCES[code].format(column=column, nulls=_in_quotes(of), **values), column, of)


def counted(words: Iterable[tuple[str, int]]) -> str:
    """Values with how many rows have each, for a sentence: `'n/a' (1 row), '-' (12 rows)`."""
    return ", ".join(f"'{word}' ({count} {'row' if count == 1 else 'rows'})" for word, count in words)


def _in_quotes(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def gathered(notices: Iterable[Notice]) -> list[str]:
    """The sentences of notices in their order, those that say the same of several columns as one."""
    groups: dict[tuple[object, ...], list[Notice]] = {}
    for number, found in enumerate(notices):
        alike = found.code in TOGETHER and found.column is not None
        groups.setdefault((found.code, found.words) if alike else (number,), []).append(found)
    texts = [text for group in groups.values() for text in _sentences(group)]
    missing = [group for group in groups.values() if group[0].code in _MISSING]
    words = list(dict.fromkeys(word for group in missing for found in group for word in found.words))
    if any(len(group) > 1 for group in missing):
        texts.append(TOGETHER["for-missing"].format(nulls=_in_quotes(words)))
    return texts


def _sentences(group: Sequence[Notice]) -> list[str]:
    if len(group) == 1:
        return [group[0].text]
    names = sorted((found.column or "" for found in group), key=_by_number)
    columns = ", ".join(f"'{name}'" for name in names)
    words = " and ".join(f"'{word}'" for word in group[0].words)
    return [TOGETHER[group[0].code].format(columns=columns, words=words)]


def _by_number(name: str) -> list[tuple[int, str]]:
    """column_5 before column_11."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def from_note(note: Note) -> Notice:
    return Notice(note.code, SENTENCES[note.code].format(column=note.column, **note.values), note.column)


def in_order(notices: list[Notice]) -> tuple[Notice, ...]:
    """Each once, by code and column, so that two runs say the same."""
    return tuple(sorted(set(notices), key=lambda n: (list(SENTENCES).index(n.code), n.column or "", n.text)))

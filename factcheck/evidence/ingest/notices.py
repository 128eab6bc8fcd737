"""What a person is told about a dataset as it was read: every sentence, by its code."""

from __future__ import annotations

from factcheck.evidence.dataset import Notice
from factcheck.evidence.formats.source import Note

SENTENCES = {
    "recognised": (
        "Read as a {title}, which its headings tell ({headings}). If it is none, write format: {plain} to read it "
        "plainly."
    ),
    "no-header": "{file} has no header row: its first row holds data. If it is a header, write read: {{header: 1}}.",
    "no-heading": "A column of {file} has no heading; it is called '{column}'.",
    "repeated-heading": "{file} has more than one heading '{heading}'; a later one is called '{column}'.",
    "encoding-tried": "{file} is no UTF-8; it was read as {encoding}, the first of the encodings that fits it.",
    "line-ends": "{file} mixes ways of ending a line; all were read as line ends.",
    "lone-returns": "{file} holds {count} carriage returns within a line; they were read as spaces.",
    "words-in-numbers": (
        "'{column}' holds numbers but for {words}, so it was read as text. If these words stand for missing "
        "values, write read: {{nulls: [{nulls}]}}; otherwise state the column's type."
    ),
    "thousands-unread": (
        "'{column}' holds numbers such as {example}, so it was read as text. If the comma separates thousands, "
        'write read: {{thousands: ","}}.'
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
        "'{column}' looks like dates ({example}), but which part is the day is not certain, so it was read as text. "
        'State its format, for example {{type: date, format: "%d/%m/%Y"}}.'
    ),
    "ruined-ids": (
        "'{column}' looks like identifiers that a spreadsheet has rounded ({example}): "
        "different ids may have become one. Get the file anew."
    ),
    "totals": (
        "'{column}' holds {words}, and in that row '{figures}' is the sum of other rows: as a row among them it counts "
        "everything twice. To leave it out, write drop: {rule}."
    ),
    "empty-rows": ("Rows without any value: {count}. They count as rows; if they are none, write drop: {rule}."),
    "large-numbers": "'{column}' holds whole numbers beyond 2^53 in floating point; their last digits may be wrong.",
}


def notice(code: str, column: str | None = None, **values: object) -> Notice:
    """The sentence of a code."""
    return Notice(code, SENTENCES[code].format(column=column, **values), column)


def from_note(note: Note) -> Notice:
    return notice(note.code, note.column, **note.values)


def in_order(notices: list[Notice]) -> tuple[Notice, ...]:
    """Each once, by code and column, so that two runs say the same."""
    return tuple(sorted(set(notices), key=lambda n: (list(SENTENCES).index(n.code), n.column or "", n.text)))

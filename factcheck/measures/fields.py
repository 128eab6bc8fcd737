"""Types of the companions that several measures share, with the words of the manual and the schema."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from factcheck.claims.schema import INNER

Expression = Annotated[str, Field(description="An SQL expression over the dataset's columns.")]
Among = Annotated[
    str | None,
    Field(description="Restricts the rows that the statistic is about.", examples=["country is not null"]),
]
That = Annotated[
    str | None,
    Field(description="Which of the rows count.", examples=["authority <= 1"]),
]
CountOf = Annotated[
    str,
    Field(
        pattern=r"^(rows|columns|distinct .+)$",
        description="`rows`, `distinct <expression>` or `columns`.",
        examples=["rows", "distinct author"],
    ),
]
ShareOf = Annotated[
    str,
    Field(
        pattern=r"^(rows|distinct .+|sum .+)$",
        description="What the share is of: `rows`, `distinct <expression>` or `sum <expression>`.",
        examples=["distinct author", "sum impressions"],
    ),
]
InnerMeasure = Annotated[
    dict[str, Any],
    Field(description="Another measure.", examples=[{"count": "rows"}], json_schema_extra={INNER: True}),
]
# A column that the manifest computes, such as the month of a time, is one, too.
Grouping = Annotated[str, Field(description="The column, of the file or computed, whose values are the groups.")]
Take = Literal["max", "mean", "median", "min"]

"""The planner: the questions of all claims are answered together, in few passes over the data.

`answer` gives every question its answer or the reason why it has none; `direct_sql` is the plain query
that gives the same answer for one question.
"""

from __future__ import annotations

from factcheck.evidence.cells.answers import Answers, answer
from factcheck.evidence.cells.direct import direct_sql

__all__ = ["Answers", "answer", "direct_sql"]

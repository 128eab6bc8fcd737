"""Many conditions on one text column: each text is put in small letters once, looked at for all words at once, and only
where one may be in it for each by itself.

    REGEXP_MATCHES(text, '(?i)vote|fraud|elect[iİ]on')   seven times the cost of one CONTAINS, for any number of words
    LOWER(text)                                           where that found something, or for all texts
    CONTAINS(lower, 'election')                           for ILIKE '%Election%', which would make small letters anew
    CASE WHEN CONTAINS(text, 'vote') THEN REGEXP_MATCHES(…)

Up to seven conditions share an axis, a bit each: where the text is NULL all of them are. How often a word occurs is
looked up in a sample; a wrong guess costs time only. All this is about DuckDB: its lower() goes letter by letter, and
its ILIKE is LIKE on both in small letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlglot import exp

from factcheck.errors import EvidenceError
from factcheck.evidence.cells.axes import Axis
from factcheck.evidence.cells.cores import Case, Core, any_of, like_core, literal_core, regex_core
from factcheck.evidence.cells.cut import Atom
from factcheck.evidence.cells.session import Session
from factcheck.evidence.clauses import quoted
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.names import literal

_BITS = 7  # with one code for NULL an axis just fits a byte
# What each costs for a text, in the same unit; only their ratios matter.
_CONTAINS, _REGEX, _ALTERNATIVE, _LOWER = 60.0, 560.0, 1.5, 600.0


_PARTS: dict[type[exp.Expression], str] = {
    exp.Contains: "CONTAINS", exp.StartsWith: "STARTS_WITH", exp.EndsWith: "ENDS_WITH",
}  # fmt: skip


@dataclass(frozen=True)
class TextTest:
    """A condition on a text column that is NULL exactly where the column is.

    `sql` has `{text}` and `{lower}` in place of the column and of its small letters, and is asked only of texts; `may`
    is a cheaper condition without which it cannot hold.
    """

    key: str
    sql: str
    may: str | None
    core: Core | None
    forms: str = ""  # letters that make `may` miss a match
    regex: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        return () if self.core is None else self.core.parts

    @property
    def lower(self) -> bool:
        return "{lower}" in self.sql + (self.may or "")

    def guarded(self) -> str:
        if not self.regex or self.may is None:
            return self.sql
        may = f"({self.may} OR {{forms}})" if self.forms else self.may
        return f"CASE WHEN {may} THEN {self.sql} ELSE FALSE END"

    def cost(self, hits: float) -> float:
        """Of asking it of a text in which `may` holds so often."""
        if not self.regex:
            return _CONTAINS
        return _REGEX if self.may is None else _CONTAINS + hits * _REGEX


def _shown(sql: str) -> str:
    """SQL as it stands among the places for columns."""
    return sql.replace("{", "{{").replace("}", "}}")


def _text(value: str) -> str:
    return _shown(literal(value))


def text_test(atom: Atom) -> tuple[str, TextTest] | None:
    """The column of a condition and how to ask it; None where it is of another form."""
    tree = atom.tree
    subject, pattern = tree.this, tree.args.get("expression")
    place, case = "{text}", Case.EXACT
    if isinstance(subject, exp.Lower):
        subject, place, case = subject.this, "{lower}", Case.LOWER
    if not isinstance(subject, exp.Column) or not (isinstance(pattern, exp.Literal) and pattern.is_string):
        return None
    if tree.args.keys() - {"this", "expression", "negate"} - {k for k, v in tree.args.items() if not v}:
        return None
    made = _made(tree, atom.key, str(pattern.this), place, case)
    return None if made is None else (subject.name, made)


def _made(tree: exp.Expression, key: str, pattern: str, place: str, case: Case) -> TextTest | None:
    negated = "NOT " if tree.args.get("negate") else ""
    if type(tree) in _PARTS:
        return _found(key, f"{_PARTS[type(tree)]}({place}, {_text(pattern)})", literal_core([pattern], case))
    if isinstance(tree, exp.Like):
        core = None if negated else like_core(pattern, case)
        return _found(key, f"{place} {negated}LIKE {_text(pattern)}", core)
    if isinstance(tree, exp.ILike):
        core = None if negated else like_core(pattern, Case.LOWER)
        inner = pattern[1:-1]
        if not negated and pattern == f"%{inner}%" and inner and not set(inner) & {"%", "_"}:
            return _found(key, f"CONTAINS({{lower}}, LOWER({_text(inner)}))", core)
        return _found(key, f"{{lower}} {negated}LIKE LOWER({_text(pattern)})", core)
    if isinstance(tree, exp.RegexpLike | exp.RegexpFullMatch):
        core = regex_core(pattern)
        if core is not None and case is Case.LOWER and core.case is Case.EXACT:
            core = Core(core.parts, case)
        name = "REGEXP_MATCHES" if isinstance(tree, exp.RegexpLike) else "REGEXP_FULL_MATCH"
        return _found(key, f"{name}({place}, {_text(pattern)})", core, regex=True)
    return None


def _found(key: str, sql: str, core: Core | None, *, regex: bool = False) -> TextTest:
    if core is None:
        return TextTest(key, sql, None, None, regex=regex)
    parts, forms = core.lowered()
    if core.case is Case.EXACT:
        may = [f"CONTAINS({{text}}, {_text(part)})" for part in parts]
    else:
        may = [f"CONTAINS({{lower}}, LOWER({_text(part)}))" for part in parts]
    return TextTest(key, sql, " OR ".join(may) if len(may) == 1 else f"({' OR '.join(may)})", core, forms, regex)


@dataclass(frozen=True)
class TextPlan:
    """The axes of one column, and what must stand beside its rows: layers of new columns, each over the one before."""

    axes: list[tuple[Axis, list[str]]]
    layers: list[str]


def plan_texts(session: Session, column: str, tests: list[TextTest], sample: str, names: str) -> TextPlan | None:
    """How to ask all `tests` of a column; `names` begins the names of new columns. None where the sample fails."""
    try:
        hits = _hits(session, column, tests, sample)
    except EvidenceError:
        return None
    return laid_out(column, tests, _rare(tests, hits), names)


def laid_out(column: str, tests: list[TextTest], rare: Set[str], names: str) -> TextPlan:
    """The plan in which the tests with these keys, each with a core, are asked only where some word of theirs is."""
    some, lower, forms = (quoted(f"{names}{what}") for what in ("some", "lower", "forms"))
    text = quoted(column)
    first, rest = [t for t in tests if t.key in rare], [t for t in tests if t.key not in rare]
    words = any_of(test.core for test in first if test.core is not None)
    layers = [f"REGEXP_MATCHES({text}, {literal(words)}) AS {some}"] if first else []
    if any(test.lower for test in tests):
        everywhere = not first or any(test.lower for test in rest)
        layers.append(f"{f'LOWER({text})' if everywhere else f'CASE WHEN {some} THEN LOWER({text}) END'} AS {lower}")
    odd = "".join(sorted({form for test in tests for form in test.forms}))
    if odd:
        layers.append(f"REGEXP_MATCHES({lower}, '[{odd}]') AS {forms}")
    places = {"text": text, "lower": lower, "forms": forms}
    chunks = [(chunk, some) for chunk in _chunks(first)] + [(chunk, None) for chunk in _chunks(rest)]
    axes = [_bits(f"texts of {column}, part {i}", chunk, places, guard) for i, (chunk, guard) in enumerate(chunks, 1)]
    return TextPlan(axes, layers)


def _hits(session: Session, column: str, tests: list[TextTest], sample: str) -> npt.NDArray[np.bool_]:
    """For each test (a row) in which texts of the sample it may hold."""
    name = quoted(column)
    places = {"text": "value", "lower": "small", "forms": "FALSE"}
    items = [(test.may or "TRUE").format(**places) for test in tests]
    texts = f"SELECT {name} AS value, LOWER({name}) AS small FROM ({sample}) AS sample WHERE {name} IS NOT NULL"
    frame = session.run(f"SELECT {', '.join(items)} FROM ({texts}) AS texts")
    return np.array([np.asarray(hit).astype(np.bool_) for hit in frame.columns])


def _rare(tests: list[TextTest], hits: npt.NDArray[np.bool_]) -> set[str]:
    """The tests that one look for all of their words should precede; the rarest words first, as many as pay."""
    shares = hits.mean(axis=1) if hits.shape[1] else np.ones(len(tests))
    costs = [test.cost(share) for test, share in zip(tests, shares.tolist(), strict=True)]
    order = [i for i in np.argsort(shares, kind="stable").tolist() if tests[i].core is not None]
    small, odd = _last(order, tests, lambda test: test.lower), _last(order, tests, lambda test: bool(test.forms))
    best, chosen = sum(costs) + (small > 0) * _LOWER + (odd > 0) * _REGEX, 0
    some, inside, look = np.zeros(hits.shape[1], np.bool_), 0.0, _REGEX
    for count, i in enumerate(order, 1):
        some |= hits[i]
        inside += costs[i]
        look += _ALTERNATIVE * len(tests[i].parts)
        share = float(some.mean()) if len(some) else 1.0
        # What is made of a text is made of all texts if one test needs it that is asked of all.
        made = (small > 0) * _LOWER * (share if small <= count else 1.0)
        made += (odd > 0) * _REGEX * (share if odd <= count else 1.0)
        cost = look + share * inside + (sum(costs) - inside) + made
        if cost < best:
            best, chosen = cost, count
    return {tests[i].key for i in order[:chosen]}


def _last(order: list[int], tests: list[TextTest], needs: Callable[[TextTest], bool]) -> int:
    """How many tests in this order come up to the last that needs something; 0 if none does, more than there are if
    one does that cannot be preceded by the look for its words."""
    if any(needs(test) and test.core is None for test in tests):
        return len(tests) + 1
    return max((at for at, i in enumerate(order, 1) if needs(tests[i])), default=0)


def _chunks(tests: list[TextTest]) -> list[list[TextTest]]:
    return [tests[i : i + _BITS] for i in range(0, len(tests), _BITS)]


def _bits(name: str, tests: list[TextTest], places: dict[str, str], some: str | None) -> tuple[Axis, list[str]]:
    """An axis with a bit for each test, and a code of its own for NULL; all bits are 0 where `some` is false."""
    null, text = 1 << len(tests), places["text"]
    bits = " + ".join(f"CAST({test.guarded().format(**places)} AS INTEGER) * {1 << i}" for i, test in enumerate(tests))
    if some is None:
        sql = f"CASE WHEN {text} IS NULL THEN {null} ELSE {bits} END"
    else:
        sql = f"CASE WHEN {some} THEN {bits} WHEN {text} IS NULL THEN {null} ELSE 0 END"
    codes = np.arange(null + 1)
    truths = {
        test.key: np.where(codes == null, 1, np.where(codes >> i & 1, 2, 0)).astype(np.int8)
        for i, test in enumerate(tests)
    }
    return Axis(name, sql, null + 1, truths, independent=True), list(truths)


def text_tests(atoms: Iterable[Atom], dataset: Dataset) -> dict[str, list[TextTest]]:
    """The conditions on texts, by column."""
    found: dict[str, list[TextTest]] = {}
    for atom in atoms:
        made = text_test(atom)
        # Of other types of text (ENUM, UUID) each function would make a text first.
        if made is not None and made[0] in dataset.columns and dataset.columns[made[0]].type == "VARCHAR":
            found.setdefault(made[0], []).append(made[1])
    return found

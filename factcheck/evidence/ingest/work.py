"""One dataset on its way from its source to its table or view, with the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column, Ledger, Notice
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.engines.types import family
from factcheck.evidence.formats.files import chunks
from factcheck.evidence.formats.source import Note, Proof, Reading, Rejected, Source
from factcheck.evidence.ingest import ledger as books
from factcheck.evidence.ingest import reported
from factcheck.evidence.ingest.computed import drop_rule, expressions, layered
from factcheck.evidence.ingest.faults import ManifestFault
from factcheck.evidence.ingest.ids import refuse_rounded
from factcheck.evidence.ingest.leftovers import Leftovers
from factcheck.evidence.ingest.normal import is_doubtful, surely_nfc
from factcheck.evidence.ingest.notices import from_note, in_order
from factcheck.evidence.ingest.plan import Planned, described, plan
from factcheck.evidence.ingest.sampling import blocks
from factcheck.evidence.ingest.suspicions import suspicions
from factcheck.evidence.ingest.table import Masks, build, losses_of, prove, typed
from factcheck.evidence.manifest import ColumnSpec, ManifestSource

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB


def _hopeless(rejected: Rejected) -> str:
    """What is said of files of which no record could be read: to conclude from no rows would be wrong."""
    one = rejected.count == 1
    message = "its only record could not be read" if one else f"none of its {rejected.count:,} records could be read"
    if not rejected.first:
        return message
    first = rejected.first[0]
    return f"{message}: {first.file}, line {first.line}: {first.reason}"


def _with_notes(source: Source, notes: list[Note]) -> Source:
    """Files opened anew, with what was noted of them before."""
    source.notes.extend(note for note in notes if note not in source.notes)
    return source


_FEW = 2


@dataclass(frozen=True)
class Work:
    """`run` makes the relation `name` and says which columns it has and where each record went."""

    engine: DuckDB
    source: ManifestSource | None
    name: str

    @property
    def relation(self) -> str:
        return identifier(self.name)

    @property
    def raw(self) -> str:
        return identifier(f"_factcheck_raw_{self.name}")

    @property
    def specs(self) -> Mapping[str, ColumnSpec]:
        return self.source.model.columns if self.source else {}

    def run(self, opened: Source, reading: Reading) -> tuple[dict[str, Column], Ledger]:
        """A view where the files can stay where they are, else a table; one of that name gives way."""
        self._clear()
        try:
            return self._view(opened, reading) if self.stays(opened) else self._table(opened, reading)
        except (EvidenceError, ManifestFault):
            self._clear()
            raise

    def stays(self, opened: Source) -> bool:
        drops = self.source is not None and self.source.model.on_duplicate == "drop" and bool(self.source.model.key)
        return opened.stays and not drops

    def _clear(self) -> None:
        """Leaves nothing half-made behind."""
        frame = self.engine.run(
            "SELECT table_type, table_name FROM information_schema.tables "
            "WHERE table_name IN (" + ", ".join(f"'{n.replace(chr(39), chr(39) * 2)}'" for n in self._names()) + ")"
        )
        for kind, name in frame.rows():
            self.engine.execute(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} {identifier(name)}")

    def _names(self) -> tuple[str, str]:
        return self.name, f"_factcheck_raw_{self.name}"

    def _table(self, opened: Source, reading: Reading) -> tuple[dict[str, Column], Ledger]:
        opened, planned, masks = self._built(opened, reading)
        refuse_rounded(self.engine, self.raw, planned)
        kinds = self.engine.schema(f"_factcheck_raw_{self.name}")
        notes = [from_note(note) for note in opened.notes]
        notes += suspicions(self.engine, self.raw, planned, {name: c.type for name, c in kinds.items()})
        columns, layers = expressions(self.specs, {p.name: self._column(p, kinds[p.name].type) for p in planned})
        if layers:
            self.engine.execute(f"CREATE TABLE {self.relation} AS {layered(f'FROM {self.raw}', layers)}")
            self.engine.execute(f"DROP TABLE {self.raw}")
        else:
            self.engine.execute(f"ALTER TABLE {self.raw} RENAME TO {self.relation}")
        rows, rejected = books.count_rows(self.engine, self.relation), opened.rejected()
        if rejected.count and not rows:
            raise EvidenceError(_hopeless(rejected))
        if (rule := drop_rule(self.source, columns)) is not None:
            self.engine.execute(f"DELETE FROM {self.relation} WHERE {rule}")
        lost = masks.losses(self.engine, self.relation)
        for p in planned if opened.lost else ():
            origins = {name.casefold() for name in (p.source.name, *p.source.uses)}
            if no_value := sum(count for name, count in opened.lost.items() if name.casefold() in origins):
                lost[p.name] = lost.get(p.name, 0) + no_value
        self._unmask(masks)
        if opened.texts:
            written = self.source.model.drop if self.source else None
            notes += Leftovers(self.engine, self.relation, columns, written).notices()
        if self.source is not None and reported.is_reported(self.source.model):
            notes += reported.check(self.engine, self.relation, self.source.model, columns, lost)
        return self._typed(columns), self._ledger(columns, rows, rejected, lost, notes)

    def _unmask(self, masks: Masks) -> None:
        if len(masks.names) <= _FEW:
            for mask in masks.names:
                self.engine.execute(f"ALTER TABLE {self.relation} DROP COLUMN {mask}")
            return
        # Dropping columns one by one takes a minute of a table of some thousand columns.
        kept = f"SELECT * EXCLUDE ({', '.join(masks.names)}) FROM {self.relation}"
        self.engine.execute(f"CREATE TABLE {self.raw} AS {kept}")
        self.engine.execute(f"DROP TABLE {self.relation}")
        self.engine.execute(f"ALTER TABLE {self.raw} RENAME TO {self.relation}")

    def _built(self, opened: Source, reading: Reading) -> tuple[Source, list[Planned], Masks]:
        if opened.proof is not None:
            proven = self._proven(opened, opened.proof, reading)
            if proven is not None:
                return opened, *proven
            opened = _with_notes(opened.proof.exact(), opened.notes)
        planned = self._plan(opened, reading)
        try:
            return opened, *build(self.engine, opened, planned, self.raw)
        except EvidenceError as error:
            if "invalid state" not in error.message or opened.mended is None:
                raise
        opened = _with_notes(opened.mended(), opened.notes)
        return opened, *build(self.engine, opened, self._plan(opened, reading), self.raw)

    def _proven(self, opened: Source, proof: Proof, reading: Reading) -> tuple[list[Planned], Masks] | None:
        try:
            planned = self._plan(opened, reading)
        except ManifestFault:
            return None  # the manifest may name a column that only a look at every record finds
        return prove(self.engine, opened, proof, planned, self.raw)

    def _view(self, opened: Source, reading: Reading) -> tuple[dict[str, Column], Ledger]:
        planned = self._plan(opened, reading)
        doubtful = self._doubtful(opened, planned)
        values = [
            f"{p.source.sql if p.is_plain_text and p.name not in doubtful else p.conversion().value} "
            f"AS {identifier(p.name)}"
            for p in planned
        ]
        select = f"SELECT {', '.join(values)} FROM {opened.relation}"
        kinds = self.engine.describe(select)
        columns, layers = expressions(self.specs, {p.name: self._column(p, kinds[p.name].type) for p in planned})
        rule = drop_rule(self.source, columns)
        where = f" WHERE ({rule}) IS NOT TRUE" if rule is not None else ""
        self.engine.execute(f"CREATE VIEW {self.relation} AS SELECT * FROM ({layered(select, layers)}){where}")
        refuse_rounded(self.engine, self.relation, planned)
        rows = opened.records if opened.records is not None else books.count_rows(self.engine, opened.relation)
        lost = self._view_losses(opened, planned)
        notes = [from_note(note) for note in opened.notes]
        return self._typed(columns), self._ledger(columns, rows, Rejected(), lost, notes)

    def _plan(self, opened: Source, reading: Reading) -> list[Planned]:
        def type_of(sql: str) -> str:
            return next(iter(self.engine.describe(f"SELECT {sql} FROM {opened.relation}").values())).type

        columns = opened.columns
        if opened.texts and all(surely_nfc(chunks(path)) for path in opened.texts):
            columns = {name: replace(column, normal=True) for name, column in columns.items()}
        return plan(columns, self.specs, reading, type_of)

    def _column(self, planned: Planned, kind: str) -> Column:
        source = planned.source
        return described(planned.name, kind, family(kind), self.specs.get(planned.name), source.uses, source.stated)

    def _typed(self, columns: Mapping[str, Column]) -> dict[str, Column]:
        """The columns with the types that the engine gave them, in its order."""
        return {
            name: replace(columns[name], type=found.type, family=found.family)
            for name, found in self.engine.schema(self.name).items()
        }

    def _keys(self, columns: Mapping[str, Column]) -> tuple[int, int]:
        """Duplicates and NULL keys, dealt with as the manifest says."""
        if self.source is None or not self.source.model.key:
            return 0, 0
        key = books.key_columns(self.source.model.key, columns)
        duplicates, nulls = books.count_keys(self.engine, self.relation, key)
        if duplicates and self.source.model.on_duplicate == "error":
            books.refuse_duplicates(self.engine, self.relation, key, duplicates)
        if duplicates and self.source.model.on_duplicate == "drop":
            books.drop_duplicates(self.engine, self.relation, key)
        return duplicates, nulls

    def _ledger(
        self, columns: Mapping[str, Column], rows: int, rejected: Rejected, lost: Mapping[str, int], notes: list[Notice]
    ) -> Ledger:
        books.check_counts(self.source, columns)
        if self.source is not None and self.source.model.counts is not None:
            reported.check_signs(self.engine, self.relation, self.source.model, columns)
        duplicates, null_keys = self._keys(columns)
        drops = self.source is not None and (self.source.model.drop is not None or duplicates)
        loaded = books.count_rows(self.engine, self.relation) if drops else rows
        return Ledger(
            records=rows + rejected.count,
            loaded=loaded,
            rejected=rejected.count,
            dropped=rows - loaded,
            duplicates=duplicates,
            lost=dict(sorted(lost.items())),
            rejects=rejected.first,
            drop_rule=self.source.model.drop if self.source else None,
            null_keys=null_keys,
            repeated=duplicates if self.source is not None and self.source.model.on_duplicate == "keep" else 0,
            notes=in_order(notes),
        )

    def _view_losses(self, opened: Source, planned: Sequence[Planned]) -> dict[str, int]:
        losing = [p for p in planned if p.conversion().lost is not None]
        if not losing:
            return {}
        counts = ", ".join(f"count(CASE WHEN {lost} THEN 1 END)" for lost in losses_of(losing))
        found = self.engine.run(f"SELECT {counts} FROM ({typed(losing, opened.relation)})").one()
        return {p.name: count for p, count in zip(losing, found, strict=True) if count}

    def _doubtful(self, opened: Source, planned: Sequence[Planned]) -> set[str]:
        """Text columns of which some rows, taken from all over the files, are not NFC.

        Looking at every text of a Parquet file would cost more than answering most claims about it (1.7 s for
        five million rows), so rare exceptions can stay unnoticed here; other formats are normalised row by row.
        """
        texts = [p for p in planned if p.is_plain_text]
        if not texts or not opened.records:
            return set()
        some = blocks(self.engine, opened.paths, [f"{p.source.sql} AS c{i}" for i, p in enumerate(texts)])
        checks = ", ".join(f"bool_or({is_doubtful(f'c{i}')})" for i in range(len(texts)))
        found = self.engine.run(f"SELECT {checks} FROM ({some})").one()
        return {p.name for p, doubtful in zip(texts, found, strict=True) if doubtful}

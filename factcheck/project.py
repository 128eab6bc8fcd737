"""Where things lie: the project folder, its configuration, claim files and dataset manifests."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from factcheck.claims.config import ConfigSource, engine_spec, read_config
from factcheck.claims.reading import ClaimSource, read_claims
from factcheck.errors import Problem, SpecError
from factcheck.evidence.connections.names import named_connection
from factcheck.evidence.engines.choice import Choice
from factcheck.evidence.manifest import Manifests, read_manifests
from factcheck.evidence.stores.address import is_address, is_ours, root_of, roots_among
from factcheck.text.files import project_above
from factcheck.text.suggest import did_you_mean
from factcheck.verdicts.verdict import Outcome

SELECTORS = ("tag", "dataset", "outcome", "file")
OUTCOMES = tuple(outcome.value for outcome in Outcome)
_TABLES = 3  # named to somebody whose folder is in no project


@dataclass(frozen=True, eq=False)
class Project:
    """A project as it was read; `problems` are all that was found wrong in its files."""

    root: Path
    config: ConfigSource
    claims: tuple[ClaimSource, ...]
    manifests: Manifests
    problems: tuple[Problem, ...]

    @property
    def engine(self) -> Choice:
        """What its questions are put to."""
        return engine_of(self.config)[0]

    @property
    def roots(self) -> tuple[Path, ...]:
        """Folders outside the project, and stores, that the person who runs it has opened for data."""
        entries = self.config.config.evidence_roots
        folders = ((self.root / entry).resolve() for entry in entries if not is_address(entry))
        return (*folders, *roots_among(entries))


def engine_of(config: ConfigSource) -> tuple[Choice, list[Problem]]:
    """The engine that factcheck.yaml names, and what is wrong with it."""
    spec = engine_spec(config.config.engine)
    if spec.kind != "postgresql":
        return Choice(spec.kind, spec.address, spec.settings), []
    address, complaint = named_connection(spec.address or "", config.config.connections)
    place = config.place("engine", "postgresql")
    wrong = [] if complaint is None else [Problem(complaint.message, place, complaint.hint, complaint.severity)]
    return Choice("postgresql", address), wrong


def _wrong_roots(config: ConfigSource) -> list[Problem]:
    """Stores among the roots that are written so that they open nothing."""
    problems = []
    for position, entry in enumerate(config.config.evidence_roots):
        try:
            if is_address(entry) and is_ours(entry):
                root_of(entry)
        except LookupError as error:
            place = config.place("evidence_roots", position) or config.place("evidence_roots")
            problems.append(Problem(str(error.args[0]), place, "write for example s3://bucket/posts/"))
    return problems


def find_root(start: Path) -> Path:
    """The nearest folder upward with factcheck.yaml, claims/ or evidence/."""
    if (found := project_above(start)) is not None:
        return found
    raise SpecError(
        Problem(
            f"{start.resolve()} is in no project: neither it nor a folder above it has factcheck.yaml, claims/ or "
            "evidence/",
            hint=_beginning(start),
        )
    )


def _beginning(folder: Path) -> str:
    """What to do in a folder that is in no project: with the tables that lie in it, if there are any."""
    from factcheck.evidence.formats.tables import tables_in

    tables = [path.name for path in tables_in(folder, deep=False)]
    if not tables:
        return "make one with `factcheck init`, or name it with --project"
    shown = ", ".join(tables[:_TABLES]) + (", …" if len(tables) > _TABLES else "")
    return (
        f"to begin one with {shown}: make the folders evidence and claims here, move the data into evidence, and run "
        "`factcheck data`; for an example, run `factcheck init demo`"
    )


def open_project(root: Path, paths: Iterable[Path] = (), frames: Collection[str] = ()) -> Project:
    """Reads the configuration, the claims of `paths` (default: claims/) and every manifest under evidence/.

    `frames` names the datasets that are handed over in memory: their manifests need no files.
    """
    config, problems = read_config(root)
    wanted = list(paths) or [root / "claims"]
    if not paths and not (root / "claims").is_dir():
        problems = [*problems, Problem(f"{root} has no claims/ folder", hint="name the claim files, or add claims/")]
        wanted = []
    claims, wrong_claims = read_claims(wanted, root, config.defaults)
    evidence = [root / "evidence"] if (root / "evidence").is_dir() else []
    engine, wrong_engine = engine_of(config)
    manifests, wrong_manifests = read_manifests(
        evidence, root, frames=frames, connections=config.config.connections, engine=engine
    )
    problems = [*problems, *wrong_engine, *_wrong_roots(config)]
    return Project(root, config, tuple(claims), manifests, (*problems, *wrong_claims, *wrong_manifests))


def open_evidence(root: Path) -> Project:
    """The configuration and the manifests alone; raises SpecError where they have errors."""
    config, problems = read_config(root)
    evidence = [root / "evidence"] if (root / "evidence").is_dir() else []
    engine, wrong_engine = engine_of(config)
    manifests, wrong = read_manifests(evidence, root, connections=config.config.connections, engine=engine)
    found = (*problems, *wrong_engine, *_wrong_roots(config), *wrong)
    if any(problem.severity == "error" for problem in found):
        raise SpecError(found)
    return Project(root, config, (), manifests, found)


def selected(claims: Iterable[ClaimSource], expression: str | None) -> list[ClaimSource]:
    """The claims that a `--select` expression names: ids with globs, tag:x, dataset:y, file:z; a comma means or.

    `outcome:x` can only be told after the check and is applied by the pipeline.
    """
    chosen = list(claims)
    if not expression:
        return chosen
    terms = [term.strip() for term in expression.split(",") if term.strip()]
    early = [term for term in terms if not term.startswith("outcome:")]
    for term in early:
        if ":" in term and term.split(":", 1)[0] not in SELECTORS:
            known = ", ".join(f"{name}:…" for name in SELECTORS)
            hint = did_you_mean(term.split(":", 1)[0], SELECTORS) or f"write an id (with * and ?), or {known}"
            raise SpecError(Problem(f"cannot select by '{term}'", hint=hint))
    if wrong := [_no_outcome(term) for term in terms if term not in early and term[8:] not in OUTCOMES]:
        raise SpecError(wrong)
    # A term that names nothing is misspelt; leaving it out quietly would leave out a claim.
    if lost := [_lost(term, chosen) for term in early if chosen and not any(_matches(c, term) for c in chosen)]:
        raise SpecError(lost)
    if len(early) < len(terms):
        return chosen  # any of them may turn out to have the outcome
    return [claim for claim in chosen if named(claim, expression)]


def named(claim: ClaimSource, expression: str) -> bool:
    """Whether a term other than `outcome:x` names the claim."""
    terms = [term.strip() for term in expression.split(",") if term.strip()]
    return any(_matches(claim, term) for term in terms if not term.startswith("outcome:"))


def _no_outcome(term: str) -> Problem:
    name = term.removeprefix("outcome:")
    hint = did_you_mean(name, OUTCOMES) or f"outcomes: {', '.join(OUTCOMES)}"
    return Problem(f"'{name}' is no outcome", hint=hint)


def _lost(term: str, claims: Iterable[ClaimSource]) -> Problem:
    key, _, value = term.partition(":")
    if not value:
        return Problem(f"no claim matches '{term}'", hint=did_you_mean(term, [claim.id for claim in claims]))
    there = {
        "tag": {tag for claim in claims for tag in claim.tags},
        "file": {claim.file for claim in claims},
        "dataset": {name for claim in claims for name in _datasets(claim)},
    }[key]
    hint = did_you_mean(value, sorted(there)) or f"there is {', '.join(sorted(there)) or 'none'}"
    return Problem(f"no claim matches '{term}'", hint=hint)


def _datasets(claim: ClaimSource) -> set[str]:
    names = {part.claim.dataset for part in (claim, *claim.parts)}
    return {str(name) for name in names if name is not None}


def _matches(claim: ClaimSource, term: str) -> bool:
    key, _, value = term.partition(":")
    if key == "tag" and value:
        return any(fnmatchcase(tag, value) for tag in claim.tags)
    if key == "file" and value:
        return fnmatchcase(claim.file, value)
    if key == "dataset" and value:
        return any(fnmatchcase(name, value) for name in _datasets(claim))
    return fnmatchcase(claim.id, term)

"""Sets of labels: what a claim names against what the evidence holds for certain, and may hold."""

from __future__ import annotations

from factcheck.measures.measurement import Members
from factcheck.verdicts.verdict import Finding, Outcome

ENOUGH = 4  # with at least this many elements, one missing and one extra is still close


def compare_sets(claimed: tuple[str, ...], mode: str, found: Members) -> Finding:
    """Supported when equal (or when includes or excludes hold), close when one element of many is off."""
    named = frozenset(claimed)
    if mode == "excludes":
        return _excludes(named, found)
    if mode == "includes":
        return _includes(named, found)
    return _equal(named, found)


def _excludes(named: frozenset[str], found: Members) -> Finding:
    if named & found.certain:
        return Finding(Outcome.REFUTED, surplus=tuple(sorted(named & found.certain)))
    unsure = found.open or (named & found.possible and not found.tie)
    return Finding(Outcome.INCONCLUSIVE) if unsure else Finding(Outcome.SUPPORTED)


def _includes(named: frozenset[str], found: Members) -> Finding:
    reachable = found.possible if found.tie else found.certain
    fits = found.size is None or len(named | found.certain) <= found.size or not found.tie
    if named <= reachable and fits:
        return Finding(Outcome.SUPPORTED)
    if found.open:
        return Finding(Outcome.INCONCLUSIVE)
    lacking = tuple(sorted(named - found.possible))
    if not lacking:
        return Finding(Outcome.INCONCLUSIVE)
    near = len(lacking) == 1 and len(named) >= ENOUGH and named - set(lacking) <= reachable
    return Finding(Outcome.CLOSE if near else Outcome.REFUTED, leaning="against" if near else None, lacking=lacking)


def _equal(named: frozenset[str], found: Members) -> Finding:
    if found.tie and found.certain <= named <= found.possible and len(named) == found.size:
        return Finding(Outcome.SUPPORTED)
    if found.certain == found.possible == named and not found.open:
        return Finding(Outcome.SUPPORTED)
    truth = _nearest(named, found)
    lacking = tuple(sorted(named - truth)) if not found.open else ()
    surplus = tuple(sorted(truth - named if _settled(found) else found.certain - named))
    if not lacking and not surplus:
        return Finding(Outcome.INCONCLUSIVE)
    near = len(lacking) <= 1 and len(surplus) <= 1 and len(named) >= ENOUGH
    if near and not _settled(found):
        return Finding(Outcome.INCONCLUSIVE)
    if near:
        return Finding(Outcome.CLOSE, leaning="against", lacking=lacking, surplus=surplus)
    return Finding(Outcome.REFUTED, lacking=lacking, surplus=surplus)


def _settled(found: Members) -> bool:
    return found.tie or (found.certain == found.possible and not found.open)


def _nearest(named: frozenset[str], found: Members) -> frozenset[str]:
    """Of the sets that the evidence allows, one nearest to the claim."""
    if not found.tie or found.size is None:
        return found.possible
    wanted = found.size - len(found.certain)
    level = sorted(found.possible - found.certain, key=lambda name: (name not in named, name))
    return found.certain | frozenset(level[:wanted])

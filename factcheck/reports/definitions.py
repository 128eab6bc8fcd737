"""Which of several honest definitions a figure rests on, and what the others would have given."""

from __future__ import annotations

from factcheck.measures.measurement import Definition, Measurement
from factcheck.reports.amounts import value_text
from factcheck.reports.telling import inert
from factcheck.reports.words import listed, say, sentences
from factcheck.verdicts.verdict import Verdict

_COUNTING = ("count", "of")  # companions that say what is counted


def used(verdict: Verdict) -> tuple[str, ...]:
    """A sentence for every definition that the figure rests on."""
    found = [one.measurement for one in (verdict.checks or (verdict,)) if one.measurement is not None]
    return tuple(dict.fromkeys(meaning(one.key, one.used) for part in found for one in part.definitions))


def meaning(key: str, choice: str) -> str:
    """What a choice means, by its code; without words of its own, the choice as it is written."""
    kind, _, name = choice.partition(" ")
    code = f"definition-{key}-{choice}".replace(" ", "-")
    told = say(code) if code in sentences() else ""
    if key in _COUNTING and kind == "distinct":
        told = say("definition-distinct", name=inert(name))
    elif key in _COUNTING and choice == "rows":
        told = say("definition-rows")
    written = say("definition-written", key=inert(key), choice=inert(choice))
    return f"{told} ({written})" if told else written


def others(verdict: Verdict) -> tuple[str, ...]:
    """What each definition is, and what the figure would be with another."""
    found = verdict.measurement
    return () if found is None else tuple(_compared(one, found, verdict) for one in found.definitions)


def _compared(one: Definition, found: Measurement, verdict: Verdict) -> str:
    told = [
        say("definition-other", choice=inert(choice), value=inert(value_text(value, found, verdict.claimed)))
        for choice, value in one.others
    ]
    base = meaning(one.key, one.used)
    return f"{base}. {say('definition-others', others=listed(told))}" if told else f"{base}."

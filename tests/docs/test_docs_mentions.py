"""Whatever the program knows is in the manual: a new kind, function, field, option or note needs its words there."""

from __future__ import annotations

import re

import manual
import pytest
from generated import commands, fields, measures, results, statistics
from generated.figures import HEDGES

import factcheck
from factcheck.claims.config import Limits, ProjectConfig, Publisher
from factcheck.claims.figures.vocabulary import Hedge
from factcheck.claims.models import Appearance, Check, Claim, ClaimFile, Review
from factcheck.cli import main
from factcheck.evidence.expressions import functions
from factcheck.evidence.formats import EXPORTS, FORMATS
from factcheck.evidence.ingest.notices import SENTENCES
from factcheck.evidence.manifest_models import CollectedSpec, ColumnSpec, DatasetManifest, Origin, ReadOptions
from factcheck.measures import KINDS
from factcheck.reports import FORMS, RESULTS
from factcheck.reports.thresholds import concern
from factcheck.verdicts.confidence import default_table
from factcheck.verdicts.notes import sentences
from factcheck.verdicts.ratings import shipped
from factcheck.verdicts.rules import RATED
from factcheck.verdicts.verdict import Outcome


def named(page: str) -> str:
    return manual.text_of(page)


@pytest.mark.parametrize("model", [Claim, Check, ClaimFile, Appearance, Review, ProjectConfig, Publisher, Limits])
def test_fields_of_claims(model: type) -> None:
    for name in fields.names(model):
        assert f"`{name}`" in named("claims.md"), name


@pytest.mark.parametrize("model", [DatasetManifest, ColumnSpec, CollectedSpec, Origin, ReadOptions])
def test_fields_of_manifests(model: type) -> None:
    for name in fields.names(model):
        assert f"| `{name}` |" in named("evidence.md"), name


def test_every_field_has_words_and_an_example() -> None:
    for model in (
        Claim,
        ClaimFile,
        Appearance,
        Review,
        DatasetManifest,
        ColumnSpec,
        CollectedSpec,
        Origin,
        ReadOptions,
    ):
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"
            assert field.examples, f"{model.__name__}.{name}"


def test_kinds_and_their_companions() -> None:
    text = named("measures.md")
    for kind, form in KINDS.items():
        assert f"\n## {kind}\n" in text
        section = text.split(f"\n## {kind}\n")[1].split("\n## ")[0]
        assert "Example: `measure: {" in section, kind
        for name, field in form.model_fields.items():
            assert f"| `{field.alias or name}` |" in section, f"{kind}: {name}"
    assert set(measures.DEPENDS) == {kind for kind, form in KINDS.items() if form.reads is None}


def test_functions() -> None:
    for name, doc in functions().items():
        assert f"| `{doc.form}` |".replace("||", r"\|\|") in named("functions.md"), name


def test_note_codes() -> None:
    for code in sentences():
        assert f"| `{code}` |" in named("verdicts.md"), code
    for code in SENTENCES:
        assert f"| `{code}` |" in named("evidence.md"), code


def test_thresholds_of_confidence() -> None:
    for domain, keys in default_table().items():
        for key, steps in keys.items():
            told = [concern(domain, key, limit) for limit in steps.values()]
            assert all(words in named("verdicts.md") for words in told), (domain, key)


def test_commands_and_options() -> None:
    text = named("commands.md")
    for name in commands.names():
        assert f"\n### {name}\n" in text
        section = text.split(f"\n### {name}\n")[1].split("\n### ")[0]
        for option in commands.options(main.commands[name]):
            assert option in section, f"{name} {option}"
    for option in commands.options(main):
        assert option in text


def test_outcomes() -> None:
    for outcome in Outcome:
        assert f"`{outcome.value}`" in named("commands.md")
        assert outcome.value in named("verdicts.md")


def test_exit_codes() -> None:
    from factcheck import cli
    from factcheck.leaving import STOPPED

    found = set(re.findall(r"^\| (\d+) \|", named("commands.md"), re.MULTILINE))
    assert found == {str(code) for code in (cli.OK, cli.CHANGED, cli.WRONG, cli.FAILED, STOPPED)}
    assert set(commands.EXITS) == {cli.OK, cli.CHANGED, cli.WRONG, cli.FAILED, STOPPED}


def test_formats() -> None:
    assert set(fields.FORMAT_WORDS) == set(FORMATS)
    for name in EXPORTS:
        assert f"\n### {name}\n" in named("evidence.md"), name


def test_forms_of_reports_and_results() -> None:
    for command, forms in (("report", FORMS), ("check", RESULTS)):
        for name in forms:
            assert f"| `{command} --format {name}` |" in named("reports.md"), name


def test_scales() -> None:
    for name, scale in shipped().items():
        section = named("verdicts.md").split(f"\n**`{name}`**")[1].split("\n**`")[0]
        for outcome in RATED:
            for rule in scale.rules[outcome.value]:
                assert f"| {rule.label} |" in section, (name, rule.label)


def test_hedges() -> None:
    assert set(HEDGES) == set(Hedge)


def test_public_names() -> None:
    for name in factcheck.__all__:
        assert f"`factcheck.{name}" in named("commands.md"), name


def test_keys_of_the_results() -> None:
    found = results.run()
    assert set(results.RUN_KEYS) == set(found)
    for claim in found["claims"]:
        assert set(results.CLAIM_KEYS) == set(claim)


def test_statistics() -> None:
    """Every module with intervals has its section; helpers have none."""
    import pkgutil

    import factcheck.stats

    helpers = {"checks", "histogram", "search", "units", "group_pairs"}
    assert {module.name for module in pkgutil.iter_modules(factcheck.stats.__path__)} - helpers == set(
        statistics.MODULES
    )

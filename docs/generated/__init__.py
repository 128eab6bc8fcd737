"""The parts of the manual that are made from the program itself, by the name that stands in the page."""

from __future__ import annotations

from collections.abc import Callable

from generated import (
    commands,
    exports,
    fields,
    figures,
    forms,
    functions,
    measures,
    results,
    statistics,
    verdicts,
)

PARTS: dict[str, Callable[[], str]] = {
    "claim-fields": fields.claim,
    "check-fields": fields.check,
    "appearance-fields": fields.appearance,
    "review-fields": fields.review,
    "file-fields": fields.claim_file,
    "config-fields": fields.config,
    "publisher-fields": fields.publisher,
    "limits-fields": fields.limits,
    "dataset-fields": fields.dataset,
    "column-fields": fields.column,
    "collected-fields": fields.collected,
    "source-fields": fields.source,
    "read-fields": fields.read,
    "formats": fields.formats,
    "canonical": exports.canonical,
    "exports": exports.sections,
    "notices": fields.notices,
    "figures": figures.examples,
    "hedge-words": figures.words,
    "kinds": measures.overview,
    "measures": measures.pages,
    "helpers": functions.helpers,
    "functions": functions.rest,
    "aggregates": functions.aggregates,
    "commands": commands.pages,
    "exit-codes": commands.exit_codes,
    "report-forms": forms.reports,
    "result-forms": forms.results,
    "json-check": results.check,
    "json-keys": results.keys,
    "json-data": results.data,
    "scales": verdicts.scales,
    "confidence": verdicts.confidence,
    "notes": verdicts.notes,
    "methods": statistics.methods,
    "statistics": statistics.functions,
}

"""The results as JSON with each claim's pictures: their text alternative and their Vega-Lite specification.

It is the object that `check --format json` prints, whose keys are fixed, with one more key in each claim, `pictures`:
a list of {name, title, alt, spec}. A specification holds its data and asks for nothing from elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from factcheck.reports.dossier import Dossier, File, Options, beside
from factcheck.reports.pictures import Picture, pictures
from factcheck.reports.results import as_json, plain
from factcheck.reports.results import text as told

SUFFIX = ".json"


def text(dossier: Dossier, options: Options) -> str:  # noqa: ARG001 (every form is asked alike)
    """The report as one text, the same bytes for the same run."""
    return json.dumps(report(dossier), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def files(dossiers: Sequence[Dossier], options: Options) -> list[File]:
    """Each report as one file."""
    return [File(beside(dossier, SUFFIX), text(dossier, options)) for dossier in dossiers]


def report(dossier: Dossier) -> dict[str, Any]:
    """The contract's object about the claims of a dossier, with their pictures."""
    results = as_json(dossier.run, dossier.verdicts)
    for claim, verdict in zip(results["claims"], dossier.verdicts, strict=True):
        claim["pictures"] = [_picture(picture) for picture in pictures(verdict)]
    return results


def _picture(picture: Picture) -> dict[str, Any]:
    words = {"name": picture.name, "title": picture.title, "alt": picture.alt}
    return {**{key: told(value) for key, value in words.items()}, "spec": plain(picture.spec())}

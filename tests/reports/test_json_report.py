"""The JSON report is the contract's object with the pictures' specifications beside each claim."""

from __future__ import annotations

import json

from factcheck.reports import json_report
from factcheck.reports.dossier import Options, dossiers, whole
from factcheck.reports.pictures import pictures
from factcheck.reports.results import as_json
from factcheck.verdicts.changes import Change
from factcheck.verdicts.verdict import Outcome

from . import circumstances, gallery, kinds
from .build import STARTED, FakeRun
from .hostile import hostile

RUN = FakeRun((gallery.beach(), kinds.shares(), kinds.rank(), circumstances.variants_differ(), gallery.failed(), hostile()))


def test_without_the_pictures_it_is_the_object_of_the_contract() -> None:
    report = json.loads(json_report.text(whole(RUN, Options()), Options()))
    shown = [claim.pop("pictures") for claim in report["claims"]]
    assert report == json.loads(json.dumps(as_json(RUN)))
    assert [[one["name"] for one in pictures] for pictures in shown][:4] == [
        ["scale"], ["composition"], ["ranking"], ["scale", "choices"],
    ]  # fmt: skip


def test_every_specification_is_whole_and_valid() -> None:
    import altair as alt

    report = json.loads(json_report.text(whole(RUN, Options()), Options()))
    specs = {one["name"]: one["spec"] for claim in report["claims"] for one in claim["pictures"]}
    assert len(specs) >= 4
    for spec in specs.values():  # one of each kind: those of every picture are held in pictures/test_svg.py
        alt.Chart.from_dict(spec, validate=True)


def test_a_picture_has_its_name_title_text_and_specification() -> None:
    (claim, *_) = json_report.report(whole(RUN, Options()))["claims"]
    (picture,) = pictures(gallery.beach())
    assert claim["pictures"] == [
        {"name": "scale", "title": picture.title, "alt": picture.alt, "spec": json.loads(json.dumps(picture.spec()))}
    ]


def test_one_claim_alone_leaves_out_the_changes_of_others() -> None:
    changes = (Change("beach", Outcome.SUPPORTED, Outcome.REFUTED, STARTED), Change("parties", Outcome.CLOSE, Outcome.REFUTED, STARTED),
               Change("gone", Outcome.CLOSE, None, STARTED))  # fmt: skip
    run = FakeRun(RUN.verdicts, changed=changes)
    (about,) = dossiers(run, Options(single="beach"))
    report = json_report.report(about)
    assert [claim["id"] for claim in report["claims"]] == ["beach"]
    assert sum(report["summary"].values()) == 1
    assert [change["id"] for change in report["changed"]] == ["beach", "gone"]
    assert [change["id"] for change in json_report.report(whole(run, Options()))["changed"]] == ["beach", "parties", "gone"]


def test_the_file_lies_where_the_claims_lie() -> None:
    (file,) = json_report.files(dossiers(RUN, Options()), Options())
    assert str(file.path) == "examples.json"

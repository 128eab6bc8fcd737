"""A claim whose every text tries to break out of the report."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from factcheck.claims.figures import Quantity
from factcheck.measures.measurement import Bar, Measurement, Members
from factcheck.verdicts.verdict import Finding, Outcome, Verdict

from .build import claim, note, posts, share, verdict

HOSTILE = (
    "]( javascript:alert(1) ) <script>alert(1)</script> | a | b |\n\n# head\n- list\n1. one\n```\nfence\n``` "
    "`code` *bold* _under_ ~~gone~~ $x$ &lt; \u202eevil\u2066 \x1b[31mred\x00 http://example.org/ www.example.org "
    "{{ 7 * 7 }} {% raw %} ![img](http://example.org/x.png) <!-- --> </details> {\u0023id} \u200b\ufeff end\\"
)


def hostile() -> Verdict:
    """Every text that a claim file, a manifest or data can bring into a report, at its worst."""
    spec = claim(
        "hostile",
        HOSTILE,
        quote=f"quote {HOSTILE}",
        claimant=HOSTILE,
        appearance=[
            {"publisher": HOSTILE, "title": HOSTILE, "url": "javascript:alert(1)", "archived": "https://a@example.org/"},
            {"publisher": "x", "title": "t](u)", "url": "https://example.org/a b_(c)|d?e=<f>&g=\"h\"`i`"},
        ],
        where=f"text = '{HOSTILE}'",
        measure={"share": f"text = '{HOSTILE}'"},
        claimed="64%",
        params={"p": HOSTILE},
        vary={"p": [HOSTILE, "x"]},
        alternatives=[HOSTILE, "`unpaired", "two `paired` ones"],
        notes=[HOSTILE],
        response=HOSTILE,
        review={"by": HOSTILE, "date": "2018-06-01", "note": HOSTILE},
    )
    data = posts(
        title=HOSTILE,
        unit="post",
        represents=HOSTILE,
        caveats=(HOSTILE,),
        source_title=HOSTILE,
        source_url="data:text/html,x",
        licence=HOSTILE,
        synthetic=True,
    )
    base = verdict(
        spec,
        Outcome.REFUTED,
        share(1, 10, queries=(f"SELECT '{HOSTILE}'",)),
        finding={"direction": "overstated", "factor": Fraction(6), "gap": Fraction(1, 2)},
        datasets=(data,),
        words=f"the share of posts where text = '{HOSTILE}'",
        confidence="low",
        rating=HOSTILE,
        notes=(
            note("column-caveat", "indirectness", -1, column=HOSTILE, caveat=HOSTILE),
            note("dropped", "collection", rows=1, rule=HOSTILE),
        ),
    )
    label = Measurement(
        Quantity.LABEL,
        HOSTILE,
        Members(frozenset({HOSTILE}), frozenset({HOSTILE}), 1),
        n=10,
        facts={"groups": 2, "size": 1},
        bars=(Bar(HOSTILE, Fraction(6)), Bar("``` x", Fraction(4))),
    )
    other = replace(base, claim=spec.model_copy(update={"measure": {"top": 1, "by": HOSTILE}}), measurement=label)
    return replace(base, variants=(replace(other, params={"p": HOSTILE}, finding=Finding(Outcome.SUPPORTED)),))

"""A verdict and a run as a notebook shows them: a card, and a table with the cards behind it.

What is shown is what the reports say, from the same views. Each output is whole in itself: its styles hold within it
alone, and nothing is run or loaded. It is light or dark as the notebook around it is.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from markupsafe import Markup

from factcheck.reports import sandbox, terminal
from factcheck.reports.dossier import Options, whole
from factcheck.reports.found import found_sentences
from factcheck.reports.headline import headline
from factcheck.reports.html import environment
from factcheck.reports.pictures import theme
from factcheck.reports.pictures.svg import inline
from factcheck.reports.run import Run
from factcheck.reports.view import ClaimView, claim_view, page
from factcheck.reports.words import outcome_words
from factcheck.verdicts.verdict import Verdict

MOST = 25  # cards of one run; beyond, the table alone
_WIDTH = 100  # letters of a line of plain text
_SCOPE = ".factcheck"
# How notebooks say that they are dark: JupyterLab and nbconvert, VS Code, Colab. Around others, and on
# pages that say nothing, the reader's own choice counts.
_DARK = ("[data-jp-theme-light=false]", ".vscode-dark", ".vscode-high-contrast", "[theme=dark]")
_SILENT = ":root:not([theme]):not(:has([data-jp-theme-light],.vscode-light,.vscode-high-contrast-light))"


def of_verdict(verdict: Verdict) -> dict[str, str]:
    """The card of a verdict by its MIME types, as Jupyter asks for it."""
    view = claim_view(1, verdict)
    html = _rendered("verdict.notebook.j2", claim=view, drawn=_drawn(view))
    told = f"{outcome_words(verdict.outcome).symbol} {headline(verdict)}. {' '.join(found_sentences(verdict))}"
    return {"text/html": html, "text/plain": f"{verdict.id}: {told.strip()}"}


def of_run(run: Run) -> dict[str, str]:
    """The table of a run, and its cards where they are few, by their MIME types."""
    view = page(whole(run, Options()), Options())
    cards = view.claims if len(view.claims) <= MOST else ()
    html = _rendered(
        "run.notebook.j2", page=view, cards=cards, pictures={claim.number: _drawn(claim) for claim in cards}
    )
    return {"text/html": html, "text/plain": terminal.render(run, width=_WIDTH, ascii_only=False).rstrip()}


def _rendered(template: str, **values: object) -> str:
    return sandbox.rendered(environment(), template, style=Markup(_style()), **values)


def _drawn(claim: ClaimView) -> list[Markup]:
    """The first picture, which shows what was claimed beside what was found."""
    return [Markup(inline(picture, f"factcheck-{claim.anchor}-{picture.name}")) for picture in claim.pictures[:1]]


@cache
def _style() -> str:
    """The styles within a card or a table: those of the notebook's own file, and of pictures."""
    dark = _declared("dark")
    shipped = files("factcheck.reports").joinpath("templates", "notebook.css").read_text(encoding="utf-8")
    classes = "".join(
        f"{_SCOPE} .fill-{name}{{fill:var(--{name})}}{_SCOPE} .stroke-{name}{{stroke:var(--{name})}}"
        for name in theme.COLOURS
    )
    return (
        f"{_SCOPE}{{{_declared('light')}}}{','.join(f'{told} {_SCOPE}' for told in _DARK)}{{{dark}}}"
        f"@media screen and (prefers-color-scheme:dark){{{_SILENT} {_SCOPE}{{{dark}}}}}{classes}\n{shipped.strip()}"
    )


def _declared(side: str) -> str:
    """The colours of one side, light or dark, of pictures and of outcomes."""
    pictures = "".join(f"--{name}:{getattr(colour, side)};" for name, colour in theme.COLOURS.items())
    return pictures + "".join(f"--{name}:{colour[side == 'dark']};" for name, colour in _OUTCOMES.items())


# Those of the report's page: on white and on black.
_OUTCOMES = {
    "paper": ("#fffdf9", "#16181b"), "box": ("#f4f1ea", "#212529"), "text": ("#1a1a1a", "#f2f2f2"),
    "quiet": ("#55585c", "#b3b8be"), "line": ("#cfcabf", "#454a50"), "link": ("#0b57a4", "#8cc4ff"),
    "supported": ("#17692f", "#6fd38a"), "close": ("#6b5a00", "#e0c64f"), "refuted": ("#a8201a", "#ff938a"),
    "inconclusive": ("#46505e", "#b8c2d0"), "unverifiable": ("#55408a", "#c6b5f5"), "error": ("#86380c", "#f3ad7c"),
}  # fmt: skip

"""The report as HTML: one file with its styles and pictures in it, which asks for nothing from elsewhere.

The templates are those of Markdown's content; every value is escaped on its way out. What may run or be shown is said
in the file's head by a Content-Security-Policy that names the digests of its own style and script.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from factcheck.reports import sandbox
from factcheck.reports.dossier import Dossier, File, Options, beside
from factcheck.reports.escape_html import block, link, prose, visible
from factcheck.reports.pictures.svg import inline
from factcheck.reports.view import ClaimView, PageView, page

SUFFIX = ".html"
_PAGE = "report.html.j2"


def text(dossier: Dossier, options: Options) -> str:
    """The report as one file."""
    return laid_out(page(dossier, options), dossier.run.root)


def files(dossiers: Sequence[Dossier], options: Options) -> list[File]:
    """Each report as one file."""
    return [File(beside(dossier, SUFFIX), text(dossier, options)) for dossier in dossiers]


def laid_out(view: PageView, root: Path | None = None) -> str:
    """The page through its templates."""
    drawn = {claim.number: _drawn(claim) for claim in view.claims}
    return sandbox.rendered(environment(root), _PAGE, page=view, drawn=drawn)


def environment(root: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Templates whose every value is escaped."""
    filters = {"prose": prose, "block": block, "link": link}
    return sandbox.environment(root, filters=filters, finalize=visible, autoescape=True)


def _drawn(claim: ClaimView) -> list[Markup]:
    """The pictures of a claim, as SVG."""
    return [Markup(inline(picture, f"{claim.anchor}-{picture.name}")) for picture in claim.pictures]

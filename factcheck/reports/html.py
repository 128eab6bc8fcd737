"""The report as HTML: one file with its styles and pictures in it, which asks for nothing from elsewhere.

Its content is that of the Markdown report; every value is escaped on its way out. A Content-Security-Policy in the
head forbids whatever the file does not bring: the digests of its style and its script are the only exceptions, so that
not even a text that slipped through could run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files as packaged_files
from pathlib import Path

from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from factcheck.errors import Problem, TemplateError
from factcheck.reports import sandbox
from factcheck.reports.dossier import Dossier, File, Options, beside
from factcheck.reports.escape_html import block, link, prose, visible
from factcheck.reports.pictures import theme
from factcheck.reports.pictures.svg import inline
from factcheck.reports.view import ClaimView, PageView, page

SUFFIX = ".html"
_TEMPLATE = "report.html.j2"
_STYLE, _SCRIPT = "page.css", "page.js"


def text(dossier: Dossier, options: Options) -> str:
    """The report as one file."""
    return _page_of(dossier, options)


def files(dossiers: Sequence[Dossier], options: Options) -> list[File]:
    """Each report as one file, which knows where it will be published."""
    paths = [(dossier, beside(dossier, SUFFIX)) for dossier in dossiers]
    return [File(path, _page_of(dossier, options, options.address(path))) for dossier, path in paths]


def _page_of(dossier: Dossier, options: Options, address: str | None = None) -> str:
    from factcheck.reports import claimreview

    view = replace(page(dossier, options), address=address)
    return laid_out(view, dossier.run.root, claimreview.embedded(dossier, options))


def laid_out(view: PageView, root: Path | None = None, linked_data: str | None = None) -> str:
    """The page through its templates; a project's own `page.css` and `page.js` go before factcheck's.

    linked_data: a ClaimReview in JSON-LD that cannot end its element.
    """
    style = f"{theme.css()}\n{_part(_STYLE, root)}"
    script = _part(_SCRIPT, root)
    return sandbox.rendered(
        environment(root),
        _TEMPLATE,
        page=view,
        drawn={claim.number: _drawn(claim) for claim in view.claims},
        style=Markup(style),
        script=Markup(script),
        policy=policy(style, script),
        linked_data=None if linked_data is None else Markup(linked_data),
    )


def policy(style: str, script: str) -> str:
    """What the page may do: show its own style, run its own script, nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def environment(root: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Templates whose every value is escaped."""
    filters = {"prose": prose, "block": block, "link": link}
    return sandbox.environment(root, filters=filters, finalize=visible, autoescape=True)


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _part(name: str, root: Path | None) -> str:
    """A style or script, in which the end of its element cannot stand; TemplateError where a project's is no text."""
    own = None if root is None else root / sandbox.TEMPLATES / name
    try:
        text = own.read_text(encoding="utf-8") if own is not None and own.is_file() else _shipped(name)
    except (OSError, UnicodeDecodeError) as fault:
        shown = f"{sandbox.TEMPLATES}/{name}"
        raise TemplateError(Problem(f"{shown} cannot be used: {fault}", hint="save it as text in UTF-8")) from fault
    return text.replace("</", "<\\/").strip()


@cache
def _shipped(name: str) -> str:
    return packaged_files("factcheck.reports").joinpath("templates", name).read_text(encoding="utf-8")


def _drawn(claim: ClaimView) -> list[Markup]:
    """The pictures of a claim, as SVG."""
    return [Markup(inline(picture, f"{claim.anchor}-{picture.name}")) for picture in claim.pictures]

"""Templates in a sandbox: they see texts only, a missing name is an error, and a fault is told with its place.

A project's own templates, in its folder `templates/`, go before factcheck's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from factcheck.errors import Place, Problem, SpecError
from factcheck.reports.words import say

TEMPLATES = "templates"  # a project's own, beside its claims


def environment(
    root: Path | None,
    *,
    filters: Mapping[str, Any],
    finalize: Callable[[object], Any],
    autoescape: bool = False,
) -> ImmutableSandboxedEnvironment:
    """An environment in which every value goes through `finalize` on its way out."""
    env = ImmutableSandboxedEnvironment(
        loader=_loader(root),
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=autoescape,
    )
    env.filters |= filters
    env.globals = {"words": say}
    return env


def rendered(env: ImmutableSandboxedEnvironment, template: str, **values: Any) -> str:
    """A template filled in; SpecError with the place where a project's own template is at fault."""
    try:
        return env.get_template(template).render(**values)
    except TemplateSyntaxError as fault:
        raise SpecError(_fault(fault, fault.lineno, fault.filename or fault.name or template)) from fault
    except (TemplateError, SecurityError) as fault:
        raise SpecError(_fault(fault, *_spot(fault, template))) from fault


def _loader(root: Path | None) -> BaseLoader:
    shipped = PackageLoader("factcheck.reports", "templates")
    own = None if root is None else root / TEMPLATES
    if own is None or not own.is_dir():
        return shipped
    return ChoiceLoader([FileSystemLoader(own), shipped])


def _fault(fault: Exception, line: int, file: str) -> Problem:
    return Problem(f"this template cannot be used: {fault}", Place(file, line, 1))


def _spot(fault: Exception, template: str) -> tuple[int, str]:
    """Where in a template a fault arose, from the innermost frame of a template."""
    spot = (1, template)
    trace = fault.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            spot = (trace.tb_lineno, name)
        trace = trace.tb_next
    return spot

"""Templates in a sandbox: they see texts only, a missing name is an error, and a fault is told with its place.

A project's own templates, in its folder `templates/`, go before factcheck's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2 import TemplateError as JinjaError
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from factcheck.errors import Place, Problem, TemplateError
from factcheck.reports.words import say

TEMPLATES = "templates"  # a project's own, beside its claims
_SHIPPED = Path(__file__).parent / TEMPLATES


class _Sandbox(ImmutableSandboxedEnvironment):
    """Besides what the sandbox forbids: a multiplication whose result would fill the memory."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not all(isinstance(one, (int, float)) for one in (left, right)):
            raise SecurityError(f"a template cannot use {operator} here")
        return super().call_binop(context, operator, left, right)


class _Compiled(BytecodeCache):
    """What templates were compiled to in this process, by their files and texts: a run may write hundreds of pages."""

    def __init__(self, kept: dict[tuple[str, str], CodeType]) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


# By what a value goes through: constants of a template go through it while it is compiled.
_COMPILED: defaultdict[tuple[Callable[[object], Any], bool], dict[tuple[str, str], CodeType]] = defaultdict(dict)


def environment(
    root: Path | None,
    *,
    filters: Mapping[str, Any],
    finalize: Callable[[object], Any],
    autoescape: bool = False,
) -> ImmutableSandboxedEnvironment:
    """An environment in which every value goes through `finalize` on its way out."""
    env = _Sandbox(
        loader=_loader(root),
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=autoescape,
        bytecode_cache=_Compiled(_COMPILED[finalize, autoescape]),
    )
    env.filters |= filters
    env.globals = {"words": say}
    return env


def rendered(env: ImmutableSandboxedEnvironment, template: str, **values: Any) -> str:
    """A template filled in; TemplateError with the place where a project's own template is at fault."""
    try:
        return env.get_template(template).render(**values)
    except TemplateSyntaxError as fault:
        raise TemplateError(_fault(fault, fault.lineno, fault.filename or fault.name or template)) from fault
    except Exception as fault:
        line, file = _spot(fault, template)
        theirs = isinstance(fault, JinjaError | UnicodeDecodeError)
        if not theirs and (file == template or Path(file).is_relative_to(_SHIPPED)):
            raise  # a fault of factcheck's own
        raise TemplateError(_fault(fault, line, file)) from fault


def _loader(root: Path | None) -> BaseLoader:
    shipped = PackageLoader("factcheck.reports", "templates")
    own = None if root is None else root / TEMPLATES
    if own is None or not own.is_dir():
        return shipped
    return ChoiceLoader([FileSystemLoader(own), shipped])


def _fault(fault: Exception, line: int, file: str) -> Problem:
    """The fault with its place; the column is that of the first name in the line that the fault speaks of."""
    path = Path(file)
    try:
        excerpt = path.read_text(encoding="utf-8").splitlines()[line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        excerpt = ""
    names = [name for name in re.findall(r"'([\w.]+)'", str(fault)) if name in excerpt]
    start = min(map(excerpt.find, names), default=len(excerpt) - len(excerpt.lstrip()))
    length = len(names[0]) if names else len(excerpt.strip())
    shown = f"{TEMPLATES}/{path.name}" if path.parent.name == TEMPLATES else file
    kind = "" if isinstance(fault, JinjaError) else f"{type(fault).__name__}: "
    return Problem(f"this template cannot be used: {kind}{fault}", Place(shown, line, start + 1, length, excerpt))


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

"""What is wrong with a manifest, told first by where in the manifest and then as a Problem with its place."""

from __future__ import annotations

from factcheck.errors import FactcheckError, Place, Problem
from factcheck.evidence.expressions import ExpressionError
from factcheck.evidence.manifest import ManifestSource


class ManifestFault(FactcheckError):
    """A manifest says something that cannot be. `path` leads to it; `offset` counts in its text."""

    def __init__(
        self,
        message: str,
        *path: str | int,
        hint: str = "",
        key: bool = False,
        offset: int | None = None,
        length: int = 1,
    ) -> None:
        self.message, self.path, self.hint, self.key = message, path, hint, key
        self.offset, self.length = offset, length
        super().__init__(message)

    def problem(self, source: ManifestSource | None) -> Problem:
        """The fault with its place; without one where the dataset has no manifest."""
        return Problem(self.message, self._place(source) if source else None, self.hint)

    def _place(self, source: ManifestSource) -> Place:
        if self.key:
            return source.key_place(*self.path)
        if self.offset is not None:
            return source.place(*self.path, offset=self.offset, length=self.length)
        return source.place(*self.path)


def in_expression(error: ExpressionError, *path: str | int) -> ManifestFault:
    """An expression of a manifest that cannot be read."""
    return ManifestFault(error.message, *path, hint=error.hint, offset=error.offset, length=error.length)

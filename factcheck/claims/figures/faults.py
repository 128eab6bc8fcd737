"""The one error that reading a figure raises."""

from __future__ import annotations

from factcheck.errors import FactcheckError


class FigureError(FactcheckError):
    """A figure that cannot be read.

    `offset` and `length` mark the offending characters inside the text, `path` leads to that text in
    a list or mapping (`("low",)`, `("labour",)`, `(2,)`), `examples` are forms that can be read. `field`
    is the field of the claim that holds the text: claimed, tolerance or near.
    """

    def __init__(
        self,
        message: str,
        offset: int = 0,
        length: int = 1,
        examples: tuple[str, ...] = (),
        path: tuple[str | int, ...] = (),
        field: str = "claimed",
    ) -> None:
        self.message = message
        self.offset = offset
        self.length = length
        self.examples = examples
        self.path = path
        self.field = field
        super().__init__(f"{message} … {self.hint}" if examples else message)

    @property
    def hint(self) -> str:
        """The examples as advice: `write 64%, about 64%, or {low: 60%, high: 70%}`."""
        if len(self.examples) < 2:
            return "".join(f"write {example}" for example in self.examples)
        if len(self.examples) == 2:
            return f"write {self.examples[0]} or {self.examples[1]}"
        return f"write {', '.join(self.examples[:-1])}, or {self.examples[-1]}"

    def under(self, step: str | int) -> FigureError:
        """The same error, seen from the list or mapping that holds the text."""
        return FigureError(self.message, self.offset, self.length, self.examples, (step, *self.path), self.field)

    def within(self, field: str) -> FigureError:
        """The same error, said of another field than `claimed`."""
        return FigureError(self.message, self.offset, self.length, self.examples, self.path, field)


def quoted(text: str, limit: int = 60) -> str:
    """The text in quotes, cut where an error message would drown in it."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return f"'{shown}'" if len(shown) <= limit else f"'{shown[: limit - 1]}…'"

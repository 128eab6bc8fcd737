"""A place in the tokens of a figure, and the errors that point at it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NoReturn, TypeVar

from factcheck.claims.figures.faults import FigureError, quoted
from factcheck.claims.figures.quantity import EXAMPLES, NAMES, Quantity
from factcheck.claims.figures.scan import MAX_TEXT, Digits, ScanError, Token, digits, normalise, tokens
from factcheck.claims.figures.vocabulary import Lexicon, Phrase

V = TypeVar("V")


@dataclass
class Cursor:
    """Reads the tokens of one text from left to right."""

    text: str
    quantity: Quantity
    at: int = 0
    and_joins: bool = True  # not between X and Y, where `and` parts two numbers
    normal: str = field(init=False)
    tokens: list[Token] = field(init=False)

    def __post_init__(self) -> None:
        if len(self.text) > MAX_TEXT:
            self.fail(f"a figure of more than {MAX_TEXT} characters is not read", 0, len(self.text))
        self.normal = normalise(self.text)
        try:
            self.tokens = tokens(self.normal)
        except ScanError as fault:
            self.fail(fault.message, fault.start, fault.end)

    def fail(self, why: str, start: int, end: int, instead: tuple[str, ...] = ()) -> NoReturn:
        """Refuse the text because of the characters from `start` up to `end`."""
        part = self.text[start:end].strip()
        where = f"at {quoted(part)}, " if part and part != self.text.strip() else ""
        message = f"cannot read {quoted(self.text)} as {NAMES[self.quantity]}: {where}{why}"
        raise FigureError(message, start, max(1, end - start), instead or EXAMPLES[self.quantity])

    def fail_here(self, why: str, instead: tuple[str, ...] = ()) -> NoReturn:
        token = self.peek()
        if token is None:
            self.fail(why, 0, len(self.text), instead)
        self.fail(why, token.start, token.end, instead)

    @property
    def done(self) -> bool:
        return self.at >= len(self.tokens)

    @property
    def offset(self) -> int:
        """Where the next token starts in the text."""
        return len(self.text) if self.done else self.tokens[self.at].start

    @property
    def end(self) -> int:
        """Where the last token read ends in the text."""
        return self.tokens[self.at - 1].end if self.at else 0

    def peek(self, ahead: int = 0) -> Token | None:
        index = self.at + ahead
        return self.tokens[index] if index < len(self.tokens) else None

    def word(self, ahead: int = 0) -> str:
        """The text of a token; empty behind the last one."""
        token = self.peek(ahead)
        return token.text if token else ""

    def next_in(self, words: Collection[str], ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token is not None and token.text in words

    def take(self, *words: str) -> bool:
        """Step over these tokens if they come next."""
        if self.ahead(words):
            self.at += len(words)
            return True
        return False

    def ahead(self, words: Phrase) -> bool:
        return bool(words) and all(self.word(i) == word for i, word in enumerate(words))

    def longest(self, lexicon: Lexicon[V]) -> Phrase:
        """The longest phrase of the lexicon that comes next; empty if none does."""
        candidates = lexicon.starting(self.word())
        return next((phrase for phrase in candidates if self.ahead(phrase)), ())

    def digits(self, token: Token) -> Digits:
        try:
            return digits(token)
        except ScanError as fault:
            self.fail(fault.message, fault.start, fault.end, tuple(self._mended(token, fault.instead)))

    def _mended(self, token: Token, instead: tuple[str, ...]) -> Iterator[str]:
        """The whole text with another spelling of one number; a count has no decimals but before a multiplier."""
        for better in instead:
            if self.quantity is Quantity.COUNT and token is self.tokens[-1]:
                better = f"{int(re.sub('[^0-9]', '', better)):,}"
            yield f"{self.text[: token.start]}{better}{self.text[token.end :]}".strip()

    def slice(self, start: int, end: int) -> str:
        """The text as it was written, runs of spaces drawn together."""
        return " ".join(self.text[start:end].split())

"""What the YAML parser stumbled over, in plain words, with what to write instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yaml.error import MarkedYAMLError

from factcheck.errors import Problem
from factcheck.text.nodes import Scalar, Source

SWALLOWED = re.compile(r"[ \t]+#(?=\w)")  # a space, # and a letter: the rest of the line would be a comment
_NO_SPACE = re.compile(r"\s*(?:- +)*([\w-]+):(?=[^\s:/])")
_KEY = re.compile(r"[a-z_]+: ")
_TO_BRACKET = re.compile(r"[^,{}\[\]\r\n]*")


@dataclass(frozen=True)
class Trouble:
    """A parser's error: where it began (`start`) and where it was noticed (`at`); `last` is the scalar before."""

    source: Source
    words: str
    start: int
    at: int
    last: Scalar | None

    @property
    def character(self) -> str:
        return self.source.text[self.at : self.at + 1]

    @property
    def in_quotes(self) -> bool:
        """True where the last value ended with a quote, and more text follows it on its line."""
        last = self.last
        return last is not None and last.style in ("'", '"') and not self.source.text[last.end : self.at].strip(" \t")


def quoted(text: str) -> str:
    """`text` as a YAML value in quotes."""
    text = " ".join(text.split())
    if "'" not in text:
        return f"'{text}'"
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def quote_this(source: Source, start: int, end: int | None = None) -> str:
    """The hint that shows the rest of the line in quotes, or up to the comma or bracket after `end`."""
    if end is not None and (more := _TO_BRACKET.match(source.text, end)):
        end = more.end()
    rest = source.text[start : source.line_end(start) if end is None else end]
    return f"quote this: {quoted(rest)}" if rest.strip() and len(rest) <= 200 else "quote this"


def explain(error: MarkedYAMLError, source: Source, last: Scalar | None) -> Problem:
    """The problem behind an error of the YAML parser."""
    at = min(error.problem_mark.index if error.problem_mark else 0, len(source.text))
    start = error.context_mark.index if error.context_mark else at
    trouble = Trouble(source, f"{error.context or ''}: {error.problem or ''}", start, at, last)
    for words, tell in _COMPLAINTS:
        if words in trouble.words:
            return tell(trouble)
    return Problem(f"this cannot be read as YAML ({error.problem})", source.place(at))


def _colon(t: Trouble) -> Problem:
    last = t.last
    if last is None or last.style or t.source.line_of(last.start) != t.source.line_of(t.at):
        if last is not None and (problem := _missing_space(t.source, last.start)):
            return problem
        hint = "check the indentation here and above; a value that holds ': ' needs quotes"
        return Problem("a key is not expected here", t.source.place(t.source.line_start(t.at), t.at), hint)
    hint = quote_this(t.source, last.start)
    rest = t.source.text[last.start : t.source.line_end(last.start)]
    if _KEY.match(rest):  # measure: share: country = 'x'
        hint = f"if it is a key with its value, write braces around them: {{{rest.strip()}}}; if it is a text, {hint}"
    return Problem("a value that holds ': ' needs quotes", t.source.place(t.at), hint)


def _start(t: Trouble) -> Problem:
    if t.character == "\t" or "tab" in t.words:
        return Problem("a tab stands where YAML takes only spaces", t.source.place(t.at), "indent with spaces")
    if not t.character.strip():
        return Problem("the text ends here too early", t.source.place(t.at), "a { or [ may be open")
    return Problem(f"a value cannot begin with {t.character}", t.source.place(t.at), quote_this(t.source, t.at))


def _indicator(t: Trouble) -> Problem:
    begin = t.source.text[t.start : t.start + 1]
    hint = quote_this(t.source, t.start)
    return Problem(f"a value that begins with {begin} needs quotes", t.source.place(t.start), hint)


def _flow(t: Trouble) -> Problem:
    opened = t.source.text[t.start : t.start + 1]
    if t.source.line_of(t.start) != t.source.line_of(t.at) or t.at >= len(t.source.text):
        return Problem(f"the {opened} that opens here is not closed", t.source.place(t.start))
    if t.character == ":":
        hint = "quote a value that holds ': ', or put the keys on lines of their own"
        return Problem("a second ':' in one entry", t.source.place(t.at), hint)
    if t.in_quotes and t.last is not None:
        hint = quote_this(t.source, t.last.start, t.at)
        return Problem("more text follows the closing quote", t.source.place(t.at), hint)
    hint = "quote the whole value, or write it on a line of its own"
    return Problem("inside { } and [ ] a comma or bracket ends the value", t.source.place(t.at), hint)


def _key(t: Trouble) -> Problem:
    if t.in_quotes and t.last is not None and t.source.line_of(t.last.end) == t.source.line_of(t.at):
        hint = quote_this(t.source, t.last.start)
        return Problem("more text follows the closing quote", t.source.place(t.at), hint)
    if t.character and t.character in "]}":
        return Problem(f"this {t.character} closes nothing", t.source.place(t.at))
    if t.character == "-":
        return Problem("a list item is not expected here", t.source.place(t.at), "check the indentation")
    end = t.source.line_end(t.at)
    hint = "lines of one mapping or list begin in the same column"
    return Problem("this line is indented differently from those it belongs to", t.source.place(t.at, end), hint)


def _no_colon(t: Trouble) -> Problem:
    if problem := _missing_space(t.source, t.start):
        return problem
    hint = "a value that runs over several lines is indented below its key"
    return Problem("this line has no 'key: value'", t.source.place(t.start, t.source.line_end(t.start)), hint)


def _missing_space(source: Source, index: int) -> Problem | None:
    start = source.line_start(index)
    found = _NO_SPACE.match(source.text[start : source.line_end(index)])
    if not found:
        return None
    place = source.place(start + found.start(1), start + found.end())
    return Problem("a space is missing after the colon", place, f"write '{found[1]}: ' with a space")


def _open_quote(t: Trouble) -> Problem:
    hint = "close it, or quote a text that holds this quote with the other kind"
    return Problem("this quote is not closed", t.source.place(t.start), hint)


def _escape(t: Trouble) -> Problem:
    hint = r"inside double quotes write \\ for a backslash, or use single quotes"
    return Problem("a backslash begins an escape that does not exist", t.source.place(t.at, t.at + 2), hint)


def _dash(t: Trouble) -> Problem:
    hint = f"{quote_this(t.source, t.at)}; a list begins on the next line"
    return Problem("a value cannot begin with '- '", t.source.place(t.at), hint)


def _directive(t: Trouble) -> Problem:
    return Problem("a line cannot begin with %", t.source.place(t.start), "quote it")


_COMPLAINTS = (
    ("mapping values are not allowed", _colon),
    ("cannot start any token", _start),
    ("tab character", _start),
    ("scanning an alias", _indicator),
    ("scanning an anchor", _indicator),
    ("tag", _indicator),
    ("block scalar", _indicator),
    ("flow mapping", _flow),
    ("flow sequence", _flow),
    ("end of stream", _open_quote),
    ("document indicator", _open_quote),
    ("escape", _escape),
    ("hexdecimal", _escape),
    ("expected ':'", _no_colon),
    ("directive", _directive),
    ("sequence entries are not allowed", _dash),
    ("node content", _start),
    ("did not find expected", _key),
)

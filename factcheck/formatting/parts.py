"""Where the mappings, lists and values of a YAML text stand, from the parser's events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from yaml import _yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)


@dataclass
class Part:
    """A node: its characters are `text[start:end]`; of a mapping `items` are keys and values by turns."""

    start: int
    end: int
    what: str  # "mapping", "sequence", "scalar" (an alias, too)
    flow: bool = False
    style: str = ""  # of a scalar: one of ' " | >
    anchored: int = 0  # where the node itself begins, behind its anchor
    items: list[Part] = field(default_factory=list)

    @property
    def entries(self) -> list[tuple[Part, Part]]:
        """The keys of a mapping with their values."""
        return list(zip(self.items[::2], self.items[1::2], strict=True))


def root_of(text: str) -> Part | None:
    """The root node of a text that the strict reader has accepted; None where there is none."""
    events = _events(text)
    for event in events:
        if isinstance(event, StreamEndEvent):
            return None
        if not isinstance(event, StreamStartEvent | DocumentStartEvent):
            return _part(event, events)
    return None


def opens_document(text: str) -> bool:
    """Whether the document begins with `---`."""
    return any(isinstance(event, DocumentStartEvent) and event.explicit for event in _events(text))


def _events(text: str) -> Iterator[Event]:
    parser = _yaml.CParser(text)
    while (event := parser.get_event()) is not None:
        yield event
        if isinstance(event, DocumentEndEvent | StreamEndEvent):
            return


def _part(event: Event, events: Iterator[Event]) -> Part:
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None  # only events made by hand have no marks
    if isinstance(event, ScalarEvent | AliasEvent):
        style = event.style or "" if isinstance(event, ScalarEvent) else ""
        return Part(start.index, end.index, "scalar", style=style)
    assert isinstance(event, MappingStartEvent | SequenceStartEvent)
    what = "mapping" if isinstance(event, MappingStartEvent) else "sequence"
    part = Part(start.index, end.index, what, bool(event.flow_style))
    part.anchored = end.index - 1 if part.flow else start.index
    for inner in events:
        if isinstance(inner, CollectionEndEvent):
            if part.flow:
                assert inner.end_mark is not None
                part.end = inner.end_mark.index
            break
        part.items.append(_part(inner, events))
    if not part.flow and part.items:  # the parser tells the end of a block where the next thing begins
        part.start = part.start if event.anchor else part.items[0].start if what == "mapping" else part.start
        part.end = part.items[-1].end
    return part

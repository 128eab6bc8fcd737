"""What an export of a tool looks like, and which of its columns mean what: so that one claim runs on all of them.

A preset adds the canonical columns to those of the file. What an export lacks is absent, not a column of NULL. A
column of the file keeps its name; where a canonical one needs that name for something else, the file's is to be had
as `raw.name`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from factcheck.evidence.formats.source import SourceColumn, Stated

CANONICAL = {
    "id": "The post's identifier, as text.",
    "author": "The handle or name of the account that posted.",
    "author_id": "The account's identifier, as text.",
    "created_at": "When it was posted, in UTC.",
    "text": "What it says; of a retweet, the text of the original.",
    "language": "The language that the platform or tool names, as a code where it gives one.",
    "country": "The country of the post or its author, as the tool found it.",
    "location": "The place that the author or the post names, in their words.",
    "retweet_of": "The identifier of the post that it repeats.",
    "reply_to": "The identifier of the post that it answers.",
    "quoted": "The identifier of the post that it quotes.",
    "hashtags": "Its hashtags without #, a list.",
    "urls": "The addresses in it, a list.",
    "mentions": "The accounts that it names, without @, a list.",
    "likes": "How often it was liked.",
    "retweets": "How often it was shared or retweeted.",
    "followers": "How many followed the author.",
    "following": "How many the author followed.",
    "account_created_at": "When the account was created, in UTC.",
    "platform": "The platform that it was posted on.",
}


@dataclass(frozen=True)
class Way:
    """One way to make a canonical column: from the file's columns `needs`, by `sql` over their SQL as {0}, {1}, …

    `stated` tells how the text that `sql` gives is read; what does not fit is counted as lost. With `type` the SQL
    has that type of the engine already, and cannot lose anything. `identifies` marks ids. `absent`: files with these
    columns have no such canonical one, and a column of theirs that bears its name means something else.
    """

    needs: tuple[str, ...]
    sql: str = "{0}"
    stated: Stated | None = None
    type: str | None = None
    identifies: bool = False
    absent: bool = False


Ways = tuple[Way, ...]


@dataclass(frozen=True)
class Preset:
    """An export format. `signs` are sets of headings, any of which tells that a file is one; `bases` are the kinds
    of file that it comes in, the commonest first. `columns` gives the ways to each canonical column, best first.
    `preamble`: lines on the export may stand above its headings. `key` names the column by which a row is known, so
    that a post which overlapping exports hold twice is found; empty where rows are no posts.
    """

    name: str
    title: str
    bases: tuple[str, ...]
    signs: tuple[frozenset[str], ...]
    columns: Mapping[str, Ways] = field(default_factory=dict)
    preamble: bool = False
    key: str = "id"


TEXT = Stated("text")
INTEGER = Stated("integer")
LIST = Stated("list")
UTC = Stated("timestamp", timezone="UTC")
UNZONED = Stated("timestamp", unzoned=True)


def text(*names: str) -> Ways:
    """Text under the first of the names that the file has."""
    return tuple(Way((name,), stated=TEXT) for name in names)


def doubted(ways: Ways, caveat: str) -> Ways:
    """The same ways to a column that may mislead, and why."""
    return tuple(replace(way, stated=replace(way.stated or Stated(), caveat=caveat)) for way in ways)


def ident(*names: str) -> Ways:
    """An identifier: text, and refused where a spreadsheet has rounded it."""
    return tuple(Way((name,), stated=TEXT, identifies=True) for name in names)


def number(*names: str, thousands: str | None = None) -> Ways:
    """A whole number."""
    return tuple(Way((name,), stated=replace(INTEGER, thousands=thousands)) for name in names)


def moment(*names: str, format: str | None = None) -> Ways:
    """A time: ISO 8601 in UTC, or as `format` says."""
    return tuple(Way((name,), stated=replace(UTC, format=format)) for name in names)


def constant(value: str) -> Ways:
    """The same text for every row, such as the platform of a tool that knows one only."""
    return (Way((), "'" + value.replace("'", "''") + "'", type="VARCHAR"),)


def separated(*names: str, by: str = ",", strip: str = "", none: bool = False) -> Ways:
    """A list written with a separator; blanks and the characters of `strip` go, and so do empty items.

    `none`: an empty cell says that there are none.
    """
    cell = "coalesce({0}, '')" if none else "{0}"
    cut = f"trim(item, ' {strip}')"
    items = f"list_transform(string_split({cell}, '{by}'), lambda item: {cut})"
    sql = f"CASE WHEN {cell} IS NOT NULL THEN list_filter({items}, lambda item: item <> '') END"
    return tuple(Way((name,), sql, type="VARCHAR[]") for name in names)


def unrepeated(name: str, flag: str) -> Ways:
    """A text, of what the column `flag` calls a retweet without the "RT @name: " before the text of the original."""
    bare = r"regexp_replace({0}, '^RT @[^:\s]+:? ', '')"
    sql = f"CASE WHEN lower(trim({{1}})) IN ('yes', 'true') THEN {bare} ELSE {{0}} END"
    return (Way((name, flag), sql, stated=TEXT), *text(name))


def absent(*needs: str) -> Ways:
    """No such canonical column in files that have these columns."""
    return (Way(needs, absent=True),)


def among(ways: Ways, *needs: str) -> Ways:
    """The same ways, where the file has these columns as well."""
    return tuple(replace(way, needs=(*way.needs, *needs)) for way in ways)


def apply(preset: Preset, columns: Mapping[str, SourceColumn]) -> dict[str, SourceColumn]:
    """The columns of the file, and the canonical ones that can be made from them."""
    found = dict(columns)
    renamed: dict[str, str] = {}
    for name, ways in preset.columns.items():
        way, sources = _first(ways, columns)
        if way is None:
            continue
        made = None if way.absent else _made(name, way, sources)
        same = next((raw for raw in found if raw.casefold() == name.casefold()), None)
        if made is not None and [source.name for source in sources] == [same]:
            found = {name if raw == same else raw: _itself(made) if raw == same else c for raw, c in found.items()}
            continue
        if same is not None:
            kept = replace(found[same], name=_kept(same, found))
            found = {kept.name if raw == same else raw: kept if raw == same else c for raw, c in found.items()}
            renamed[same] = kept.name
        if made is not None:
            found[name] = made
    return {name: replace(c, uses=tuple(renamed.get(use, use) for use in c.uses)) for name, c in found.items()}


def _kept(name: str, taken: Mapping[str, SourceColumn]) -> str:
    """`raw.name`, or `raw.raw.name` where the file has a column of that name already."""
    kept, known = f"raw.{name}", {other.casefold() for other in taken}
    while kept.casefold() in known:
        kept = f"raw.{kept}"
    return kept


def made_from(preset: Preset, columns: Mapping[str, SourceColumn]) -> list[str]:
    """The canonical columns that can be made from columns of the file."""
    found = ((name, *_first(ways, columns)) for name, ways in preset.columns.items())
    return [name for name, way, sources in found if sources and way is not None and not way.absent]


def _first(ways: Ways, columns: Mapping[str, SourceColumn]) -> tuple[Way | None, list[SourceColumn]]:
    spelled = {name.casefold(): column for name, column in columns.items()}
    for way in ways:
        sources = [spelled.get(need.casefold()) for need in way.needs]
        present = [source for source in sources if source is not None]
        if len(present) == len(sources):
            return way, present
    return None, []


def _made(name: str, way: Way, sources: list[SourceColumn]) -> SourceColumn:
    sql = way.sql.format(*(f"({source.sql})" for source in sources))
    plain = way.sql == "{0}"
    origin = sources[0] if sources else None
    return SourceColumn(
        name,
        origin.sql if plain and origin is not None else sql,
        origin.type if plain and origin is not None and way.type is None else way.type,
        within=origin.within if plain and origin is not None else "all",
        sample=origin.sample if plain and origin is not None else (),
        utc=origin.utc if plain and origin is not None else False,
        normal=bool(sources) and all(source.normal for source in sources),
        stated=way.stated,
        uses=tuple(source.name for source in sources) or (name,),
        identifies=way.identifies,
    )


def _itself(made: SourceColumn) -> SourceColumn:
    """A canonical column that is the file's own of that name."""
    return replace(made, uses=())

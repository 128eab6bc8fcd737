"""Clocks by the names that tools write beside their times: CET, EDT, +0530, India Standard Time.

The offsets are those of the tz database since 2006. Names that stand for more than one clock (IST is India, Israel
and Ireland) are not in `OFFSETS`; where a second column tells the clock's offset at another time of the year, that
may settle it (`SHARED`). What stays open is lost and counted, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping

_WHOLE_HOURS = {
    **dict.fromkeys(("UTC", "GMT", "Z", "WET", "Coordinated Universal Time", "GMT Standard Time"), 0),
    **dict.fromkeys(("CET", "WEST", "BST", "WAT", "GMT Daylight Time"), 1),
    **dict.fromkeys(("CEST", "EET", "CAT", "SAST"), 2),
    **dict.fromkeys(("EEST", "IDT", "EAT", "TRT", "Turkey Standard Time", "Arab Standard Time"), 3),
    **dict.fromkeys(("PKT", "Pakistan Standard Time"), 5),
    **dict.fromkeys(("Bangladesh Standard Time",), 6),
    **dict.fromkeys(("WIB", "ICT", "SE Asia Standard Time"), 7),
    **dict.fromkeys(("HKT", "SGT", "MYT", "WITA", "AWST", "China Standard Time", "Singapore Standard Time"), 8),
    **dict.fromkeys(("JST", "KST", "WIT", "Tokyo Standard Time", "Korea Standard Time"), 9),
    **dict.fromkeys(("AEST", "AUS Eastern Standard Time"), 10),
    **dict.fromkeys(("AEDT", "AUS Eastern Daylight Time"), 11),
    **dict.fromkeys(("NZST", "New Zealand Standard Time"), 12),
    **dict.fromkeys(("NZDT", "New Zealand Daylight Time"), 13),
    **dict.fromkeys(("BRST",), -2),
    **dict.fromkeys(("BRT", "ART", "E. South America Standard Time", "Argentina Standard Time"), -3),
    **dict.fromkeys(("EDT", "Eastern Daylight Time"), -4),
    **dict.fromkeys(("EST", "COT", "PET", "Eastern Standard Time", "Central Daylight Time"), -5),
    **dict.fromkeys(("MDT", "Central Standard Time", "Mountain Daylight Time"), -6),
    **dict.fromkeys(("MST", "PDT", "Mountain Standard Time", "Pacific Daylight Time"), -7),
    **dict.fromkeys(("AKDT", "Pacific Standard Time"), -8),
    **dict.fromkeys(("AKST",), -9),
    **dict.fromkeys(("HST",), -10),
}
UNREAD = "? "  # before a text that must be read as none of its type; examples of what was lost leave it out
_EUROPE = {"W. Europe": 1, "Central Europe": 1, "Central European": 1, "Romance": 1, "E. Europe": 2, "FLE": 2, "GTB": 2}


def _written(hours: float) -> str:
    minutes = round(abs(hours) * 60)
    return f"{'-' if hours < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"


OFFSETS = {
    **{name: _written(hours) for name, hours in _WHOLE_HOURS.items()},
    **{f"{name} Standard Time": _written(hours) for name, hours in _EUROPE.items()},
    **{f"{name} Daylight Time": _written(hours + 1) for name, hours in _EUROPE.items()},
    "ACST": "+09:30",
    "ACDT": "+10:30",
    "NST": "-03:30",
    "NDT": "-02:30",
    "NPT": "+05:45",
    "IRST": "+03:30",
    "IRDT": "+04:30",
    "India Standard Time": "+05:30",
}

# A shared name, and what it means where the same clock stands at one of these offsets in winter or in summer.
# CST with -05:00 is Chicago in summer or Havana in winter, so it settles nothing.
SHARED = {
    "IST": {"+05:30": "+05:30", "+02:00": "+02:00", "+03:00": "+02:00", "+01:00": "+01:00", "+00:00": "+01:00"},
    "CST": {"-06:00": "-06:00", "+08:00": "+08:00", "-04:00": "-05:00"},
    "CDT": {"-06:00": "-05:00", "-04:00": "-04:00"},
    "PST": {"-08:00": "-08:00", "-07:00": "-08:00", "+08:00": "+08:00"},
}

# Clocks that have stood at one offset since 2006, so that a zone noted at one time holds for every other.
STEADY = ("UTC", "JST", "HKT", "SGT", "PKT", "WIB", "SAST", "EAT", "CAT", "India Standard Time", "+05:30", "+05:45")


def in_utc(local: str, zone: str, noted: str | None = None) -> str:
    """SQL of the ISO text, offset included, of the text `local` on the clock `zone`, NULL where there is no time.

    `noted` is SQL of the same clock's offset at another time. What cannot be told becomes text that is no time.
    """
    ways = [_offset(zone), _looked_up(OFFSETS, zone), f"CASE WHEN {zone} = 'MSK' THEN {_moscow(local)} END"]
    if noted is not None:
        cases = {f"{name} {seen}": meant for name, told in SHARED.items() for seen, meant in told.items()}
        ways.append(_looked_up(cases, f"{zone} || ' ' || {_offset(noted)}"))
    return f"CASE WHEN {local} IS NOT NULL THEN coalesce({local} || coalesce({', '.join(ways)}), {unknown(local)}) END"


def _looked_up(table: Mapping[str, str], key: str) -> str:
    """SQL of the table's value at a key, NULL where it has none."""
    names, values = (", ".join(f"'{text}'" for text in column) for column in (table, table.values()))
    return f"([{values}])[list_position([{names}], {key})]"


def unknown(text: str) -> str:
    """SQL of text that is read as no time and so is counted as lost, whatever it holds."""
    return f"('{UNREAD}' || {text})"


def steady(zone: str) -> str:
    """SQL of the zone where its clock never changes, else NULL."""
    names = ", ".join(f"'{name}'" for name in STEADY)
    return f"CASE WHEN {zone} IN ({names}) OR {_offset(zone)} IN ({names}) THEN {zone} END"


def _is_offset(zone: str) -> str:
    return rf"regexp_full_match({zone}, '[+-]\d\d(:?\d\d)?')"


def _offset(zone: str) -> str:
    """SQL of +0530, +05:30 and +05 as +05:30, +05:30 and +05:00; NULL of anything else."""
    padded = f"rpad(replace({zone}, ':', ''), 5, '0')"
    return f"CASE WHEN {_is_offset(zone)} THEN substr({padded}, 1, 3) || ':' || substr({padded}, 4, 2) END"


def _moscow(local: str) -> str:
    """MSK was four hours ahead from 2011 to 2014; one hour of the change back occurred twice."""
    return (
        f"CASE WHEN {local} < '2011-03-27 02' OR {local} >= '2014-10-26 02' THEN '+03:00' "
        f"WHEN {local} < '2014-10-26 01' THEN '+04:00' END"
    )

"""The functions that an expression may call, with their definitions as the manual prints them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Doc:
    """`form` shows how it is called; `helper` marks those that are factcheck's own, not SQL's."""

    form: str
    gives: str
    text: str
    helper: bool = False


FUNCTIONS: dict[str, Doc] = {
    "script": Doc(
        "script(text)",
        "text",
        "The script of more than half of the text's letters: Latin, Cyrillic, Greek, Arabic, Hebrew, "
        "Devanagari, Han, Hangul, Kana (Hiragana and Katakana together), Armenian, Georgian, Bengali, Tamil "
        "or Thai, by Unicode 15. 'Mixed' where none has more than half, 'Other' where most letters are of "
        "none of these scripts, 'Common' where there is no letter (digits, emoji, an empty text). NULL only "
        "of NULL. Marks, digits and punctuation do not count.",
        helper=True,
    ),
    "has_script": Doc(
        "has_script(text, 'Cyrillic')",
        "boolean",
        "True where at least one letter of the script occurs. The scripts are those of script(), and Hiragana "
        "and Katakana singly.",
        helper=True,
    ),
    "matches": Doc(
        "matches(text, 'regex')",
        "boolean",
        "True where the regular expression matches somewhere in the text. The subset that engines share: no "
        "look-around, no back-reference, no \\p{…}; (?i) only at the start. \\w is a letter, mark or digit of "
        "any script, or _; \\b is a border of such a word, beside a letter at the start or end of the pattern "
        "or an alternative; \\d is 0-9; . is anything but a line break; ^ and $ are the ends of the whole "
        "text. Written out, at most 1,000 characters with repeats.",
        helper=True,
    ),
    "domain": Doc(
        "domain(url)",
        "text",
        "The host of a web address in lower case, without a leading 'www.', user, port or final dot. The "
        "scheme may be absent ('example.org/a'). NULL where the text does not begin with a host that has a "
        "dot.",
        helper=True,
    ),
    "hashtags": Doc(
        "hashtags(text)",
        "list",
        "The hashtags of a text in order, in lower case, each with its '#'. A hashtag is # (or ＃) and "
        "letters, marks, digits and _ of any script, at least one of them a letter or mark, not directly "
        "after a letter, digit, _, & or another #. For list_contains, length and query: datasets.",
        helper=True,
    ),
    "mentions": Doc(
        "mentions(text)",
        "list",
        "The accounts that a text mentions, in order, in lower case, each with its '@': @ (or ＠) and ASCII "
        "letters, digits and _, not directly after a letter, digit, _, @, '/' or '.', so that mail addresses "
        "and links are none.",
        helper=True,
    ),
    "has_hashtag": Doc(
        "has_hashtag(text, '#x')",
        "boolean",
        "True where this hashtag occurs, whole and whatever its case: '#x' is not found in '#xyz'. The '#' "
        "may be left out.",
        helper=True,
    ),
    "local_hour": Doc(
        "local_hour(time, 'Asia/Shanghai')",
        "number",
        "The hour (0 to 23) that a clock in this time zone showed, daylight saving included.",
        helper=True,
    ),
    "days_between": Doc(
        "days_between(a, b)",
        "number",
        "How many days later the date of b is than the date of a, on the calendar of the claim's time zone; "
        "negative where b is earlier. From 23:59 to 00:01 of the next day is one day.",
        helper=True,
    ),
    "digits_at_end": Doc(
        "digits_at_end(handle)",
        "number",
        "How many digits 0-9 the text ends in: 8 of Samexample82550950, 0 of a name without.",
        helper=True,
    ),
    "is_random_handle": Doc(
        "is_random_handle(handle)",
        "boolean",
        "True of a handle that looks generated, such as 7RqxvbnzHLtwe09 or WK3pTx9NDRLhGMs: at least 12 "
        "characters (an @ before them does not count), all of them ASCII letters and digits; small letters, "
        "capitals and a digit before a letter among them; and either four consonants in a row or vowels (a e "
        "i o u) for at most a quarter of its letters. It finds about 78 in 100 names of 15 letters and digits "
        "drawn at random. An indicator, not proof: a person may pick such a name, and many automated accounts "
        "have ordinary ones.",
        helper=True,
    ),
    "lower": Doc("lower(text)", "text", "In small letters."),
    "upper": Doc("upper(text)", "text", "In capital letters."),
    "trim": Doc("trim(text)", "text", "Without spaces at either end; trim(text, 'x') takes off other characters."),
    "ltrim": Doc("ltrim(text)", "text", "Without spaces at the start."),
    "rtrim": Doc("rtrim(text)", "text", "Without spaces at the end."),
    "length": Doc(
        "length(text)",
        "number",
        "The number of characters (Unicode code points); of a list, of its members.",
    ),
    "len": Doc("len(text)", "number", "The same as length."),
    "substring": Doc("substring(text, start, length)", "text", "A part of the text; the first character is 1."),
    "substr": Doc("substr(text, start, length)", "text", "The same as substring."),
    "replace": Doc("replace(text, 'a', 'b')", "text", "Every 'a' replaced by 'b'."),
    "concat": Doc("concat(a, b, …)", "text", "The texts joined, NULLs left out; a || b is NULL where one is."),
    "split_part": Doc(
        "split_part(text, ',', 1)",
        "text",
        "The n-th part between separators; empty where there is none.",
    ),
    "contains": Doc(
        "contains(text, 'part')",
        "boolean",
        "True where the part occurs, capitals and small letters apart.",
    ),
    "starts_with": Doc("starts_with(text, 'part')", "boolean", "True where the text begins with the part."),
    "ends_with": Doc("ends_with(text, 'part')", "boolean", "True where the text ends with the part."),
    "list_contains": Doc("list_contains(list, 'x')", "boolean", "True where the list has this member."),
    "array_contains": Doc("array_contains(list, 'x')", "boolean", "The same as list_contains."),
    "regexp_matches": Doc(
        "regexp_matches(text, 'regex', 'i')",
        "boolean",
        "The same as matches; 'i' makes no difference of case.",
    ),
    "regexp_full_match": Doc(
        "regexp_full_match(text, 'regex')",
        "boolean",
        "True where the whole text matches; the subset of matches.",
    ),
    "regexp_extract": Doc(
        "regexp_extract(text, 'regex', 1)",
        "text",
        "What the group matched; empty where nothing did.",
    ),
    "year": Doc("year(time)", "number", "The year, on the clock of the claim's time zone, as all parts of a time."),
    "month": Doc("month(time)", "number", "The month, 1 to 12."),
    "day": Doc("day(time)", "number", "The day of the month."),
    "hour": Doc("hour(time)", "number", "The hour, 0 to 23."),
    "extract": Doc(
        "extract(year from time)",
        "number",
        "second, minute, hour, day, week, month, quarter, year, dow, isodow or doy.",
    ),
    "date_part": Doc("date_part('year', time)", "number", "The same as extract."),
    "date_trunc": Doc(
        "date_trunc('day', time)",
        "time",
        "The time at which its second, minute, hour, day, week, month, quarter or year began.",
    ),
    "date_diff": Doc(
        "date_diff('day', a, b)",
        "number",
        "How many starts of a day (hour, week, month, …) lie between a and b.",
    ),
    "datediff": Doc("datediff('day', a, b)", "number", "The same as date_diff."),
    "strftime": Doc("strftime(time, '%Y-%m')", "text", "The time as text: %Y %m %d %H %M %S and other letters."),
    "abs": Doc("abs(x)", "number", "Without its sign."),
    "round": Doc("round(x, 2)", "number", "Rounded, halves away from zero."),
    "isnan": Doc("isnan(x)", "boolean", "True where a floating-point number is 'not a number'."),
    "coalesce": Doc("coalesce(a, b, …)", "same", "The first that is not NULL."),
    "ifnull": Doc("ifnull(a, b)", "same", "The same as coalesce."),
    "nullif": Doc("nullif(a, b)", "same", "NULL where both are equal, else a."),
    "greatest": Doc("greatest(a, b, …)", "same", "The largest, NULLs left out."),
    "least": Doc("least(a, b, …)", "same", "The smallest, NULLs left out."),
    "if": Doc("if(condition, a, b)", "same", "a where the condition is true, else b."),
    "cast": Doc(
        "cast(x as double)",
        "same",
        "As another type; NULL where it cannot be. x::double is the same. To a whole number it rounds.",
    ),
    "try_cast": Doc("try_cast(x as double)", "same", "The same as cast."),
}

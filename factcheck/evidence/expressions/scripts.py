"""Which letters belong to which script, and the SQL that tells the script of a text.

The ranges are the letters (general category L) of each value of the Script property in Unicode 15, in hexadecimal. They
are written out because engines do not share a way to name a script.
"""

from __future__ import annotations

from functools import cache

from sqlglot import exp

from factcheck.evidence.expressions.scope import ExpressionError, did_you_mean
from factcheck.evidence.expressions.typed import call, number, text

LETTERS: dict[str, str] = {
    "Latin": (
        "41-5A 61-7A AA BA C0-D6 D8-F6 F8-2B8 2E0-2E4 1D00-1D25 1D2C-1D5C 1D62-1D65 1D6B-1D77 1D79-1DBE "
        "1E00-1EFF 2071 207F 2090-209C 212A-212B 2132 214E 2183-2184 2C60-2C7F A722-A787 A78B-A7CA A7D0-A7D1 "
        "A7D3 A7D5-A7D9 A7F2-A7FF AB30-AB5A AB5C-AB64 AB66-AB69 FB00-FB06 FF21-FF3A FF41-FF5A 10780-10785 "
        "10787-107B0 107B2-107BA 1DF00-1DF1E 1DF25-1DF2A"
    ),
    "Cyrillic": ("400-481 48A-52F 1C80-1C88 1D2B 1D78 A640-A66E A67F-A69D 1E030-1E06D"),
    "Greek": (
        "370-373 376-377 37A-37D 37F 386 388-38A 38C 38E-3A1 3A3-3E1 3F0-3F5 3F7-3FF 1D26-1D2A 1D5D-1D61 "
        "1D66-1D6A 1DBF 1F00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 "
        "1FB6-1FBC 1FBE 1FC2-1FC4 1FC6-1FCC 1FD0-1FD3 1FD6-1FDB 1FE0-1FEC 1FF2-1FF4 1FF6-1FFC 2126 AB65"
    ),
    "Arabic": (
        "620-63F 641-64A 66E-66F 671-6D3 6D5 6E5-6E6 6EE-6EF 6FA-6FC 6FF 750-77F 870-887 889-88E 8A0-8C9 "
        "FB50-FBB1 FBD3-FD3D FD50-FD8F FD92-FDC7 FDF0-FDFB FE70-FE74 FE76-FEFC 1EE00-1EE03 1EE05-1EE1F "
        "1EE21-1EE22 1EE24 1EE27 1EE29-1EE32 1EE34-1EE37 1EE39 1EE3B 1EE42 1EE47 1EE49 1EE4B 1EE4D-1EE4F "
        "1EE51-1EE52 1EE54 1EE57 1EE59 1EE5B 1EE5D 1EE5F 1EE61-1EE62 1EE64 1EE67-1EE6A 1EE6C-1EE72 "
        "1EE74-1EE77 1EE79-1EE7C 1EE7E 1EE80-1EE89 1EE8B-1EE9B 1EEA1-1EEA3 1EEA5-1EEA9 1EEAB-1EEBB"
    ),
    "Hebrew": ("5D0-5EA 5EF-5F2 FB1D FB1F-FB28 FB2A-FB36 FB38-FB3C FB3E FB40-FB41 FB43-FB44 FB46-FB4F"),
    "Devanagari": ("904-939 93D 950 958-961 971-97F A8F2-A8F7 A8FB A8FD-A8FE"),
    "Han": (
        "3005 303B 3400-4DBF 4E00-9FFF F900-FA6D FA70-FAD9 16FE3 20000-2A6DF 2A700-2B739 2B740-2B81D "
        "2B820-2CEA1 2CEB0-2EBE0 2F800-2FA1D 30000-3134A 31350-323AF"
    ),
    "Hangul": (
        "1100-11FF 3131-318E A960-A97C AC00-D7A3 D7B0-D7C6 D7CB-D7FB FFA0-FFBE FFC2-FFC7 FFCA-FFCF FFD2-FFD7 FFDA-FFDC"
    ),
    "Hiragana": ("3041-3096 309D-309F 1B001-1B11F 1B132 1B150-1B152"),
    "Katakana": (
        "30A1-30FA 30FD-30FF 31F0-31FF FF66-FF6F FF71-FF9D 1AFF0-1AFF3 1AFF5-1AFFB 1AFFD-1AFFE 1B000 "
        "1B120-1B122 1B155 1B164-1B167"
    ),
    "Armenian": ("531-556 559 560-588 FB13-FB17"),
    "Georgian": ("10A0-10C5 10C7 10CD 10D0-10FA 10FC-10FF 1C90-1CBA 1CBD-1CBF 2D00-2D25 2D27 2D2D"),
    "Bengali": ("980 985-98C 98F-990 993-9A8 9AA-9B0 9B2 9B6-9B9 9BD 9CE 9DC-9DD 9DF-9E1 9F0-9F1 9FC"),
    "Tamil": ("B83 B85-B8A B8E-B90 B92-B95 B99-B9A B9C B9E-B9F BA3-BA4 BA8-BAA BAE-BB9 BD0"),
    "Thai": ("E01-E30 E32-E33 E40-E46"),
}
# Japanese mixes them, so they count as one script when the dominant one is sought.
TOGETHER = {"Kana": ("Hiragana", "Katakana")}
NAMES = (*LETTERS, *TOGETHER)
_DOMINANT = (*(name for name in LETTERS if name not in TOGETHER["Kana"]), *TOGETHER)
_ALONE = ("Latin", "Cyrillic")  # most texts are of one script, which two quick tests settle


def script_name(written: str) -> str:
    """The name of a script as it is spelt here, whatever its case.

    Raises:
        ExpressionError: if there is none of that name.
    """
    by_case = {name.lower(): name for name in NAMES}
    if written.lower() in by_case:
        return by_case[written.lower()]
    hint = did_you_mean(written, NAMES) or f"one of {', '.join(NAMES)}"
    raise ExpressionError(f"unknown script '{written}'", hint, code="script")


@cache
def letters(name: str) -> str:
    """The letters of a script as the inside of a character class."""
    if name in TOGETHER:
        return "".join(letters(part) for part in TOGETHER[name])
    ends = [part.partition("-")[::2] for part in LETTERS[name].split()]
    return "".join(chr(int(low, 16)) + (f"-{chr(int(high, 16))}" if high else "") for low, high in ends)


def has(value: exp.Expression, name: str) -> exp.Expression:
    """True where a letter of the script occurs."""
    return exp.RegexpLike(this=value.copy(), expression=text(f"[{letters(name)}]"))


def dominant(value: exp.Expression) -> exp.Expression:
    """The script of more than half of the letters; 'Mixed' where none has as many, 'Other' where most are of none of
    these scripts, 'Common' where there is no letter."""
    some = exp.RegexpLike(this=value.copy(), expression=text(r"\p{L}"))
    branches = [(exp.Is(this=value.copy(), expression=exp.Null()), exp.null()), (exp.Not(this=some), text("Common"))]
    for name in _ALONE:
        foreign = exp.RegexpLike(this=value.copy(), expression=text(rf"[^\P{{L}}{letters(name)}]"))
        branches.append((exp.Not(this=foreign), text(name)))
    for name in _DOMINANT:
        branches.append((exp.And(this=has(value, name), expression=_majority(value, letters(name))), text(name)))
    listed = "".join(letters(name) for name in _DOMINANT)
    branches.append((exp.Not(this=exp.Paren(this=_majority(value, listed, exp.GTE))), text("Other")))
    ifs = [exp.If(this=test, true=result) for test, result in branches]
    return exp.Case(ifs=ifs, default=text("Mixed"))


def _majority(value: exp.Expression, inside: str, kind: type[exp.Expression] = exp.GT) -> exp.Expression:
    double = exp.Mul(this=number(2), expression=kept(value, inside))
    return kind(this=double, expression=kept(value, r"\p{L}"))


def kept(value: exp.Expression, inside: str) -> exp.Expression:
    """How many characters of the class occur."""
    rest = call("regexp_replace", value.copy(), text(f"[^{inside}]+"), text(""), text("g"))
    return call("length", rest)

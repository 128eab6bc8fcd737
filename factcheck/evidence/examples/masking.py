"""What stands in a text for names, addresses and numbers that lead to people, and numbers in the place of names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from factcheck.evidence.examples import LONGEST, Hidden

_AT, _DOT = r"\s*[\[({<]\s*at\s*[\])}>]\s*", r"\s*[\[({<]\s*dot\s*[\])}>]\s*"  # as people hide them from programs
_EMAIL = re.compile(rf"(?i)[\w.+%-]+(?:@|{_AT})[\w-]+(?:(?:\.|{_DOT})[\w-]+)+|[\w.+%-]+{_AT}[\w-]+")
_URL = re.compile(r"(?i)\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|co|me|io|ru|de|uk|be|ly|tv|gg)(?:/\S*)?")
_MENTION = re.compile(r"[@＠][\w.]*\w|\bu/\w+")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s()/.-]{0,2}\d){7,}(?!\w)")
_FOREIGN_PHONE = re.compile(r"\+\d(?:[\s()/.-]{0,2}\d){6,}(?!\w)")
_LONG_NUMBER = re.compile(r"\d{12,}")
_PROFILE = re.compile(
    r"(?i)(?<![\w.-])(?:https?://)?(?:[\w-]+\.)*(?:twitter|x|facebook|fb|instagram|tiktok|youtube|vk|t|threads|bsky|reddit|linkedin|ok)"
    r"\.(?:com|me|app|net|ru|tv)/\S+"
)
_SHORTEST = 3  # letters of a name that is looked for in other texts


class Pseudonyms:
    """Numbers in the place of names, in the order in which the names come up: the same for the same name."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], dict[str, int]] = {}

    def hidden(self, code: str, value: object, noun: str = "") -> Hidden:
        known = self._known.setdefault((code, noun), {})
        return Hidden(code, known.setdefault(_folded(value), len(known) + 1), noun)


def _folded(value: object) -> str:
    return str(value).strip().lstrip("@＠").casefold()


def looks_like_name(text: str) -> bool:
    """Whether a whole value is a handle, an e-mail address, a long id, or the address of a profile or post."""
    value = seen(text).strip()
    return any(one.fullmatch(value) for one in (_EMAIL, _MENTION, _LONG_NUMBER, _PROFILE))


def looks_like_address(text: str) -> bool:
    return _URL.fullmatch(text.strip()) is not None


def seen(text: str) -> str:
    """A text as a page shows it, without the invisible characters that could part a name in two."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(one for one in composed if one.isspace() or unicodedata.category(one) not in ("Cf", "Cc"))


def names_in(values: Iterable[object]) -> re.Pattern[str] | None:
    """A pattern of the names in a row, so that they are found in its other values."""
    names = {seen(str(value)).strip().lstrip("@＠") for value in values if value is not None}
    long = sorted((name for name in names if len(name) >= _SHORTEST), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, long)), re.IGNORECASE) if long else None


def scrubbed(text: str, names: re.Pattern[str] | None, *, people: bool) -> str:
    """A text without names, addresses and phone numbers of people."""
    text = _EMAIL.sub("[e-mail]", seen(text))
    text = (_URL if people else _PROFILE).sub("[link]", text)
    text = _MENTION.sub("@[name]", text)
    if names is not None:
        text = names.sub("[name]", text)
    text = _LONG_NUMBER.sub("[number]", text) if people else text
    return (_PHONE if people else _FOREIGN_PHONE).sub("[number]", text)


def cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"

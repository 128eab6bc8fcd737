"""Texts brought to a common form, as SQL: what counts as the same wording, and of which words a text is made."""

from __future__ import annotations

from factcheck.evidence.expressions.regex import WORD_SET

# Soft hyphens, joints, and marks that show nothing or tell the direction of writing.
_UNSEEN = r"[\x{00AD}\x{061C}\x{200B}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2069}\x{FE0E}\x{FE0F}\x{FEFF}]"
_SPACE = r"[\s\x{0B}\x{85}\p{Z}]+"
_RETWEET = r"^(?:\s*rt\s+@[a-z0-9_]+\s*:?)+"
_LINK = r"https?://[!-~]+"
_BARE_LINK = rf"(^|[^{WORD_SET}])www\.[!-~]+"
_MENTION = rf"(^|[^{WORD_SET}@/.])@[a-z0-9_]+"  # as the helper `mentions` finds them
# Scripts that put no spaces between words: each of their letters stands for itself.
_UNSPACED = r"([\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])"
_WORD = rf"[{WORD_SET}]+|\p{{So}}"


def spaced(text: str) -> str:
    """Lower case, without characters that show nothing, every run of blanks one space, none at the ends."""
    return f"trim({_swap(_seen(text), _SPACE, ' ')})"


def bare(text: str) -> str:
    """The same without links, mentions and what a retweet puts in front."""
    rest = _swap(_swap(_swap(_swap(_seen(text), _RETWEET, " "), _LINK, " "), _BARE_LINK, r"\1 "), _MENTION, r"\1 ")
    return f"trim({_swap(rest, _SPACE, ' ')})"


def words(text: str) -> str:
    """The different words of a text in common form, sorted: runs of letters, marks, digits and _, single symbols
    (emoji), single letters of scripts without spaces."""
    apart = _swap(text, _UNSPACED, r" \1 ")
    return f"list_sort(list_distinct(regexp_extract_all({apart}, '{_WORD}')))"


def _seen(text: str) -> str:
    """Lower case, letters with their marks as one character (NFC), without what shows nothing."""
    return _swap(f"replace(lower(nfc_normalize({text})), '＠', '@')", _UNSEEN, "")


def _swap(text: str, pattern: str, by: str) -> str:
    return f"regexp_replace({text}, '{pattern}', '{by}', 'g')"

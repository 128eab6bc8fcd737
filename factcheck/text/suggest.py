"""Did you mean …? Near spellings among what is there, or none: a silly suggestion is worse than no suggestion."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

# A letter that looks the same in another script is the commonest misspelling that nobody can see.
_LOOKALIKES = str.maketrans(
    "авеикмнорстухіјѕһԁԛԝ" + "αορνικτυχε",
    "abeukmhopctyxijshdqw" + "aopviktuxe",
)
_SOUNDS: dict[str, str] = dict(zip("абвгдезийклмнопрстуфхыэёіїєґ", "abvgdeziiklmnoprstufkyeeiieg", strict=True))
_SOUNDS |= {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
_WRITTEN = str.maketrans(_SOUNDS)
_APART = str.maketrans(dict.fromkeys(" _-.", ""))
_LONGEST = 80
_BEGINNING = 4  # letters of a word that was cut short


def near(word: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """Up to `n` candidates that `word` may have meant, best first.

    Case, accents, separators and look-alike letters of another script do not count as differences. Otherwise
    one slip is allowed in four to five letters, two in six to nine, three from ten on (counted in the shorter word);
    three-letter words may only lack, double or swap a letter. Four letters or more may begin a longer word.
    Figures are not misspelt: 2017 does not suggest 2018.
    """
    if not word or len(word) > _LONGEST:
        return []
    forms = _forms(word)
    ranked = []
    for position, candidate in enumerate(dict.fromkeys(candidates)):
        if candidate != word and (distance := _distance(word, forms, candidate)) is not None:
            ranked.append((distance, position, candidate))
    return [candidate for _, _, candidate in sorted(ranked)[:n]]


def did_you_mean(word: str, candidates: Iterable[str], n: int = 3) -> str:
    """`did you mean 'tolerance'?`, or nothing where nothing is near."""
    found = [f"'{candidate}'" for candidate in near(word, candidates, n)]
    if not found:
        return ""
    return f"did you mean {', '.join(found[:-1]) + ' or ' if found[1:] else ''}{found[-1]}?"


def _forms(word: str) -> list[str]:
    """The word as it is compared: accents and case folded, then as it looks and as it sounds in Latin letters."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c)).translate(_APART)
    if plain.isascii():
        return [plain]
    precomposed = unicodedata.normalize("NFC", folded).translate(_APART)
    sound = "".join(c for c in unicodedata.normalize("NFKD", precomposed.translate(_WRITTEN)) if c.isascii())
    return list(dict.fromkeys([plain, plain.translate(_LOOKALIKES), sound or plain]))


def _distance(word: str, forms: list[str], candidate: str) -> float | None:
    """How far apart, None where too far to be meant."""
    if len(candidate) > _LONGEST:
        return None
    others = _forms(candidate)
    if any(form and form in others for form in forms):
        return 0.0
    pairs = [(a, b) for a in forms for b in others if a and b]
    found = [d for a, b in pairs if (d := _slips(a, b)) is not None]
    if found:
        return min(found)
    if len(word) >= _BEGINNING and not word.isdigit() and candidate.casefold().startswith(word.casefold()):
        return 3.25  # meas → measure
    return 3.5 if _is_part(word, candidate) or _is_part(candidate, word) else None


def _is_part(word: str, whole: str) -> bool:
    """created → created_at: a word of at least four letters that is a whole part of a longer name."""
    parts = whole.casefold().replace("_", " ").replace("-", " ").replace(".", " ").split()
    return len(word) >= 4 and not word.isdigit() and len(parts) > 1 and word.casefold() in parts


def _slips(a: str, b: str) -> float | None:
    shorter, longer = min(len(a), len(b)), max(len(a), len(b))
    allowed = 0 if shorter < 3 else 1 if shorter <= 5 else 2 if shorter <= 9 else 3
    if allowed == 0 or longer - shorter > allowed or _figures(a) != _figures(b):
        return None
    if (Counter(a) - Counter(b)).total() > allowed:
        return None
    if longer == 3 and Counter(a) != Counter(b):  # USA is no slip for UGA
        return None
    slips = damerau_levenshtein(a, b)
    other_start = a[0] != b[0] and a[:2] != b[1::-1]
    # Nobody misspells the first letter and another one: 'lean' is not meant for 'median'.
    if slips > allowed or (other_start and (slips > 1 or shorter < 5)):
        return None
    return slips + 0.5 * other_start


def _figures(word: str) -> str:
    return "".join(c for c in word if c.isdigit())


def damerau_levenshtein(a: str, b: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, right in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]

"""Text in one form: 'é' and 'e' + accent are one letter, so columns hold NFC.

`nfc_normalize` alone costs 1.7 µs a non-ASCII value; asking first whether it holds a character that
normalising could change costs 0.2 µs, and ASCII text is known by its length for next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


# Every character that NFC changes, that may join with the one before it, or that is a mark which NFC may
# reorder: from Unicode 14's data, as code points in hexadecimal. A test derives it again from `unicodedata`.
DOUBTFUL = """
300-34E 350-36F 374 37E 387 483-487 591-5BD 5BF 5C1-5C2 5C4-5C5 5C7 610-61A 64B-65F 670 6D6-6DC 6DF-6E4
6E7-6E8 6EA-6ED 711 730-74A 7EB-7F3 7FD 816-819 81B-823 825-827 829-82D 859-85B 898-89F 8CA-8E1 8E3-8FF
93C 94D 951-954 958-95F 9BC 9BE 9CD 9D7 9DC-9DD 9DF 9FE A33 A36 A3C A4D A59-A5B A5E ABC ACD B3C B3E B4D
B56-B57 B5C-B5D BBE BCD BD7 C3C C4D C55-C56 CBC CC2 CCD CD5-CD6 D3B-D3C D3E D4D D57 DCA DCF DDF E38-E3A
E48-E4B EB8-EBA EC8-ECB F18-F19 F35 F37 F39 F43 F4D F52 F57 F5C F69 F71-F76 F78 F7A-F7D F80-F84 F86-F87
F93 F9D FA2 FA7 FAC FB5 FB7 FB9 FC6 102E 1037 1039-103A 108D 1161-1175 11A8-11C2 135D-135F 1714-1715 1734
17D2 17DD 18A9 1939-193B 1A17-1A18 1A60 1A75-1A7C 1A7F 1AB0-1ABD 1ABF-1ACE 1B34-1B35 1B44 1B6B-1B73
1BAA-1BAB 1BE6 1BF2-1BF3 1C37 1CD0-1CD2 1CD4-1CE0 1CE2-1CE8 1CED 1CF4 1CF8-1CF9 1DC0-1DFF 1F71 1F73 1F75
1F77 1F79 1F7B 1F7D 1FBB 1FBE 1FC9 1FCB 1FD3 1FDB 1FE3 1FEB 1FEE-1FEF 1FF9 1FFB 1FFD 2000-2001 20D0-20DC
20E1 20E5-20F0 2126 212A-212B 2329-232A 2ADC 2CEF-2CF1 2D7F 2DE0-2DFF 302A-302F 3099-309A A66F A674-A67D
A69E-A69F A6F0-A6F1 A806 A82C A8C4 A8E0-A8F1 A92B-A92D A953 A9B3 A9C0 AAB0 AAB2-AAB4 AAB7-AAB8 AABE-AABF
AAC1 AAF6 ABED F900-FA0D FA10 FA12 FA15-FA1E FA20 FA22 FA25-FA26 FA2A-FA6D FA70-FAD9 FB1D-FB1F FB2A-FB36
FB38-FB3C FB3E FB40-FB41 FB43-FB44 FB46-FB4E FE20-FE2F 101FD 102E0 10376-1037A 10A0D 10A0F 10A38-10A3A
10A3F 10AE5-10AE6 10D24-10D27 10EAB-10EAC 10F46-10F50 10F82-10F85 11046 11070 1107F 110B9-110BA
11100-11102 11127 11133-11134 11173 111C0 111CA 11235-11236 112E9-112EA 1133B-1133C 1133E 1134D 11357
11366-1136C 11370-11374 11442 11446 1145E 114B0 114BA 114BD 114C2-114C3 115AF 115BF-115C0 1163F
116B6-116B7 1172B 11839-1183A 11930 1193D-1193E 11943 119E0 11A34 11A47 11A99 11C3F 11D42 11D44-11D45
11D97 16AF0-16AF4 16B30-16B36 16FF0-16FF1 1BC9E 1D15E-1D169 1D16D-1D172 1D17B-1D182 1D185-1D18B
1D1AA-1D1AD 1D1BB-1D1C0 1D242-1D244 1E000-1E006 1E008-1E018 1E01B-1E021 1E023-1E024 1E026-1E02A
1E130-1E136 1E2AE 1E2EC-1E2EF 1E8D0-1E8D6 1E944-1E94A 2F800-2FA1D
"""


def _pattern() -> str:
    ranges = (item.partition("-") for item in DOUBTFUL.split())
    return "[" + "".join(f"\\x{{{first}}}" + (f"-\\x{{{last}}}" if last else "") for first, _, last in ranges) + "]"


_DOUBTFUL = _pattern()


_BEYOND_LATIN = 0xCC  # the first byte of U+0300 in UTF-8; all before it is NFC
_THREE_BYTES = 0xE0  # the first byte of characters that take three
_SHORT = 1 << 16
_DENSE = 0.1  # with more such bytes than this, asking value by value is no dearer than looking at the file


def surely_nfc(parts: Iterable[bytes]) -> bool:
    """True where no character of a UTF-8 text can be changed by NFC; False where one may, or telling would take long.

    Looks at the first three bytes of characters beyond Latin: enough to tell typographic quotes and emoji from
    combining marks, at a tenth of a second for 400 MB.
    """
    import numpy as np

    starts, held = _starts(), b""
    for part in chain(parts, (b"\0\0",)):
        data = np.frombuffer(held + part, np.uint8)
        held = (held + part)[-2:]
        if data.size < 3 or data.max() < _BEYOND_LATIN:
            continue
        at = np.flatnonzero(data[:-2] >= _BEYOND_LATIN)
        if at.size > _DENSE * max(data.size, _SHORT):
            return False
        first, second, third = (data[at + i].astype(np.int64) for i in range(3))
        third[first < _THREE_BYTES] = 0
        if np.isin((first * 256 + second) * 256 + third, starts).any():
            return False
    return True


@cache
def _starts() -> NDArray[Any]:
    """The first three bytes (two of a character of two) of every doubtful character, as numbers."""
    import numpy as np

    found: set[int] = set()
    for first, _, last in (item.partition("-") for item in DOUBTFUL.split()):
        points = range(int(first, 16), int(last or first, 16) + 1)
        found |= {int.from_bytes(chr(point).encode()[:3].ljust(3, b"\0"), "big") for point in points}
    return np.array(sorted(found))


def is_doubtful(sql: str) -> str:
    """SQL: true where the text may not be NFC."""
    return f"strlen({sql}) <> length({sql}) AND regexp_matches({sql}, '{_DOUBTFUL}')"


def nfc(sql: str) -> str:
    """SQL: the text in NFC. The engine's own function ends a text at a NUL character, so parts are normalised."""
    parts = f"list_transform(string_split({sql}, chr(0)), lambda part: nfc_normalize(part))"
    return (
        f"CASE WHEN strlen({sql}) = length({sql}) THEN {sql} "
        f"WHEN regexp_matches({sql}, '{_DOUBTFUL}') THEN CASE WHEN contains({sql}, chr(0)) "
        f"THEN array_to_string({parts}, chr(0)) ELSE nfc_normalize({sql}) END ELSE {sql} END"
    )

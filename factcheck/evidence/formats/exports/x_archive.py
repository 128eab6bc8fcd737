"""x-archive, not written yet."""

from factcheck.evidence.formats.presets import Preset

PRESET = Preset("x-archive", "x-archive export", ("csv",), ())

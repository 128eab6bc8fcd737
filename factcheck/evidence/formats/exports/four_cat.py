"""4cat, not written yet."""

from factcheck.evidence.formats.presets import Preset

PRESET = Preset("4cat", "4cat export", ("csv",), ())

"""twint, not written yet."""

from factcheck.evidence.formats.presets import Preset

PRESET = Preset("twint", "twint export", ("csv",), ())

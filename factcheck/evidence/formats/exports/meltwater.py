"""meltwater, not written yet."""

from factcheck.evidence.formats.presets import Preset

PRESET = Preset("meltwater", "meltwater export", ("csv",), ())

"""brandwatch, not written yet."""

from factcheck.evidence.formats.presets import Preset

PRESET = Preset("brandwatch", "brandwatch export", ("csv",), ())

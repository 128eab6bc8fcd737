"""tags, not written yet."""

from factcheck.evidence.formats.presets import Preset

PRESET = Preset("tags", "tags export", ("csv",), ())

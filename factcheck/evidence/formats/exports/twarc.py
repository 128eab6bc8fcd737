"""twarc, not written yet."""

from factcheck.evidence.formats.presets import Preset

PRESET = Preset("twarc", "twarc export", ("csv",), ())

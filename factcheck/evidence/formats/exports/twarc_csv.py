"""twarc-csv, not written yet."""

from factcheck.evidence.formats.presets import Preset

PRESET = Preset("twarc-csv", "twarc-csv export", ("csv",), ())

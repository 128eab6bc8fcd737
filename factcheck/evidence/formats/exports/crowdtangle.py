"""crowdtangle, not written yet."""

from factcheck.evidence.formats.presets import Preset

PRESET = Preset("crowdtangle", "crowdtangle export", ("csv",), ())

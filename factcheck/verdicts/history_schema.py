"""The tables of the history. A script that was released is never edited: a new form is a new script behind it."""

FIRST = """
CREATE TABLE programs (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL,
    code TEXT NOT NULL,
    libraries TEXT NOT NULL -- JSON: versions by name
);
CREATE TABLE methods (
    program INTEGER NOT NULL REFERENCES programs,
    kind TEXT NOT NULL,
    method TEXT NOT NULL,
    PRIMARY KEY (program, kind)
) WITHOUT ROWID;
CREATE TABLE specs (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE, -- the fingerprint of the claim
    spec TEXT NOT NULL, -- JSON: the claim's meaning
    rules TEXT NOT NULL -- JSON: the project's own rules for judging it
);
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    prints TEXT NOT NULL UNIQUE -- JSON: by dataset the sha256 of its content and of its manifest
);
CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE, -- of all that follows
    claim TEXT NOT NULL,
    file TEXT NOT NULL,
    spec INTEGER NOT NULL REFERENCES specs,
    evidence INTEGER NOT NULL REFERENCES evidence,
    kinds TEXT NOT NULL, -- JSON: of its measures
    outcome TEXT NOT NULL,
    direction TEXT,
    confidence TEXT,
    rating TEXT,
    claimed TEXT, -- JSON, as are the next three
    estimate TEXT,
    low TEXT,
    high TEXT,
    unit TEXT,
    n INTEGER,
    missing INTEGER,
    error TEXT,
    found TEXT NOT NULL -- as a report tells it
);
CREATE INDEX findings_by_claim ON findings (claim);
-- All that a run found; runs that found the same share one.
CREATE TABLE wholes (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE
);
CREATE TABLE parts (
    finding INTEGER NOT NULL REFERENCES findings,
    whole INTEGER NOT NULL REFERENCES wholes,
    PRIMARY KEY (finding, whole)
) WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which they were recorded
    command TEXT NOT NULL,
    started TEXT NOT NULL, -- what the results carry; the next two are the clock's
    began TEXT NOT NULL,
    finished TEXT NOT NULL,
    program INTEGER NOT NULL REFERENCES programs,
    selection TEXT,
    paths TEXT NOT NULL, -- JSON
    complete INTEGER NOT NULL, -- whether all of the project was wanted
    whole INTEGER NOT NULL REFERENCES wholes
);
CREATE INDEX runs_by_whole ON runs (whole);
"""

OWNERS = """
CREATE TABLE owners (
    database TEXT PRIMARY KEY, -- a name drawn at random
    signature BLOB NOT NULL -- of the name, by the user who began the history
) WITHOUT ROWID;
"""

MIGRATIONS = (FIRST, OWNERS)

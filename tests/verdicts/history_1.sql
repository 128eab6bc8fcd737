-- A history as the first version of its schema has it, written by hand: two runs, of which the second found the same
-- of one claim and something else of another.
CREATE TABLE programs (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, version TEXT NOT NULL, code TEXT NOT NULL, libraries TEXT NOT NULL);
CREATE TABLE methods (program INTEGER NOT NULL REFERENCES programs, kind TEXT NOT NULL, method TEXT NOT NULL, PRIMARY KEY (program, kind)) WITHOUT ROWID;
CREATE TABLE specs (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, spec TEXT NOT NULL, rules TEXT NOT NULL);
CREATE TABLE evidence (id INTEGER PRIMARY KEY, prints TEXT NOT NULL UNIQUE);
CREATE TABLE findings (
    id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, claim TEXT NOT NULL, file TEXT NOT NULL,
    spec INTEGER NOT NULL REFERENCES specs, evidence INTEGER NOT NULL REFERENCES evidence, kinds TEXT NOT NULL,
    outcome TEXT NOT NULL, direction TEXT, confidence TEXT, rating TEXT, claimed TEXT, estimate TEXT, low TEXT,
    high TEXT, unit TEXT, n INTEGER, missing INTEGER, error TEXT, found TEXT NOT NULL
);
CREATE INDEX findings_by_claim ON findings (claim);
CREATE TABLE wholes (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE);
CREATE TABLE parts (finding INTEGER NOT NULL REFERENCES findings, whole INTEGER NOT NULL REFERENCES wholes, PRIMARY KEY (finding, whole)) WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, command TEXT NOT NULL, started TEXT NOT NULL, began TEXT NOT NULL,
    finished TEXT NOT NULL, program INTEGER NOT NULL REFERENCES programs, selection TEXT, paths TEXT NOT NULL,
    complete INTEGER NOT NULL, whole INTEGER NOT NULL REFERENCES wholes
);
CREATE INDEX runs_by_whole ON runs (whole);
INSERT INTO programs VALUES (1, 'aa', '0.1.0', 'bb', '{"duckdb":"1.5.0"}');
INSERT INTO methods VALUES (1, 'share', '0123456789ab');
INSERT INTO specs VALUES (1, 'c1', '{"statement":"Half of the posts came from Russia.","claimed":"half"}', '{}');
INSERT INTO specs VALUES (2, 'c2', '{"statement":"There were four posts.","claimed":4}', '{}');
INSERT INTO evidence VALUES (1, '{"posts":["d1","m1"]}');
INSERT INTO evidence VALUES (2, '{"posts":["d2","m1"]}');
INSERT INTO findings VALUES (1, x'01', 'russia', 'claims/one.yaml', 1, 1, '["share"]', 'supported', NULL, 'high', 'True', '{"text":"half","low":0.45,"high":0.55}', '0.5', '0.5', '0.5', 'proportion', 4, 0, NULL, '50%');
INSERT INTO findings VALUES (2, x'02', 'russia', 'claims/one.yaml', 1, 2, '["share"]', 'refuted', 'overstated', 'high', 'False', '{"text":"half","low":0.45,"high":0.55}', '0.2', '0.2', '0.2', 'proportion', 5, 0, NULL, '20%');
INSERT INTO findings VALUES (3, x'03', 'total', 'claims/one.yaml', 2, 1, '["count"]', 'supported', NULL, 'high', 'True', '{"text":"4","low":4,"high":4}', '4', '4', '4', NULL, 4, 0, NULL, '4');
INSERT INTO wholes VALUES (1, x'11'), (2, x'12');
INSERT INTO parts VALUES (1, 1), (3, 1), (2, 2), (3, 2);
INSERT INTO runs VALUES (1, 'check', '2026-11-20T00:00:00Z', '2026-11-20T08:00:00.000000Z', '2026-11-20T08:00:01.000000Z', 1, NULL, '[]', 1, 1);
INSERT INTO runs VALUES (2, 'report', '2026-11-21T00:00:00Z', '2026-11-21T08:00:00.000000Z', '2026-11-21T08:00:01.000000Z', 1, NULL, '[]', 1, 2);
PRAGMA user_version = 1;

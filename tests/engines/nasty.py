"""Small tables of values that engines differ about, and what claims and the program ask about such values."""

from __future__ import annotations

# Each value beside every other would be too many rows: columns are as long as the longest, the others repeat.
_COLUMNS: dict[str, tuple[str, list[str]]] = {
    "i": ("INTEGER", ["0", "1", "-1", "2", "-7", "7", "2147483647", "-2147483648", "NULL", "100", "-15"]),
    "k": ("TINYINT", ["0", "1", "-128", "127", "NULL", "5"]),
    "u": ("UTINYINT", ["0", "255", "NULL", "7"]),
    "id": ("BIGINT", ["9007199254740993", "9007199254740992", "9223372036854775807", "-9223372036854775808", "0", "NULL", "-7"]),
    "h": ("HUGEINT", ["9223372036854775808", "18446744073709551616", "-9223372036854775809", "0", "NULL", "-7", "12"]),
    "d": ("DECIMAL(18,2)", ["0.00", "1.50", "-1.50", "2.50", "-2.50", "0.05", "NULL", "123456789012345.67", "-0.01", "7.00"]),
    "w": ("DECIMAL(38,10)", ["0.0000000001", "-0.5", "12345678901234567890.0123456789", "NULL", "2.5"]),
    "x": ("DOUBLE", ["0.0", "-0.0", "0.5", "1.5", "2.5", "-2.5", "0.1", "1e290", "-1e-300", "'nan'", "'inf'", "'-inf'",
                     "NULL", "0.49999999999999994", "4503599627370497.5", "123456789.123456789", "1e15", "1e16", "1e-5",
                     "1.005", "9007199254740993", "100"]),
    "t": ("VARCHAR", ["''", "'a'", "'B'", "'b'", "'ä'", "'Ä'", "'z'", "'Z'", "' a '", "'é'", "'é'", "'Привет, мир'", "NULL",
                      "'_x'", "'#Tag and @name'", "'日本'", "'🙂a'", "'a%b'", "'a\\b'", "'it''s'", "'10'", "'9'", "'İ'", "'ß'"]),
    "n": ("VARCHAR", ["'5'", "' 5 '", "'5.5'", "'-2.5'", "'+7'", "'abc'", "''", "NULL", "'1e3'", "'12 apples'", "'.5'", "'5.'",
                      "'1e400'", "'nan'", "'-inf'", "'9223372036854775807'", "'9223372036854775808'", "'2018-04-10'", "'t'",
                      "'FALSE'", "'yes'", "'1'", "'99999999999999999999999999999999999999999'", "'-0'", "'25e-1'"]),
    "said": ("VARCHAR", ["'2018-04-10'", "'2018-02-30'", "'2020-02-29'", "'1900-02-29'", "'2018-04-10 12:30:00'", "''", "NULL",
                         "'yesterday'", "'2018-04-10T23:59:59.25'", "'2018-13-01'", "'0001-01-01'"]),
    "ts": ("TIMESTAMP", ["'2018-03-25 00:30:00'", "'2018-03-25 01:30:00'", "'2018-10-28 00:30:00'", "'2018-10-28 01:30:00'",
                         "'1969-12-31 23:59:59.5'", "'1969-12-31 23:59:58.000001'", "'1970-01-01 00:00:00'", "NULL",
                         "'2018-12-31 23:59:59.999999'", "'2016-02-29 12:00:00'", "'0001-01-01 00:00:00'",
                         "'9999-12-31 23:59:59'", "'2019-01-01 00:00:00'", "'1940-06-15 12:00:00'", "'2020-12-31 10:00:00'"]),
    "late": ("TIMESTAMP", ["'infinity'", "'-infinity'", "'2018-04-10 12:00:00'", "NULL", "'2018-04-10 12:00:00.000001'"]),
    "day": ("DATE", ["'2018-03-25'", "'1960-02-29'", "'1970-01-01'", "'1969-12-31'", "NULL", "'2018-12-31'", "'2018-01-01'",
                     "'2016-01-03'", "'0001-01-01'", "'2018-04-01'", "'2018-07-31'"]),
    "far": ("DATE", ["'infinity'", "'-infinity'", "'2018-04-10'", "NULL"]),
    "bo": ("BOOLEAN", ["TRUE", "FALSE", "NULL"]),
    "tags": ("VARCHAR[]", ["['a', 'b']", "[]", "NULL", "['a', NULL]", "['Ä', '']"]),
    "none": ("INTEGER", ["NULL"]),
}  # fmt: skip


def select() -> str:
    """A SELECT of DuckDB's of the whole table, with the number `row` of each row."""
    rows = 97  # not a multiple of the length of any column, so that values meet different ones
    listed = [
        f"CAST([{', '.join(values)}][1 + r * {step} % {len(values)}] AS {kind}) AS \"{name}\""
        for step, (name, (kind, values)) in zip(_STEPS, _COLUMNS.items(), strict=True)
    ]
    return f"SELECT CAST(r AS INTEGER) AS row, {', '.join(listed)} FROM range({rows}) AS t(r)"


_STEPS = [1] * len(_COLUMNS)

EXPRESSIONS = """
i = 1 | i <> 1 | i > 0 | i between -7 and 2 | i in (1, 2, 100) | i is null | not i > 0 | i is not distinct from 1
id = 9007199254740993 | id > 9007199254740992 | id in (9007199254740992, 0) | id = 9007199254740992e0 | h > 9223372036854775807 | h = id
d = 1.5 | d > 1.499 | d >= 0.05 | d in (1.5, 7) | w > 0 | d = i | d < x | w = -0.5 | w between 0 and 3
x = 0 | x > 1 | x < 0 | x between 0 and 2 | x = 0.1 | x in (0.5, 1.5) | isnan(x) | x > 1e300 | x <> x | x = 1.005
t = 'a' | t <> 'a' | t < 'a' | t > 'B' | t >= 'Z' | t between 'A' and 'b' | t in ('a', 'ä', '') | t is null | t < 'ä' | t > n
bo | not bo | bo = true | bo is true | bo is not false | bo and i > 0 | bo or i > 0 | i > 0 and (bo or d > 1) | bo is null
ts > '2018-03-25' | ts <= '2018-03-25 01:00' | ts between '1969-12-31' and '1970-01-01' | day > '2018-01-01' | day = '2018-03-25' | ts = day | late > '2018-04-10' | late < ts | far > day | day in ('2018-01-01', '2018-12-31')
i + 1 | i - 1 | i * 2 | k + 1 | k * 2 | u + 1 | id - 1 | h + 1 | h * 2 | -i | -d | -x | -h | abs(i) | abs(d) | abs(x) | abs(h)
i + i | i * i | id + id | i * d | d * d | d + w | d - w | x + d | x * i | x - x | x * 2 | d * 0.5 | w * 2
i / 2 | i / k | d / 3 | x / 2 | x / d | id / 7 | h / 7 | i / d | w / 3 | i / x | x / x | 1 / i | i / 0.5
i // 2 | i // k | id // 7 | h // 7 | h // 5 | i // -3 | i // id | i % 2 | i % k | id % 7 | h % 7 | d % 2 | i % -3
round(x) | round(x, 2) | round(d) | round(d, 1) | round(w, 3) | round(i) | round(x, 0) | round(x * 10, 1) | round(d / 3, 2) | round(w)
x::integer | x::bigint | d::integer | w::bigint | x::decimal(18, 2) | d::decimal(18, 1) | i::decimal(5, 2) | i::double | d::double | w::double | h::double | id::double
x::varchar | d::varchar | i::varchar | h::varchar | bo::varchar | day::varchar | ts::varchar | w::varchar | late::varchar | far::varchar
bo::integer | bo::double | bo::decimal(5, 2) | i::boolean | x::boolean | d::boolean | h::boolean | id::integer | i::tinyint | i::smallint | h::bigint | x::smallint
n::integer | n::bigint | n::double | n::decimal(18, 2) | n::hugeint | n::boolean | n::date | said::date | said::timestamp | n::decimal(38, 10)
(round(x) + 0.5)::bigint | (d / 3)::integer | (x / 3)::decimal(10, 4) | (i / 2)::integer | (bo and i > 0)::integer | (i + d)::integer
year(ts) | month(ts) | day(ts) | hour(ts) | extract(week from ts) | extract(quarter from day) | extract(dow from day) | extract(isodow from ts) | extract(doy from ts) | extract(second from ts) | extract(minute from ts) | year(day) | year(late) | extract(week from day)
date_trunc('second', ts) | date_trunc('minute', ts) | date_trunc('hour', ts) | date_trunc('day', ts) | date_trunc('week', ts) | date_trunc('month', day) | date_trunc('quarter', ts) | date_trunc('year', ts) | date_trunc('week', day) | date_trunc('month', ts)
date_diff('second', ts, late) | date_diff('minute', ts, '2018-06-01') | date_diff('hour', ts, '2018-06-01 12:00') | date_diff('day', ts, late) | date_diff('day', day, far) | date_diff('week', day, ts) | date_diff('month', day, '2018-06-15') | date_diff('quarter', day, '2017-01-01') | date_diff('year', ts, day) | day - date '2018-01-01' | days_between(ts, day)
ts + interval '1 month' | ts - interval '1 day' | day + interval '3 hours' | ts + interval '1 year' | day + 3 | day - i % 5 | ts - late > interval '1 day' | ts + interval '90 seconds' < late
strftime(ts, '%Y-%m-%d %H:%M:%S') | strftime(day, '%B %d, %A %y') | strftime(ts, '%j %a %b %I %p %w %u %V %G') | strftime(ts, 'day {x} ''%d''') | local_hour(ts, 'Europe/Berlin') | local_hour(ts, 'America/New_York') | local_hour(ts, 'Asia/Kolkata') | local_hour(ts, 'Australia/Lord_Howe')
ts::date | day::timestamp | late::date | coalesce(i, 0) | coalesce(d, 0) | coalesce(x, 0.5) | coalesce(t, 'none') | coalesce(ts, late) | nullif(i, 1) | nullif(t, '') | nullif(x, 0) | nullif(d, 1.5) | coalesce(d, x) | coalesce(none, i)
greatest(i, 0) | least(i, k) | greatest(x, d) | least(t, n) | greatest(t, 'a') | greatest(ts, late) | least(day, far) | greatest(d, 0.5, w) | greatest(bo, false) | least(x, 0)
case when i > 0 then 'pos' when i < 0 then 'neg' end | case when bo then i else d end | case i when 1 then 'one' else t end | if(bo, 1, 0) | case when bo then x else i end | case when t > 'a' then t else n end
length(t) | length(tags) | t || n | concat(t, n) | contains(t, 'a') | starts_with(t, 'a') | ends_with(t, 'b') | t like 'a%' | t like '%a\\%' | t not like '%b' | t like '_' | t like 'a!%b' escape '!' | replace(t, 'a', 'x') | split_part(t, ' ', 1) | split_part(t, ',', 2) | substring(t, 2, 2) | substring(t, 1, 1) | trim(t) | trim(t, 'a') | ltrim(t) | rtrim(t) | list_contains(tags, 'a') | contains(tags, 'b')
lower(t) | upper(t) | t ilike 'A%' | t ilike '%ä%' | matches(t, '^[a-z]') | matches(t, '\\d+') | regexp_matches(t, 'A', 'i') | regexp_full_match(t, '[a-zA-Z]') | regexp_extract(t, '([a-z])', 1) | script(t) | has_script(t, 'Cyrillic') | hashtags(t) | mentions(t) | has_hashtag(t, 'tag') | domain(t) | digits_at_end(n) | is_random_handle(t) | digits_at_end(t)
"""

STATEMENTS = """
SELECT COUNT(*), COUNT(i), COUNT(DISTINCT t), COUNT(DISTINCT x), COUNT(DISTINCT h), COUNT(DISTINCT ts), COUNT(CASE WHEN bo THEN 1 END) FROM "nasty"
SELECT SUM(i), SUM(k), SUM(id), SUM(h), SUM(d), SUM(w) FROM "nasty"
SELECT MIN(i), MAX(i), MIN(x), MAX(x), MIN(t), MAX(t), MIN(ts), MAX(ts), MIN(late), MAX(late), MIN(far), MAX(day), MIN(bo), MAX(bo), MIN(h), MAX(w), MIN(tags[1]) FROM "nasty"
SELECT SUM(x) FROM "nasty"
SELECT FSUM(x), SUM(x) FROM "nasty" WHERE x BETWEEN -1e200 AND 1e200
SELECT FSUM(CASE WHEN ISFINITE(x) AND ABS(x) < 1e300 THEN x * 0.1 END), AVG(x), STDDEV(x), VAR_POP(x) FROM "nasty" WHERE ABS(x) < 1e10
SELECT AVG(i), AVG(d), AVG(w), AVG(id), AVG(h), STDDEV(i), STDDEV_POP(d), VARIANCE(d), STDDEV_SAMP(k) FROM "nasty"
SELECT t, COUNT(*) AS n, FSUM(row) AS s FROM "nasty" GROUP BY 1 ORDER BY 2 DESC, 1
SELECT t FROM "nasty" GROUP BY t HAVING MIN(n) <> MAX(n) ORDER BY t
SELECT DISTINCT t FROM "nasty" ORDER BY t
SELECT x, COUNT(*) AS n FROM "nasty" GROUP BY 1 ORDER BY 1 DESC, n
SELECT t, ROW_NUMBER() OVER (ORDER BY t, row) AS a, RANK() OVER (ORDER BY t) AS b, DENSE_RANK() OVER (ORDER BY t DESC) AS c, NTILE(4) OVER (ORDER BY row) AS f, PERCENT_RANK() OVER (ORDER BY x) AS g, CUME_DIST() OVER (ORDER BY x DESC) AS e FROM "nasty" ORDER BY t, row
SELECT row, LAG(t) OVER w AS a, LEAD(i) OVER w AS b, LAG(i, 2) OVER w AS c, LEAD(i, 1, 0) OVER w AS f, FIRST_VALUE(t) OVER w AS g, LAST_VALUE(t) OVER w AS e FROM "nasty" WINDOW w AS (PARTITION BY bo ORDER BY ts, row)
SELECT row, SUM(i) OVER (PARTITION BY bo ORDER BY row ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS a, MAX(d) OVER (PARTITION BY k ORDER BY day, row RANGE UNBOUNDED PRECEDING) AS b, MIN(t) OVER (ORDER BY i RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS c, COUNT(*) OVER (ORDER BY t) AS e FROM "nasty"
SELECT row, i FROM "nasty" WHERE i IS NOT NULL ORDER BY i DESC, row LIMIT 5
SELECT i, t FROM "nasty" ORDER BY i, t DESC, row LIMIT 20
SELECT LIST_EXTRACT('[0,5,7]'::INTEGER[], CAST(CASE WHEN bo THEN 1 WHEN NOT bo THEN 2 ELSE 3 END AS INTEGER)) AS c, COUNT(*) AS n FROM "nasty" GROUP BY 1
SELECT COALESCE(CAST(bo AS UTINYINT), 2) AS c, COUNT(*) AS n FROM "nasty" GROUP BY 1
SELECT BIT_OR(CASE WHEN bo THEN 1::BIGINT ELSE 0::BIGINT END | CASE WHEN i > 0 THEN 4611686018427387904::BIGINT ELSE 0::BIGINT END) AS m FROM "nasty"
SELECT COUNT(CASE WHEN m & 2 <> 0 AND m & 1 = 0 THEN 1 END) FROM (SELECT i AS value, BIT_OR(CASE WHEN bo THEN 1::BIGINT ELSE 2::BIGINT END) AS m FROM "nasty" GROUP BY 1) AS seen
SELECT q[1], q[2] FROM (SELECT QUANTILE_DISC(i, [0.25::DOUBLE, 0.7::DOUBLE]) AS q FROM "nasty") AS p
SELECT q[1], q[2] FROM (SELECT QUANTILE_DISC(ts, [0.26::DOUBLE, 0.71::DOUBLE]) AS q FROM "nasty") AS p
SELECT q[1], r[2] FROM (SELECT QUANTILE_DISC(x, [0.251::DOUBLE, 0.9::DOUBLE]) AS q, QUANTILE_DISC(d, [0.333::DOUBLE, 0.5::DOUBLE]) AS r FROM "nasty") AS p
SELECT QUANTILE_CONT(CAST(i AS DOUBLE), 0.3), QUANTILE_CONT(CAST(d AS DOUBLE), 0.95), QUANTILE_CONT(x, 0.5), MEDIAN(i), MEDIAN(x), QUANTILE_CONT(id, 0.1) FROM "nasty"
SELECT bo, MEDIAN(i), ARG_MAX(t, row), ARG_MIN(i, row), BOOL_OR(i > 0), BOOL_AND(i > 0), COUNT_IF(i > 0), SUM(i) FILTER (WHERE d > 0) FROM "nasty" GROUP BY bo
SELECT row, UNNEST(tags) AS tag FROM "nasty"
SELECT bo, COUNT(*) AS c, UNNEST([0, 1, -1]) AS k FROM "nasty" GROUP BY bo
SELECT row, UNNEST([row // 10 - 1, row // 10]) AS piece FROM "nasty"
SELECT EPOCH_US(ts) AS e, ISFINITE(late) AS f, ISFINITE(x) AS g, CASE WHEN ISFINITE(late) THEN EPOCH_US(late) END AS l FROM "nasty"
SELECT row, date_diff('microsecond', ts, TIMESTAMP '2018-01-01') AS a, DATE_DIFF('DAY', day, DATE '2018-01-01') AS b, CAST(DATE_DIFF('MICROSECOND', ts, TIMESTAMP '2018-01-01') AS DECIMAL(20, 0)) * 0.000001 AS c FROM "nasty" WHERE ts > TIMESTAMP '1900-01-01'
SELECT a.row, b.row AS other FROM "nasty" AS a JOIN "nasty" AS b ON a.t = b.n
SELECT COUNT(*) FROM "nasty" SEMI JOIN (SELECT i FROM "nasty" GROUP BY i HAVING COUNT(*) > 8) AS s USING (i)
SELECT COUNT(*) FROM "nasty" WHERE EXISTS (SELECT 1 FROM "nasty" AS b WHERE b.i = "nasty".k)
SELECT t FROM "nasty" WHERE i > 0 UNION SELECT n FROM "nasty"
SELECT i, d FROM "nasty" UNION ALL SELECT row, x FROM "nasty"
WITH a AS (SELECT i, COUNT(*) AS n FROM "nasty" GROUP BY i), b AS (SELECT MAX(n) AS m FROM a) SELECT i, n FROM a, b WHERE n = m
SELECT (SELECT MAX(i) FROM "nasty"), (SELECT COUNT(*) FROM "nasty" WHERE bo)
SELECT SUM(n * (n - 1)) // 2, SUM(n) // 7, SUM(n) / 7, SUM(n) % 5 FROM (SELECT i, COUNT(*) AS n FROM "nasty" GROUP BY i) AS c
SELECT MIN(row) AS a, SUM(row) // 2 AS b FROM (SELECT k, row FROM "nasty") AS q GROUP BY k HAVING COUNT(*) > 3
SELECT TRY_CAST(SUM(id) AS BIGINT), TRY_CAST(SUM(i) AS BIGINT), TRY_CAST(MAX(x) AS DOUBLE), TRY_CAST(SUM(CAST(x AS DOUBLE)) AS BIGINT) FROM "nasty"
SELECT TRY_CAST(REPLACE(CAST(SUM(d) AS VARCHAR), '.', '') AS BIGINT), TRY_CAST(REPLACE(CAST(SUM(w) AS VARCHAR), '.', '') AS BIGINT) FROM "nasty"
SELECT code, c FROM (VALUES (0, FALSE), (1, TRUE), (2, NULL)) AS v(code, c) WHERE code IN (SELECT row FROM "nasty")
SELECT i IS NOT DISTINCT FROM none AS a, t IS DISTINCT FROM n AS b FROM "nasty"
SELECT COUNT(*) FROM "nasty" WHERE (i > 0) IS NOT FALSE
SELECT i + 2147483647 AS c FROM "nasty"
SELECT id * 2 AS c FROM "nasty"
SELECT CAST(row AS UTINYINT) // 0 AS c FROM "nasty"
SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY x) - 1 AS place, CAST(COUNT(*) OVER (PARTITION BY k) AS HUGEINT) AS size FROM (SELECT k, x FROM "nasty" WHERE x IS NOT NULL) AS c
SELECT k, MIN(x), MAX(x), MAX(size) FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY x) - 1 AS place, CAST(COUNT(*) OVER (PARTITION BY k) AS HUGEINT) AS size FROM (SELECT k, x FROM "nasty" WHERE x IS NOT NULL) AS c) AS placed WHERE place BETWEEN ((size - 1) * 1 // 2) AND CASE WHEN (size - 1) * 1 % 2 = 0 THEN ((size - 1) * 1 // 2) ELSE ((size - 1) * 1 // 2) + 1 END GROUP BY k
"""


def expressions() -> list[str]:
    return [part.strip() for line in EXPRESSIONS.strip().splitlines() for part in line.split(" | ")]


def statements() -> list[str]:
    return STATEMENTS.strip().splitlines()

-- i = 1
SELECT "nasty"."i" = 1 AS "c" FROM "nasty" AS "nasty"

-- i <> 1
SELECT "nasty"."i" <> 1 AS "c" FROM "nasty" AS "nasty"

-- i > 0
SELECT "nasty"."i" > 0 AS "c" FROM "nasty" AS "nasty"

-- i between -7 and 2
SELECT "nasty"."i" BETWEEN -7 AND 2 AS "c" FROM "nasty" AS "nasty"

-- i in (1, 2, 100)
SELECT "nasty"."i" IN (1, 2, 100) AS "c" FROM "nasty" AS "nasty"

-- i is null
SELECT "nasty"."i" IS NULL AS "c" FROM "nasty" AS "nasty"

-- not i > 0
SELECT NOT ("nasty"."i" > 0) AS "c" FROM "nasty" AS "nasty"

-- i is not distinct from 1
SELECT "nasty"."i" IS NOT DISTINCT FROM 1 AS "c" FROM "nasty" AS "nasty"

-- id = 9007199254740993
SELECT "nasty"."id" = 9007199254740993 AS "c" FROM "nasty" AS "nasty"

-- id > 9007199254740992
SELECT "nasty"."id" > 9007199254740992 AS "c" FROM "nasty" AS "nasty"

-- id in (9007199254740992, 0)
SELECT "nasty"."id" IN (9007199254740992, 0) AS "c" FROM "nasty" AS "nasty"

-- id = 9007199254740992e0
SELECT "nasty"."id" = 9007199254740992 AS "c" FROM "nasty" AS "nasty"

-- h > 9223372036854775807
SELECT "nasty"."h" > 9223372036854775807 AS "c" FROM "nasty" AS "nasty"

-- h = id
SELECT "nasty"."h" = "nasty"."id" AS "c" FROM "nasty" AS "nasty"

-- d = 1.5
SELECT "nasty"."d" = 1.5 AS "c" FROM "nasty" AS "nasty"

-- d > 1.499
SELECT "nasty"."d" > 1.499 AS "c" FROM "nasty" AS "nasty"

-- d >= 0.05
SELECT "nasty"."d" >= 0.05 AS "c" FROM "nasty" AS "nasty"

-- d in (1.5, 7)
SELECT "nasty"."d" IN (1.5, 7) AS "c" FROM "nasty" AS "nasty"

-- w > 0
SELECT "nasty"."w" > 0 AS "c" FROM "nasty" AS "nasty"

-- d = i
SELECT "nasty"."d" = "nasty"."i" AS "c" FROM "nasty" AS "nasty"

-- d < x
SELECT "nasty"."d" < "nasty"."x" AS "c" FROM "nasty" AS "nasty"

-- w = -0.5
SELECT "nasty"."w" = -0.5 AS "c" FROM "nasty" AS "nasty"

-- w between 0 and 3
SELECT "nasty"."w" BETWEEN 0 AND 3 AS "c" FROM "nasty" AS "nasty"

-- x = 0
SELECT "nasty"."x" = 0 AS "c" FROM "nasty" AS "nasty"

-- x > 1
SELECT "nasty"."x" > 1 AS "c" FROM "nasty" AS "nasty"

-- x < 0
SELECT "nasty"."x" < 0 AS "c" FROM "nasty" AS "nasty"

-- x between 0 and 2
SELECT "nasty"."x" BETWEEN 0 AND 2 AS "c" FROM "nasty" AS "nasty"

-- x = 0.1
SELECT "nasty"."x" = 0.1 AS "c" FROM "nasty" AS "nasty"

-- x in (0.5, 1.5)
SELECT "nasty"."x" IN (0.5, 1.5) AS "c" FROM "nasty" AS "nasty"

-- isnan(x)
SELECT (CAST("nasty"."x" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION)) AS "c" FROM "nasty" AS "nasty"

-- x > 1e300
SELECT "nasty"."x" > CAST('1e+300' AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- x <> x
SELECT "nasty"."x" <> "nasty"."x" AS "c" FROM "nasty" AS "nasty"

-- x = 1.005
SELECT "nasty"."x" = 1.005 AS "c" FROM "nasty" AS "nasty"

-- t = 'a'
SELECT "nasty"."t" = 'a' AS "c" FROM "nasty" AS "nasty"

-- t <> 'a'
SELECT "nasty"."t" <> 'a' AS "c" FROM "nasty" AS "nasty"

-- t < 'a'
SELECT "nasty"."t" COLLATE "C" < 'a' AS "c" FROM "nasty" AS "nasty"

-- t > 'B'
SELECT "nasty"."t" COLLATE "C" > 'B' AS "c" FROM "nasty" AS "nasty"

-- t >= 'Z'
SELECT "nasty"."t" COLLATE "C" >= 'Z' AS "c" FROM "nasty" AS "nasty"

-- t between 'A' and 'b'
SELECT "nasty"."t" COLLATE "C" BETWEEN 'A' AND 'b' AS "c" FROM "nasty" AS "nasty"

-- t in ('a', 'ä', '')
SELECT "nasty"."t" IN ('a', 'ä', '') AS "c" FROM "nasty" AS "nasty"

-- t is null
SELECT "nasty"."t" IS NULL AS "c" FROM "nasty" AS "nasty"

-- t < 'ä'
SELECT "nasty"."t" COLLATE "C" < 'ä' AS "c" FROM "nasty" AS "nasty"

-- t > n
SELECT "nasty"."t" COLLATE "C" > "nasty"."n" AS "c" FROM "nasty" AS "nasty"

-- bo
SELECT "nasty"."bo" AS "c" FROM "nasty" AS "nasty"

-- not bo
SELECT NOT "nasty"."bo" AS "c" FROM "nasty" AS "nasty"

-- bo = true
SELECT "nasty"."bo" = TRUE AS "c" FROM "nasty" AS "nasty"

-- bo is true
SELECT "nasty"."bo" IS TRUE AS "c" FROM "nasty" AS "nasty"

-- bo is not false
SELECT NOT "nasty"."bo" IS FALSE AS "c" FROM "nasty" AS "nasty"

-- bo and i > 0
SELECT "nasty"."bo" AND "nasty"."i" > 0 AS "c" FROM "nasty" AS "nasty"

-- bo or i > 0
SELECT "nasty"."bo" OR "nasty"."i" > 0 AS "c" FROM "nasty" AS "nasty"

-- i > 0 and (bo or d > 1)
SELECT "nasty"."i" > 0 AND ("nasty"."bo" OR "nasty"."d" > 1) AS "c" FROM "nasty" AS "nasty"

-- bo is null
SELECT "nasty"."bo" IS NULL AS "c" FROM "nasty" AS "nasty"

-- ts > '2018-03-25'
SELECT "nasty"."ts" > CAST('2018-03-25 00:00:00' AS TIMESTAMP) AS "c" FROM "nasty" AS "nasty"

-- ts <= '2018-03-25 01:00'
SELECT "nasty"."ts" <= CAST('2018-03-25 01:00:00' AS TIMESTAMP) AS "c" FROM "nasty" AS "nasty"

-- ts between '1969-12-31' and '1970-01-01'
SELECT "nasty"."ts" BETWEEN CAST('1969-12-31 00:00:00' AS TIMESTAMP) AND CAST('1970-01-01 00:00:00' AS TIMESTAMP) AS "c" FROM "nasty" AS "nasty"

-- day > '2018-01-01'
SELECT "nasty"."day" > CAST('2018-01-01' AS DATE) AS "c" FROM "nasty" AS "nasty"

-- day = '2018-03-25'
SELECT "nasty"."day" = CAST('2018-03-25' AS DATE) AS "c" FROM "nasty" AS "nasty"

-- ts = day
SELECT "nasty"."ts" = CAST("nasty"."day" AS TIMESTAMP) AS "c" FROM "nasty" AS "nasty"

-- late > '2018-04-10'
SELECT "nasty"."late" > CAST('2018-04-10 00:00:00' AS TIMESTAMP) AS "c" FROM "nasty" AS "nasty"

-- late < ts
SELECT "nasty"."late" < "nasty"."ts" AS "c" FROM "nasty" AS "nasty"

-- far > day
SELECT "nasty"."far" > "nasty"."day" AS "c" FROM "nasty" AS "nasty"

-- day in ('2018-01-01', '2018-12-31')
SELECT "nasty"."day" IN (CAST('2018-01-01' AS DATE), CAST('2018-12-31' AS DATE)) AS "c" FROM "nasty" AS "nasty"

-- i + 1
SELECT "nasty"."i" + 1 AS "c" FROM "nasty" AS "nasty"

-- i - 1
SELECT "nasty"."i" - 1 AS "c" FROM "nasty" AS "nasty"

-- i * 2
SELECT "nasty"."i" * 2 AS "c" FROM "nasty" AS "nasty"

-- k + 1
SELECT "nasty"."k" + 1 AS "c" FROM "nasty" AS "nasty"

-- k * 2
SELECT "nasty"."k" * 2 AS "c" FROM "nasty" AS "nasty"

-- u + 1
SELECT "nasty"."u" + 1 AS "c" FROM "nasty" AS "nasty"

-- id - 1
SELECT "nasty"."id" - 1 AS "c" FROM "nasty" AS "nasty"

-- h + 1
SELECT "nasty"."h" + 1 AS "c" FROM "nasty" AS "nasty"

-- h * 2
SELECT "nasty"."h" * 2 AS "c" FROM "nasty" AS "nasty"

-- -i
SELECT -"nasty"."i" AS "c" FROM "nasty" AS "nasty"

-- -d
SELECT -"nasty"."d" AS "c" FROM "nasty" AS "nasty"

-- -x
SELECT -"nasty"."x" AS "c" FROM "nasty" AS "nasty"

-- -h
SELECT -"nasty"."h" AS "c" FROM "nasty" AS "nasty"

-- abs(i)
SELECT ABS("nasty"."i") AS "c" FROM "nasty" AS "nasty"

-- abs(d)
SELECT ABS("nasty"."d") AS "c" FROM "nasty" AS "nasty"

-- abs(x)
SELECT ABS("nasty"."x") AS "c" FROM "nasty" AS "nasty"

-- abs(h)
SELECT ABS("nasty"."h") AS "c" FROM "nasty" AS "nasty"

-- i + i
SELECT "nasty"."i" + "nasty"."i" AS "c" FROM "nasty" AS "nasty"

-- i * i
SELECT "nasty"."i" * "nasty"."i" AS "c" FROM "nasty" AS "nasty"

-- id + id
SELECT "nasty"."id" + "nasty"."id" AS "c" FROM "nasty" AS "nasty"

-- i * d
SELECT "nasty"."i" * "nasty"."d" AS "c" FROM "nasty" AS "nasty"

-- d * d
SELECT "nasty"."d" * "nasty"."d" AS "c" FROM "nasty" AS "nasty"

-- d + w
SELECT "nasty"."d" + "nasty"."w" AS "c" FROM "nasty" AS "nasty"

-- d - w
SELECT "nasty"."d" - "nasty"."w" AS "c" FROM "nasty" AS "nasty"

-- x + d
SELECT "nasty"."x" + "nasty"."d" AS "c" FROM "nasty" AS "nasty"

-- x * i
SELECT "nasty"."x" * "nasty"."i" AS "c" FROM "nasty" AS "nasty"

-- x - x
SELECT "nasty"."x" - "nasty"."x" AS "c" FROM "nasty" AS "nasty"

-- x * 2
SELECT "nasty"."x" * 2 AS "c" FROM "nasty" AS "nasty"

-- d * 0.5
SELECT "nasty"."d" * 0.5 AS "c" FROM "nasty" AS "nasty"

-- w * 2
SELECT "nasty"."w" * 2 AS "c" FROM "nasty" AS "nasty"

-- i / 2
SELECT CAST("nasty"."i" AS DOUBLE PRECISION) / CAST(2 AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- i / k
SELECT CAST("nasty"."i" AS DOUBLE PRECISION) / CAST((NULLIF("nasty"."k", 0)) AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- d / 3
SELECT CAST("nasty"."d" AS DOUBLE PRECISION) / CAST(3 AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- x / 2
SELECT CAST("nasty"."x" AS DOUBLE PRECISION) / CAST(2 AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- x / d
SELECT CAST("nasty"."x" AS DOUBLE PRECISION) / CAST((NULLIF("nasty"."d", 0)) AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- id / 7
SELECT CAST("nasty"."id" AS DOUBLE PRECISION) / CAST(7 AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- h / 7
SELECT CAST("nasty"."h" AS DOUBLE PRECISION) / CAST(7 AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- i / d
SELECT CAST("nasty"."i" AS DOUBLE PRECISION) / CAST((NULLIF("nasty"."d", 0)) AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- w / 3
SELECT CAST("nasty"."w" AS DOUBLE PRECISION) / CAST(3 AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- i / x
SELECT CAST("nasty"."i" AS DOUBLE PRECISION) / CAST((NULLIF("nasty"."x", 0)) AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- x / x
SELECT CAST("nasty"."x" AS DOUBLE PRECISION) / CAST((NULLIF("nasty"."x", 0)) AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- 1 / i
SELECT CAST(1 AS DOUBLE PRECISION) / CAST((NULLIF("nasty"."i", 0)) AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- i / 0.5
SELECT CAST("nasty"."i" AS DOUBLE PRECISION) / CAST(0.5 AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- i // 2
SELECT ("nasty"."i" - "nasty"."i" % 2) / 2 AS "c" FROM "nasty" AS "nasty"

-- i // k
SELECT ("nasty"."i" - "nasty"."i" % (NULLIF("nasty"."k", 0))) / (NULLIF("nasty"."k", 0)) AS "c" FROM "nasty" AS "nasty"

-- id // 7
SELECT ("nasty"."id" - "nasty"."id" % 7) / 7 AS "c" FROM "nasty" AS "nasty"

-- h // 7
SELECT ("nasty"."h" - "nasty"."h" % 7) / 7 AS "c" FROM "nasty" AS "nasty"

-- h // 5
SELECT ("nasty"."h" - "nasty"."h" % 5) / 5 AS "c" FROM "nasty" AS "nasty"

-- i // -3
SELECT ("nasty"."i" - "nasty"."i" % (-3)) / (-3) AS "c" FROM "nasty" AS "nasty"

-- i // id
SELECT ("nasty"."i" - "nasty"."i" % (NULLIF("nasty"."id", 0))) / (NULLIF("nasty"."id", 0)) AS "c" FROM "nasty" AS "nasty"

-- i % 2
SELECT "nasty"."i" % 2 AS "c" FROM "nasty" AS "nasty"

-- i % k
SELECT "nasty"."i" % NULLIF("nasty"."k", 0) AS "c" FROM "nasty" AS "nasty"

-- id % 7
SELECT "nasty"."id" % 7 AS "c" FROM "nasty" AS "nasty"

-- h % 7
SELECT "nasty"."h" % 7 AS "c" FROM "nasty" AS "nasty"

-- d % 2
SELECT "nasty"."d" % 2 AS "c" FROM "nasty" AS "nasty"

-- i % -3
SELECT "nasty"."i" % -3 AS "c" FROM "nasty" AS "nasty"

-- round(x)
SELECT (TRUNC(CAST("nasty"."x" AS DOUBLE PRECISION)) + CASE WHEN ABS(CAST("nasty"."x" AS DOUBLE PRECISION) - TRUNC(CAST("nasty"."x" AS DOUBLE PRECISION))) >= CAST('0.5' AS DOUBLE PRECISION) AND ABS(CAST("nasty"."x" AS DOUBLE PRECISION)) < CAST('1e16' AS DOUBLE PRECISION) THEN SIGN(CAST("nasty"."x" AS DOUBLE PRECISION)) ELSE CAST('-0' AS DOUBLE PRECISION) END) AS "c" FROM "nasty" AS "nasty"

-- round(x, 2)
SELECT CASE WHEN ABS(CAST("nasty"."x" AS DOUBLE PRECISION)) < CAST('1e290' AS DOUBLE PRECISION) THEN (TRUNC((CAST("nasty"."x" AS DOUBLE PRECISION) * CAST('1e2' AS DOUBLE PRECISION))) + CASE WHEN ABS((CAST("nasty"."x" AS DOUBLE PRECISION) * CAST('1e2' AS DOUBLE PRECISION)) - TRUNC((CAST("nasty"."x" AS DOUBLE PRECISION) * CAST('1e2' AS DOUBLE PRECISION)))) >= CAST('0.5' AS DOUBLE PRECISION) AND ABS((CAST("nasty"."x" AS DOUBLE PRECISION) * CAST('1e2' AS DOUBLE PRECISION))) < CAST('1e16' AS DOUBLE PRECISION) THEN SIGN((CAST("nasty"."x" AS DOUBLE PRECISION) * CAST('1e2' AS DOUBLE PRECISION))) ELSE CAST('-0' AS DOUBLE PRECISION) END) / CAST('1e2' AS DOUBLE PRECISION) ELSE CAST("nasty"."x" AS DOUBLE PRECISION) END AS "c" FROM "nasty" AS "nasty"

-- round(d)
SELECT ROUND("nasty"."d", 0) AS "c" FROM "nasty" AS "nasty"

-- round(d, 1)
SELECT ROUND("nasty"."d", 1) AS "c" FROM "nasty" AS "nasty"

-- round(w, 3)
SELECT ROUND("nasty"."w", 3) AS "c" FROM "nasty" AS "nasty"

-- round(i)
SELECT "nasty"."i" AS "c" FROM "nasty" AS "nasty"

-- round(x, 0)
SELECT (TRUNC(CAST("nasty"."x" AS DOUBLE PRECISION)) + CASE WHEN ABS(CAST("nasty"."x" AS DOUBLE PRECISION) - TRUNC(CAST("nasty"."x" AS DOUBLE PRECISION))) >= CAST('0.5' AS DOUBLE PRECISION) AND ABS(CAST("nasty"."x" AS DOUBLE PRECISION)) < CAST('1e16' AS DOUBLE PRECISION) THEN SIGN(CAST("nasty"."x" AS DOUBLE PRECISION)) ELSE CAST('-0' AS DOUBLE PRECISION) END) AS "c" FROM "nasty" AS "nasty"

-- round(x * 10, 1)
SELECT CASE WHEN ABS(CAST(("nasty"."x" * 10) AS DOUBLE PRECISION)) < CAST('1e290' AS DOUBLE PRECISION) THEN (TRUNC((CAST(("nasty"."x" * 10) AS DOUBLE PRECISION) * CAST('1e1' AS DOUBLE PRECISION))) + CASE WHEN ABS((CAST(("nasty"."x" * 10) AS DOUBLE PRECISION) * CAST('1e1' AS DOUBLE PRECISION)) - TRUNC((CAST(("nasty"."x" * 10) AS DOUBLE PRECISION) * CAST('1e1' AS DOUBLE PRECISION)))) >= CAST('0.5' AS DOUBLE PRECISION) AND ABS((CAST(("nasty"."x" * 10) AS DOUBLE PRECISION) * CAST('1e1' AS DOUBLE PRECISION))) < CAST('1e16' AS DOUBLE PRECISION) THEN SIGN((CAST(("nasty"."x" * 10) AS DOUBLE PRECISION) * CAST('1e1' AS DOUBLE PRECISION))) ELSE CAST('-0' AS DOUBLE PRECISION) END) / CAST('1e1' AS DOUBLE PRECISION) ELSE CAST(("nasty"."x" * 10) AS DOUBLE PRECISION) END AS "c" FROM "nasty" AS "nasty"

-- round(d / 3, 2)
SELECT CASE WHEN ABS(CAST((CAST("nasty"."d" AS DOUBLE PRECISION) / CAST(3 AS DOUBLE PRECISION)) AS DOUBLE PRECISION)) < CAST('1e290' AS DOUBLE PRECISION) THEN (TRUNC((CAST((CAST("nasty"."d" AS DOUBLE PRECISION) / CAST(3 AS DOUBLE PRECISION)) AS DOUBLE PRECISION) * CAST('1e2' AS DOUBLE PRECISION))) + CASE WHEN ABS((CAST((CAST("nasty"."d" AS DOUBLE PRECISION) / CAST(3 AS DOUBLE PRECISION)) AS DOUBLE PRECISION) * CAST('1e2' AS DOUBLE PRECISION)) - TRUNC((CAST((CAST("nasty"."d" AS DOUBLE PRECISION) / CAST(3 AS DOUBLE PRECISION)) AS DOUBLE PRECISION) * CAST('1e2' AS DOUBLE PRECISION)))) >= CAST('0.5' AS DOUBLE PRECISION) AND ABS((CAST((CAST("nasty"."d" AS DOUBLE PRECISION) / CAST(3 AS DOUBLE PRECISION)) AS DOUBLE PRECISION) * CAST('1e2' AS DOUBLE PRECISION))) < CAST('1e16' AS DOUBLE PRECISION) THEN SIGN((CAST((CAST("nasty"."d" AS DOUBLE PRECISION) / CAST(3 AS DOUBLE PRECISION)) AS DOUBLE PRECISION) * CAST('1e2' AS DOUBLE PRECISION))) ELSE CAST('-0' AS DOUBLE PRECISION) END) / CAST('1e2' AS DOUBLE PRECISION) ELSE CAST((CAST("nasty"."d" AS DOUBLE PRECISION) / CAST(3 AS DOUBLE PRECISION)) AS DOUBLE PRECISION) END AS "c" FROM "nasty" AS "nasty"

-- round(w)
SELECT ROUND("nasty"."w", 0) AS "c" FROM "nasty" AS "nasty"

-- d::integer
SELECT CASE WHEN (ROUND(CAST((ROUND("nasty"."d", 0)) AS DECIMAL), 0)) >= -2147483648 AND (ROUND(CAST((ROUND("nasty"."d", 0)) AS DECIMAL), 0)) < 2147483648 THEN CAST((ROUND(CAST((ROUND("nasty"."d", 0)) AS DECIMAL), 0)) AS INT) END AS "c" FROM "nasty" AS "nasty"

-- w::bigint
SELECT CASE WHEN (ROUND(CAST((ROUND("nasty"."w", 0)) AS DECIMAL), 0)) >= -9223372036854775808 AND (ROUND(CAST((ROUND("nasty"."w", 0)) AS DECIMAL), 0)) < 9223372036854775808 THEN CAST((ROUND(CAST((ROUND("nasty"."w", 0)) AS DECIMAL), 0)) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- d::decimal(18, 1)
SELECT CASE WHEN (ROUND("nasty"."d", 1)) > -100000000000000000 AND (ROUND("nasty"."d", 1)) < 100000000000000000 THEN CAST((ROUND("nasty"."d", 1)) AS DECIMAL(18, 1)) END AS "c" FROM "nasty" AS "nasty"

-- i::decimal(5, 2)
SELECT CASE WHEN "nasty"."i" > -1000 AND "nasty"."i" < 1000 THEN CAST("nasty"."i" AS DECIMAL(5, 2)) END AS "c" FROM "nasty" AS "nasty"

-- i::double
SELECT CAST("nasty"."i" AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- d::double
SELECT CAST("nasty"."d" AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- w::double
SELECT CAST("nasty"."w" AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- h::double
SELECT CAST("nasty"."h" AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- id::double
SELECT CAST("nasty"."id" AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- x::varchar
SELECT (CASE WHEN "nasty"."x" = CAST('NaN' AS DOUBLE PRECISION) THEN 'nan' WHEN "nasty"."x" = CAST('Infinity' AS DOUBLE PRECISION) THEN 'inf' WHEN "nasty"."x" = CAST('-Infinity' AS DOUBLE PRECISION) THEN '-inf' WHEN ABS("nasty"."x") < CAST('1e16' AS DOUBLE PRECISION) AND (ABS("nasty"."x") >= CAST('1e-4' AS DOUBLE PRECISION) OR "nasty"."x" = 0) THEN CASE WHEN "nasty"."x" = TRUNC("nasty"."x") THEN CAST(CAST(CAST("nasty"."x" AS TEXT) AS DECIMAL) AS TEXT) || '.0' ELSE CAST(CAST(CAST("nasty"."x" AS TEXT) AS DECIMAL) AS TEXT) END ELSE CAST("nasty"."x" AS TEXT) END COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- d::varchar
SELECT (CAST("nasty"."d" AS TEXT) COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- i::varchar
SELECT (CAST("nasty"."i" AS TEXT) COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- h::varchar
SELECT (CAST("nasty"."h" AS TEXT) COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- bo::varchar
SELECT (CAST("nasty"."bo" AS TEXT) COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- day::varchar
SELECT (REGEXP_REPLACE(CAST("nasty"."day" AS TEXT), '^(\S+)(.*) BC$', '\1 (BC)\2') COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- ts::varchar
SELECT (REGEXP_REPLACE(CAST("nasty"."ts" AS TEXT), '^(\S+)(.*) BC$', '\1 (BC)\2') COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- w::varchar
SELECT (CAST("nasty"."w" AS TEXT) COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- late::varchar
SELECT (REGEXP_REPLACE(CAST("nasty"."late" AS TEXT), '^(\S+)(.*) BC$', '\1 (BC)\2') COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- far::varchar
SELECT (REGEXP_REPLACE(CAST("nasty"."far" AS TEXT), '^(\S+)(.*) BC$', '\1 (BC)\2') COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- bo::integer
SELECT CAST(CAST("nasty"."bo" AS INT) AS INT) AS "c" FROM "nasty" AS "nasty"

-- bo::double
SELECT CAST(CAST("nasty"."bo" AS INT) AS DOUBLE PRECISION) AS "c" FROM "nasty" AS "nasty"

-- bo::decimal(5, 2)
SELECT CAST(CAST("nasty"."bo" AS INT) AS DECIMAL(5, 2)) AS "c" FROM "nasty" AS "nasty"

-- i::boolean
SELECT ("nasty"."i" <> 0) AS "c" FROM "nasty" AS "nasty"

-- x::boolean
SELECT ("nasty"."x" <> 0) AS "c" FROM "nasty" AS "nasty"

-- d::boolean
SELECT ("nasty"."d" <> 0) AS "c" FROM "nasty" AS "nasty"

-- h::boolean
SELECT ("nasty"."h" <> 0) AS "c" FROM "nasty" AS "nasty"

-- id::integer
SELECT CASE WHEN "nasty"."id" >= -2147483648 AND "nasty"."id" < 2147483648 THEN CAST("nasty"."id" AS INT) END AS "c" FROM "nasty" AS "nasty"

-- i::tinyint
SELECT CASE WHEN "nasty"."i" >= -128 AND "nasty"."i" < 128 THEN CAST("nasty"."i" AS SMALLINT) END AS "c" FROM "nasty" AS "nasty"

-- i::smallint
SELECT CASE WHEN "nasty"."i" >= -32768 AND "nasty"."i" < 32768 THEN CAST("nasty"."i" AS SMALLINT) END AS "c" FROM "nasty" AS "nasty"

-- h::bigint
SELECT CASE WHEN "nasty"."h" >= -9223372036854775808 AND "nasty"."h" < 9223372036854775808 THEN CAST("nasty"."h" AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- n::boolean
SELECT CASE WHEN LOWER("nasty"."n") IN ('true', 't', '1', 'yes', 'y') THEN TRUE WHEN LOWER("nasty"."n") IN ('false', 'f', '0', 'no', 'n') THEN FALSE END AS "c" FROM "nasty" AS "nasty"

-- n::date
SELECT CASE WHEN "nasty"."n" ~ '^(([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))|(([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29))([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?)?$' AND "nasty"."n" > '0001' COLLATE "C" THEN CAST(LEFT("nasty"."n", 10) AS DATE) WHEN "nasty"."n" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND "nasty"."n" > '0001' COLLATE "C" THEN NULL WHEN "nasty"."n" ~* '^\s*-?[0-9]+\s*[-/\\ ]\s*[0-9]|^\s*[+-]?(inf|epoch)' THEN CAST('PostgreSQL may not read this as DuckDB does: ' || "nasty"."n" AS DATE) END AS "c" FROM "nasty" AS "nasty"

-- said::date
SELECT CASE WHEN "nasty"."said" ~ '^(([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))|(([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29))([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?)?$' AND "nasty"."said" > '0001' COLLATE "C" THEN CAST(LEFT("nasty"."said", 10) AS DATE) WHEN "nasty"."said" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND "nasty"."said" > '0001' COLLATE "C" THEN NULL WHEN "nasty"."said" ~* '^\s*-?[0-9]+\s*[-/\\ ]\s*[0-9]|^\s*[+-]?(inf|epoch)' THEN CAST('PostgreSQL may not read this as DuckDB does: ' || "nasty"."said" AS DATE) END AS "c" FROM "nasty" AS "nasty"

-- said::timestamp
SELECT CASE WHEN "nasty"."said" ~ '^(([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))|(([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29))([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?)?$' AND "nasty"."said" > '0001' COLLATE "C" THEN CAST("nasty"."said" AS TIMESTAMP) WHEN "nasty"."said" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?)?$' AND NOT "nasty"."said" ~ '[ T]24:' AND "nasty"."said" > '0001' COLLATE "C" THEN NULL WHEN "nasty"."said" ~* '^\s*-?[0-9]+\s*[-/\\ ]\s*[0-9]|^\s*[+-]?(inf|epoch)' THEN CAST('PostgreSQL may not read this as DuckDB does: ' || "nasty"."said" AS TIMESTAMP) END AS "c" FROM "nasty" AS "nasty"

-- (bo and i > 0)::integer
SELECT CAST(CAST(("nasty"."bo" AND "nasty"."i" > 0) AS INT) AS INT) AS "c" FROM "nasty" AS "nasty"

-- (i + d)::integer
SELECT CASE WHEN (ROUND(CAST((ROUND(("nasty"."i" + "nasty"."d"), 0)) AS DECIMAL), 0)) >= -2147483648 AND (ROUND(CAST((ROUND(("nasty"."i" + "nasty"."d"), 0)) AS DECIMAL), 0)) < 2147483648 THEN CAST((ROUND(CAST((ROUND(("nasty"."i" + "nasty"."d"), 0)) AS DECIMAL), 0)) AS INT) END AS "c" FROM "nasty" AS "nasty"

-- year(ts)
SELECT CASE WHEN ISFINITE("nasty"."ts") THEN CAST((EXTRACT(YEAR FROM "nasty"."ts") + CASE WHEN "nasty"."ts" < CAST('0001-01-01' AS DATE) THEN 1 ELSE 0 END) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- month(ts)
SELECT CASE WHEN ISFINITE("nasty"."ts") THEN CAST(EXTRACT(MONTH FROM "nasty"."ts") AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- day(ts)
SELECT CASE WHEN ISFINITE("nasty"."ts") THEN CAST(EXTRACT(DAY FROM "nasty"."ts") AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- hour(ts)
SELECT CASE WHEN ISFINITE("nasty"."ts") THEN CAST(EXTRACT(HOUR FROM "nasty"."ts") AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- extract(week from ts)
SELECT CASE WHEN ISFINITE("nasty"."ts") THEN CAST(EXTRACT(WEEK FROM "nasty"."ts") AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- extract(quarter from day)
SELECT CASE WHEN ISFINITE("nasty"."day") THEN CAST(EXTRACT(QUARTER FROM "nasty"."day") AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- extract(dow from day)
SELECT CASE WHEN ISFINITE("nasty"."day") THEN CAST(EXTRACT(DOW FROM "nasty"."day") AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- extract(isodow from ts)
SELECT CASE WHEN ISFINITE("nasty"."ts") THEN CAST(EXTRACT(ISODOW FROM "nasty"."ts") AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- extract(doy from ts)
SELECT CASE WHEN ISFINITE("nasty"."ts") THEN CAST(EXTRACT(DOY FROM "nasty"."ts") AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- extract(second from ts)
SELECT CASE WHEN ISFINITE("nasty"."ts") THEN CAST(FLOOR(EXTRACT(SECOND FROM "nasty"."ts")) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- extract(minute from ts)
SELECT CASE WHEN ISFINITE("nasty"."ts") THEN CAST(EXTRACT(MINUTE FROM "nasty"."ts") AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- year(day)
SELECT CASE WHEN ISFINITE("nasty"."day") THEN CAST((EXTRACT(YEAR FROM "nasty"."day") + CASE WHEN "nasty"."day" < CAST('0001-01-01' AS DATE) THEN 1 ELSE 0 END) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- year(late)
SELECT CASE WHEN ISFINITE("nasty"."late") THEN CAST((EXTRACT(YEAR FROM "nasty"."late") + CASE WHEN "nasty"."late" < CAST('0001-01-01' AS DATE) THEN 1 ELSE 0 END) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- extract(week from day)
SELECT CASE WHEN ISFINITE("nasty"."day") THEN CAST(EXTRACT(WEEK FROM "nasty"."day") AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- date_trunc('second', ts)
SELECT DATE_TRUNC('SECOND', "nasty"."ts") AS "c" FROM "nasty" AS "nasty"

-- date_trunc('minute', ts)
SELECT DATE_TRUNC('MINUTE', "nasty"."ts") AS "c" FROM "nasty" AS "nasty"

-- date_trunc('hour', ts)
SELECT DATE_TRUNC('HOUR', "nasty"."ts") AS "c" FROM "nasty" AS "nasty"

-- date_trunc('day', ts)
SELECT DATE_TRUNC('DAY', "nasty"."ts") AS "c" FROM "nasty" AS "nasty"

-- date_trunc('week', ts)
SELECT DATE_TRUNC('WEEK', "nasty"."ts") AS "c" FROM "nasty" AS "nasty"

-- date_trunc('month', day)
SELECT CAST((DATE_TRUNC('MONTH', CAST("nasty"."day" AS TIMESTAMP))) AS DATE) AS "c" FROM "nasty" AS "nasty"

-- date_trunc('quarter', ts)
SELECT DATE_TRUNC('QUARTER', "nasty"."ts") AS "c" FROM "nasty" AS "nasty"

-- date_trunc('year', ts)
SELECT DATE_TRUNC('YEAR', "nasty"."ts") AS "c" FROM "nasty" AS "nasty"

-- date_trunc('week', day)
SELECT CAST((DATE_TRUNC('WEEK', CAST("nasty"."day" AS TIMESTAMP))) AS DATE) AS "c" FROM "nasty" AS "nasty"

-- date_trunc('month', ts)
SELECT DATE_TRUNC('MONTH', "nasty"."ts") AS "c" FROM "nasty" AS "nasty"

-- date_diff('second', ts, late)
SELECT CASE WHEN ISFINITE("nasty"."ts") AND ISFINITE("nasty"."late") THEN (((CAST(EXTRACT(EPOCH FROM DATE_TRUNC('SECOND', "nasty"."late")) * 1000000 AS BIGINT)) - (CAST(EXTRACT(EPOCH FROM DATE_TRUNC('SECOND', "nasty"."ts")) * 1000000 AS BIGINT))) / 1000000) END AS "c" FROM "nasty" AS "nasty"

-- date_diff('minute', ts, '2018-06-01')
SELECT CASE WHEN ISFINITE("nasty"."ts") AND ISFINITE(CAST('2018-06-01 00:00:00' AS TIMESTAMP)) THEN (((CAST(EXTRACT(EPOCH FROM DATE_TRUNC('MINUTE', CAST('2018-06-01 00:00:00' AS TIMESTAMP))) * 1000000 AS BIGINT)) - (CAST(EXTRACT(EPOCH FROM DATE_TRUNC('MINUTE', "nasty"."ts")) * 1000000 AS BIGINT))) / 60000000) END AS "c" FROM "nasty" AS "nasty"

-- date_diff('hour', ts, '2018-06-01 12:00')
SELECT CASE WHEN ISFINITE("nasty"."ts") AND ISFINITE(CAST('2018-06-01 12:00:00' AS TIMESTAMP)) THEN (((CAST(EXTRACT(EPOCH FROM DATE_TRUNC('HOUR', CAST('2018-06-01 12:00:00' AS TIMESTAMP))) * 1000000 AS BIGINT)) - (CAST(EXTRACT(EPOCH FROM DATE_TRUNC('HOUR', "nasty"."ts")) * 1000000 AS BIGINT))) / 3600000000) END AS "c" FROM "nasty" AS "nasty"

-- date_diff('day', ts, late)
SELECT CASE WHEN ISFINITE(CAST("nasty"."ts" AS DATE)) AND ISFINITE(CAST("nasty"."late" AS DATE)) THEN CAST(CAST("nasty"."late" AS DATE) - CAST("nasty"."ts" AS DATE) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- date_diff('day', day, far)
SELECT CASE WHEN ISFINITE("nasty"."day") AND ISFINITE("nasty"."far") THEN CAST("nasty"."far" - "nasty"."day" AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- date_diff('week', day, ts)
SELECT CASE WHEN ISFINITE((DATE_TRUNC('WEEK', CAST("nasty"."day" AS TIMESTAMP)))) AND ISFINITE((DATE_TRUNC('WEEK', CAST(CAST("nasty"."ts" AS DATE) AS TIMESTAMP)))) THEN CAST((CAST((DATE_TRUNC('WEEK', CAST(CAST("nasty"."ts" AS DATE) AS TIMESTAMP))) AS DATE) - CAST((DATE_TRUNC('WEEK', CAST("nasty"."day" AS TIMESTAMP))) AS DATE)) / 7 AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- date_diff('month', day, '2018-06-15')
SELECT CASE WHEN ISFINITE(CAST("nasty"."day" AS TIMESTAMP)) AND ISFINITE(CAST(CAST(CAST('2018-06-15 00:00:00' AS TIMESTAMP) AS DATE) AS TIMESTAMP)) THEN CAST(((EXTRACT(YEAR FROM CAST(CAST(CAST('2018-06-15 00:00:00' AS TIMESTAMP) AS DATE) AS TIMESTAMP)) + CASE WHEN CAST(CAST(CAST('2018-06-15 00:00:00' AS TIMESTAMP) AS DATE) AS TIMESTAMP) < CAST('0001-01-01' AS DATE) THEN 1 ELSE 0 END) - (EXTRACT(YEAR FROM CAST("nasty"."day" AS TIMESTAMP)) + CASE WHEN CAST("nasty"."day" AS TIMESTAMP) < CAST('0001-01-01' AS DATE) THEN 1 ELSE 0 END)) * 12 + EXTRACT(MONTH FROM CAST(CAST(CAST('2018-06-15 00:00:00' AS TIMESTAMP) AS DATE) AS TIMESTAMP)) - EXTRACT(MONTH FROM CAST("nasty"."day" AS TIMESTAMP)) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- date_diff('quarter', day, '2017-01-01')
SELECT CASE WHEN ISFINITE(CAST("nasty"."day" AS TIMESTAMP)) AND ISFINITE(CAST(CAST(CAST('2017-01-01 00:00:00' AS TIMESTAMP) AS DATE) AS TIMESTAMP)) THEN CAST(((EXTRACT(YEAR FROM CAST(CAST(CAST('2017-01-01 00:00:00' AS TIMESTAMP) AS DATE) AS TIMESTAMP)) + CASE WHEN CAST(CAST(CAST('2017-01-01 00:00:00' AS TIMESTAMP) AS DATE) AS TIMESTAMP) < CAST('0001-01-01' AS DATE) THEN 1 ELSE 0 END) - (EXTRACT(YEAR FROM CAST("nasty"."day" AS TIMESTAMP)) + CASE WHEN CAST("nasty"."day" AS TIMESTAMP) < CAST('0001-01-01' AS DATE) THEN 1 ELSE 0 END)) * 4 + EXTRACT(QUARTER FROM CAST(CAST(CAST('2017-01-01 00:00:00' AS TIMESTAMP) AS DATE) AS TIMESTAMP)) - EXTRACT(QUARTER FROM CAST("nasty"."day" AS TIMESTAMP)) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- date_diff('year', ts, day)
SELECT CASE WHEN ISFINITE(CAST(CAST("nasty"."ts" AS DATE) AS TIMESTAMP)) AND ISFINITE(CAST("nasty"."day" AS TIMESTAMP)) THEN CAST(((EXTRACT(YEAR FROM CAST("nasty"."day" AS TIMESTAMP)) + CASE WHEN CAST("nasty"."day" AS TIMESTAMP) < CAST('0001-01-01' AS DATE) THEN 1 ELSE 0 END) - (EXTRACT(YEAR FROM CAST(CAST("nasty"."ts" AS DATE) AS TIMESTAMP)) + CASE WHEN CAST(CAST("nasty"."ts" AS DATE) AS TIMESTAMP) < CAST('0001-01-01' AS DATE) THEN 1 ELSE 0 END)) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- day - date '2018-01-01'
SELECT CASE WHEN ISFINITE(CAST('2018-01-01' AS DATE)) AND ISFINITE("nasty"."day") THEN CAST("nasty"."day" - CAST('2018-01-01' AS DATE) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- days_between(ts, day)
SELECT CASE WHEN ISFINITE(CAST("nasty"."ts" AS DATE)) AND ISFINITE("nasty"."day") THEN CAST("nasty"."day" - CAST("nasty"."ts" AS DATE) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- ts + interval '1 month'
SELECT "nasty"."ts" + INTERVAL '1 MONTH' AS "c" FROM "nasty" AS "nasty"

-- ts - interval '1 day'
SELECT "nasty"."ts" - INTERVAL '1 DAY' AS "c" FROM "nasty" AS "nasty"

-- day + interval '3 hours'
SELECT CAST("nasty"."day" AS TIMESTAMP) + INTERVAL '3 HOUR' AS "c" FROM "nasty" AS "nasty"

-- ts + interval '1 year'
SELECT "nasty"."ts" + INTERVAL '1 YEAR' AS "c" FROM "nasty" AS "nasty"

-- day + 3
SELECT "nasty"."day" + CAST(3 AS INT) AS "c" FROM "nasty" AS "nasty"

-- day - i % 5
SELECT "nasty"."day" - CAST(("nasty"."i" % 5) AS INT) AS "c" FROM "nasty" AS "nasty"

-- ts - late > interval '1 day'
SELECT ("nasty"."ts" - "nasty"."late") > INTERVAL '1 DAY' AS "c" FROM "nasty" AS "nasty"

-- ts + interval '90 seconds' < late
SELECT ("nasty"."ts" + INTERVAL '90 SECOND') < "nasty"."late" AS "c" FROM "nasty" AS "nasty"

-- strftime(ts, '%Y-%m-%d %H:%M:%S')
SELECT (CASE WHEN "nasty"."ts" >= CAST('0001-01-01' AS TIMESTAMP) AND "nasty"."ts" < CAST('10000-01-01' AS TIMESTAMP) THEN TO_CHAR("nasty"."ts", 'YYYY') || '-' || TO_CHAR("nasty"."ts", 'MM') || '-' || TO_CHAR("nasty"."ts", 'DD') || ' ' || TO_CHAR("nasty"."ts", 'HH24') || ':' || TO_CHAR("nasty"."ts", 'MI') || ':' || TO_CHAR("nasty"."ts", 'SS') WHEN "nasty"."ts" IS NOT NULL THEN CAST(CAST('PostgreSQL may not write this as DuckDB does: ' || CAST("nasty"."ts" AS TEXT) AS INT) AS TEXT) END COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- strftime(day, '%B %d, %A %y')
SELECT (CASE WHEN CAST("nasty"."day" AS TIMESTAMP) >= CAST('0001-01-01' AS TIMESTAMP) AND CAST("nasty"."day" AS TIMESTAMP) < CAST('10000-01-01' AS TIMESTAMP) THEN TO_CHAR(CAST("nasty"."day" AS TIMESTAMP), 'FMMonth') || ' ' || TO_CHAR(CAST("nasty"."day" AS TIMESTAMP), 'DD') || ', ' || TO_CHAR(CAST("nasty"."day" AS TIMESTAMP), 'FMDay') || ' ' || TO_CHAR(CAST("nasty"."day" AS TIMESTAMP), 'YY') WHEN CAST("nasty"."day" AS TIMESTAMP) IS NOT NULL THEN CAST(CAST('PostgreSQL may not write this as DuckDB does: ' || CAST(CAST("nasty"."day" AS TIMESTAMP) AS TEXT) AS INT) AS TEXT) END COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- strftime(ts, '%j %a %b %I %p %w %u %V %G')
SELECT (CASE WHEN "nasty"."ts" >= CAST('0001-01-01' AS TIMESTAMP) AND "nasty"."ts" < CAST('10000-01-01' AS TIMESTAMP) THEN TO_CHAR("nasty"."ts", 'DDD') || ' ' || TO_CHAR("nasty"."ts", 'Dy') || ' ' || TO_CHAR("nasty"."ts", 'Mon') || ' ' || TO_CHAR("nasty"."ts", 'HH12') || ' ' || TO_CHAR("nasty"."ts", 'AM') || ' ' || CAST(CAST(EXTRACT(DOW FROM "nasty"."ts") AS INT) AS TEXT) || ' ' || TO_CHAR("nasty"."ts", 'ID') || ' ' || TO_CHAR("nasty"."ts", 'IW') || ' ' || TO_CHAR("nasty"."ts", 'IYYY') WHEN "nasty"."ts" IS NOT NULL THEN CAST(CAST('PostgreSQL may not write this as DuckDB does: ' || CAST("nasty"."ts" AS TEXT) AS INT) AS TEXT) END COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- strftime(ts, 'day {x} ''%d''')
SELECT (CASE WHEN "nasty"."ts" >= CAST('0001-01-01' AS TIMESTAMP) AND "nasty"."ts" < CAST('10000-01-01' AS TIMESTAMP) THEN 'day {x} ''' || TO_CHAR("nasty"."ts", 'DD') || '''' WHEN "nasty"."ts" IS NOT NULL THEN CAST(CAST('PostgreSQL may not write this as DuckDB does: ' || CAST("nasty"."ts" AS TEXT) AS INT) AS TEXT) END COLLATE "C") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- local_hour(ts, 'Europe/Berlin')
SELECT CASE WHEN ISFINITE(("nasty"."ts" AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin')) THEN CAST(EXTRACT(HOUR FROM ("nasty"."ts" AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin')) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- local_hour(ts, 'America/New_York')
SELECT CASE WHEN ISFINITE(("nasty"."ts" AT TIME ZONE 'UTC' AT TIME ZONE 'America/New_York')) THEN CAST(EXTRACT(HOUR FROM ("nasty"."ts" AT TIME ZONE 'UTC' AT TIME ZONE 'America/New_York')) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- local_hour(ts, 'Asia/Kolkata')
SELECT CASE WHEN ISFINITE(("nasty"."ts" AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Kolkata')) THEN CAST(EXTRACT(HOUR FROM ("nasty"."ts" AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Kolkata')) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- local_hour(ts, 'Australia/Lord_Howe')
SELECT CASE WHEN ISFINITE(("nasty"."ts" AT TIME ZONE 'UTC' AT TIME ZONE 'Australia/Lord_Howe')) THEN CAST(EXTRACT(HOUR FROM ("nasty"."ts" AT TIME ZONE 'UTC' AT TIME ZONE 'Australia/Lord_Howe')) AS BIGINT) END AS "c" FROM "nasty" AS "nasty"

-- ts::date
SELECT CAST("nasty"."ts" AS DATE) AS "c" FROM "nasty" AS "nasty"

-- day::timestamp
SELECT CAST("nasty"."day" AS TIMESTAMP) AS "c" FROM "nasty" AS "nasty"

-- late::date
SELECT CAST("nasty"."late" AS DATE) AS "c" FROM "nasty" AS "nasty"

-- coalesce(i, 0)
SELECT COALESCE("nasty"."i", 0) AS "c" FROM "nasty" AS "nasty"

-- coalesce(d, 0)
SELECT COALESCE("nasty"."d", 0) AS "c" FROM "nasty" AS "nasty"

-- coalesce(x, 0.5)
SELECT COALESCE("nasty"."x", 0.5) AS "c" FROM "nasty" AS "nasty"

-- coalesce(t, 'none')
SELECT COALESCE("nasty"."t", 'none') COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- coalesce(ts, late)
SELECT COALESCE("nasty"."ts", "nasty"."late") AS "c" FROM "nasty" AS "nasty"

-- nullif(i, 1)
SELECT NULLIF("nasty"."i", 1) AS "c" FROM "nasty" AS "nasty"

-- nullif(t, '')
SELECT (NULLIF("nasty"."t", '')) COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- nullif(x, 0)
SELECT NULLIF("nasty"."x", 0) AS "c" FROM "nasty" AS "nasty"

-- nullif(d, 1.5)
SELECT NULLIF("nasty"."d", 1.5) AS "c" FROM "nasty" AS "nasty"

-- coalesce(d, x)
SELECT COALESCE("nasty"."d", "nasty"."x") AS "c" FROM "nasty" AS "nasty"

-- coalesce(none, i)
SELECT COALESCE("nasty"."none", "nasty"."i") AS "c" FROM "nasty" AS "nasty"

-- greatest(i, 0)
SELECT GREATEST("nasty"."i", 0) AS "c" FROM "nasty" AS "nasty"

-- least(i, k)
SELECT LEAST("nasty"."i", "nasty"."k") AS "c" FROM "nasty" AS "nasty"

-- greatest(x, d)
SELECT GREATEST("nasty"."x", "nasty"."d") AS "c" FROM "nasty" AS "nasty"

-- least(t, n)
SELECT (LEAST("nasty"."t" COLLATE "C", "nasty"."n")) COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- greatest(t, 'a')
SELECT (GREATEST("nasty"."t" COLLATE "C", 'a')) COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- greatest(ts, late)
SELECT GREATEST("nasty"."ts", "nasty"."late") AS "c" FROM "nasty" AS "nasty"

-- least(day, far)
SELECT LEAST("nasty"."day", "nasty"."far") AS "c" FROM "nasty" AS "nasty"

-- greatest(d, 0.5, w)
SELECT GREATEST("nasty"."d", 0.5, "nasty"."w") AS "c" FROM "nasty" AS "nasty"

-- greatest(bo, false)
SELECT GREATEST("nasty"."bo", FALSE) AS "c" FROM "nasty" AS "nasty"

-- least(x, 0)
SELECT LEAST("nasty"."x", 0) AS "c" FROM "nasty" AS "nasty"

-- case when i > 0 then 'pos' when i < 0 then 'neg' end
SELECT CASE WHEN "nasty"."i" > 0 THEN 'pos' WHEN "nasty"."i" < 0 THEN 'neg' END COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- case when bo then i else d end
SELECT CASE WHEN "nasty"."bo" THEN "nasty"."i" ELSE "nasty"."d" END AS "c" FROM "nasty" AS "nasty"

-- case i when 1 then 'one' else t end
SELECT CASE WHEN "nasty"."i" = 1 THEN 'one' ELSE "nasty"."t" END COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- if(bo, 1, 0)
SELECT CASE WHEN "nasty"."bo" THEN 1 ELSE 0 END AS "c" FROM "nasty" AS "nasty"

-- case when bo then x else i end
SELECT CASE WHEN "nasty"."bo" THEN "nasty"."x" ELSE "nasty"."i" END AS "c" FROM "nasty" AS "nasty"

-- case when t > 'a' then t else n end
SELECT CASE WHEN "nasty"."t" COLLATE "C" > 'a' THEN "nasty"."t" ELSE "nasty"."n" END COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- length(t)
SELECT char_length("nasty"."t") AS "c" FROM "nasty" AS "nasty"

-- length(tags)
SELECT cardinality("nasty"."tags") AS "c" FROM "nasty" AS "nasty"

-- t || n
SELECT ("nasty"."t" || "nasty"."n") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- concat(t, n)
SELECT concat("nasty"."t", "nasty"."n") COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- contains(t, 'a')
SELECT (POSITION('a' IN "nasty"."t") > 0) AS "c" FROM "nasty" AS "nasty"

-- starts_with(t, 'a')
SELECT starts_with("nasty"."t", 'a') AS "c" FROM "nasty" AS "nasty"

-- ends_with(t, 'b')
SELECT (RIGHT("nasty"."t", LENGTH('b')) = 'b' COLLATE "C") AS "c" FROM "nasty" AS "nasty"

-- t like 'a%'
SELECT "nasty"."t" LIKE 'a%' AS "c" FROM "nasty" AS "nasty"

-- t like '%a\%'
SELECT "nasty"."t" LIKE '%a\\%' AS "c" FROM "nasty" AS "nasty"

-- t not like '%b'
SELECT NOT ("nasty"."t" LIKE '%b') AS "c" FROM "nasty" AS "nasty"

-- t like '_'
SELECT "nasty"."t" LIKE '_' AS "c" FROM "nasty" AS "nasty"

-- t like 'a!%b' escape '!'
SELECT "nasty"."t" LIKE 'a\%b' AS "c" FROM "nasty" AS "nasty"

-- replace(t, 'a', 'x')
SELECT replace("nasty"."t", 'a', 'x') COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- split_part(t, ' ', 1)
SELECT split_part("nasty"."t", ' ', 1) COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- split_part(t, ',', 2)
SELECT split_part("nasty"."t", ',', 2) COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- substring(t, 2, 2)
SELECT substring("nasty"."t", 2, 2) COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- substring(t, 1, 1)
SELECT substring("nasty"."t", 1, 1) COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- trim(t)
SELECT btrim("nasty"."t", '                　') COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- trim(t, 'a')
SELECT btrim("nasty"."t", 'a') COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- ltrim(t)
SELECT ltrim("nasty"."t", '                　') COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- rtrim(t)
SELECT rtrim("nasty"."t", '                　') COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- list_contains(tags, 'a')
SELECT CASE WHEN "nasty"."tags" IS NULL OR 'a' IS NULL THEN NULL ELSE COALESCE(('a' = ANY("nasty"."tags")), FALSE) END AS "c" FROM "nasty" AS "nasty"

-- contains(tags, 'b')
SELECT CASE WHEN "nasty"."tags" IS NULL OR 'b' IS NULL THEN NULL ELSE COALESCE(('b' = ANY("nasty"."tags")), FALSE) END AS "c" FROM "nasty" AS "nasty"

-- t ilike 'A%'
SELECT ("nasty"."t" ~ '^[Aa]') AS "c" FROM "nasty" AS "nasty"

-- t ilike '%ä%'
SELECT ("nasty"."t" ~ '[\u00C4\u00E4]') AS "c" FROM "nasty" AS "nasty"

-- matches(t, '^[a-z]')
SELECT ("nasty"."t" ~ '^[a-z]') AS "c" FROM "nasty" AS "nasty"

-- matches(t, '\d+')
SELECT ("nasty"."t" ~ '[0-9]+') AS "c" FROM "nasty" AS "nasty"

-- regexp_matches(t, 'A', 'i')
SELECT ("nasty"."t" ~ '[Aa]') AS "c" FROM "nasty" AS "nasty"

-- regexp_full_match(t, '[a-zA-Z]')
SELECT ("nasty"."t" ~ '^[A-Za-z]$') AS "c" FROM "nasty" AS "nasty"

-- regexp_extract(t, '([a-z])', 1)
SELECT COALESCE(SUBSTRING("nasty"."t" FROM '([a-z])'), LEFT("nasty"."t", 0)) COLLATE "C" AS "c" FROM "nasty" AS "nasty"

-- has_script(t, 'Cyrillic')
SELECT ("nasty"."t" ~ '[\u0400-\u0481\u048A-\u052F\u1C80-\u1C88\u1D2B\u1D78\uA640-\uA66E\uA67F-\uA69D\U0001E030-\U0001E06D]') AS "c" FROM "nasty" AS "nasty"

-- digits_at_end(n)
SELECT char_length(COALESCE(SUBSTRING("nasty"."n" FROM '[0-9]+$'), LEFT("nasty"."n", 0))) AS "c" FROM "nasty" AS "nasty"

-- is_random_handle(t)
SELECT CASE WHEN ("nasty"."t" ~ '^\u0040?[0-9A-Za-z]{12,}$') THEN ("nasty"."t" ~ '[a-z]') AND ("nasty"."t" ~ '[A-Z]') AND ("nasty"."t" ~ '[0-9][A-Za-z]') AND (("nasty"."t" ~ '[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z\u017F\u212A]{4}') OR 4 * char_length(regexp_replace("nasty"."t", '[^AEIOUaeiou]+', '', 'g')) <= char_length(regexp_replace("nasty"."t", '[^A-Za-z]+', '', 'g'))) WHEN NOT "nasty"."t" IS NULL THEN FALSE END AS "c" FROM "nasty" AS "nasty"

-- digits_at_end(t)
SELECT char_length(COALESCE(SUBSTRING("nasty"."t" FROM '[0-9]+$'), LEFT("nasty"."t", 0))) AS "c" FROM "nasty" AS "nasty"

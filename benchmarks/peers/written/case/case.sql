SELECT
  COUNT(CASE WHEN platform = 'telegram' AND language = 'it' THEN 1 END) / COUNT(CASE WHEN platform = 'telegram' THEN (language = 'it') END) AS c001,
  COUNT(CASE WHEN created_at >= '2018-03-04' AND created_at < '2018-04-03' AND language = 'en' AND country = 'Argentina' AND retweet_of IS NOT NULL THEN 1 END) / COUNT(CASE WHEN created_at >= '2018-03-04' AND created_at < '2018-04-03' AND language = 'en' AND country = 'Argentina' THEN (retweet_of IS NOT NULL) END) AS c002,
  COUNT(CASE WHEN impressions < 5 AND followers < 1000 THEN 1 END) / COUNT(CASE WHEN impressions < 5 THEN (followers < 1000) END) AS c003,
  COUNT(CASE WHEN country = 'Thailand' THEN 1 END) AS c004,
  COUNT(CASE WHEN created_at >= '2018-05-03' AND created_at < '2018-05-10' AND NOT verified AND country = 'Turkey' AND followers < 5000 THEN 1 END) / COUNT(CASE WHEN created_at >= '2018-05-03' AND created_at < '2018-05-10' AND NOT verified AND country = 'Turkey' THEN (followers < 5000) END) AS c005,
  AVG(CASE WHEN followers < 2000 AND retweet_of IS NULL AND created_at >= '2018-03-24' AND created_at < '2018-04-07' AND platform = 'twitter' THEN impressions END) AS c006,
  COUNT(CASE WHEN impressions >= 1000 AND NOT verified AND language IN ('ru', 'uk') AND retweet_of IS NOT NULL THEN 1 END) / COUNT(CASE WHEN impressions >= 1000 AND NOT verified AND language IN ('ru', 'uk') THEN (retweet_of IS NOT NULL) END) AS c007,
  COUNT(CASE WHEN retweet_of IS NOT NULL AND impressions < 5000 AND country = 'Indonesia' THEN 1 END) AS c008,
  COUNT(CASE WHEN created_at >= '2018-03-12' AND created_at < '2018-04-11' AND impressions < 10000 AND platform = 'instagram' THEN 1 END) / COUNT(CASE WHEN created_at >= '2018-03-12' AND created_at < '2018-04-11' AND impressions < 10000 THEN (platform = 'instagram') END) AS c009,
  COUNT(DISTINCT CASE WHEN retweet_of IS NOT NULL AND platform = 'twitter' THEN author END) AS c010
FROM 'posts.parquet';

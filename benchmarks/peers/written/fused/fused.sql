SELECT
  COUNT(*) FILTER (WHERE platform = 'telegram' AND language = 'it') / COUNT(language = 'it') FILTER (WHERE platform = 'telegram') AS c001,
  COUNT(*) FILTER (WHERE created_at >= '2018-03-04' AND created_at < '2018-04-03' AND language = 'en' AND country = 'Argentina' AND retweet_of IS NOT NULL) / COUNT(retweet_of IS NOT NULL) FILTER (WHERE created_at >= '2018-03-04' AND created_at < '2018-04-03' AND language = 'en' AND country = 'Argentina') AS c002,
  COUNT(*) FILTER (WHERE impressions < 5 AND followers < 1000) / COUNT(followers < 1000) FILTER (WHERE impressions < 5) AS c003,
  COUNT(*) FILTER (WHERE country = 'Thailand') AS c004,
  COUNT(*) FILTER (WHERE created_at >= '2018-05-03' AND created_at < '2018-05-10' AND NOT verified AND country = 'Turkey' AND followers < 5000) / COUNT(followers < 5000) FILTER (WHERE created_at >= '2018-05-03' AND created_at < '2018-05-10' AND NOT verified AND country = 'Turkey') AS c005,
  AVG(impressions) FILTER (WHERE followers < 2000 AND retweet_of IS NULL AND created_at >= '2018-03-24' AND created_at < '2018-04-07' AND platform = 'twitter') AS c006,
  COUNT(*) FILTER (WHERE impressions >= 1000 AND NOT verified AND language IN ('ru', 'uk') AND retweet_of IS NOT NULL) / COUNT(retweet_of IS NOT NULL) FILTER (WHERE impressions >= 1000 AND NOT verified AND language IN ('ru', 'uk')) AS c007,
  COUNT(*) FILTER (WHERE retweet_of IS NOT NULL AND impressions < 5000 AND country = 'Indonesia') AS c008,
  COUNT(*) FILTER (WHERE created_at >= '2018-03-12' AND created_at < '2018-04-11' AND impressions < 10000 AND platform = 'instagram') / COUNT(platform = 'instagram') FILTER (WHERE created_at >= '2018-03-12' AND created_at < '2018-04-11' AND impressions < 10000) AS c009,
  COUNT(DISTINCT author) FILTER (WHERE retweet_of IS NOT NULL AND platform = 'twitter') AS c010
FROM 'posts.parquet';

import pointblank as pb
import polars as pl
from datetime import datetime

c = pl.col
posts = pl.read_parquet("posts.parquet", columns=["country", "language", "platform", "followers", "impressions", "verified", "retweet_of", "created_at", "author"])
plans = [
    pb.Validate(posts)
    .col_vals_in_set("language", ["it"], pre=lambda t: t.filter((c("platform") == "telegram") & c("language").is_not_null()), thresholds=pb.Thresholds(error=0.405), brief="c001")
    .col_vals_not_null("retweet_of", pre=lambda t: t.filter(c("created_at").is_between(datetime(2018, 3, 4), datetime(2018, 4, 3), closed="left") & (c("language") == "en") & (c("country") == "Argentina")), thresholds=pb.Thresholds(error=0.605), brief="c002")
    .col_vals_lt("followers", 1000, pre=lambda t: t.filter((c("impressions") < 5) & c("followers").is_not_null()), thresholds=pb.Thresholds(error=0.825), brief="c003")
    .row_count_match(4200, tol=210, pre=lambda t: t.filter(c("country") == "Thailand"), brief="c004")
    .col_vals_lt("followers", 5000, pre=lambda t: t.filter(c("created_at").is_between(datetime(2018, 5, 3), datetime(2018, 5, 10), closed="left") & ~c("verified") & (c("country") == "Turkey") & c("followers").is_not_null()), thresholds=pb.Thresholds(error=0.415), brief="c005")
    .col_vals_not_null("retweet_of", pre=lambda t: t.filter((c("impressions") >= 1000) & ~c("verified") & c("language").is_in(["ru", "uk"])), thresholds=pb.Thresholds(error=0.885), brief="c007")
    .row_count_match(1700, tol=85, pre=lambda t: t.filter(c("retweet_of").is_not_null() & (c("impressions") < 5000) & (c("country") == "Indonesia")), brief="c008")
    .col_vals_in_set("platform", ["instagram"], pre=lambda t: t.filter(c("created_at").is_between(datetime(2018, 3, 12), datetime(2018, 4, 11), closed="left") & (c("impressions") < 10000) & c("platform").is_not_null()), thresholds=pb.Thresholds(error=0.825), brief="c009")
    .row_count_match(580000, tol=29000, pre=lambda t: t.filter(c("retweet_of").is_not_null() & (c("platform") == "twitter")).select("author").drop_nulls().unique(), brief="c010")
    .interrogate(collect_extracts=False),
    pb.Validate(posts.filter((c("followers") < 2000) & c("retweet_of").is_null() & c("created_at").is_between(datetime(2018, 3, 24), datetime(2018, 4, 7), closed="left") & (c("platform") == "twitter"))).col_avg_eq("impressions", 240, tol=12, brief="c006").interrogate(),
]

import polars as pl
from datetime import datetime

c = pl.col
posts = pl.scan_parquet("posts.parquet")
found = posts.select(
    c001=(c("language") == "it").filter(c("platform") == "telegram").mean(),
    c002=c("retweet_of").is_not_null().filter(c("created_at").is_between(datetime(2018, 3, 4), datetime(2018, 4, 3), closed="left") & (c("language") == "en") & (c("country") == "Argentina")).mean(),
    c003=(c("followers") < 1000).filter(c("impressions") < 5).mean(),
    c004=(c("country") == "Thailand").sum(),
    c005=(c("followers") < 5000).filter(c("created_at").is_between(datetime(2018, 5, 3), datetime(2018, 5, 10), closed="left") & ~c("verified") & (c("country") == "Turkey")).mean(),
    c006=c("impressions").filter((c("followers") < 2000) & c("retweet_of").is_null() & c("created_at").is_between(datetime(2018, 3, 24), datetime(2018, 4, 7), closed="left") & (c("platform") == "twitter")).mean(),
    c007=c("retweet_of").is_not_null().filter((c("impressions") >= 1000) & ~c("verified") & c("language").is_in(["ru", "uk"])).mean(),
    c008=(c("retweet_of").is_not_null() & (c("impressions") < 5000) & (c("country") == "Indonesia")).sum(),
    c009=(c("platform") == "instagram").filter(c("created_at").is_between(datetime(2018, 3, 12), datetime(2018, 4, 11), closed="left") & (c("impressions") < 10000)).mean(),
    c010=c("author").filter(c("retweet_of").is_not_null() & (c("platform") == "twitter")).drop_nulls().n_unique(),
).collect(engine="streaming").row(0, named=True)

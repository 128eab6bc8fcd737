import pandas as pd

posts = pd.read_parquet("posts.parquet", columns=["country", "language", "platform", "followers", "impressions", "verified", "retweet_of", "created_at", "author"])
found = {}
base = posts["platform"] == "telegram"
found["c001"] = (base & (posts["language"] == "it")).sum() / base.sum()
base = (posts["created_at"] >= "2018-03-04") & (posts["created_at"] < "2018-04-03") & (posts["language"] == "en") & (posts["country"] == "Argentina")
found["c002"] = (base & posts["retweet_of"].notna()).sum() / base.sum()
base = (posts["impressions"] < 5) & posts["followers"].notna()
found["c003"] = (base & (posts["followers"] < 1000)).sum() / base.sum()
found["c004"] = (posts["country"] == "Thailand").sum()
base = (posts["created_at"] >= "2018-05-03") & (posts["created_at"] < "2018-05-10") & posts["verified"].eq(False) & (posts["country"] == "Turkey") & posts["followers"].notna()
found["c005"] = (base & (posts["followers"] < 5000)).sum() / base.sum()
found["c006"] = posts["impressions"][(posts["followers"] < 2000) & posts["retweet_of"].isna() & (posts["created_at"] >= "2018-03-24") & (posts["created_at"] < "2018-04-07") & (posts["platform"] == "twitter")].mean()
base = (posts["impressions"] >= 1000) & posts["verified"].eq(False) & posts["language"].isin(["ru", "uk"])
found["c007"] = (base & posts["retweet_of"].notna()).sum() / base.sum()
found["c008"] = (posts["retweet_of"].notna() & (posts["impressions"] < 5000) & (posts["country"] == "Indonesia")).sum()
base = (posts["created_at"] >= "2018-03-12") & (posts["created_at"] < "2018-04-11") & (posts["impressions"] < 10000)
found["c009"] = (base & (posts["platform"] == "instagram")).sum() / base.sum()
found["c010"] = posts["author"][posts["retweet_of"].notna() & (posts["platform"] == "twitter")].nunique()

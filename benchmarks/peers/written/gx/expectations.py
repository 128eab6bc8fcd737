import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from datetime import datetime
from great_expectations.expectations.row_conditions import Column as C

posts = pd.read_parquet("posts.parquet", columns=["country", "language", "platform", "followers", "impressions", "verified", "retweet_of", "created_at", "author"])
context = gx.get_context(mode="ephemeral")
asset = context.data_sources.add_pandas("newsroom").add_dataframe_asset("posts")
batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": posts})
suite = gx.ExpectationSuite("claims", expectations=[
    gxe.ExpectColumnValuesToBeInSet(column="language", value_set=["it"], mostly=0.595, row_condition=C("platform") == "telegram", notes="c001"),
    gxe.ExpectColumnValuesToNotBeNull(column="retweet_of", mostly=0.395, row_condition=(C("created_at") >= datetime(2018, 3, 4)) & (C("created_at") < datetime(2018, 4, 3)) & (C("language") == "en") & (C("country") == "Argentina"), notes="c002"),
    gxe.ExpectColumnValuesToBeBetween(column="followers", max_value=1000, strict_max=True, mostly=0.175, row_condition=C("impressions") < 5, notes="c003"),
    gxe.ExpectTableRowCountToBeBetween(min_value=3990, max_value=4410, row_condition=C("country") == "Thailand", notes="c004"),
    gxe.ExpectColumnValuesToBeBetween(column="followers", max_value=5000, strict_max=True, mostly=0.585, row_condition=(C("created_at") >= datetime(2018, 5, 3)) & (C("created_at") < datetime(2018, 5, 10)) & (C("verified") == False) & (C("country") == "Turkey"), notes="c005"),
    gxe.ExpectColumnMeanToBeBetween(column="impressions", min_value=228, max_value=252, row_condition=(C("followers") < 2000) & C("retweet_of").is_null() & (C("created_at") >= datetime(2018, 3, 24)) & (C("created_at") < datetime(2018, 4, 7)) & (C("platform") == "twitter"), notes="c006"),
    gxe.ExpectColumnValuesToNotBeNull(column="retweet_of", mostly=0.115, row_condition=(C("impressions") >= 1000) & (C("verified") == False) & C("language").is_in(["ru", "uk"]), notes="c007"),
    gxe.ExpectTableRowCountToBeBetween(min_value=1615, max_value=1785, row_condition=C("retweet_of").is_not_null() & (C("impressions") < 5000) & (C("country") == "Indonesia"), notes="c008"),
    gxe.ExpectColumnValuesToBeInSet(column="platform", value_set=["instagram"], mostly=0.175, row_condition=(C("created_at") >= datetime(2018, 3, 12)) & (C("created_at") < datetime(2018, 4, 11)) & (C("impressions") < 10000), notes="c009"),
    gxe.ExpectColumnUniqueValueCountToBeBetween(column="author", min_value=551000, max_value=609000, row_condition=C("retweet_of").is_not_null() & (C("platform") == "twitter"), notes="c010"),
])
result = batch.validate(suite, result_format="BASIC")

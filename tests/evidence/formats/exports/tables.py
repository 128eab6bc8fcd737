"""Small exports of invented posts, as each tool would write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from factcheck.evidence.dataset import Dataset
from factcheck.evidence.formats.presets import CANONICAL

TYPES = {
    **dict.fromkeys(CANONICAL, "VARCHAR"),
    **dict.fromkeys(("created_at", "account_created_at"), "TIMESTAMP"),
    **dict.fromkeys(("hashtags", "urls", "mentions"), "VARCHAR[]"),
    **dict.fromkeys(("likes", "retweets", "followers", "following"), "BIGINT"),
}


def table(headings: str, *rows: Mapping[str, str], delimiter: str = ",") -> str:
    """A file with these headings (separated by commas) and rows; what a row does not name is empty."""
    names = headings.split(",")
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def canonical(found: Dataset) -> set[str]:
    """The canonical columns of a dataset, each of which must have its type."""
    names = {name for name in CANONICAL if name in found.columns}
    # A column of nothing but NULL stays open to any type.
    assert {name: found.columns[name].type for name in names} == {name: TYPES[name] for name in names}
    return names


def codes(found: Dataset) -> list[str]:
    """The codes of what is said of the file."""
    assert found.ledger is not None
    return [note.code for note in found.ledger.notes]


def lost(found: Dataset) -> dict[str, int]:
    assert found.ledger is not None
    return dict(found.ledger.lost)


def first(row: list[tuple[Any, ...]]) -> list[Any]:
    """The values of a selection of one column."""
    return [value for (value,) in row]


TWINT = (
    "id,conversation_id,created_at,date,time,timezone,user_id,username,name,place,tweet,language,mentions,urls,photos,"
    "replies_count,retweets_count,likes_count,hashtags,cashtags,link,retweet,quote_url,video,thumbnail,near,geo,source,"
    "user_rt_id,user_rt,retweet_id,reply_to,retweet_date,translate,trans_src,trans_dest"
)
TAGS = (
    "id_str,from_user,text,created_at,time,geo_coordinates,user_lang,in_reply_to_user_id_str,in_reply_to_screen_name,"
    "from_user_id_str,in_reply_to_status_id_str,source,profile_image_url,user_followers_count,user_friends_count,"
    "user_location,status_url,entities_str"
)
FOUR_CAT_TWITTER = (
    "id,thread_id,timestamp,unix_timestamp,link,subject,body,author,author_fullname,author_id,source,language_guess,"
    "possibly_sensitive,retweet_count,reply_count,like_count,quote_count,is_retweet,retweeted_user,is_quote_tweet,"
    "quoted_user,is_reply,replied_user,hashtags,urls,images,videos,mentions,long_lat,place_name"
)
FOUR_CAT_TIKTOK = (
    "id,thread_id,author,author_full,author_followers,body,timestamp,unix_timestamp,is_duet,music_name,video_url,"
    "tiktok_url,thumbnail_url,likes,comments,shares,plays,hashtags,location_created"
)
FOUR_CAT_TELEGRAM = (
    "id,thread_id,chat,author,author_username,author_name,author_is_bot,body,reply_to,views,timestamp,unix_timestamp,"
    "timestamp_edited,unix_timestamp_edited,author_forwarded_from_name,author_forwarded_from_username,attachment_type"
)
FOUR_CAT_BLUESKY = (
    "collected_at,query,rank,id,thread_id,created_at,author,author_id,body,link,tags,like_count,quote_count,"
    "reply_count,repost_count,quoted_post,quoted_user,replied_to_post,replied_to_user,replies_allowed,mentions,links,"
    "images,labels,has_poll,languages,author_display_name,author_profile,author_avatar,author_created_at,timestamp"
)
FOUR_CAT_INSTAGRAM = (
    "id,post_source_domain,thread_id,parent_id,body,author,author_fullname,author_avatar_url,timestamp,type,url,"
    "image_url,media_url,hashtags,num_likes,num_comments,num_media,location_name,location_latlong,location_city,"
    "unix_timestamp"
)
FOUR_CAT_CROWDTANGLE = (
    "id,thread_id,body,author,timestamp,unix_timestamp,page_name,page_category,page_top_country,page_description,"
    "page_created,page_likes,page_id,page_followers,page_shared_from,type,interactions,comments,shares,likes,url,hashtags"
)
CROWDTANGLE = (
    "Page Name,User Name,Facebook Id,Page Category,Page Admin Top Country,Page Description,Page Created,"
    "Likes at Posting,Followers at Posting,Post Created,Post Created Date,Post Created Time,Type,Total Interactions,"
    "Likes,Comments,Shares,Love,Wow,Haha,Sad,Angry,Care,Video Share Status,Is Video Owner?,Post Views,Total Views,"
    "Total Views For All Crossposts,Video Length,URL,Message,Link,Final Link,Image Text,Link Text,Description,"
    "Sponsor Id,Sponsor Name,Sponsor Category,Overperforming Score"
)
CROWDTANGLE_INSTAGRAM = (
    "Account,User Name,Followers at Posting,Post Created,Post Created Date,Post Created Time,Type,Total Interactions,"
    "Likes,Comments,Views,URL,Link,Photo,Title,Description,Image Text"
)
X_ARCHIVE = (
    "tweetid,userid,user_display_name,user_screen_name,user_reported_location,user_profile_description,"
    "user_profile_url,follower_count,following_count,account_creation_date,account_language,tweet_language,tweet_text,"
    "tweet_time,tweet_client_name,in_reply_to_userid,in_reply_to_tweetid,quoted_tweet_tweetid,is_retweet,"
    "retweet_userid,retweet_tweetid,latitude,longitude,quote_count,reply_count,like_count,retweet_count,hashtags,urls,"
    "user_mentions,poll_choices"
)
MELTWATER = (
    "Date,Headline,URL,Opening Text,Hit Sentence,Source,Influencer,Country,Subregion,Language,Reach,Desktop Reach,"
    "Mobile Reach,Twitter Social Echo,Facebook Social Echo,Reddit Social Echo,National Viewership,Engagement,AVE,"
    "Sentiment,Key Phrases,Input Name,Keywords,Twitter Authority,Tweet Id,Twitter Id,Twitter Client,"
    "Twitter Screen Name,User Profile Url,Twitter Bio,Twitter Followers,Twitter Following,Alternate Date Format,Time,"
    "State,City,Document Tags"
)
MELTWATER_LATER = (
    "Date,Time,Document ID,URL,Input Name,Keywords,Information Type,Source Type,Source Name,Source Domain,"
    "Content Type,Author Name,Author Handle,Title,Opening Text,Hit Sentence,Image,Hashtags,Links,Country,Region,State,"
    "City,Language,Sentiment,Keyphrases,Reach,Global Reach,National Reach,Local Reach,AVE,Social Echo,Editorial Echo,"
    "Engagement,Shares,Quotes,Likes,Replies,Reposts,Comments,Reactions,Views,Estimated Views,Document Tags"
)
BRANDWATCH = (
    "Query Id,Query Name,Date,Title,Snippet,Url,Domain,Sentiment,Page Type,Language,Country Code,Country,City,Author,"
    "Expanded URLs,Full Name,Full Text,Hashtags,Impressions,Mentioned Authors,Original Url,Reach,Resource Id,"
    "Thread Id,Thread Entry Type,Twitter Author ID,Twitter Followers,Twitter Following,Twitter Reply Count,"
    "Twitter Reply to,Twitter Retweet of,Twitter Retweets,Twitter Likes,Twitter Tweets"
)
PREAMBLE = (
    '"Report:","Bulk Mentions Download"\n"Brand:","An invented brand"\n"From:","Sun May 03 00:00:00 UTC 2020"\n'
    '"To:","Mon May 04 00:00:00 UTC 2020"\n"Label:","none"\n\n'
)
COORTWEET = "object_id,account_id,content_id,timestamp_share"

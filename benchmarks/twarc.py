"""What reading twarc files with a ledger costs, against DuckDB's plain read of the same file and against twarc-csv.

    python benchmarks/twarc.py --tweets 100000

The files are made by rule: tweets of about 3 kB, once flattened (one a line) and once as pages of a hundred with
`includes`. Each task runs in a process of its own, in turns; the ratio is that of the shortest runs and of the
smallest peaks of memory. The plain read is `CREATE TABLE t AS FROM read_json(file)`: it checks nothing, joins
nothing, and keeps no ledger. twarc-csv (`pip install twarc-csv`) is measured where `--twarc-csv` names a Python
that has it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = 100
_WORDS = (
    *("vote", "river", "budget", "storm", "harbour", "market", "vaccine", "border", "school", "energy", "council"),
    *("bridge", "harvest", "court", "train"),
)
_START = datetime(2021, 4, 1)
_SPAN = 30 * 86400

# The stages of one task, as the child process that is measured runs them.
PLAIN = """
import duckdb, sys, time
clock, cpu = time.perf_counter(), time.process_time()
c = duckdb.connect(':memory:', config={'memory_limit': '4GB'})
c.execute("SET enable_progress_bar=false")
c.execute(f"CREATE TABLE t AS FROM read_json('{sys.argv[1]}', maximum_object_size=67108864)")
print(time.perf_counter() - clock, time.process_time() - cpu)
"""
LEDGER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.ingest import load_all
from factcheck.evidence.manifest import read_manifests
clock, cpu = time.perf_counter(), time.process_time()
root = Path(sys.argv[1]).parents[1]
sources, _ = read_manifests([root / 'evidence'], root)
engine = open_engine()
found = load_all(engine, sources, root, names=[Path(sys.argv[1]).stem]).datasets[Path(sys.argv[1]).stem]
engine.close()
print(time.perf_counter() - clock, time.process_time() - cpu)
if not isinstance(found, Dataset) or found.ledger is None or found.ledger.loaded != int(sys.argv[3]):
    raise SystemExit(f'not loaded whole: {found}')
"""
CONVERTER = """
import sys, time
import pandas as pd
pd.DataFrame.applymap = pd.DataFrame.map
from twarc_csv import CSVConverter, DataFrameConverter
clock, cpu = time.perf_counter(), time.process_time()
with open(sys.argv[1], encoding='utf-8') as source, open(sys.argv[1] + '.csv', 'w', encoding='utf-8') as target:
    CSVConverter(source, target, converter=DataFrameConverter('tweets'), hide_progress=True).process()
print(time.perf_counter() - clock, time.process_time() - cpu)
"""
# Runs a task, which prints its time (clock, processor) without that of starting, and prints its peak memory in MB.
MEASURE = """
import resource, subprocess, sys
done = subprocess.run([sys.argv[1], '-c', *sys.argv[2:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, done.returncode)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tweets", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--out", type=Path, help="keep the generated files here")
    parser.add_argument("--twarc-csv", help="a Python that has twarc-csv")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.out or Path(temporary)).resolve() / "evidence"
        generate(folder, arguments.tweets)
        print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
        print("| | clock s | ratio | processor s | ratio | peak MB | ratio |\n|---|---|---|---|---|---|---|")
        for name in ("flat", "pages"):
            measure(folder / f"{name}.jsonl", arguments)


def measure(path: Path, arguments: argparse.Namespace) -> None:
    mb = path.stat().st_size / 1e6
    tasks: dict[str, list[str]] = {
        f"{path.stem} ({mb:.0f} MB), plain read": [sys.executable, PLAIN, str(path)],
        f"{path.stem}, ledger": [sys.executable, LEDGER, str(path), str(ROOT), str(arguments.tweets)],
    }
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in tasks}
    for _ in range(arguments.repeats):
        for name, task in tasks.items():
            taken[name].append(timed(task))
    if arguments.twarc_csv:
        taken[f"{path.stem}, twarc-csv"] = [timed([arguments.twarc_csv, CONVERTER, str(path)])]
    smallest = {name: [min(values) for values in zip(*runs, strict=True)] for name, runs in taken.items()}
    base = next(iter(smallest.values()))
    for name, (clock, cpu, peak) in smallest.items():
        ratios = [clock / base[0], cpu / base[1], peak / base[2]]
        print(
            f"| {name} | {clock:.2f} | {ratios[0]:.2f} | {cpu:.2f} | {ratios[1]:.2f} | {peak:.0f} | {ratios[2]:.2f} |",
            flush=True,
        )


def timed(task: list[str]) -> tuple[float, float, float]:
    done = subprocess.run([sys.executable, "-c", MEASURE, *task], capture_output=True, text=True, check=True)
    clock, cpu, peak, code = map(float, done.stdout.split()[-4:])
    if code:
        raise SystemExit(done.stderr)
    return clock, cpu, peak


def generate(folder: Path, count: int) -> None:
    """Both files, and their manifest, unless they are there already."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tweets.yaml").write_text(
        "datasets:\n  flat: {files: flat.jsonl, format: twarc}\n  pages: {files: pages.jsonl, format: twarc}\n"
    )
    for name, lines in (("flat", flat), ("pages", pages)):
        target = folder / f"{name}.jsonl"
        if not target.exists():
            with target.open("w", encoding="utf-8") as out:
                out.writelines(json.dumps(line) + "\n" for line in lines(count))


def pages(count: int) -> Iterator[dict[str, Any]]:
    """Responses of a hundred tweets each, as `twarc2 search` writes them."""
    source = tweets(count)
    while batch := list(islice(source, PAGE)):
        users = {user["id"]: user for tweet in batch for user in tweet["users"]}
        originals = {original["id"]: original for tweet in batch for original in tweet["originals"]}
        places = {tweet["place"]["id"]: tweet["place"] for tweet in batch if tweet["place"]}
        includes = {"users": list(users.values()), "tweets": list(originals.values()), "places": list(places.values())}
        yield {
            "data": [tweet["tweet"] for tweet in batch],
            "includes": includes,
            "meta": {
                "newest_id": batch[0]["tweet"]["id"],
                "oldest_id": batch[-1]["tweet"]["id"],
                "result_count": len(batch),
            },
            "__twarc": _TWARC,
        }


def flat(count: int) -> Iterator[dict[str, Any]]:
    """The same tweets, flattened."""
    for found in tweets(count):
        users = {user["id"]: user for user in found["users"]}
        originals = {original["id"]: original for original in found["originals"]}
        tweet = {**found["tweet"], "author": users[found["tweet"]["author_id"]], "__twarc": _TWARC}
        if found["place"]:
            tweet["geo"] = {**tweet["geo"], **found["place"]}
        if "referenced_tweets" in tweet:
            tweet["referenced_tweets"] = [
                {**reference, **original, "author": users[original["author_id"]]}
                for reference in tweet["referenced_tweets"]
                if (original := originals[reference["id"]])
            ]
        yield tweet


_TWARC = {
    "url": "https://api.example.org/2/tweets/search/all?expansions=author_id%2Creferenced_tweets.id&query=harbour",
    "version": "2.14.0",
    "retrieved_at": "2021-05-02T10:00:00+00:00",
}


def tweets(count: int) -> Iterator[dict[str, Any]]:
    """Tweets with the users, originals and place that they refer to."""
    draw = random.Random(20210401)
    users = [_user(draw, number) for number in range(max(100, count // 10))]
    for number in range(count):
        author = draw.choice(users)
        tweet = _tweet(draw, 1377000000000000000 + number * 4194304, author)
        found: dict[str, Any] = {"tweet": tweet, "users": [author], "originals": [], "place": None}
        if draw.random() < 0.65:
            writer = draw.choice(users)
            original = _tweet(draw, 1376000000000000000 + draw.randrange(max(1, count // 4)) * 4194304, writer)
            kind = draw.choices(("retweeted", "replied_to", "quoted"), (6, 2, 1))[0]
            tweet["referenced_tweets"] = [{"type": kind, "id": original["id"]}]
            if kind == "retweeted":
                tweet["text"] = f"RT @{writer['username']}: {original['text']}"[:139] + "…"
                tweet["public_metrics"] |= {"like_count": 0}
            if kind == "replied_to":
                tweet["in_reply_to_user_id"] = writer["id"]
            found["users"].append(writer)
            found["originals"].append(original)
        if draw.random() < 0.02:
            found["place"] = _place(draw.randrange(500))
            tweet["geo"] = {"place_id": found["place"]["id"]}
        yield found


def _sentence(draw: random.Random, words: int) -> str:
    return " ".join(draw.choices(_WORDS, k=words))


def _user(draw: random.Random, number: int) -> dict[str, Any]:
    user = {
        "id": str(10_000_000 + number * 7919),
        "username": f"account_{number}",
        "name": f"Account {number}" + (" é ✓" if number % 3 == 0 else ""),
        "created_at": _time(draw.randrange(10 * 365 * 86400), datetime(2009, 1, 1)),
        "description": _sentence(draw, 12) + ("\nÑandú – ¿sí?" if number % 4 == 0 else ""),
        "profile_image_url": f"https://img.example.org/profile_images/{number * 7919}/picture_normal.jpg",
        "protected": False,
        "verified": number % 40 == 0,
        "url": "",
        "public_metrics": {
            "followers_count": draw.randrange(20000),
            "following_count": draw.randrange(3000),
            "tweet_count": draw.randrange(90000),
            "listed_count": draw.randrange(90),
        },
    }
    if number % 2:
        user["location"] = f"{draw.choice(_WORDS).title()} City"
    if number % 3 == 1:
        user["pinned_tweet_id"] = str(1370000000000000000 + number)
    if number % 5 == 0:
        user["entities"] = {"description": {"hashtags": [{"start": 0, "end": 6, "tag": draw.choice(_WORDS)}]}}
    return user


def _tweet(draw: random.Random, id: int, author: dict[str, Any]) -> dict[str, Any]:
    tag, other = draw.choice(_WORDS), draw.choice(_WORDS)
    text = f"{_sentence(draw, 22)} #{tag} @account_{draw.randrange(900)}" + (" – qué día" if id % 3 == 0 else "")
    named = text.split("@")[1].split()[0]
    entities: dict[str, Any] = {
        "annotations": [{"start": 3, "end": 9, "probability": 0.87, "type": "Place", "normalized_text": other}],
        "mentions": [{"start": 90, "end": 99, "username": named, "id": str(draw.randrange(10**9))}],
    }
    if draw.random() < 0.5:
        entities["hashtags"] = [{"start": 80, "end": 88, "tag": tag}]
    if draw.random() < 0.4:
        path = f"{other}-{draw.randrange(10**6)}"
        entities["urls"] = [
            {
                "start": 100,
                "end": 123,
                "url": f"https://t.example.org/{draw.randrange(10**9)}",
                "expanded_url": f"https://news.example.org/2021/04/{path}",
                "display_url": f"news.example.org/2021/04/{path[:12]}…",
                "status": 200,
                "title": _sentence(draw, 6),
                "unwound_url": f"https://news.example.org/2021/04/{path}",
            }
        ]
    tweet: dict[str, Any] = {
        "id": str(id),
        "author_id": author["id"],
        "conversation_id": str(id),
        "created_at": _time(draw.randrange(_SPAN), _START),
        "text": text,
        "lang": draw.choice(["en", "es", "de", "und"]),
        "source": draw.choice(["Web App", "Android", "iPhone"]),
        "reply_settings": "everyone",
        "possibly_sensitive": draw.random() < 0.03,
        "public_metrics": {
            "retweet_count": draw.randrange(500),
            "reply_count": draw.randrange(20),
            "like_count": draw.randrange(900),
            "quote_count": draw.randrange(9),
        },
        "entities": entities,
    }
    if draw.random() < 0.6:
        tweet["context_annotations"] = [
            {
                "domain": {"id": str(n), "name": "Interests", "description": _sentence(draw, 8)},
                "entity": {"id": str(draw.randrange(10**12)), "name": draw.choice(_WORDS)},
            }
            for n in range(draw.randrange(1, 5))
        ]
    return tweet


def _place(number: int) -> dict[str, Any]:
    return {
        "id": f"{number:016x}",
        "full_name": f"Town {number}, Land",
        "name": f"Town {number}",
        "country": "Land",
        "country_code": "LD",
        "place_type": "city",
        "geo": {"type": "Feature", "bbox": [number / 10, 1.5, number / 10 + 1, 2.5], "properties": {}},
    }


def _time(seconds: int, start: datetime) -> str:
    return (start + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


if __name__ == "__main__":
    main()

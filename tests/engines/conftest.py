"""Servers for the engines: one for all tests of a worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from factcheck.evidence.engines.remote import Remote
from postgres_cluster import Cluster, binaries, running

from .spark_cluster import MASTER, SETTINGS, missing


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Cluster]:
    """A server whose texts are in another order than that of their characters."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian's package postgresql)")
    with running(programs) as cluster:
        cluster.sql(
            "CREATE DATABASE desk TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'"
        )
        yield cluster


@pytest.fixture(scope="session")
def spark() -> Iterator[Remote]:
    """Spark with two workers; its start takes ten seconds, so that all its tests share it."""
    if (why := missing()) is not None:
        pytest.skip(why)
    from factcheck.evidence.engines.spark import open_server

    engine = Remote(open_server(MASTER, SETTINGS))
    yield engine
    engine.close()

"""DuckDB, or Spark where a state's files outgrow one machine: the same model in either."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from splink.internals.database_api import DatabaseAPI

PARTS_PER_CORE = 4


class NoSuchEngine(Exception):
    """The engine is not known, or not installed."""


@contextmanager
def duckdb_engine(folder: Path) -> Iterator[DatabaseAPI]:
    """In memory, spilling into the folder."""
    import duckdb
    from splink import DuckDBAPI

    with duckdb.connect(config={"temp_directory": str(folder)}) as connection:
        yield DuckDBAPI(connection)


@contextmanager
def spark_engine(folder: Path) -> Iterator[DatabaseAPI]:
    """On whatever `spark.master` the machine's own Spark configuration names; else on all cores."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise NoSuchEngine(
            "Spark is not installed. CEASEFIRE_LINKAGE=spark ./ceasefire installs it as it starts; "
            "elsewhere pip install 'ceasefire[spark]'."
        ) from missing
    from splink import SparkAPI
    from splink.backends.spark import similarity_jar_location

    settings = {
        "spark.jars": similarity_jar_location(),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.appName("ceasefire linkage")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        _fit_to_one_machine(session)
        session.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
        yield SparkAPI(spark_session=session)
    finally:
        session.stop()


def _fit_to_one_machine(session) -> None:
    """A cluster's own settings stand; the 200 parts that Spark takes by default suit no laptop."""
    if session.sparkContext.master.startswith("local"):
        parts = PARTS_PER_CORE * session.sparkContext.defaultParallelism
        session.conf.set("spark.sql.shuffle.partitions", parts)


ENGINES = {"duckdb": duckdb_engine, "spark": spark_engine}


def chosen() -> str:
    """The engine of this installation: one setting, CEASEFIRE_LINKAGE. Raises NoSuchEngine."""
    return known(os.environ.get("CEASEFIRE_LINKAGE") or "duckdb")


def known(name: str) -> str:
    """The name, if an engine has it. Raises NoSuchEngine."""
    if name not in ENGINES:
        raise NoSuchEngine(f"No engine {name!r} for linkage; there are {' and '.join(ENGINES)}.")
    return name


def engine(name: str, folder: Path):
    """The engine of this name, working in the folder. Raises NoSuchEngine."""
    return ENGINES[known(name)](folder)


def laid(api: DatabaseAPI, table: pa.Table):
    """The records as Splink's own table in the engine."""
    session = getattr(api, "spark", None)
    return api.register(session.createDataFrame(table) if session else table)

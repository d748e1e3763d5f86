"""`./ceasefire link`: who is who in files outside the register."""

from pathlib import Path

from ceasefire.config.running import Refused, asking, is_installed, product
from ceasefire.kit.progress import say


class Link:
    def add_arguments(self, parser):
        parser.add_argument(
            "files", nargs="+", type=Path, metavar="FILE",
            help="CSV, Excel or Parquet with record_id and names",
        )  # fmt: skip
        parser.add_argument("--engine", metavar="NAME", help="duckdb or spark")
        parser.add_argument(
            "--out", type=Path, metavar="FILE.parquet",
            help="takes record_id and cluster_id (default: beside the first file)",
        )  # fmt: skip

    def run(self, arguments) -> dict:
        from ceasefire.kit.readers import FileFault
        from ceasefire.registry.linkage.columns import NotLinkable
        from ceasefire.registry.linkage.engines import NoSuchEngine, chosen, known

        if is_installed(arguments.home):
            with product(arguments.home), asking(arguments.as_user, arguments.purpose):
                pass
        out = arguments.out or arguments.files[0].with_suffix(".people.parquet")
        try:
            name = known(arguments.engine) if arguments.engine else chosen()
            answer = _linked(arguments.files, name, out)
        except (FileFault, NotLinkable, NoSuchEngine) as refusal:
            raise Refused(str(refusal)) from refusal
        if not arguments.json:
            print("{records:,} records, {clusters:,} people: {out}".format(**answer))
            print("{pairs:,} pairs joined, {review:,} for a person to decide".format(**answer))
        return answer


def _linked(files: list[Path], engine_name: str, out: Path) -> dict:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from ceasefire.registry.linkage.linking import JOINED, link
    from ceasefire.registry.linkage.records import records_of
    from ceasefire.registry.linkage.training import train

    table = records_of(files)
    say(f"{table.num_rows:,} records read; learning what their agreements say ...")
    trained = train(table)
    say(f"Comparing with {engine_name} ...")
    linked = link(table, trained, engine_name=engine_name)
    pq.write_table(linked.people, out)
    joined = pc.sum(pc.greater_equal(linked.pairs["match_weight"], JOINED)).as_py() or 0
    return {
        "records": table.num_rows,
        "pairs": joined,
        "review": linked.pairs.num_rows - joined,
        "clusters": pc.count_distinct(linked.people["cluster_id"]).as_py(),
        "out": str(out),
    }

"""A progress bar on the terminal's error stream: what, how far, how many, time left."""

import contextlib
import sys
from collections.abc import Callable, Iterator

Advance = Callable[[float, int], None]


@contextlib.contextmanager
def bar(what: str, unit: str) -> Iterator[Advance]:
    """Yield advance(share, count): share from 0 to 1, count in units. Silent off a terminal."""
    if not sys.stderr.isatty():
        yield lambda share, count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn(f"{{task.fields[count]:,}} {unit}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(what, total=1.0, count=0)
        yield lambda share, count: progress.update(task, completed=share, count=count)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)

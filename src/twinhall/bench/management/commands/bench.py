import signal
import tempfile
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from twinhall.bench.figures import BenchError
from twinhall.bench.graph import measure_graph
from twinhall.bench.loading import measure_loading
from twinhall.bench.reading import measure_reading
from twinhall.bench.serving import Ways, measure_serving


class Command(BaseCommand):
    help = (
        "Measure this installation against others, and print ratios: serving, loading, reading, "
        "the graph of ties."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="serve|load|read|graph")
        serve = kinds.add_parser("serve", help="our pages against Datasette on the same SQLite file")
        serve.add_argument(
            "--seconds", type=above_zero, default=Ways.seconds, help="of one turn (%(default)s)"
        )
        serve.add_argument("--rounds", type=int, default=Ways.rounds, help="turns of each (%(default)s)")
        serve.add_argument(
            "--workers", type=int, default=Ways.workers, help="processes of each (%(default)s)"
        )
        serve.add_argument("--only", default="", metavar="WORD", help="only what has this word in its name")
        load = kinds.add_parser("load", help="a folder of tables, against the raw copy of the same rows")
        load.add_argument("folder", type=Path, metavar="FOLDER")
        read = kinds.add_parser("read", help="reading pages, against extracting their main text alone")
        read.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="pages: HTML, or plain text")
        read.add_argument("--rounds", type=int, default=3, help="of which the quickest counts (%(default)s)")
        graph = kinds.add_parser("graph", help="figures of a graph of pairs, and of the register's own ties")
        graph.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a CSV of pairs a,b (also .gz)")

    def handle(self, *_args: Any, kind: str, **options: Any) -> None:
        try:
            with stopped_in_order():
                for line in getattr(self, kind)(**options):
                    self.stdout.write(line)
                    self.stdout.flush()
        except BenchError as error:
            raise CommandError(str(error)) from error

    def serve(
        self, *, seconds: float, rounds: int, workers: int, only: str, **_options: Any
    ) -> Iterator[str]:
        """Measure pages, lists and searches."""
        with tempfile.TemporaryDirectory(prefix="twinhall-bench-") as scratch:
            yield from measure_serving(Path(scratch), Ways(seconds, rounds, workers, only))

    def load(self, *, folder: Path, **_options: Any) -> Iterator[str]:
        """Measure loading."""
        with tempfile.TemporaryDirectory(prefix="twinhall-bench-") as scratch:
            yield from measure_loading(folder, Path(scratch))

    def read(self, *, paths: list[Path], rounds: int, **_options: Any) -> Iterator[str]:
        """Measure reading."""
        return measure_reading(paths, rounds=rounds)

    def graph(self, *, file: Path | None, **_options: Any) -> Iterator[str]:
        """Measure the graph of ties."""
        return measure_graph(file)


@contextmanager
def stopped_in_order() -> Iterator[None]:
    """Have SIGTERM stop what is measured as Ctrl+C does: servers are ended, scratch databases dropped."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def above_zero(text: str) -> float:
    """A number of seconds as it is written in the command line."""
    try:
        seconds = float(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a number of seconds.") from error
    if not seconds > 0:
        raise ArgumentTypeError("It takes some time to measure: more than 0 seconds.")
    return seconds

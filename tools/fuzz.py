"""Throw broken pages at the reader: inputs that find their way by what code they reach (atheris, libFuzzer).

    make fuzz                 ten minutes; SECONDS=60 for one
    python tools/fuzz.py --corpus FOLDER

It ends at the first page that is neither read nor refused in words, whose quotes are no exact parts of its
text, or that takes more than ten seconds. What it finds is kept in the folder, where the next run begins.
"""

import argparse
import os
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["twinhall.reader", "pypdf", "zipfile"]):
    from twinhall.reader.page import UnreadableError, read_page
    from twinhall.reader.reading import read_facts

from twinhall.reader.gazetteer import gazetteer
from twinhall.reader.places import Places

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.reader.making import docx, paragraph, pdf  # noqa: E402 - found from the folder above

PAGES = ROOT / "tests" / "reader" / "pages" / "pages"
KINDS = ("text/html", "text/plain", "application/pdf", "")
SLOWEST = 10
LARGEST = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--corpus", type=Path, default=ROOT / "var" / "fuzz")
    options = parser.parse_args()
    options.corpus.mkdir(parents=True, exist_ok=True)
    folder = os.environ.get("TWINHALL_GAZETTEER") or os.environ.get("TWINHALL_VAR") or ROOT / "var"
    places = Places(gazetteer(Path(folder)))

    def one(data: bytes) -> None:
        """The first byte chooses what is said of the others."""
        try:
            page = read_page(data[1:], media_type=KINDS[data[0] % len(KINDS)] if data else "")
        except UnreadableError:
            return
        for fact in read_facts(page, places=places, subject="Valmiera", subject_country="LV"):
            end = fact.quote_start + len(fact.quote)
            if page.text[fact.quote_start : end] != fact.quote:
                raise AssertionError(f"{fact.quote!r} is not what stands there.")

    seed(options.corpus)
    for path in sorted(options.corpus.glob("*.*")):
        one(path.read_bytes())  # tables are read when first needed, which is no page's slowness
    limits = (
        f"-max_total_time={options.seconds}",
        f"-timeout={SLOWEST}",
        f"-max_len={LARGEST}",
        "-rss_limit_mb=1500",
    )
    atheris.Setup(
        [sys.argv[0], *limits, f"-artifact_prefix={options.corpus}/found-", str(options.corpus)], one
    )
    atheris.Fuzz()


def seed(corpus: Path) -> None:
    """Begin with the pages of the tests, a PDF and a document."""
    (corpus / "page.pdf").write_bytes(b"\2" + pdf("Valmiera and Solna have been partner towns since 1991."))
    (corpus / "page.docx").write_bytes(b"\3" + docx(paragraph("Solna, Sweden, since 1991", item=True)))
    for path in sorted(PAGES.iterdir()):
        kind = b"\0" if path.suffix == ".html" else b"\1"
        (corpus / path.name).write_bytes(kind + path.read_bytes())


if __name__ == "__main__":
    main()

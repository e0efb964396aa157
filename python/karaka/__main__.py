"""python -m karaka: documents to a Parquet file of events. All else is done by the command ``karaka``.

Example: python -m karaka -o events.parquet -j 2 crawl.warc.gz news/
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator

from . import Document, Error, Reader, __version__, read, to_parquet


def _documents(names: list[str]) -> Iterator[Document | Error]:
    for name in names or ["-"]:
        yield from read(sys.stdin.buffer, name="stdin") if name == "-" else read(name)


def main(words: list[str] | None = None) -> int:
    """The exit code: 0 all well, 1 some documents failed, 2 wrong usage, 3 output, 4 language; as the command's."""
    parser = argparse.ArgumentParser(
        prog="python -m karaka",
        description="Codes documents and writes their events to a Parquet file.",
        epilog="Example: python -m karaka -o events.parquet -j 2 crawl.warc.gz news/",
    )
    parser.add_argument("files", nargs="*", metavar="FILE|FOLDER|-", help="as karaka code reads them")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="the Parquet file to write")
    parser.add_argument("--lang", metavar="CODE", help="the language; without it that of each text's script")
    parser.add_argument("-j", "--threads", type=int, default=1, metavar="N", help="documents at the same time (1)")
    parser.add_argument("--version", action="version", version=f"karaka {__version__}")
    given = parser.parse_args(words)
    if given.threads < 1:
        parser.error("-j: at least 1")
    failed = 0

    def tell(error: Error) -> None:
        nonlocal failed
        failed += 1
        print(f"karaka: {error}", file=sys.stderr)

    try:
        reader = Reader(given.lang)
    except Error as error:
        print(f"karaka: {error}", file=sys.stderr)
        return 4
    results = reader.code_many(_documents(given.files), threads=given.threads)
    try:
        count = to_parquet(results, given.output, on_error=tell)
    except ImportError:
        print("karaka: Parquet needs pyarrow: pip install 'karaka[arrow]'", file=sys.stderr)
        return 3
    except OSError as error:
        print(f"karaka: {os.fspath(given.output)}: {error.strerror or error}", file=sys.stderr)
        return 3
    print(f"{count} events in {given.output}, {failed} documents failed", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

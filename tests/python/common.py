"""What the tests share: the command that they compare the package with, and its input."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import karaka

SOURCE = Path(os.environ["KARAKA_SOURCE"])
COMMAND = os.environ["KARAKA_COMMAND"]
LANGUAGES = str(SOURCE / "languages")
PASSAGES = SOURCE / "samples" / "passages.jsonl"
PAGE = SOURCE / "samples" / "page-hi.txt"


def command(*words: object, verb: str = "code") -> tuple[bytes, list[str]]:
    """Standard output and the messages of the command."""
    done = subprocess.run(
        [COMMAND, verb, "--languages", LANGUAGES, *map(str, words)], capture_output=True, check=False, timeout=300
    )
    return done.stdout, done.stderr.decode().splitlines()


def collect(results: object) -> tuple[bytes, list[str]]:
    """The same of the package: records and errors."""
    records, errors = [], []
    for result in results:  # type: ignore[attr-defined]
        if isinstance(result, karaka.Error):
            errors.append(f"karaka: {result}")
        else:
            records.append(result.jsonl)
    return b"".join(records), errors

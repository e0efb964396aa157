"""Files, folders, archives and file objects, whole and damaged: the documents and messages of the command."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import karaka
from common import LANGUAGES, PASSAGES, SOURCE, collect, command


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = Path(cls.folder.name)
        subprocess.run([sys.executable, str(SOURCE / "tests/archives/make"), "small"], cwd=cls.path, check=True)
        cls.reader = karaka.Reader(languages=LANGUAGES)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def code(self, source: object, **how: object) -> tuple[bytes, list[str]]:
        return collect(self.reader.code_many(karaka.read(source, **how), threads=2))  # type: ignore[arg-type]

    def same(self, got: tuple[bytes, list[str]], want: tuple[bytes, list[str]]) -> None:
        """The command also tells what was passed over, and how to raise its limit."""
        self.assertEqual(got[0], want[0])
        told = [line for line in want[1] if "passed over" not in line and "no known language" not in line]
        self.assertEqual(got[1], [line.split("; raise --limit")[0] for line in told])

    def test_every_kind_of_file_as_the_command(self) -> None:
        names = sorted(p for p in self.path.iterdir() if p.is_file())
        self.assertGreater(len(names), 20)
        events = errors = 0
        for name in names:
            with self.subTest(name.name):
                got = self.code(name)
                self.same(got, command("--to", "jsonl", name))
                events, errors = events + got[0].count(b"\n"), errors + len(got[1])
        self.assertGreater(events, 20)
        self.assertGreater(errors, 5)

    def test_a_folder_as_the_command(self) -> None:
        os.symlink(self.path, self.path / "loop")
        try:
            self.same(self.code(self.path), command("--to", "jsonl", self.path))
        finally:
            os.unlink(self.path / "loop")

    def test_a_file_object_as_the_file(self) -> None:
        for name in ("records.warc.gz", "plain.warc"):
            with open(self.path / name, "rb") as file:
                self.same(self.code(file, name=str(self.path / name)), command("--to", "jsonl", self.path / name))

    def test_errors_of_a_file_object_are_its_own(self) -> None:
        class Broken(io.RawIOBase):
            def read(self, size: int = -1) -> bytes:
                raise ConnectionError("the line is dead")

        self.assertRaisesRegex(ConnectionError, "dead", list, karaka.read(Broken()))  # type: ignore[arg-type]
        self.assertRaises(TypeError, list, karaka.read(io.StringIO("text")))  # type: ignore[arg-type]

    def test_what_cannot_be_opened_or_is_too_large(self) -> None:
        (error,) = karaka.read("/nowhere/news.jsonl")
        self.assertEqual(["karaka: " + str(error)], command("--to", "jsonl", "/nowhere/news.jsonl")[1])
        self.same(self.code(PASSAGES, limit=400), command("--limit", "400", "--to", "jsonl", PASSAGES))
        self.assertRaises(ValueError, karaka.read, PASSAGES, form="pdf")

    def test_two_threads_may_not_read_one_stream(self) -> None:
        class Nosy(io.BytesIO):
            stream = None

            def read(self, size: int | None = -1) -> bytes:
                if self.stream:
                    next(self.stream)  # as another thread might
                return super().read(size)

        from karaka import _karaka

        nosy = Nosy(b'{"id":"a","text":"b"}\n' * 9999)
        stream = _karaka.Stream(b"x.jsonl", nosy.read, 0, 0)
        nosy.stream = stream
        with self.assertRaisesRegex(ValueError, "another thread"):
            list(stream)


if __name__ == "__main__":
    unittest.main()

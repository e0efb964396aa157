"""Arrow, Parquet, pandas and `python -m karaka`: the events of the command, one schema, nothing lost silently."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import karaka
import pandas
import pyarrow.parquet
from common import LANGUAGES, PASSAGES, command

SLIPS = [karaka.Error("a slip")]


class Tables(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "events.parquet")
        self.results = list(karaka.Reader(languages=LANGUAGES).code_many(karaka.read(PASSAGES)))
        self.records = [json.loads(line) for line in command("--to", "jsonl", PASSAGES)[0].splitlines()]

    def test_arrow_holds_the_records(self) -> None:
        table = karaka.to_arrow(self.results)
        self.assertEqual(table.schema, karaka.event_schema())
        self.assertEqual(table.to_pylist(), self.records)
        one_by_one = [event for coded in self.results for event in coded]  # type: ignore[union-attr]
        self.assertEqual(karaka.to_arrow(one_by_one).to_pylist(), self.records)

    def test_parquet_holds_the_records(self) -> None:
        self.assertEqual(karaka.to_parquet(self.results, self.path), len(self.records))
        table = pyarrow.parquet.read_table(self.path)
        self.assertEqual((table.schema, table.to_pylist()), (karaka.event_schema(), self.records))

    def test_several_batches(self) -> None:
        many = self.results * 2000
        batches = list(karaka.record_batches(many))
        self.assertGreater(len(batches), 1)
        self.assertEqual(sum(b.num_rows for b in batches), 2000 * len(self.records))

    def test_nothing_has_the_same_schema(self) -> None:
        self.assertEqual(karaka.to_arrow([]).schema, karaka.event_schema())
        self.assertEqual(karaka.to_parquet([], self.path), 0)
        self.assertEqual(list(karaka.to_pandas([]).dtypes), list(karaka.to_pandas(self.results).dtypes))

    def test_pandas_has_the_columns_of_csv(self) -> None:
        frame = karaka.to_pandas(self.results)
        rows = list(csv.DictReader(io.StringIO(command("--to", "csv", PASSAGES)[0].decode())))
        self.assertEqual(list(frame.columns), list(rows[0]))
        for name in frame.columns:
            want = pandas.Series([row[name] for row in rows])
            got = frame[name]
            if got.dtype.name in ("Float64", "Int64"):
                want, got = pandas.to_numeric(want), got.astype("float64")
                self.assertTrue(((want == got) | (want.isna() & got.isna())).all(), name)
            elif got.dtype.name == "boolean":
                self.assertEqual([str(value).lower() for value in got], list(want), name)
            else:
                self.assertEqual(list(got.fillna("")), list(want), name)

    def test_an_error_is_raised_or_told(self) -> None:
        for make in (karaka.to_arrow, karaka.to_pandas):
            self.assertRaisesRegex(karaka.Error, "a slip", make, SLIPS)
            told: list[karaka.Error] = []
            self.assertEqual(len(make([*SLIPS, *self.results], on_error=told.append)), len(self.records))
            self.assertEqual(told, SLIPS)
        self.assertRaises(karaka.Error, karaka.to_parquet, [*self.results, *SLIPS], self.path)
        self.assertEqual(os.listdir(os.path.dirname(self.path)), [])

    def run_module(self, *words: str, stdin: bytes = b"") -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "karaka", *words], input=stdin, capture_output=True, check=False, timeout=300
        )
        return done.returncode, done.stderr.decode()

    def test_module_writes_parquet(self) -> None:
        lines = Path(PASSAGES).read_bytes() + b'{"id":\n'
        for words in (["-j", "2", "-"], []):
            code, said = self.run_module("-o", self.path, *words, stdin=lines)
            self.assertEqual(code, 1)
            self.assertEqual(said.splitlines()[-1], f"{len(self.records)} events in {self.path}, 1 documents failed")
            self.assertRegex(said, "karaka: stdin: record [0-9]+ ")
            self.assertEqual(pyarrow.parquet.read_table(self.path).to_pylist(), self.records)
        self.assertEqual(self.run_module("-o", self.path, str(PASSAGES))[0], 0)

    def test_module_tells_what_is_wrong(self) -> None:
        self.assertEqual(self.run_module("-o", "/nowhere/x.parquet", str(PASSAGES))[0], 3)
        self.assertEqual(self.run_module("-o", self.path, "--lang", "xx")[0], 4)
        self.assertEqual(self.run_module("-o", self.path, "-j", "0")[0], 2)


if __name__ == "__main__":
    unittest.main()

"""karaka.spark on a cluster of two executors, one of which is killed: the command's events, none lost, none twice."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import signal
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

import karaka
import pyarrow.dataset
import pyspark
from common import PAGE, PASSAGES, SOURCE, command

FILES, RECORDS = 12, 200
COUNTRIES = ("भारत", "रूस", "चीन", "फ्रांस", "ईरान", "जापान", "नेपाल", "मिस्र")
SENTENCES = (
    "{} ने {}वार को {} की कड़ी निंदा की।",
    "{} के विदेश मंत्री ने {}वार को {} के राष्ट्रपति से मुलाकात की।",
    "{} ने {}वार को {} पर हमला किया।",
    "{} ने {}वार को {} के साथ समझौते पर हस्ताक्षर किए।",
)


def story(number: int) -> str:
    """Sentences of our own, other ones for each number."""
    day = ("सोम", "मंगल", "बुध", "गुरु")[number % 4]
    pairs = [(COUNTRIES[(number + i) % 8], COUNTRIES[(number // 8 + 3 * i + 1) % 8]) for i in range(4)]
    return "\n".join(s.format(a, day, b) for s, (a, b) in zip(SENTENCES, pairs) if a != b)


def record(number: int, text: str) -> bytes:
    body = f"<html><head><title>{number}</title><meta property='article:published_time' content='2026-03-11'></head>"
    body += "<body><article>"
    body += "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</article></body></html>"
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:story:{number}>\r\n"
    head += f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 1)


def write_warc(path: Path, first: int) -> None:
    """The record in the middle is damaged."""
    records = [record(first + i, story(first + i)) for i in range(RECORDS)]
    middle = records[RECORDS // 2]
    records[RECORDS // 2] = middle[:-12] + b"\0\0\0\0" + middle[-8:]
    path.write_bytes(b"".join(records))


def executors() -> list[int]:
    """The executors' processes, which descend from this one."""
    parents, found = {}, []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(folder.joinpath("stat").read_text().rsplit(")", 1)[1].split()[1])
            if b"CoarseGrainedExecutorBackend" in folder.joinpath("cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue  # it has ended

    def is_ours(pid: int) -> bool:
        return pid == os.getpid() or (pid in parents and is_ours(parents[pid]))

    return [pid for pid in found if is_ours(pid)]


def key(rows: list[dict[str, object]]) -> list[str]:
    """Lists of equal rows are equal; 1 is 1.0."""
    return sorted(json.dumps(json.loads(json.dumps(row), parse_int=float), sort_keys=True) for row in rows)


class Cluster(unittest.TestCase):
    def same(self, got: list[dict[str, object]], want: list[dict[str, object]]) -> None:
        """Not assertEqual, which takes minutes to tell how long lists differ."""
        mine, theirs = key(got), key(want)
        if mine != theirs:
            lost, added = set(theirs) - set(mine), set(mine) - set(theirs)
            some = "\n".join([*sorted(lost)[:2], *sorted(added)[:2]])
            self.fail(f"{len(mine)} rows for {len(theirs)}; {len(lost)} lost, {len(added)} others\n{some}")

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = Path(cls.folder.name)
        os.environ.update(
            SPARK_HOME=os.path.dirname(pyspark.__file__),
            SPARK_WORKER_DIR=str(cls.path / "worker"),
            SPARK_LOCAL_IP="127.0.0.1",
            PYSPARK_PYTHON=sys.executable,
        )
        from pyspark.sql import SparkSession

        quick_start = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
        settings = {
            "spark.driver.extraJavaOptions": quick_start,
            "spark.executor.extraJavaOptions": quick_start,
            "spark.ui.enabled": "false",
            "spark.log.level": "OFF",
            "spark.executor.memory": "512m",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.scheduler.minRegisteredResourcesRatio": "1.0",
            "spark.scheduler.maxRegisteredResourcesWaitingTime": "60s",
            "spark.ui.showConsoleProgress": "false",
        }
        builder = SparkSession.builder.master("local-cluster[2,1,1024]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        cls.spark = builder.getOrCreate()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.spark.stop()
        cls.folder.cleanup()

    def test_documents(self) -> None:
        """Columns of documents: text, page and html in one frame, and rows that hold none of them."""
        from karaka.spark import code

        given = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
        given.append({"id": "page", "page": PAGE.read_text(encoding="utf-8")})
        given.append({"id": "html", "html": "<h1>x</h1><p>" + story(1)})
        lines = self.path / "given.jsonl"
        lines.write_text("".join(json.dumps(row) + "\n" for row in given), encoding="utf-8")
        want = [json.loads(line) for line in command("--to", "jsonl", lines)[0].splitlines()]
        columns = ("id", "published", "text", "page", "html")
        rows = [tuple(row.get(name) for name in columns) for row in [*given, {"id": "none"}]]
        frame = self.spark.createDataFrame(rows, "id string, published string, text string, page string, html string")
        got = [row.asDict(recursive=True) for row in code(frame.repartition(2)).collect()]
        errors = [row["error"] for row in got if row["id"] is None]
        self.assertEqual(errors, ["none: neither text nor page nor html"])
        self.same([{k: v for k, v in row.items() if k != "error"} for row in got if row["id"]], want)
        self.assertGreater(len(want), 10)
        self.assertRaises(ValueError, code, frame.select("id"))

    def test_the_sample(self) -> None:
        sys.path.insert(0, str(SOURCE / "samples"))
        import spark_warcs

        (self.path / "names").write_text(f"{PASSAGES}\n/nowhere.warc\n")
        with contextlib.redirect_stdout(io.StringIO()) as said:
            spark_warcs.main(str(self.path / "names"), str(self.path / "sample"))
        events = command("--to", "jsonl", PASSAGES)[0].count(b"\n")
        self.assertEqual(said.getvalue(), f"{events} events, 1 errors\n")

    def kill_in_the_middle(self, work: threading.Thread) -> tuple[int, int]:
        """Waits until some tasks are done and kills an executor; how many of how many were done."""
        tracker = self.spark.sparkContext.statusTracker()
        while work.is_alive():
            for stage in tracker.getActiveStageIds():
                info = tracker.getStageInfo(stage)
                if info and info.numTasks == FILES and 1 <= info.numCompletedTasks <= FILES - 3:
                    os.kill(executors()[0], signal.SIGKILL)
                    return info.numCompletedTasks, info.numTasks
            time.sleep(0.02)
        self.fail("the work was done before an executor could be killed")

    def test_an_executor_is_killed(self) -> None:
        """WARCs to partitioned Parquet. One path is a URL, one leads nowhere, each file has a damaged record."""
        from karaka.spark import code, write

        names = [self.path / f"{i:02}.warc.gz" for i in range(FILES - 1)]
        for i, name in enumerate(names):
            write_warc(name, i * RECORDS)
        records, messages = command("--to", "jsonl", *names, "/nowhere.warc")
        want = [json.loads(line) for line in records.splitlines()]
        paths = [names[0].as_uri(), *map(str, names[1:]), "/nowhere.warc"]
        frame = self.spark.createDataFrame([(p,) for p in paths], "path string").coalesce(1).repartition(FILES)
        before, target = set(executors()), str(self.path / "events")
        self.assertEqual(len(before), 2)
        failed: list[BaseException] = []

        def run() -> None:
            try:
                write(code(frame), target)
            except BaseException as error:
                failed.append(error)

        work = threading.Thread(target=run)
        work.start()
        self.kill_in_the_middle(work)
        work.join()
        self.assertEqual(failed, [])
        self.assertNotEqual(set(executors()), before)
        rows = pyarrow.dataset.dataset(target, partitioning="hive").to_table().to_pylist()
        got = [{k: v for k, v in row.items() if k not in ("error", "month")} for row in rows if row["id"]]
        self.same(got, want)
        self.assertEqual({(row["lang"], row["month"]) for row in rows if row["id"]}, {("hi", "2026-03")})
        self.assertGreater(len(want), (FILES - 1) * RECORDS)
        errors = sorted(row["error"].replace("file://", "") for row in rows if not row["id"])
        told = sorted(m.removeprefix("karaka: ") for m in messages if "passed over" not in m and "no known" not in m)
        self.assertEqual(errors, told)
        self.assertEqual(len(errors), FILES)


if __name__ == "__main__":
    assert karaka.__file__
    unittest.main()

"""One document at a time, many, and from many threads: the same as the command, and errors in their place."""

from __future__ import annotations

import dataclasses
import json
import pickle
import subprocess
import sys
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor

import karaka
from common import LANGUAGES, PAGE, PASSAGES, command

HINDI = "भारत ने सोमवार को चीन की निंदा की।"
GERMAN = "Die Regierung in Berlin hat am Montag mitgeteilt, dass sie die Verhandlungen mit Polen fortsetzen will. " * 3


def passages() -> list[karaka.Document]:
    lines = map(json.loads, PASSAGES.read_text(encoding="utf-8").splitlines())
    return [karaka.Document(r["text"], id=r["id"], published=r.get("published")) for r in lines]


class Reading(unittest.TestCase):
    def setUp(self) -> None:
        self.reader = karaka.Reader()

    def test_events_are_those_of_the_command(self) -> None:
        coded = [self.reader.code(d) for d in passages()]
        records, _ = command("--to", "jsonl", PASSAGES)
        self.assertEqual(b"".join(c.jsonl for c in coded), records)
        self.assertGreater(sum(map(len, coded)), 5)

    def test_typed_events_hold_all_of_the_record(self) -> None:
        for coded in map(self.reader.code, passages()):
            for event, line in zip(coded, coded.jsonl.splitlines()):
                self.assertEqual(json.loads(json.dumps(dataclasses.asdict(event))), json.loads(line))

    def test_a_page_as_text(self) -> None:
        records, _ = command("--to", "jsonl", PAGE)
        coded = self.reader.code(PAGE.read_bytes(), kind="page", id="page-hi")
        self.assertEqual(coded.jsonl, records)
        self.assertEqual(coded[1:3], coded.events[1:3])
        self.assertEqual((coded.id, coded.lang, len(coded)), ("page-hi", "hi", len(list(coded))))

    def test_article_and_its_spans(self) -> None:
        page = PAGE.read_text(encoding="utf-8")
        article = self.reader.article(page, kind="page", id="page-hi")
        self.assertEqual(article.part(article.paragraphs[0].span), article.title)
        event = self.reader.code(page, kind="page")[0]
        self.assertEqual(article.part(event.sentence.span), event.sentence.text)
        read, _ = command("--to", "json", PAGE, verb="read")
        self.assertEqual(article.text, json.loads(read)["text"])

    def test_html_of_any_encoding(self) -> None:
        page = "<html><head><meta charset='windows-1252'></head><h1>Café talks</h1><p>" + "Norway met Sweden. " * 20
        for content in (page, page.encode("windows-1252"), page.encode("utf-16")):
            self.assertEqual(self.reader.article(content).title, "Café talks")

    def test_trees_are_those_of_the_command(self) -> None:
        conllu, _ = command(PAGE, verb="parse")
        mine = self.reader.conllu(karaka.Document(PAGE.read_bytes(), "page", id="page-hi"))
        self.assertEqual(mine.encode(), conllu)
        sentences = self.reader.parse(PAGE.read_bytes(), kind="page")
        rows = [line.split("\t") for line in mine.splitlines() if line[:1].isdigit()]
        tokens = [t for s in sentences for t in s.tokens]
        self.assertEqual([(t.form, t.lemma, str(t.head)) for t in tokens], [(r[1], r[2], r[6]) for r in rows])
        again = self.reader.code(karaka.Document(mine, "conllu"))
        self.assertEqual(again.jsonl, command("--to", "jsonl", "--from", "conllu", self.file(mine))[0])

    def file(self, text: str) -> str:
        import tempfile

        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        with open(folder.name + "/page.conllu", "w", encoding="utf-8") as out:
            out.write(text)
        return out.name

    def test_language_of_each_text(self) -> None:
        english = "France condemned the attack by Iran."
        self.assertEqual([self.reader.code(t).lang for t in (HINDI, english, GERMAN)], ["hi", "en", None])
        self.assertEqual(len(self.reader.code(GERMAN)), 0)
        self.assertEqual(karaka.Reader("en").code(GERMAN).lang, "en")

    def test_what_is_wrong_is_told(self) -> None:
        for wrong in (lambda: karaka.Reader("xx"), lambda: karaka.Reader(languages="/nowhere")):
            self.assertRaises(karaka.Error, wrong)
        for content in (b"\xff\xfe\x00binary\x00\x01", "\ud800"):
            self.assertRaises(karaka.Error, self.reader.code, content)
        self.assertRaisesRegex(karaka.Error, "null", self.reader.code, "x", id="a\0b")
        self.assertRaises(ValueError, self.reader.code, "x", kind="picture")
        self.assertRaises(TypeError, self.reader.code, 7)
        self.assertRaises(dataclasses.FrozenInstanceError, setattr, self.reader.code(HINDI)[0], "type", "AID")

    def test_a_reader_can_be_sent_to_another_process(self) -> None:
        again = pickle.loads(pickle.dumps(karaka.Reader("hi")))
        self.assertEqual(again.code(HINDI).jsonl, karaka.Reader("hi").code(HINDI).jsonl)


class Many(unittest.TestCase):
    def setUp(self) -> None:
        self.reader = karaka.Reader(languages=LANGUAGES)

    def test_order_and_errors_in_their_place(self) -> None:
        bad = karaka.Document(b"\0\xff", id="bad")
        given = [*passages(), bad, karaka.Error("from the file"), HINDI] * 3
        for threads in (1, 2, 5):
            results = list(self.reader.code_many(iter(given), threads=threads))
            self.assertEqual(len(results), len(given))
            for item, result in zip(given, results):
                if item is bad:
                    self.assertRegex(str(result), "^bad: ")
                elif isinstance(item, karaka.Error):
                    self.assertIs(result, item)
                else:
                    self.assertEqual(result.jsonl, self.reader.code(item).jsonl)  # type: ignore[union-attr,arg-type]

    def test_nothing_is_read_ahead_of_what_is_wanted(self) -> None:
        taken = 0

        def endless() -> object:
            nonlocal taken
            while True:
                taken += 1
                yield HINDI

        results = self.reader.code_many(endless(), threads=2)  # type: ignore[arg-type]
        for _ in range(3):
            next(results)
        results.close()  # type: ignore[attr-defined]
        self.assertLessEqual(taken, 3 + 4 * 2)
        self.assertFalse([t for t in threading.enumerate() if t.name.startswith("karaka")])

    def test_the_interpreter_is_free_meanwhile(self) -> None:
        """While one thread codes, another one runs Python: it counts during a single call."""
        text, counted, stop = PAGE.read_text(encoding="utf-8") * 20, 0, threading.Event()

        def count() -> None:
            nonlocal counted
            while not stop.wait(0.0005):
                counted += 1

        thread = threading.Thread(target=count)
        switch = sys.getswitchinterval()
        sys.setswitchinterval(60)  # who holds the interpreter would keep it
        try:
            thread.start()
            before = counted
            self.reader.code(text, kind="page")
            during = counted - before
        finally:
            sys.setswitchinterval(switch)
            stop.set()
            thread.join()
        self.assertGreater(during, 3)

    def test_one_reader_on_many_threads(self) -> None:
        want = [self.reader.code(d).jsonl for d in passages()]
        with ThreadPoolExecutor(4) as pool:
            for got in pool.map(lambda _: [self.reader.code(d).jsonl for d in passages()], range(8)):
                self.assertEqual(got, want)

    def test_no_memory_is_lost(self) -> None:
        """1,000 documents, good and bad, after the first ones: a page a document would be 8 MB and more."""
        code = """
import gc, resource, karaka
reader = karaka.Reader("hi")
def run(times):
    for _ in range(times):
        reader.code("भारत ने चीन की निंदा की।" * 20)
        reader.article("<h1>a</h1><p>b")
        try: reader.code(b"\\0\\xff")
        except karaka.Error: pass
        for _ in karaka.read(__import__("io").BytesIO(b'{"id":"a","text":"b"}\\n{"id"'), name="x.jsonl"): pass
    gc.collect()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
first = run(300)
print(run(1000) - first)
"""
        grown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
        self.assertLess(int(grown.stdout), 4000)  # KiB


if __name__ == "__main__":
    unittest.main()

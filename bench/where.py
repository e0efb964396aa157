"""where: what bench/times and bench/places share: the data outside the repository, and the program that finds.

In: events-hi-dev (gold.jsonl, passages.jsonl) and events-hi-ednil unpacked. Out: (text, gold spans) pairs and mentions.
"""
import glob
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.environ.get("KARAKA_DATA", os.path.join(os.path.dirname(ROOT), "shared", "data"))
EDNIL = os.environ.get("KARAKA_EDNIL", "/tmp/d/events-hi-ednil/events-hi-ednil")


def need(path):
    if not os.path.exists(path):
        print(f"{os.path.basename(sys.argv[0])}: skipped: no {path}")
        sys.exit(0)


def dev(field):
    """(text, [gold words]) a passage; the words stand in the text."""
    folder = f"{DATA}/events-hi-dev"
    need(folder)
    texts = {p["id"]: p["text"] for p in map(json.loads, open(f"{folder}/passages.jsonl", encoding="utf-8"))}
    for line in open(f"{folder}/gold.jsonl", encoding="utf-8"):
        passage = json.loads(line)
        yield texts[passage["id"]], sorted({e[field] for e in passage["events"] if e[field]})


def ednil(tag):
    """(text, [(start, end)]) a paragraph, in characters."""
    need(EDNIL)
    for path in sorted(glob.glob(f"{EDNIL}/*")):
        for paragraph in ET.parse(path).iter("P"):
            text, spans = "", []

            def walk(element):
                nonlocal text
                start = len(text)
                if element.tag == "W" and element.text and element.text.strip():
                    text += " ".join(element.text.split()) + " "
                for child in element:
                    walk(child)
                if element.tag == tag and text[start:].strip():
                    spans.append((start, len(text.rstrip())))

            walk(paragraph)
            if text.strip():
                yield text.rstrip(), spans


def mentions(texts, kind, published="-", tense=1):
    """For each text the list of (start, end, rest) in characters."""
    program = os.environ.get("KARAKA_MENTIONS", f"{ROOT}/build/bench/mentions")
    need(program)
    lines = "".join(f"{published}\t{tense}\t{' '.join(t.split())}\n" for t in texts)
    out = subprocess.run([program, f"{ROOT}/languages/hi"], input=lines, capture_output=True, text=True, check=True).stdout
    for text, line in zip(texts, out.split("\n")):
        raw, found = " ".join(text.split()).encode(), []
        for item in line.split("\t"):
            if item.startswith(kind):
                span, rest = item[1:].split(" ", 1)
                a, b = map(int, span.split("-"))
                found.append((len(raw[:a].decode(errors="ignore")), len(raw[:b].decode(errors="ignore")), rest))
        yield found


def count(pairs, found):
    """(gold, gold overlapped, exact, found, found that overlap gold), missed texts, texts found beside gold."""
    totals, missed, beside = [0] * 5, {}, {}
    for (text, spans), have in zip(pairs, found):
        for a, b in spans:
            hits = [f for f in have if f[0] < b and f[1] > a]
            totals[0] += 1
            totals[1] += bool(hits)
            totals[2] += any(f[0] == a and f[1] == b for f in hits)
            if not hits:
                missed[text[a:b]] = missed.get(text[a:b], 0) + 1
        for f in have:
            totals[3] += 1
            inside = any(f[0] < b and f[1] > a for a, b in spans)
            totals[4] += inside
            if not inside:
                words = f"{text[f[0]:f[1]]} [{f[2]}]"
                beside[words] = beside.get(words, 0) + 1
    return totals, missed, beside


def show(title, counted, how_many):
    (gold, hit, exact, found, inside), missed, beside = counted
    print(f"{title}: {hit} of {gold} found ({hit / max(gold, 1):.3f}), {exact} exactly; {found} mentions, {inside} of them gold")
    for name, table in (("missed", missed), ("beside gold", beside)):
        for words, n in sorted(table.items(), key=lambda p: -p[1])[:how_many]:
            print(f"  {name} {n} {words}")


def all_in(text, words):
    """Spans of every place where the words stand."""
    at, spans = text.find(words), []
    while at >= 0:
        spans.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return spans

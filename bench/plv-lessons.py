#!/usr/bin/env python3
"""English sentences with one known event each: lessons for tools/learn-weights --by-words, and a cross-validation.

usage: plv-lessons.py lessons PASSAGES.jsonl GOLD.jsonl ROWS.tsv ...             all rows as lessons
       plv-lessons.py cross [--folds N] [--keep DIR] ROWS.tsv ... [-- LEARN-OPTION ...]
           learns on all folds but one, codes that one, scores all

ROWS.tsv: a sentence, the words of who acts (source) and of whom it is done to (target), and either the type (gold_root)
or only whether it is conflict (gold_binary: 1) or cooperation (0), with the trigger. The codes are unknown, so that
parties agree when they share a word. The data stays outside the repository (languages/en/SOURCES.md). Rows with types
are scored by the shared scorer (PLV_SCORER); of the others it is told how many are answered, and how many rightly. Folds
are dealt by the sentence's hash, so that one sentence is in one fold.
"""
import argparse
import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
BUILD = os.environ.get("KARAKA_BUILD", os.path.join(ROOT, "build"))
LANGUAGES = os.environ.get("KARAKA_LANGUAGES", os.path.join(ROOT, "languages"))
SCORER = os.environ.get("PLV_SCORER", os.path.join(ROOT, "../shared/tools/score_plv.py"))
QUAD = dict(AGREE=1, CONSULT=1, SUPPORT=1, CONCEDE=1, COOPERATE=2, AID=2, RETREAT=2, ACCUSE=3, REQUEST=3, REJECT=3,
            THREATEN=3, PROTEST=4, MOBILIZE=4, SANCTION=4, COERCE=4, ASSAULT=4)
DULL = {"the", "a", "an", "of", "and", "in", "on", "for", "to", "its", "by"}


def read_rows(paths):
    """(number in its file, row with "path") of all files."""
    for path in paths:
        with open(path, encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file, delimiter="\t")):
                yield number, dict(row, path=path)


def types_of(row):
    if row.get("gold_root"):
        return ["CONCEDE", "RETREAT"] if row["gold_root"] == "YIELD" else [row["gold_root"]]
    return [t for t in QUAD if (QUAD[t] > 2) == (row["gold_binary"] == "1")]


def plain(text):
    """Without the role that some rows put before a party: "Attacker:the rebels"."""
    return re.sub(r"^[A-Z][A-Za-z-]+:", "", text)


def event_of(row):
    kinds = types_of(row)
    return {"type": kinds[0], "alt": kinds[1:], "trigger": row.get("trigger") or "", "also": [], "mutual": False,
            "core": True, "actor": [{"text": plain(row["source"]), "code": ""}],
            "recipient": [{"text": plain(row["target"]), "code": ""}]}


def write_lessons(rows, passages, gold):
    """A passage for each sentence, with the events of all its rows."""
    sentences = {}
    for _, row in rows:
        sentences.setdefault(row["sentence"], []).append(event_of(row))
    with open(passages, "w", encoding="utf-8") as p, open(gold, "w", encoding="utf-8") as g:
        for number, (sentence, events) in enumerate(sentences.items()):
            name = "lesson-%d" % number
            p.write(json.dumps({"id": name, "lang": "en", "text": sentence}, ensure_ascii=False) + "\n")
            g.write(json.dumps({"id": name, "events": events}, ensure_ascii=False) + "\n")


def fold_of(row, folds):
    return int(hashlib.sha1(row["sentence"].encode("utf-8")).hexdigest(), 16) % folds


def make_folder(place):
    """A copy of the languages' folder, by links, whose weights may be written."""
    os.makedirs(os.path.join(place, "en"))
    os.symlink(os.path.join(ROOT, "ontology"), os.path.join(place, "ontology"))
    for name in os.listdir(os.path.join(LANGUAGES, "en")):
        if name != "weights":
            os.symlink(os.path.abspath(os.path.join(LANGUAGES, "en", name)), os.path.join(place, "en", name))


def code(place, rows, out):
    """The events of the rows' sentences, appended to out/FILE.events; a document is called as the scorer has it."""
    for path in sorted({row["path"] for _, row in rows}):
        with open(place + "/rows.jsonl", "w", encoding="utf-8") as file:
            for number, row in rows:
                if row["path"] == path:
                    file.write(json.dumps({"id": "plv-%d" % number, "lang": "en", "text": row["sentence"]}) + "\n")
        with open(os.path.join(out, os.path.basename(path) + ".events"), "ab") as file:
            subprocess.run([os.path.join(BUILD, "karaka"), "code", "--languages", place, "--lang", "en", "--from",
                            "jsonl", "--to", "jsonl", place + "/rows.jsonl"], stdout=file, check=True)


def words(text):
    return {w for w in re.findall(r"\w+", text.lower()) if w not in DULL}


def score_binary(rows, path):
    """Rows of which it is only known whether they are conflict: answered, and rightly."""
    events, answered, right = {}, 0, 0
    for line in open(path, encoding="utf-8"):
        event = json.loads(line)
        events.setdefault(event["doc"], []).append(event)
    for number, row in rows:
        source, target = words(plain(row["source"])), words(plain(row["target"]))
        for event in events.get("plv-%d" % number, []):
            a, b = (set().union(*[words(p["text"]) for p in event[k]]) for k in ("actors", "recipients"))
            if event["mutual"]:
                a = b = a | b
            if a & source and b & target:
                answered += 1
                right += (QUAD[event["type"]] > 2) == (row["gold_binary"] == "1")
                break
    print("%d rows, answered %.3f, of these right %.3f" % (len(rows), answered / len(rows), right / max(1, answered)))


def cross(args):
    rows = list(read_rows(args.rows))
    work = tempfile.mkdtemp()
    out = args.keep or work
    for path in args.rows:
        open(os.path.join(out, os.path.basename(path) + ".events"), "wb").close()
    for fold in range(args.folds):
        place = os.path.join(work, str(fold))
        make_folder(place)
        write_lessons([r for r in rows if fold_of(r[1], args.folds) != fold], place + "/passages", place + "/gold")
        subprocess.run([os.path.join(ROOT, "tools/learn-weights"), "--by-words", *args.options,
                        "-o", place + "/en/weights", place + "/en", place + "/passages", place + "/gold"], check=True)
        code(place, [r for r in rows if fold_of(r[1], args.folds) == fold], out)
    for path in args.rows:
        mine = [r for r in rows if r[1]["path"] == path]
        events = os.path.join(out, os.path.basename(path) + ".events")
        print(os.path.basename(path), flush=True)
        if mine[0][1].get("gold_root"):
            subprocess.run([sys.executable, SCORER, "score", path, events], check=True)
        else:
            score_binary(mine, events)
    shutil.rmtree(work)


def main():
    arguments = sys.argv[1:]
    options = arguments[arguments.index("--") + 1:] if "--" in arguments else []
    arguments = arguments[:arguments.index("--")] if "--" in arguments else arguments
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=["lessons", "cross"])
    ap.add_argument("rows", nargs="+")
    ap.add_argument("--folds", type=int, default=4)
    ap.add_argument("--keep", help="a folder for the events")
    args = ap.parse_args(arguments)
    args.options = options
    if args.what == "cross":
        cross(args)
    else:
        write_lessons(list(read_rows(args.rows[2:])), args.rows[0], args.rows[1])


main()

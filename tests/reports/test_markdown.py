import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import Mode
from mlsd_coach.reports.markdown import escape, mermaid_text, one_line, quoted, render_debrief_markdown, yaml_string
from tests.reports.goldens import assert_golden
from tests.reports.samples import small_card, small_levels, small_scenario


def debrief(**more: Any) -> str:
    options: dict[str, Any] = {"prediction": 30, "mode": Mode.MOCK} | more
    return render_debrief_markdown(small_card(), small_scenario(), small_levels(), **options)


def test_the_debrief_is_as_it_was():
    assert_golden("debrief.md", debrief(heading="Attempt 20250102-030405-book-shelf, finished 2025-01-02"))


def test_the_debrief_with_samples_is_as_it_was():
    assert_golden("debrief-samples.md", debrief(samples=True, stages=["requirements"], prediction=None, mode=None))


def test_samples_only_when_asked_for_and_only_of_attempted_stages():
    assert "I want the goal first" not in debrief()
    assert "I want the goal first" in debrief(samples=True)


def test_what_the_candidate_wrote_is_text_and_not_markup():
    text = debrief()

    assert "\\*readers\\* who come back" in text
    assert "\\<b\\>sales\\</b\\>" in text
    assert "A positive is \\| a sale." in text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# heading", "\\# heading"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("2024", "2024"),
        ("p99 < 200 ms", "p99 \\< 200 ms"),
        ("[[link]] ==mark== %%hidden%% ~~x~~", "\\[\\[link\\]\\] \\=\\=mark\\=\\= \\%\\%hidden\\%\\% \\~\\~x\\~\\~"),
        ("1 % of a = b", "1 % of a = b"),
        ("&lt; $x$ `code`", "\\&lt; \\$x\\$ \\`code\\`"),
        ("    indented\x1b", "indented"),
        ("---\n+ plus", "\\---\n\\+ plus"),
    ],
)
def test_text_is_escaped(text, escaped):
    assert escape(text).replace("\\-\\-\\-", "\\---") == escaped


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_taking_the_escapes_away_gives_the_text_back(text):
    lines = [re.sub(r"\\([^A-Za-z0-9\s])", r"\1", line) for line in escape(text).split("\n")]
    assert lines == [line.strip() for line in plain_text(text).split("\n")]


def test_one_line_and_quotes():
    assert one_line("a\n\n b|c") == "a b\\|c"
    assert quoted("a\n\n> b") == "> a\\\n> \\> b"
    assert yaml_string('a "b" \\ \n c') == '"a \\"b\\" \\\\ c"'
    assert mermaid_text('a"] --> x; <b>') == '"a#34;#93; --#62; x#59; #60;b#62;"'

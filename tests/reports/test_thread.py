"""Thread, figures and contradictions as a view, in markdown and on screen."""

import re

import pytest

from mlsd_coach.models import ChainLink, Contradiction, FigureCheck, Fit, Interview, SourceChain, Thread
from mlsd_coach.reports.markdown import render_template
from mlsd_coach.reports.thread import build_thread_view, off_by
from mlsd_coach.terminal.render import Page
from mlsd_coach.terminal.render_thread import draw_thread

TITLES = {"requirements": "Requirements", "data": "Data", "models": "Models"}
WORKING = "70,000,000 posts × 64 dims × 4 = 17.9 GB"


def figure(fit=Fit.ROUGH, value=3e9, stage="models"):
    return FigureCheck("table", "embedding table", fit, "takes 3 GB", stage, value, 17.92e9, "bytes", WORKING)


INTERVIEW = Interview(
    "balanced",
    1,
    contradictions=(
        Contradiction(
            "latency", "300 ms.", "models", "It takes 800 ms.", "You were told at most 300 ms; here it is 800 ms."
        ),
    ),
    figures=(
        figure(Fit.RIGHT, 18e9, "requirements"),
        figure(Fit.RIGHT, 18e9, "data"),
        figure(),
    ),
    thread=Thread(
        (
            ChainLink("goal", "business goal", "requirements", "We want people to come back.", holds=True),
            ChainLink("proxy", "proxy metric", "requirements", "measured by likes", holds=True),
            ChainLink(
                "label",
                "positive label",
                "data",
                "a *finished* video",
                why="It is after time watched.",
                mend="Point back.",
            ),
        ),
        (
            ChainLink(
                "budget-models",
                "latency budget",
                "models",
                why="The latency budget does not come back.",
                mend="Carry it.",
            ),
        ),
        (
            SourceChain("impression logs", "the log of what was shown", "A click rate, smoothed.", "smoothed"),
            SourceChain("graph", "the graph", "Shared friends.", ""),
            SourceChain("surveys", "the survey"),
            SourceChain("counts", "the counters", "Like counts.", "We take logs."),
        ),
    ),
)
VIEW = build_thread_view(INTERVIEW, TITLES)


def screen(width, *, view=VIEW, ascii_only=False):
    page = Page(width, colour=False, ascii_only=ascii_only)
    draw_thread(page, view)
    return page.text()


def test_the_view_counts_the_links_and_names_the_first_that_is_broken():
    assert VIEW["chain_words"] == "2 of 3 links hold; first broken at: positive label"
    assert [link["stage_title"] for link in VIEW["chain"]] == ["Requirements", "Requirements", "Data"]


def test_figures_are_told_worst_first_and_a_right_one_once():
    assert [each["fit"] for each in VIEW["figures"]] == ["rough", "right"]
    assert VIEW["figures"][0]["words"] == f"you said 3 GB; {WORKING}: 6× too low"
    assert VIEW["figures"][1]["words"].endswith("= 17.9 GB: right")


@pytest.mark.parametrize(
    ("value", "expected", "words"),
    [
        (3, 18, "6× too low"),
        (18, 3, "6× too high"),
        (1, 1.004, ""),
        (5, 2, "2.5× too high"),
        (1, 123, "100× too low"),
        (0, 1, ""),
    ],
)
def test_how_far_off_is_said_roughly(value, expected, words):
    assert off_by(value, expected) == words


def test_what_a_source_lacks_is_said():
    assert [each["missing"] for each in VIEW["sources"]] == ["", "no number made of it", "no feature made of it", ""]
    assert [each["is_one"] for each in VIEW["sources"]] == [True, False, False, False]


def test_control_characters_are_taken_out():
    link = ChainLink("goal", "goal", "data", "a\x1b[31mred\x07", holds=True)
    view = build_thread_view(Interview("p", 1, thread=Thread((link,))), {})
    assert view["chain"][0]["quote"] == "a[31mred"
    assert view["chain"][0]["stage_title"] == "data"


def test_an_interview_without_any_of_it_is_empty_and_draws_nothing():
    view = build_thread_view(Interview("p", 1), TITLES)
    assert view["is_empty"]
    assert screen(80, view=view) == ""
    assert render_template("thread.md.j2", {"thread": view}) == "\n"


def test_the_ladder_goes_down_and_in_with_the_broken_link_marked():
    rows = screen(80).splitlines()
    assert rows[0] == "The thread  2 of 3 links hold; first broken at: positive label"
    start = rows.index("  business goal  Requirements")
    assert rows[start + 2] == "  ─> proxy metric  Requirements"
    assert rows[start + 4] == "    ─× positive label  Data  broken"
    assert "       It is after time watched." in rows
    assert "       Next time: Point back." in rows


def test_figures_and_contradictions_stand_with_both_sides():
    text = screen(80)
    assert "~ rough  embedding table (Models)" in text
    assert "you said 3 GB; 70,000,000 posts × 64 dims × 4 = 17.9 GB: 6× too low" in text
    assert "! You were told at most 300 ms; here it is 800 ms.  (Models)" in text
    assert "    The interviewer: “300 ms.”" in text
    assert "    You: “It takes 800 ms.”" in text


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_row_is_wider_than_the_screen(width, ascii_only):
    text = screen(width, ascii_only=ascii_only)
    assert max(map(len, text.splitlines())) <= width
    assert not ascii_only or text.isascii()


def test_ascii_keeps_the_arrows():
    text = screen(40, ascii_only=True)
    assert "  -> proxy metric" in text
    assert "   -x positive label" in text


def test_markdown_has_every_part_escaped():
    text = render_template("thread.md.j2", {"thread": VIEW})
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [
        "The thread: 2 of 3 links hold; first broken at: positive label",
        "Carried along",
        "From source to number",
        "Your figures",
        "Against what you were told",
    ]
    assert r"“a \*finished\* video”" in text
    assert "3. **positive label** (Data): **broken.** It is after time watched." in text
    assert "→ **no feature made of it**" in text
    assert "- **Rough:** embedding table (Models), “takes 3 GB”: you said 3 GB;" in text
    assert "\n\n\n" not in text

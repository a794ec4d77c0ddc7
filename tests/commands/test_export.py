"""`export`: where the study sheet goes, and what it never writes over."""

from pathlib import Path

import pytest

from mlsd_coach.commands.writing import write_file
from mlsd_coach.content.library import builtin_root
from mlsd_coach.errors import CoachError, UsageError
from tests.commands.program import Program
from tests.commands.test_reading import at_feed
from tests.reports.samples import small_attempt

SCENARIOS = sorted((builtin_root() / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("words", [(), ("-o", "-")])
def test_a_study_sheet_goes_to_standard_output(program: Program, words):
    ran = program.run("export", "feed-ranking", *words)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("---\ntitle:")
    for heading in ("## The flow", "## Questions to ask first", "```mermaid", "## Concepts", "## Resources"):
        assert heading in ran.out


def test_all_scenarios_are_one_document(program: Program):
    out = program.run("export", "--all").out

    assert out.count("```mermaid") == len(SCENARIOS)
    assert out.count("\n---\n") == 1


def test_own_misses_first_with_an_attempt(program: Program):
    program.keep(at_feed())
    out = program.run("export", "--attempt", "2025").out

    assert out.index("## Your misses first") < out.index("## The flow")
    assert out == program.run("export", "feed-ranking", "--attempt", "feed-ranking").out


def test_a_file_is_written_whole_and_only_with_force_over_another(program: Program):
    target = program.home / "sheet.md"
    first = program.run("export", "feed-ranking", "-o", "sheet.md")
    written = target.read_text(encoding="utf-8")
    target.write_text("mine")
    second = program.run("export", "feed-ranking", "-o", "sheet.md")

    assert (first.code, first.out, first.err) == (0, "", "Wrote sheet.md.\n")
    assert (second.code, target.read_text()) == (2, "mine")
    assert second.err == "'sheet.md' is there already. Pass --force to write over it, or name another file.\n"
    assert program.run("export", "feed-ranking", "-o", "sheet.md", "--force").code == 0
    assert target.read_text(encoding="utf-8") == written
    assert not list(program.home.glob(".*.new"))


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ((), 2, "Export what?"),
        (("feed-rankin",), 2, "did you mean 'feed-ranking'?"),
        (("feed-ranking", "--all"), 2, "--all takes neither"),
        (("--attempt", "1999"), 2, "Unknown attempt '1999'"),
        (("video-search", "--attempt", "20250102-030405-feed"), 2, "is one at 'feed-ranking', not at 'video-search'"),
        (("--attempt", "book-shelf"), 2, "Unknown scenario 'book-shelf'"),
        (("feed-ranking", "-o", "none/sheet.md"), 1, "Cannot write 'none/sheet.md': No such file or directory."),
        (("feed-ranking", "-o", "."), 2, "'.' is not a file."),
        (("feed-ranking", "-o", "/dev/null", "--force"), 2, "'/dev/null' is not a file."),
        (("feed-ranking", "-o", "x" * 300), 1, ": File name too long. Name another file with -o."),
    ],
)
def test_bad_input_is_one_sentence(program: Program, words, code, message):
    program.keep(at_feed(), small_attempt())
    ran = program.run("export", *words)

    assert message in ran.err
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.count("\n") == 1


def test_a_full_disk_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "sheet.md"
    target.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CoachError, match="No space left on device"):
        write_file(target, "new", force=True)

    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_appears_meanwhile_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "sheet.md"
    monkeypatch.setattr("os.fsync", lambda _descriptor: target.write_text("theirs"))

    with pytest.raises(UsageError, match="is there already"):
        write_file(target, "new", force=False)

    assert target.read_text() == "theirs"

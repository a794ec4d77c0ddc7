import stat
from pathlib import Path

import pytest

from mlsd_coach.terminal.outside import OutsideEditor


def editor(tmp_path: Path, script: str) -> OutsideEditor:
    """An editor that is a shell script; the draft's path is its first argument."""
    program = tmp_path / "my editor"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return OutsideEditor(f"'{program}'", tmp_path / "drafts")


def test_brings_back_what_was_written(tmp_path: Path):
    edited = editor(tmp_path, 'printf "%s and more\\n" "$(cat "$1")" > "$1"').edit("mine", "s-data")
    assert (edited.text, edited.problem) == ("mine and more", "")
    assert list((tmp_path / "drafts").iterdir()) == []


def test_options_of_the_editor_are_passed_on(tmp_path: Path):
    tool = editor(tmp_path, '[ "$1" = --wait ] && echo "with $1" > "$2"')
    edited = OutsideEditor(f"{tool.command} --wait", tmp_path / "drafts").edit("mine", "s")
    assert edited.text == "with --wait"


def test_keeps_the_text_when_the_editor_fails(tmp_path: Path):
    edited = editor(tmp_path, "exit 3").edit("mine", "s")
    assert edited.text == "mine"
    assert "ended with 3" in edited.problem


def test_keeps_both_texts_when_the_editor_fails_after_writing(tmp_path: Path):
    edited = editor(tmp_path, 'echo half-written > "$1"; kill -9 $$').edit("mine", "s")
    assert edited.text == "mine"
    kept = next((tmp_path / "drafts").iterdir())
    assert kept.read_text() == "half-written\n"
    assert str(kept) in edited.problem


@pytest.mark.parametrize("command", ["no-such-editor-here", "'unclosed quote", "/"])
def test_keeps_the_text_when_the_editor_cannot_start(tmp_path: Path, command: str):
    edited = OutsideEditor(command, tmp_path / "drafts").edit("mine", "s")
    assert edited.text == "mine"
    assert "could not be started" in edited.problem


def test_keeps_the_text_when_no_editor_is_set(tmp_path: Path):
    edited = OutsideEditor("  ", tmp_path).edit("mine", "s")
    assert edited.text == "mine"
    assert "EDITOR" in edited.problem


def test_keeps_the_text_when_the_editor_leaves_no_text(tmp_path: Path):
    assert editor(tmp_path, 'rm "$1"').edit("mine", "s").text == "mine"
    edited = editor(tmp_path, "printf '\\377\\376' > \"$1\"").edit("mine", "s")
    assert edited.text == "mine"
    assert "UTF-8" in edited.problem


def test_keeps_the_text_when_no_draft_can_be_written(tmp_path: Path):
    (tmp_path / "drafts").write_text("a file where the folder should be")
    edited = editor(tmp_path, "true").edit("mine", "s")
    assert edited.text == "mine"
    assert "draft" in edited.problem


def test_takes_out_what_acts_on_a_terminal(tmp_path: Path):
    edited = editor(tmp_path, "printf 'a\\033[31mb\\r\\nc' > \"$1\"").edit("", "s")
    assert edited.text == "a[31mb\nc"


def test_a_draft_ending_in_a_line_feed_keeps_it(tmp_path: Path):
    assert editor(tmp_path, "true").edit("mine\n", "s").text == "mine\n"


def test_a_draft_left_behind_by_a_crash_is_kept(tmp_path: Path):
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "s-data.md").write_text("written before the crash")
    edited = editor(tmp_path, "true").edit("mine", "s-data")
    assert edited.text == "mine"
    kept = next((tmp_path / "drafts").iterdir())
    assert kept.read_text() == "written before the crash"
    assert str(kept) in edited.problem

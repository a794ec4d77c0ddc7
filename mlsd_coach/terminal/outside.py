"""The candidate's own editor on a draft file of ours: whatever it does, the text is kept."""

import shlex
import subprocess
from pathlib import Path
from typing import NamedTuple

from mlsd_coach.interview.text import clean


class Edited(NamedTuple):
    """What came back: the text to go on with, and a sentence when something went wrong."""

    text: str
    problem: str = ""


class OutsideEditor:
    """Opens `command` (a shell-like line, such as `code --wait`) on a file in `folder`.

    prompt_toolkit's own way drops the text and removes the file when the editor ends with an error.
    """

    def __init__(self, command: str, folder: Path) -> None:
        self.command = command
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def edit(self, text: str, name: str) -> Edited:
        """Let the candidate edit the text; returns once the editor has ended.

        The text comes back unchanged when no editor is set, it cannot be started, fails, or leaves a file that cannot
        be read; a draft that differs from the text then stays on disk and the problem names it.
        """
        if not self.command.strip():
            return Edited(text, "Set VISUAL or EDITOR to use your own editor.")
        draft = self._folder / f"{name}.md"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            earlier = self._put_aside(draft, text)
            draft.write_text(text, encoding="utf-8")
        except OSError as error:
            return Edited(text, f"No draft file could be written: {error.strerror}.")
        edited = self._run(text, draft)
        return edited if not earlier else Edited(edited.text, f"{edited.problem} {earlier}".strip())

    def stop(self) -> None:
        """End an editor that is still open, because the program has to go."""
        if self._process is not None:
            self._process.terminate()

    def _run(self, text: str, draft: Path) -> Edited:
        shown = self.command.split()[0]
        try:
            self._process = subprocess.Popen([*shlex.split(self.command), str(draft)])  # noqa: S603 - their own editor
            code = self._process.wait()
        except (OSError, ValueError):
            draft.unlink(missing_ok=True)
            return Edited(text, f"The editor {shown!r} could not be started; your text is as it was.")
        finally:
            self._process = None
        try:
            written = clean(draft.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Edited(text, f"The editor's file {draft} cannot be read as UTF-8; your text is as it was.")
        # Editors end the last line; a candidate did not type that.
        written = written.removesuffix("\n") if not text.endswith("\n") else written
        if code == 0:
            draft.unlink(missing_ok=True)
            return Edited(written)
        return self._after_failure(text, written, draft, f"The editor {shown!r} ended with {code}")

    def _after_failure(self, text: str, written: str, draft: Path, what: str) -> Edited:
        if written == text:
            draft.unlink(missing_ok=True)
            return Edited(text, f"{what}; your text is as it was.")
        return Edited(text, f"{what}; your text is as it was, what you wrote there is in {_renamed(draft)}.")

    def _put_aside(self, draft: Path, text: str) -> str:
        """Keep a draft that was left behind when we were killed with the editor open; return a word on it."""
        if not draft.exists() or draft.read_bytes() == text.encode():
            return ""
        return f"A draft you wrote there before is in {_renamed(draft)}."


def _renamed(draft: Path) -> Path:
    """Give a draft a name that no later one takes."""
    number = 1
    while (kept := draft.with_name(f"{draft.stem}-kept-{number}.md")).exists():
        number += 1
    return draft.replace(kept)

"""The errors that are somebody's input and not a bug: one sentence each, with the fix."""

from dataclasses import dataclass


class CoachError(Exception):
    """Anything a person can mend: printed as one line on stderr, then `exit_code`.

    `fix` is the command or change that helps, shown after the message.
    """

    exit_code = 1

    def __init__(self, message: str, *, fix: str = "") -> None:
        # "did you mean 'x'?" ends its sentence by itself.
        self.message = message.replace("'?.", "'?")
        super().__init__(self.message)
        self.fix = fix

    def __str__(self) -> str:
        """Join message and fix into the one line that is shown."""
        return f"{self.message} {self.fix}".strip()


class UsageError(CoachError):
    """The command line was mistyped: an unknown id, level or option value."""

    exit_code = 2


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one content file, at a line an editor can jump to."""

    file: str
    line: int
    """1-based; 0 when the problem has no line of its own."""
    path: str
    """The trail to the key, such as `stages.data.criteria[2].level`."""
    message: str

    def __str__(self) -> str:
        """Format as `file:line: path: message`."""
        trail = f" {self.path}:" if self.path else ""
        return f"{self.file}:{self.line}:{trail} {self.message}"


class ContentError(CoachError):
    """Scenario, rubric, lexicon or answers file that cannot be used; carries every problem found."""

    def __init__(self, problems: "tuple[Problem, ...] | list[Problem]", *, fix: str = "") -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems), fix=fix)


class StoreError(CoachError):
    """The history cannot be read or written."""


class Interrupted(CoachError):  # noqa: N818 - an interruption is not an error, it is a way to leave
    """The candidate or the system ended the sitting; everything typed is saved."""

    def __init__(self, message: str, *, exit_code: int = 130, fix: str = "") -> None:
        super().__init__(message, fix=fix)
        self.exit_code = exit_code

"""Keep the documentation in step with the program: `python -m docs.sync [--check]`.

Writes the command reference (docs/commands.md) from the program's own help. With --check it writes nothing and fails
when a file differs, when a command is not shown in the README, or when a picture that the README shows is missing.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "commands.md"


def help_of(*command: str) -> str:
    """Return the help page of a command as the program prints it."""
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "mlsd_coach", *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"COLUMNS": "100", "TERMINAL_WIDTH": "100", "PATH": "", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"},
    )
    return "\n".join(line.rstrip() for line in run.stdout.strip().splitlines())


def command_names() -> list[str]:
    """Return the commands in the order that the help shows them."""
    section = help_of().split("Commands:", 1)[1]
    return re.findall(r"^  ([a-z][\w-]*)", section, re.MULTILINE)


def reference() -> str:
    """Return the text of docs/commands.md."""
    parts = ["# Commands\n\nMade by `python -m docs.sync` from the program's own help; do not edit.\n"]
    parts.append(f"```text\n{help_of()}\n```\n")
    parts += [f"## `mlsd-coach {name}`\n\n```text\n{help_of(name)}\n```\n" for name in command_names()]
    return "\n".join(parts)


def problems(text: str) -> list[str]:
    """Return what is out of step."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = []
    if not REFERENCE.exists() or REFERENCE.read_text(encoding="utf-8") != text:
        found.append("docs/commands.md is out of date: run `python -m docs.sync`")
    found += [
        f"README.md has no example of `mlsd-coach {n}`" for n in command_names() if f"mlsd-coach {n}" not in readme
    ]
    linked = re.findall(r"\]\(((?!http)[^)#]+)", readme) + re.findall(r'src="([^"]+)"', readme)
    found += [f"README.md links to {link}, which is not there" for link in linked if not (ROOT / link).exists()]
    return found


def main() -> int:
    """Write or check."""
    text = reference()
    if "--check" not in sys.argv[1:]:
        REFERENCE.write_text(text, encoding="utf-8")
    found = problems(text)
    for problem in found:
        sys.stderr.write(f"{problem}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""A long text through the candidate's pager, so that its beginning is read first."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping


def page(text: str, environment: Mapping[str, str]) -> bool:
    """Show the text with $PAGER, or less; False when there is no pager that can be started."""
    command = shlex.split(environment.get("PAGER", "")) or ["less"]
    program = shutil.which(command[0], path=environment.get("PATH", os.defpath))
    if program is None:
        return False
    # Colours as they are, and the text stays on the screen afterwards; LESS of the candidate's own wins.
    settings = {"LESS": "-RX", "LESSCHARSET": "utf-8"} | dict(environment)
    try:
        process = subprocess.Popen([program, *command[1:]], stdin=subprocess.PIPE, env=settings)  # noqa: S603 - theirs
    except OSError:
        return False
    _feed(process, text)
    return True


def _feed(process: "subprocess.Popen[bytes]", text: str) -> None:
    try:
        process.communicate(text.encode("utf-8", errors="replace") + b"\n")
    except BrokenPipeError:
        pass  # left before the end: it is the reader's choice
    except KeyboardInterrupt:
        # Ctrl-C is the pager's to answer; it leaves by its own key.
        process.wait()

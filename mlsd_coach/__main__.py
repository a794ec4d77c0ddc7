"""The rim: starts the program, turns every error into one sentence and an exit code."""

import gc
import os
import sys
from types import TracebackType

from mlsd_coach import __version__

DEBUG = "MLSD_COACH_DEBUG"


def main() -> None:
    """Run the command line and leave with its exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        # Answered before the command line is even built: it is asked by scripts, often.
        sys.stdout.write(f"mlsd-coach {__version__}\n")
        return
    _accept_any_character()
    sys.exit(run(arguments))


def run(arguments: list[str]) -> int:
    """Run one command; return its exit code. Exceptions end here."""
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _leave("Interrupted.", 130)
    except BrokenPipeError:
        # `| head` closed the pipe. Nothing is wrong; only the interpreter must not flush into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the rim: nothing may pass it as a traceback
        if os.environ.get(DEBUG):
            raise
        return _explain(error)
    return code


def _dispatch(arguments: list[str]) -> int:
    from mlsd_coach.cli import command

    gc.disable()  # collecting while modules load finds nothing and takes a tenth of a start
    built = command(arguments)
    gc.enable()
    result = built.main(args=arguments or ["--help"], prog_name="mlsd-coach", standalone_mode=False)
    return result if isinstance(result, int) else 0


def _explain(error: Exception) -> int:
    from typer import Abort
    from typer.exceptions import TyperException

    from mlsd_coach.errors import CoachError

    if isinstance(error, CoachError):
        return _leave(str(error), error.exit_code)
    if isinstance(error, Abort):
        return _leave("Interrupted.", 130)
    if isinstance(error, TyperException):
        return _leave(_usage(error), getattr(error, "exit_code", 1))
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return _leave(f"{where}{error.strerror or error}. Free the disk or check the permissions, then try again.", 1)
    return _leave(_logged(error), 1)


def _usage(error: Exception) -> str:
    message = getattr(error, "format_message", lambda: str(error))()
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "mlsd-coach"
    return f"{message} Try: {path} --help"


def _logged(error: Exception) -> str:
    """Write the traceback to the log and return the line to show: it is a bug of ours."""
    import traceback

    from mlsd_coach.commands.surroundings import folders, now

    log = folders().state / "errors.log"
    trace: TracebackType | None = error.__traceback__
    text = "".join(traceback.format_exception(type(error), error, trace))
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{now().isoformat(timespec='seconds')} mlsd-coach {__version__}\n{text}\n")
    except OSError:
        return f"Unexpected error: {type(error).__name__}. Please report it; {DEBUG}=1 shows where."
    return f"Unexpected error: {type(error).__name__}. The details are in {log}; please report them."


def _leave(message: str, code: int) -> int:
    try:
        sys.stderr.write(message.rstrip() + "\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        pass  # stderr is closed: there is nobody to tell
    return code


def _accept_any_character() -> None:
    """Let an answer with characters that the terminal's encoding lacks be printed, with a mark in their place."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()

"""The program with a clock that a file sets: `python -m docs.clockwork FILE practice feed-ranking`.

For pictures of a sitting of forty-five minutes that is typed in seconds, and that shows the same times whenever it is
made. FILE holds the seconds since the start. Only the two clocks of the sitting are replaced, where the program reads
them; everything else is the program as it is.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from mlsd_coach import __main__ as rim
from mlsd_coach.commands import surroundings

BEGAN = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)


def main() -> None:
    """Set the clocks, then run the program with the arguments after FILE."""
    path = Path(sys.argv.pop(1))

    def seconds() -> float:
        return float(path.read_text(encoding="ascii"))

    # Before the commands are imported: they take `now` by its name.
    surroundings.now = lambda: BEGAN + timedelta(seconds=seconds())
    from mlsd_coach.commands import sitting

    vars(sitting)["time"] = SimpleNamespace(monotonic=seconds)
    rim.main()


if __name__ == "__main__":
    main()

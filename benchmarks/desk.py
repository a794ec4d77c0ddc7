"""How often a question gets the right fact: `python -m benchmarks.desk`.

The questions in tests/gold/questions are by writers who saw a scenario's opening and a list of topics in plain words,
never a rule, a known question or an answer; nothing was fitted on them. A question is answered rightly when exactly the
fact meant is told, and wrongly when another one is, alone or beside it. Asking back, or "what would you assume?", is
neither.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.interview.desk import FactDesk

FOLDER = Path(__file__).parent.parent / "tests" / "gold" / "questions"


@dataclass
class Tally:
    """What became of the questions of one scenario."""

    asked: int = 0
    right: int = 0
    wrong: int = 0
    back: int = 0
    off: int = 0
    """Questions that no fact answers."""
    off_told: int = 0
    double: int = 0
    """Questions for two facts at once."""
    both: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def row(self) -> str:
        """The tally as shares."""
        unknown = self.asked - self.right - self.wrong - self.back
        shares = [share(each, self.asked) for each in (self.right, self.wrong, self.back, unknown)]
        return "  ".join([*shares, share(self.off_told, self.off), share(self.both, self.double)])


def share(part: int, whole: int) -> str:
    """Return a share in per cent, in a column."""
    return f"{100 * part / whole:7.1f} %" if whole else "      - %"


def measure(desk: FactDesk, questions: dict[str, Any]) -> dict[str, Tally]:
    """Return the tally of each topic, and under "" what is asked besides."""
    found: dict[str, Tally] = {}
    for topic, texts in questions["topics"].items():
        found[topic] = tally = Tally(asked=len(texts))
        for text in texts:
            facts, back = desk.find(text)
            tally.right += facts == (topic,)
            tally.wrong += bool(facts) and facts != (topic,)
            tally.back += not facts and back is not None
    rest = Tally(off=len(questions["offtopic"]), double=len(questions["double"]))
    rest.off_told = sum(bool(desk.find(text)[0]) for text in questions["offtopic"])
    rest.both = sum(set(desk.find(each["ask"])[0]) == set(each["topics"]) for each in questions["double"])
    return found | {"": rest}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topics", action="store_true", help="a row for each topic too")
    wanted = parser.parse_args(arguments)
    library = Library([builtin_root()])
    persona = library.interviewer().persona("balanced")
    print(f"{'':28}    right      wrong       back    unknown   off told  two facts")
    whole = Tally()
    for path in sorted(FOLDER.glob("*.json")):
        desk = FactDesk(library.scenario(path.stem), library.questions(), library.lexicon(), persona)
        tallies = measure(desk, json.loads(path.read_text(encoding="utf-8")))
        total = sum(tallies.values(), Tally())
        whole += total
        print(f"{path.stem:28}{total.row}   ({total.asked} + {total.off} + {total.double})")
        for topic, tally in tallies.items() if wanted.topics else ():
            if topic:
                print(f"  {topic:26}{tally.row}")
    print(f"{'all':28}{whole.row}   ({whole.asked} + {whole.off} + {whole.double})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

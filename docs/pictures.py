"""Make the pictures of the README from a real sitting: `python -m docs.pictures`.

The program runs in a pseudo-terminal of 80 columns, the sample answers of a scenario are typed into it, and what stands
on the screen is drawn as SVG. Its clock is set by hand (docs/clockwork.py), so that the pictures show the minutes of a
sitting and come out the same each time.
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from io import StringIO
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pyte.screens import Char
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.models import CHANGE, Scenario, StagePlan
from tests.terminal.terminals import AnsweringScreen, Terminal

FOLDER = Path(__file__).parent / "pictures"
SCENARIO = "feed-ranking"
COLUMNS = 80
LONGEST = 300
"""Rows of the terminal in which long texts are shown whole."""
PICTURED = "models"
"""The stage in which the sitting is pictured, with its answer half written."""
TYPED_SHARE = 0.6
ANSWERS = {"high-level-design": "strong", "models": "strong", "online-evaluation": "strong"}
"""Which sample is typed in which stage; the mid one in the others."""
SEED = "7"
QUESTIONS = ("How many people use it on a normal day?", "What is the p99 latency target?")
REPLY = (
    "Because a loud page would otherwise fill the list, I cap every author at five posts; it costs about 0.2 per cent "
    "of likes, and the rare posts of close friends stay visible."
)
REPLIED = "data"
"""The stage after which a reply is pictured."""
TALK_ROWS = 60
PREDICTED = "70"
DETAILED = "candidates"
"""The stage whose criteria are pictured."""
CRITERIA_ROWS = 40
ASKED = "space ticks"
MARKS = ("+ ", "~ ", "? ", "- ")
SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: monospace; font-size: {char_height}px;
  line-height: {line_height}px; }}
.{unique_id}-title {{ font-family: sans-serif; font-size: 18px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g></g></svg>
"""
"""Without the fonts from elsewhere that rich's own form names."""


class Sitting:
    """One sitting of a scenario in a pseudo-terminal, with its clock."""

    def __init__(self, folder: Path, scenario: Scenario) -> None:
        self._home = folder / "home"
        self._clock = folder / "clock"
        self._scenario = scenario
        self._seconds = 0.0
        self.reply = ""
        """The picture of a reply, once one was given."""
        self._set_clock(0)

    def hold(self) -> str:
        """Sit every stage; return the picture taken on the way."""
        picture = ""
        terminal = self.open("practice", SCENARIO, "--seed", SEED, rows=28)
        terminal.wait_for("^D submit")
        for question in QUESTIONS:
            terminal.key("^G").wait_for("Enter asks").send(f"{question}\r").wait_for("^D submit")
        for number, stage in enumerate(self._scenario.stages, 1):
            terminal.wait_for(f"{stage.title} {number}/{len(self._scenario.stages)}", "^D submit")
            answer = getattr(stage.samples, ANSWERS.get(stage.id, "mid"))
            # Some stages are answered within their minutes and some are not.
            seconds = 60 * stage.minutes * (0.72, 1.08, 0.9)[number % 3]
            if stage.id == PICTURED:
                picture = self._answer_half(terminal, answer, seconds)
            else:
                terminal.paste(answer)
                self._pass(seconds)
            terminal.wait_for(answer.split()[-1], f"saved {self._time}").key("^D")
            self._reply(terminal, stage, number)
        terminal.wait_for("which score do you expect").send(f"{PREDICTED}\r").to_the_debrief()
        terminal.wait_until(lambda: not terminal.child.isalive(), "the end of the sitting")
        return picture

    def _reply(self, terminal: Terminal, stage: StagePlan, number: int) -> None:
        """Reply to whatever the interviewer has to say after a stage, and picture one such moment."""
        count = len(self._scenario.stages)
        following = f" {number + 1}/{count}" if number < count else "which score do you expect"
        while True:
            terminal.wait_until(lambda: f"{stage.title}: " in terminal.text or following in terminal.text, "a reply")
            if following in terminal.text:
                return
            heard = terminal.text.splitlines()[1].split(f" {number}/")[0]
            is_change = heard.endswith("a change") and self._scenario.change is not None
            said = self._scenario.stage(CHANGE).samples.mid if is_change else REPLY
            terminal.paste(said).wait_for(said.split()[-1])
            self._pass(40)
            terminal.wait_for(f"saved {self._time}")
            if stage.id == REPLIED and "follow-up" in heard:
                terminal.read(1.0)
                self.reply = draw(rows_of(terminal.screen), "reply", f"mlsd-coach practice {SCENARIO}")
            terminal.key("^D")
            terminal.wait_until(partial(_is_gone, terminal, said), "the end of the reply")

    def _answer_half(self, terminal: Terminal, answer: str, seconds: float) -> str:
        half = answer[: answer.index(" ", int(len(answer) * TYPED_SHARE))]
        terminal.paste(half).wait_for(half.split()[-1])
        self._pass(seconds * TYPED_SHARE)
        terminal.wait_for(f"saved {self._time}")
        terminal.read(1.0)
        picture = draw(rows_of(terminal.screen), "sitting", f"mlsd-coach practice {SCENARIO}")
        terminal.paste(answer[len(half) :])
        self._pass(seconds * (1 - TYPED_SHARE))
        return picture

    def debrief(self) -> dict[str, str]:
        """Return the pictures of the debrief: down to its details, and one stage's criteria."""
        terminal = self.open("show", "--stage", DETAILED, rows=LONGEST)
        terminal.wait_until(lambda: not terminal.child.isalive(), "the end of the command")
        terminal.read(1.0)
        rows = rows_of(terminal.screen, with_cursor=False)
        terminal.close()
        top = next(at for at, row in enumerate(rows) if row.plain.startswith(self._scenario.title))
        details = next(at for at, row in enumerate(rows) if row.plain.startswith("Criterion by criterion"))
        talk = next(at for at, row in enumerate(rows) if row.plain.startswith("The conversation"))
        title = self._scenario.stage(DETAILED).title
        start = next(at for at, row in enumerate(rows) if at > details and row.plain.startswith(title))
        shown = rows[start : start + CRITERIA_ROWS]
        while not shown.pop().plain.startswith(MARKS):
            pass  # the last criterion may have been cut
        return {
            "debrief": draw(rows[top:talk], "debrief", "mlsd-coach show"),
            "conversation": draw(rows[talk : talk + TALK_ROWS], "conversation", "mlsd-coach show"),
            "criteria": draw(shown, "criteria", f"mlsd-coach show --stage {DETAILED}"),
        }

    def checklist(self) -> str:
        """Return the picture of the second preparation, with a step ticked."""
        terminal = self.open("checklist", rows=30)
        terminal.wait_for(ASKED).read(0.5)
        terminal.key("enter")
        terminal.wait_until(lambda: ASKED in terminal.text.partition("2 of 5")[2], "the second preparation")
        terminal.read(0.5)
        terminal.send(" ").key("down").read(1.0)
        rows = rows_of(terminal.screen)
        while not rows[0].plain.startswith("2 of 5"):
            rows.pop(0)
        terminal.close()
        return draw(rows, "checklist", "mlsd-coach checklist")

    def open(self, *words: str, rows: int) -> Terminal:
        """Run one command of the program in a terminal."""
        command = [sys.executable, "-m", "docs.clockwork", str(self._clock), *words]
        env = {"TZ": "UTC", "COLORTERM": "", "PAGER": "cat", "FORCE_COLOR": ""}
        return Terminal(command, self._home, columns=COLUMNS, rows=rows, env=env)

    @property
    def _time(self) -> str:
        minutes, seconds = divmod(int(self._seconds), 60)
        return f"10:{minutes:02}:{seconds:02}"

    def _pass(self, seconds: float) -> None:
        self._set_clock(self._seconds + seconds)

    def _set_clock(self, seconds: float) -> None:
        self._seconds = float(round(seconds))
        fresh = self._clock.with_suffix(".new")
        fresh.write_text(str(self._seconds), encoding="ascii")
        fresh.replace(self._clock)


def _is_gone(terminal: Terminal, text: str) -> bool:
    return text.split()[-1] not in terminal.text


def main() -> int:
    """Sit the scenario, read its debrief, write the pictures."""
    scenario = Library([builtin_root()]).scenario(SCENARIO)
    with tempfile.TemporaryDirectory(prefix="mlsd-pictures-") as folder:
        sitting = Sitting(Path(folder), scenario)
        pictures = {"sitting": sitting.hold(), "reply": sitting.reply}
        pictures |= sitting.debrief()
        pictures |= {"checklist": sitting.checklist()}
    write(pictures)
    return 0


def write(pictures: Mapping[str, str]) -> None:
    """Write the pictures by their names."""
    FOLDER.mkdir(exist_ok=True)
    for name, svg in pictures.items():
        path = FOLDER / f"{name}.svg"
        path.write_text(svg, encoding="utf-8", newline="\n")
        sys.stdout.write(f"docs/pictures/{path.name}: {len(svg.encode()) // 1000} kB\n")


def draw(rows: Sequence[Text], name: str, title: str) -> str:
    """Return rows of a screen as SVG, without the empty ones at the end."""
    rows = list(rows)
    while rows and not rows[-1].plain.strip():
        rows.pop()
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True, legacy_windows=False)
    for row in [*rows, Text()]:  # rich clips the text of every row but the last
        console.print(row, no_wrap=True, crop=False)
    return console.export_svg(title=title, theme=SVG_EXPORT_THEME, code_format=SVG, unique_id=name)


def rows_of(screen: AnsweringScreen, *, with_cursor: bool = True) -> list[Text]:
    """Return what stands on a screen with its colours, and the cursor where it stands."""
    shows_cursor = with_cursor and not screen.cursor.hidden
    return [
        row_of(screen, number, screen.cursor.x if shows_cursor and screen.cursor.y == number else -1)
        for number in range(screen.lines)
    ]


def row_of(screen: AnsweringScreen, number: int, cursor: int) -> Text:
    """Return one row of a screen; `cursor` is the cursor's column, -1 when it stands elsewhere."""
    row = Text()
    cells = screen.buffer[number]
    # The second cell of a wide character is empty: its text takes both.
    columns = [(cells[column].data, style_of(cells[column], column == cursor)) for column in range(screen.columns)]
    for style, run in groupby(columns, key=itemgetter(1)):
        row.append("".join(text for text, _ in run), style)
    return row


def style_of(cell: Char, is_cursor: bool) -> Style:
    """Return how a cell is drawn; the cursor's with its colours exchanged."""
    return Style(
        color=colour(cell.fg),
        bgcolor=colour(cell.bg),
        bold=cell.bold,
        italic=cell.italics,
        underline=cell.underscore,
        reverse=cell.reverse != is_cursor,
    )


def colour(name: str) -> str:
    """Return a colour of pyte under the name that rich gives it."""
    name = name.replace("brown", "yellow")
    if len(name) == 6 and all(letter in "0123456789abcdef" for letter in name):
        return f"#{name}"
    return name.replace("bright", "bright_") if name.startswith("bright") else name


if __name__ == "__main__":
    sys.exit(main())

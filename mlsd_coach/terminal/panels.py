"""What stands around the answer: title, clocks, the interviewer's words, status and keys; pure, by width."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.interview.pacing import Pace, format_clock
from mlsd_coach.interview.sitting import YOU
from mlsd_coach.interview.text import count_words
from mlsd_coach.models import Mode
from mlsd_coach.terminal.cells import cells
from mlsd_coach.terminal.wrapping import clip, wrap

Fragments = list[tuple[str, str]]
Lines = list[Fragments]
"""Rows of (style, text) fragments; texts go to the screen as they are, never as markup."""

WIDE = 72
"""Columns from which there is room for the long forms."""
LAG_WORTH_SAYING = 30.0
FOOT_ROWS = 2
CHROME_ROWS = 4 + FOOT_ROWS
"""Title, clocks, two rules, status, keys."""
ROWS_FOR_RULES = 12
"""In a lower window the rules are the first to go."""
EMPTY_ANSWER_ROWS = 2
LEAST_ANSWER_ROWS = 7
INTERVIEWER_SHARE = 0.4
"""Of the rows without the chrome, what stays with the interviewer however long the answer gets."""
ALL_ROWS = 10_000
MESSAGE_ROWS = 5
NOTE_ROWS, ROWS_FOR_NOTES, TALL = 2, 16, 34
"""Rows of notes, the height from which on there are any, and that from which on there are twice as many."""


class Glyphs(NamedTuple):
    """The few characters beyond ASCII that the screen uses."""

    rule: str = "─"
    dot: str = "·"
    ellipsis: str = "…"


ASCII = Glyphs("-", "|", "...")


def spread(left: Fragments, right: Fragments, width: int, *, fill: str = "", ellipsis: str = "…") -> Fragments:
    """Put two pieces at the ends of a row; the left one is cut when both do not fit, the right one is dropped last."""
    right_width = _width(right)
    if right_width > width:
        return spread(left, [], width, fill=fill, ellipsis=ellipsis)
    room = width - right_width - (1 if right else 0)
    cut: Fragments = []
    for style, text in left:
        piece = clip(text, room, ellipsis)
        cut.append((style, piece))
        room -= cells(piece)
        if piece != text:
            break
    gap = width - _width(cut) - right_width
    return [*cut, (fill, " " * gap), *right]


def title_row(live: LiveSitting, width: int, glyphs: Glyphs) -> Fragments:
    """Return the top row: the program, the scenario, and how the sitting is held."""
    session = live.session
    if width >= WIDE:
        name = live.scenario.title
        words = [session.level, session.mode, f"{session.minutes:g} min"]
        if session.persona:
            words.append(f"{session.persona} #{session.seed}")
        terms = f" {glyphs.dot} ".join(words) + " "
    else:
        name, terms = session.scenario, ""
    left = [("class:title.name", " mlsd-coach "), ("class:title", f" {name}")]
    return spread(left, [("class:title", terms)], width, fill="class:title", ellipsis=glyphs.ellipsis)


def clock_row(live: LiveSitting, width: int, glyphs: Glyphs, *, hidden: bool) -> Fragments:
    """Return the row with the stage's title and the two clocks."""
    session = live.session
    place = f"{session.current + 1}/{len(session.stages)}"
    clocks = _clocks(live, width, hidden=hidden)
    # A long title gives way: where one stands among the stages is always there.
    title = clip(live.title, max(4, width - _width(clocks) - len(place) - 3), glyphs.ellipsis)
    left = [("class:stage", f" {title}"), ("class:dim", f" {place}")]
    return spread(left, clocks, width, ellipsis=glyphs.ellipsis)


def _clocks(live: LiveSitting, width: int, *, hidden: bool) -> Fragments:
    paused: Fragments = [("class:paused", "PAUSED"), ("", "  ")] if live.is_paused else []
    if hidden:
        return [*paused, ("class:dim", "clock hidden ")]
    stage, total = format_clock(live.stage_left), format_clock(live.total_left)
    colour = f"class:pace.{live.pace}"
    whole = "class:pace.over" if live.total_left < 0 else "class:total"
    if width < WIDE:
        rest = [] if paused else [("class:dim", "  all "), (whole, total)]
        return [*paused, (colour, stage), *rest, ("", " ")]
    budget = format_clock(live.budget)
    return [
        *paused,
        ("class:dim", "reply " if live.exchange else "stage "),
        (colour, stage),
        ("class:dim", f" of {budget}   total "),
        (whole, f"{total} "),
    ]


def interviewer_rows(live: LiveSitting, width: int, height: int) -> tuple[Lines, bool]:
    """Return what the interviewer says in at most `height` rows, and whether something had to be left out.

    Left out first are older remarks, then the context and the opening, then the end of the question.
    """
    inner = max(2, width - 2)
    prompt = _block(live.prompt, "class:prompt", inner)
    asked = prompt
    if live.is_opening:
        context = _block(live.scenario.context, "class:context", inner)
        asked = [*_block(live.scenario.opening, "", inner), [], *prompt, [], *context]
    said = [_block(line, "class:said", inner) for line in live.said]
    whole = asked + [row for block in said for row in ([], *block)]
    if len(whole) <= height:
        return whole, False
    last: Lines = [[], *said[-1]] if said else []
    if live.answer and prompt[-1] not in asked[: max(0, height - len(last))]:
        # Who writes has read the opening; the question is what they look up to.
        asked = prompt
    if len(asked) + len(last) > height:
        last = last[1:]
    room = max(height - len(last), height // 2)
    return [*asked[:room], *last[: height - len(asked[:room])]], True


def interviewer_height(rows: int, spoken: int, answer: int) -> int:
    """Return how many of the screen's rows the interviewer gets.

    `spoken` and `answer` are the rows their texts would fill, `answer` 0 before anything is written. The answer's share
    grows as it is written; a few rows stay with the interviewer.
    """
    room = rows - CHROME_ROWS
    wanted = max(LEAST_ANSWER_ROWS, answer + 1) if answer else EMPTY_ANSWER_ROWS
    return max(1, min(spoken, max(int(room * INTERVIEWER_SHARE), room - wanted), room - 2))


def shared_rows(live: LiveSitting, width: int, rows: int, answer: int, foot: int = FOOT_ROWS) -> tuple[Lines, bool]:
    """Return what the interviewer says on a screen of `rows` rows shared with an answer that fills `answer`.

    `foot` are the rows below the answer. Also tells whether something had to be left out.
    """
    rows -= foot - FOOT_ROWS
    notes = note_rows(live, width, rows)
    whole, _ = interviewer_rows(live, width, ALL_ROWS)
    said, is_cut = interviewer_rows(live, width, interviewer_height(rows - len(notes), len(whole), answer))
    return [*said, *notes], is_cut


def note_rows(live: LiveSitting, width: int, rows: int) -> Lines:
    """Return what the candidate has learned so far, the newest first, in few rows; F1 has all of it."""
    if not live.notes or rows < ROWS_FOR_NOTES:
        return []
    room = NOTE_ROWS if rows < TALL else 2 * NOTE_ROWS
    wrapped = wrap("Noted: " + " | ".join(reversed(live.notes)), max(2, width - 2))
    kept = wrapped[:room]
    if len(wrapped) > room:
        cut = clip(kept[-1], max(2, width - 12), "")
        kept[-1] = (cut.rpartition(" ")[0] or cut) + " ... (F1)"
    return [[("class:note", f" {row}")] for row in kept]


def rule_row(width: int, glyphs: Glyphs, *, is_cut: bool = False) -> Fragments:
    """Return a line across the screen; below an interviewer cut short it says where to read the rest."""
    note = " F1: the rest " if is_cut else ""
    length = max(0, width - len(note) - 2) if note else width
    return [("class:rule", glyphs.rule * length), ("class:dim", note), ("class:rule", glyphs.rule * (2 if note else 0))]


def briefing_rows(live: LiveSitting, width: int) -> Lines:
    """Return everything that was said so far, and what the keys do, for reading at leisure."""
    inner = max(2, width - 2)
    rows: Lines = [[("class:stage", " What you were told")], []]
    rows += [*_block(live.scenario.opening, "", inner), [], *_block(live.scenario.context, "", inner), []]
    rows += [[("class:stage", f" {live.title}")], *_block(live.prompt, "", inner)]
    told = {each.reply for each in live.session.asked}
    for line in live.said:
        if line not in told and not line.startswith(YOU):
            rows += [[], *_block(line, "class:said", inner)]
    if live.exchange is not None and live.stage.answer:
        rows += [[], [("class:stage", " What you had written")], *_block(live.stage.answer, "", inner)]
    if live.session.asked:
        rows += [[], [("class:stage", " What you asked")]]
    for each in live.session.asked:
        rows += [[], *_block(f"You: {each.says}", "class:note", inner), *_block(each.reply, "class:said", inner)]
    rows += [[], [("class:stage", " Keys")], []]
    for keys, what in KEY_HELP:
        rows += [[("class:key", f" {keys:<9}"), ("", f" {row}")] for row in wrap(what, max(2, inner - 10))[:1]]
        rows += [[("", " " * 11 + row)] for row in wrap(what, max(2, inner - 10))[1:]]
    return rows


KEY_HELP = (
    ("^D F10", "submit this answer and go on"),
    ("^G F8", "ask the interviewer something"),
    ("^N F11", "call the next stage yourself (mock sittings)"),
    ("^T F2", "ask for a hint (coached sittings)"),
    ("^S F4", "skip this stage; what you wrote is kept"),
    ("^R F3", "back to the stage before, to read or add"),
    ("^P F5", "pause the clock, and go on"),
    ("^L F6", "hide the clock, and show it"),
    ("^O F7", "write in your own editor ($VISUAL, $EDITOR)"),
    ("^Q F9", "quit; everything is saved for `resume`"),
    ("^_", "undo"),
    ("^C", "the same as ^Q, at once"),
)


def status_rows(live: LiveSitting, notice: str, width: int, glyphs: Glyphs) -> Lines:
    """Return what stands below the answer: words, when it was saved or why not, and the pace in words."""
    message, style = (f"NOT SAVED: {live.problem}", "class:alarm") if live.problem else (notice, "class:notice")
    if message:
        rows = _block(message, style, max(2, width - 2))
        return rows if len(rows) <= MESSAGE_ROWS else _block(clip(message, width - 2, glyphs.ellipsis), style, width)
    words = count_words(live.answer)
    left = [("class:dim", f" {words} word{'' if words == 1 else 's'} {glyphs.dot} {saved_text(live.saved_at)}")]
    lag = _lag(live)
    if lag and width < _width(left) + len(lag) + 2:
        lag = ""
    return [spread(left, [("class:dim", f"{lag} ")] if lag else [], width, ellipsis=glyphs.ellipsis)]


def saved_text(moment: datetime | None) -> str:
    """Return `saved 12:03:04`, or that nothing is yet."""
    return f"saved {moment:%H:%M:%S}" if moment else "not saved yet"


def _lag(live: LiveSitting) -> str:
    behind = live.behind
    if live.pace is Pace.OVER:
        return "over time: close this stage"
    if abs(behind) < LAG_WORTH_SAYING:
        return ""
    return f"{format_clock(abs(behind))} {'behind' if behind > 0 else 'ahead of'} plan"


def key_row(live: LiveSitting, width: int) -> Fragments:
    """Return the keys on one row, as many as fit; the first and the last always do."""
    keys = [("^D", "submit"), ("^S", "skip"), ("^P", "go on" if live.is_paused else "pause")]
    if live.exchange is None:
        keys.insert(2, ("^R", "back"))
    keys += [("^L", "clock"), ("^O", "editor"), ("^Q", "quit")]
    if live.session.mode is Mode.COACHED:
        keys.insert(1, ("^T", "hint"))
    if live.may_call:
        keys.insert(1, ("^N", "next"))
    if live.may_ask:
        keys.insert(1, ("^G", "ask"))
    last = ("F1", "help")
    gap = 2 if _keys_width([*keys, last], 2) <= width else 1
    while keys[1:] and _keys_width([*keys, last], gap) > width:
        keys.pop(_least_needed(keys))
    fragments: Fragments = []
    for key, name in [*keys, last]:
        fragments += [("", " " * (gap if fragments else 1)), ("class:key", key), ("class:dim", f" {name}")]
    return fragments


def _least_needed(keys: Sequence[tuple[str, str]]) -> int:
    """Return which key goes first when the row is narrow; all of them stand under F1."""
    order = ("^O", "^L", "^N", "^S", "^R", "^P", "^T", "^Q", "^G")
    return next(at for name in order for at, (key, _) in enumerate(keys) if key == name)


def _keys_width(keys: Sequence[tuple[str, str]], gap: int) -> int:
    return 1 + sum(len(key) + 1 + len(name) for key, name in keys) + gap * (len(keys) - 1)


def _block(text: str, style: str, width: int) -> Lines:
    return [[(style, f" {row}")] for row in wrap(text, width)]


def _width(fragments: Fragments) -> int:
    return sum(cells(text) for _, text in fragments)

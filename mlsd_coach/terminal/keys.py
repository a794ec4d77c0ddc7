"""What the keys of the answer editor do."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from mlsd_coach.interview.prompter import Leave
from mlsd_coach.interview.text import clean
from mlsd_coach.terminal.prose import TAB

if TYPE_CHECKING:
    from mlsd_coach.terminal.editor import AnswerEditor


def bind_keys(editor: "AnswerEditor") -> KeyBindings:
    """Return the bindings; prompt_toolkit's own for editing a line of text stay beneath them."""
    bindings = KeyBindings()
    is_reading = Condition(lambda: editor.is_reading)

    def on(*names: str, then: Callable[[], None], reading: bool = False) -> None:
        for name in names:
            bindings.add(name, filter=is_reading if reading else ~is_reading, eager=True)(_handler(then))

    on("c-d", "f10", then=editor.submit)
    on("c-t", "f2", then=editor.hint)
    on("c-s", "f4", then=editor.skip)
    on("c-r", "f3", then=editor.back)
    on("c-p", "f5", then=editor.pause)
    on("c-l", "f6", then=editor.hide_clock)
    on("c-o", "f7", then=editor.open_outside)
    on("f1", then=editor.open_briefing)
    on("c-z", then=editor.suspend)
    on("tab", then=lambda: editor.insert(TAB))
    on("up", then=lambda: editor.prose.move(-1))
    on("down", then=lambda: editor.prose.move(1))
    on("pageup", then=lambda: editor.page(-1))
    on("pagedown", then=lambda: editor.page(1))
    on("enter", "escape", "q", "f1", "c-d", "f10", then=editor.close_reader, reading=True)
    on("up", "k", then=lambda: editor.reader.scroll(-1), reading=True)
    on("down", "j", then=lambda: editor.reader.scroll(1), reading=True)
    on("pageup", then=lambda: editor.reader.scroll(-editor.reader.height), reading=True)
    on("pagedown", "space", then=lambda: editor.reader.scroll(editor.reader.height), reading=True)
    for reading in (False, True):
        on("c-q", "f9", then=lambda: editor.leave(Leave.QUIT), reading=reading)
        on("c-c", then=lambda: editor.leave(Leave.INTERRUPT), reading=reading)

    @bindings.add(Keys.BracketedPaste, eager=True)
    def _paste(event: KeyPressEvent) -> None:
        if not editor.is_reading:
            editor.insert(clean(event.data))

    return bindings


def _handler(then: Callable[[], None]) -> Callable[[KeyPressEvent], None]:
    def handle(event: KeyPressEvent) -> None:
        del event
        then()

    return handle

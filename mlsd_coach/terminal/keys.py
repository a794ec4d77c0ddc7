"""What the keys of the answer editor do."""

from collections.abc import Callable
from functools import partial
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
    is_asking = Condition(lambda: editor.asking.is_open)
    is_choosing = Condition(lambda: editor.picker.is_open)
    is_writing = ~is_reading & ~is_asking

    def on(*names: str, then: Callable[[], None], reading: bool = False) -> None:
        for name in names:
            bindings.add(name, filter=is_reading if reading else is_writing, eager=True)(_handler(then))

    on("c-d", "f10", then=editor.submit)
    on("c-t", "f2", then=editor.hint)
    on("c-g", "f8", then=editor.asking.open)
    on("c-n", "f11", then=editor.picker.open)
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
    for name in ("enter", "c-d", "f10"):
        bindings.add(name, filter=is_asking, eager=True)(_handler(editor.asking.send))
    for name in ("escape", "c-g", "f8"):
        bindings.add(name, filter=is_asking, eager=True)(_handler(editor.asking.close))
    for number in range(1, 10):
        bindings.add(str(number), filter=is_choosing, eager=True)(_handler(partial(editor.picker.choose, number)))
    for name, leave in (("c-q", Leave.QUIT), ("f9", Leave.QUIT), ("c-c", Leave.INTERRUPT)):
        bindings.add(name, eager=True)(_handler(partial(editor.leave, leave)))

    @bindings.add(Keys.BracketedPaste, eager=True)
    def _paste(event: KeyPressEvent) -> None:
        if editor.asking.is_open:
            editor.asking.buffer.insert_text(" ".join(clean(event.data).split()))
        elif not editor.is_reading:
            editor.insert(clean(event.data))

    return bindings


def _handler(then: Callable[[], None]) -> Callable[[KeyPressEvent], None]:
    def handle(event: KeyPressEvent) -> None:
        del event
        then()

    return handle

import pytest

from mlsd_coach.terminal import panels
from mlsd_coach.terminal.cells import cells
from mlsd_coach.terminal.first_screen import first_rows
from tests.interview.test_live import Desk
from tests.terminal.conftest import Start


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20)])
def test_the_editor_draws_the_same_rows_in_the_same_places(start: Start, columns: int, rows: int):
    terminal = start("practice", "feed-ranking", columns=columns, rows=rows).wait_for("Requirements 1/9")
    early = terminal.text.splitlines()
    terminal.wait_for("^D submit")
    late = terminal.text.splitlines()
    count = max(at for at, row in enumerate(early) if row) + 1
    same = [at for at in range(count) if at != 1]
    assert [early[at] for at in same] == [late[at] for at in same]
    assert early[1].split()[:2] == late[1].split()[:2]


def test_keys_typed_while_the_editor_loads_are_kept(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("Requirements 1/9").send("early bird")
    terminal.wait_for("^D submit", "early bird")


def test_it_fits_the_screen():
    live = Desk().live
    for columns, rows in [(80, 24), (40, 20), (20, 8)]:
        drawn = first_rows(live, columns, rows, panels.Glyphs())
        assert len(drawn) <= rows - 2
        assert all(cells("".join(piece for _, piece in row)) <= columns for row in drawn)


@pytest.mark.parametrize(
    ("text", "width"),
    [("plain", 5), ("…–’→─", 5), ("é", 1), ("e\u0301", 1), ("推荐", 4), ("🚀", 2), ("a推", 3), ("", 0)],
)
def test_measures_text_in_cells(text: str, width: int):
    assert cells(text) == width


def test_measures_as_prompt_toolkit_does():
    from prompt_toolkit.utils import get_cwidth

    narrow = [chr(code) for code in range(0x20, 0x3000) if cells(chr(code)) == 1 and chr(code) not in "\x7f\xad"]
    assert [char for char in narrow if get_cwidth(char) != 1] == []

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.utils import get_cwidth

from mlsd_coach.terminal.wrapping import clip, lay_out, wrap

PROSE = st.text(alphabet=st.sampled_from("ab c,\n推荐é-"), max_size=120)
WIDTHS = st.integers(min_value=2, max_value=30)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", [""]),
        ("one two three", ["one two", "three"]),
        ("unbreakable-word", ["unbreakab", "le-word"]),
        ("para\n\ngraph", ["para", "", "graph"]),
        ("推荐系统的候选", ["推荐系统", "的候选"]),
        ("mix 推荐系统", ["mix 推荐", "系统"]),
        ("x abcdefgh推", ["x", "abcdefgh", "推"]),
    ],
)
def test_breaks_between_words(text: str, rows: list[str]):
    assert wrap(text, 9) == rows


@given(PROSE, WIDTHS)
def test_rows_are_the_whole_text_and_fit(text: str, width: int):
    rows = lay_out(text, width)
    for start, row in zip(rows.starts, rows.texts, strict=True):
        assert text[start : start + len(row)] == row
        assert get_cwidth(row.rstrip(" ")) <= width
    assert "".join(rows.texts) == text.replace("\n", "")


@given(PROSE, WIDTHS, st.data())
def test_every_offset_is_found_again(text: str, width: int, data: st.DataObject):
    rows = lay_out(text, width)
    offset = data.draw(st.integers(min_value=0, max_value=len(text)))
    row, at = rows.locate(offset)
    assert rows.starts[row] + at == offset
    cells = get_cwidth(rows.texts[row][:at])
    assert rows.locate(rows.offset_at(row, cells))[0] == row


@given(st.text(alphabet="ab推荐", max_size=30), st.integers(min_value=0, max_value=20))
def test_clips_to_a_width(text: str, width: int):
    clipped = clip(text, width)
    assert get_cwidth(clipped) <= max(width, 0)
    assert clipped == text or clipped == "" or clipped.endswith("…")

"""Hostile files are refused quickly and with a reason; control characters never get through."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_coach.content.guard import read_document
from mlsd_coach.errors import ContentError

BOMB = b"a: &a [lol, lol, lol, lol, lol, lol, lol, lol]\n" + b"".join(
    b"%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n" % ((c + 1, c + 1) + (c,) * 8) for c in range(97, 106)
)

HOSTILE = {
    "alias bomb": (BOMB, "anchors"),
    "20,000 nested lists": (b"a: " + b"[" * 20_000, "nested deeper than 50"),
    "20,000 nested lists, closed": (b"[" * 20_000 + b"]" * 20_000, "nested deeper than 50"),
    "20,000 nested mappings": (b"{a: " * 20_000, "nested deeper than 50"),
    "5 MB": (b"- a\n" * 1_250_000, "larger than 1 MB"),
    "python object": (b"a: !!python/object/apply:os.system [date]\n", "tags"),
    "binary": (bytes(range(128, 256)) * 100, "not UTF-8"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_yaml_is_refused_within_ten_milliseconds(case: str) -> None:
    raw, reason = HOSTILE[case]
    spent = []
    for _ in range(5):  # the fastest of five, in processor time: the machine may be busy with other tests
        start = time.process_time()
        with pytest.raises(ContentError, match=reason) as caught:
            read_document(raw, "hostile.yaml")
        spent.append(time.process_time() - start)

    assert str(caught.value).startswith("hostile.yaml:")
    assert min(spent) < 0.010


def test_more_than_a_hundred_thousand_parts_are_refused() -> None:
    with pytest.raises(ContentError, match="more than 100,000 parts"):
        read_document(b"a:\n" + b"- b\n" * 120_000, "f.yaml")


def test_fifty_levels_are_taken() -> None:
    assert read_document(b"a: " + b"[" * 49 + b"]" * 49, "f.yaml").data


@pytest.mark.parametrize(
    "written", ['"\\x1b[31mred"', '"a\\u202Eb"', "a\x9bb", "a\x1b]0;title\x07b", '"a\\0b"', "a\u2067b", "a\x7fb"]
)
def test_control_characters_are_stripped(written: str) -> None:
    text = read_document(f"a: {written}\n".encode(), "f.yaml").data["a"]

    assert text.isprintable()


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    document = read_document(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n", "f.yaml")

    assert document.data == {"a": 1, "b": "x\ny\n"}
    assert document.line(("b",)) == 2


def test_lines_are_those_of_keys_and_items() -> None:
    document = read_document(b"a:\n  - b: 1\n    c:\n\n      d\n  - e\n", "f.yaml")

    lines = [document.line(trail) for trail in ((), ("a",), ("a", 0), ("a", 0, "c"), ("a", 1), ("a", 1, "nothing"))]
    assert lines == [1, 1, 2, 3, 6, 6]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12), ("-3", -3), ("0", 0), ("1.5", 1.5), ("true", True), ("False", False), ("", None), ("~", None),
        ("y", "y"), ("yes please", "yes please"), ("1.2.3", "1.2.3"), ("50%", "50%"), ("1e-3", "1e-3"), ('"no"', "no"),
        ("'012'", "012"), ("10M", "10M"), ("-", None),
    ],
)  # fmt: skip
def test_plain_words_are_what_they_look_like(written: str, value: object) -> None:
    document = read_document(f"a: {written}\n".encode() if written != "-" else b"a:\n", "f.yaml")

    assert document.data["a"] == value
    assert type(document.data["a"]) is type(value)
    assert not document.problems


@pytest.mark.parametrize(
    "word", ["yes", "No", "ON", "off", "012", "0x1F", "0b11", "1_000", "1:30", "2020-02-30", ".inf", ".NaN"]
)
def test_words_that_readers_disagree_on_must_be_quoted(word: str) -> None:
    (problem,) = read_document(f"a: {word}\n".encode(), "f.yaml").problems

    assert problem.line == 1
    assert f'"{word}"' in problem.message
    assert not read_document(f'a: "{word}"\n'.encode(), "f.yaml").problems


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        document = read_document(raw, "f.yaml")
    except ContentError as error:
        assert error.problems  # noqa: PT017 - both ends are right
    else:
        assert isinstance(document.data, dict)


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(st.characters(categories=["L", "N", "P"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text("xyz", min_size=1), _PLAIN, max_size=4))
def test_what_json_says_yaml_reads_alike(data: dict[str, object]) -> None:
    from json import dumps

    assert read_document(dumps(data, ensure_ascii=False).encode(), "f.yaml").data == data

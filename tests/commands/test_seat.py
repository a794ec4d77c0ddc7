import os
from pathlib import Path

from mlsd_coach.commands.seat import new_seat, old_seat


def test_no_two_sittings_get_the_same_id(tmp_path: Path):
    with new_seat(tmp_path, "20250102-030405-feed") as first, new_seat(tmp_path, "20250102-030405-feed") as second:
        assert (first.session_id, second.session_id) == ("20250102-030405-feed", "20250102-030405-feed-2")


def test_an_id_is_not_given_out_again_after_its_sitting_ended(tmp_path: Path):
    with new_seat(tmp_path, "a"):
        pass
    with new_seat(tmp_path, "a") as seat:
        assert seat.session_id == "a-2"


def test_a_sitting_is_open_in_one_place_only(tmp_path: Path):
    with new_seat(tmp_path, "a"):
        assert old_seat(tmp_path, "a") is None
    seat = old_seat(tmp_path, "a")
    assert seat is not None
    with seat:
        assert old_seat(tmp_path, "a") is None


def test_a_killed_sitting_can_be_taken_up(tmp_path: Path):
    child = os.fork()
    if child == 0:
        new_seat(tmp_path, "a")
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    seat = old_seat(tmp_path, "a")
    assert seat is not None


def test_old_locks_are_removed_but_not_those_in_use(tmp_path: Path):
    with new_seat(tmp_path, "in-use"):
        with new_seat(tmp_path, "long-ended"):
            pass
        for path in tmp_path.iterdir():
            os.utime(path, (0, 0))
        with new_seat(tmp_path, "now"):
            pass
        assert {path.stem for path in tmp_path.iterdir()} == {"in-use", "now"}


def test_where_no_lock_can_be_made_the_seat_is_given_all_the_same(tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with new_seat(blocked / "sittings", "a") as seat:
        assert seat.session_id == "a"
    assert old_seat(blocked / "sittings", "a") is not None

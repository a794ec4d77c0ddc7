"""`--judge`: what is told and asked, both verdicts side by side, and a score that nothing can take away."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mlsd_coach.history.store import Store
from tests.commands.program import ROOT, Program, Ran
from tests.judges.servers import Asked, Behave, ChatServer, Sent, chat, error, verdict
from tests.judges.tasks import KEY
from tests.reports.schema_check import problems
from tests.reports.test_json_contract import SCHEMA

GOAL = "The goal is retention over clicks, because clicks alone reward bait and people then leave."
ANSWERS = f"# requirements\n\n{GOAL}\n".encode()
SCORE = ("score", "--scenario", "feed-ranking", "-")
PRACTICE = ("practice", "feed-ranking", "--stage", "requirements", "--answers", "-")
LLM = ("--judge", "llm")


def by_id(asked: Asked) -> Sent:
    """Say reasoned of the goal, that one reply is none, and of everything else that it is missing."""
    if asked.criterion == "requirements/business-goal":
        return chat(verdict(asked, "reasoned", ("clicks alone reward bait",), reason="It weighs *both*."))
    if asked.criterion == "requirements/scale":
        return chat("no verdict")
    return chat(verdict(asked, "missing", (), reason="Not a word of it."))


def settings(server: ChatServer) -> dict[str, str]:
    return {
        "MLSD_COACH_LLM_BASE_URL": server.url,
        "MLSD_COACH_LLM_MODEL": "toy-1",
        "MLSD_COACH_LLM_KEY": KEY,
    }


def run(program: Program, *words: str, behave: Behave = by_id) -> tuple[Ran, ChatServer]:
    with ChatServer(behave) as server:
        return program.run(*words, stdin=ANSWERS, env=settings(server)), server


def everything_kept(home: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


# Both verdicts ---------------------------------------------------------------------------------------------------


def test_both_verdicts_stand_side_by_side_in_the_json(program: Program):
    ran, server = run(program, *SCORE, *LLM, "--yes", "--json")

    card = json.loads(ran.out)
    assert (ran.code, problems(SCHEMA, card, SCHEMA)) == (0, [])
    criteria = {each["id"]: each for each in card["stages"][0]["criteria"]}
    said = criteria["business-goal"]["opinions"]
    assert [(each["judge"], each["verdict"], each["agrees"]) for each in said] == [("llm", "reasoned", True)]
    quote = said[0]["evidence"][0]
    assert card["stages"][0]["answer"][quote["start"] : quote["end"]] == "clicks alone reward bait"
    assert criteria["scale"]["opinions"][0] | {"reason": ""} == {
        "judge": "llm", "verdict": "not-judged", "agrees": None, "reason": "", "similarity": None, "evidence": [],
    }  # fmt: skip
    heard = [each["opinions"][0]["agrees"] for each in criteria.values() if "opinions" in each]
    judge = card["judges"][0]
    assert (judge["id"], judge["model"], judge["host"]) == ("llm", "toy-1", server.host)
    assert (judge["agree"], judge["compared"], judge["not_compared"]) == (
        heard.count(True), heard.count(True) + heard.count(False), heard.count(None),
    )  # fmt: skip
    assert judge["calls"] == len(server.asked) == len(heard)
    assert all("opinions" not in each for stage in card["stages"][1:] for each in stage["criteria"])


def test_the_score_is_that_of_the_coach_alone(program: Program):
    alone = json.loads(program.run(*SCORE, "--json", stdin=ANSWERS).out)
    ran, _ = run(program, *SCORE, *LLM, "--yes", "--json", behave=lambda asked: chat(verdict(asked, "reasoned")))
    judged = json.loads(ran.out)

    del judged["judges"]
    for stage in judged["stages"]:
        for criterion in stage["criteria"]:
            criterion.pop("opinions", None)
    assert judged == alone


def test_where_they_differ_is_marked_on_screen_and_in_plain(program: Program):
    screen, _ = run(program, *SCORE, *LLM, "--yes")
    plain, _ = run(program, *SCORE, *LLM, "--yes", "--plain")

    words = " ".join(screen.out.split())
    assert "The coach and llm (toy-1): they agree on " in words
    assert "1 is not judged. The points are the coach's alone." in words
    assert "    llm agrees: reasoned" in screen.out.splitlines()
    assert any(line.startswith("  ! llm differs: missing. Not a word of it.") for line in screen.out.splitlines())
    assert any(line.startswith("    llm: not judged. ") for line in screen.out.splitlines())
    lines = plain.out.splitlines()
    assert any(line.startswith("Second opinion: The coach and llm (toy-1): they agree on ") for line in lines)
    assert "Second opinion, llm agrees: reasoned." in lines
    assert "Second opinion, llm differs: missing. Not a word of it." in lines


@pytest.mark.parametrize("columns", [40, 80])
def test_the_debrief_with_opinions_fits_the_terminal(program: Program, columns):
    with ChatServer(by_id) as server:
        env = settings(server) | {"COLUMNS": str(columns)}
        out = program.run(*SCORE, *LLM, "--yes", stdin=ANSWERS, env=env).out

    assert max(map(len, out.splitlines())) <= columns
    assert "llm differs" in out


def test_practice_keeps_the_opinions_for_show_in_all_its_forms(program: Program):
    ran, _ = run(program, *PRACTICE, *LLM, "--yes", "--json")
    shown = {form: program.run("show", *form).out for form in ((), ("--plain",), ("--markdown",), ("--json",))}

    assert ran.code == 0
    assert json.loads(shown[("--json",)]) == json.loads(ran.out)
    assert "! llm differs: missing" in shown[()]
    assert "Second opinion, llm differs: missing" in shown[("--plain",)]
    markdown = shown[("--markdown",)]
    assert "they agree on" in markdown
    assert "- **llm differs: missing**. Not a word of it." in markdown
    assert "- llm agrees: reasoned" in markdown
    assert "*both*" not in markdown


def test_opinions_that_cannot_be_read_are_told_and_the_debrief_is_shown(program: Program):
    run(program, *PRACTICE, *LLM, "--yes")
    with Store(program.history) as store:
        kept = store.attempt()
        assert kept is not None
        store.change(kept.id, lambda attempt: type(attempt)(**{**vars(attempt), "extra": {"opinions": [{}]}}))
    ran = program.run("show")

    assert (ran.code, "Criterion by criterion" in ran.out, "llm" in ran.out) == (0, True, False)
    assert "second opinions kept with this attempt cannot be read" in ran.err


# What is told, asked and kept --------------------------------------------------------------------------------------


def test_calls_tokens_and_the_host_are_told_before_and_after(program: Program):
    config = program.home / "config" / "config.toml"
    config.parent.mkdir()
    config.write_text('[llm]\nprice_sent = 100\nprice_received = 400\ncurrency = "EUR"\n')
    ran, server = run(program, *SCORE, *LLM, "--yes")

    before, host, after = ran.err.splitlines()
    calls = len(server.asked)
    assert before.startswith(f"llm (toy-1): {calls} calls, 0 from the cache; roughly ")
    assert " tokens sent and " in before
    assert before.endswith(" EUR.")
    assert host == f"Your answers are sent to {server.host}, a server on this machine."
    counted = f"{100 * calls:,} tokens sent and {10 * calls:,} received"
    assert after.startswith(f"llm: {calls} calls made, 0 from the cache, 1 not judged; {counted}, about ")


def test_a_second_run_makes_no_calls_and_asks_nothing(program: Program):
    with ChatServer(by_id) as server:
        first = program.run(*SCORE, *LLM, "--yes", "--json", stdin=ANSWERS, env=settings(server))
        asked = len(server.asked)
        again = program.run(*SCORE, *LLM, "--yes", "--json", stdin=ANSWERS, env=settings(server))

        # One reply was no verdict: only that is asked for again.
        assert len(server.asked) == asked + 1
    one, two = json.loads(first.out), json.loads(again.out)
    assert one["stages"] == two["stages"]
    assert (two["judges"][0]["calls"], two["judges"][0]["cached"]) == (1, asked - 1)


def test_everything_from_the_cache_says_so_and_sends_nothing(program: Program):
    with ChatServer(lambda asked: chat(verdict(asked, "missing", ()))) as server:
        program.run(*SCORE, *LLM, "--yes", stdin=ANSWERS, env=settings(server))
        asked = len(server.asked)
        again = program.run(*SCORE, *LLM, "--yes", stdin=ANSWERS, env=settings(server))

        assert len(server.asked) == asked
    assert again.err == f"llm: 0 calls made, {asked} from the cache, 0 not judged.\n"


def test_the_sitting_is_kept_before_the_first_call(program: Program):
    kept: list[bool] = []

    def behave(asked: Asked) -> Sent:
        if asked.number == 1:
            with Store(program.history) as store:
                kept.append(store.attempt() is not None and store.sessions() == ())
        return by_id(asked)

    run(program, *PRACTICE, *LLM, "--yes", behave=behave)

    assert kept == [True]


def test_an_unfinished_sitting_is_judged_by_resume(program: Program):
    typed = GOAL.encode() + b"\n.\n"
    program.run("practice", "feed-ranking", "--stage", "requirements", "--stage", "data", stdin=typed)
    with ChatServer(by_id) as server:
        ran = program.run("resume", *LLM, "--yes", "--json", stdin=b"Clicks are logged.", env=settings(server))

    card = json.loads(ran.out)
    assert {request.criterion.split("/")[0] for request in server.asked} == {"requirements"} | {
        stage["id"] for stage in card["stages"] if not stage["guard"]
    }
    assert card["judges"][0]["calls"] == len(server.asked)


def test_stages_without_an_answer_and_criteria_above_the_level_are_not_sent(program: Program):
    ran, server = run(program, *SCORE, *LLM, "--yes", "--json", "--level", "mid")

    levels = {each["id"]: each["level"] for each in json.loads(ran.out)["stages"][0]["criteria"]}
    found = {
        each["id"] for each in json.loads(ran.out)["stages"][0]["criteria"]
        if each["verdict"] in ("named", "reasoned", "maybe")
    }  # fmt: skip
    asked = {request.criterion.split("/")[1] for request in server.asked}
    assert asked == {name for name, level in levels.items() if level == "mid" or name in found}
    assert len(asked) < len(levels)


def test_a_text_that_is_no_answer_is_not_sent(program: Program):
    with ChatServer(by_id) as server:
        ran = program.run(*SCORE, *LLM, "--yes", stdin=b"# data\n\nlogs\n", env=settings(server))

    assert (ran.code, server.asked) == (0, [])
    assert ran.err == "No second opinion: there is no answer to judge.\n"


def test_the_key_is_nowhere_but_in_the_request(program: Program):
    def echo(asked: Asked) -> Sent:
        if asked.number == 2:
            return error(400, f"bad {asked.headers['Authorization']}")
        return chat(verdict(asked, "missing", (), reason=f"Header {asked.headers['Authorization']}"))

    ran, server = run(program, *PRACTICE, *LLM, "--yes", "--json", behave=echo)
    refused, _ = run(program, *PRACTICE, *LLM, "--yes", behave=lambda asked: error(401, f"{asked.headers}"))

    assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    assert KEY not in ran.out + ran.err + refused.out + refused.err
    assert KEY.encode() not in everything_kept(program.home)


# What goes wrong -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behave", "says"),
    [
        (lambda asked: error(401), "refused the key (401). Check MLSD_COACH_LLM_KEY, or the key in "),
        (lambda asked: error(404, "model 'toy-1' not found"), "It says: model 'toy-1' not found"),
        (lambda asked: chat("hm"), "replies in a row were no verdicts."),
        (lambda asked: Sent(body=b"<html>"), "sent no chat reply"),
    ],
)
def test_a_server_that_fails_costs_the_opinion_and_not_the_score(program: Program, behave, says):
    alone = program.run(*SCORE, stdin=ANSWERS)
    ran, _ = run(program, *SCORE, *LLM, "--yes", behave=behave)
    kept, _ = run(program, *PRACTICE, *LLM, "--yes", behave=behave)

    assert (ran.code, ran.out) == (1, alone.out)
    assert ran.err.splitlines()[-1].startswith("llm was given up. ")
    assert says in ran.err.splitlines()[-1]
    assert (kept.code, "Kept as 20" in kept.err) == (1, True)


def test_what_was_judged_before_the_server_failed_is_shown(program: Program):
    def behave(asked: Asked) -> Sent:
        return by_id(asked) if asked.number < 4 else error(401)

    ran, _ = run(program, *SCORE, *LLM, "--yes", "--json", behave=behave)

    card = json.loads(ran.out)
    assert (ran.code, problems(SCHEMA, card, SCHEMA)) == (1, [])
    reasons = {each["opinions"][0]["reason"] for each in card["stages"][0]["criteria"] if "opinions" in each}
    assert "It was not asked." in reasons
    assert "Not a word of it." in reasons


BOTH = {"MLSD_COACH_LLM_BASE_URL": "http://127.0.0.1:9/v1", "MLSD_COACH_LLM_MODEL": "m"}


@pytest.mark.parametrize(
    ("words", "env", "message"),
    [
        (("--judge", "lm"), {}, "Unknown judge 'lm'; did you mean 'llm'? --judge takes: llm, semantic."),
        (LLM, {}, "Set MLSD_COACH_LLM_BASE_URL and MLSD_COACH_LLM_MODEL, or write [llm] in "),
        (LLM, {"MLSD_COACH_LLM_MODEL": "m"}, "Set MLSD_COACH_LLM_BASE_URL, or write [llm] in "),
        (LLM, BOTH, "The judge 'llm' sends your answers to 127.0.0.1:9, and nobody can be asked here. Pass --yes"),
        (LLM, BOTH | {"MLSD_COACH_LLM_BASE_URL": "ftp://x"}, "base_url is not an address"),
        (LLM, BOTH | {"MLSD_COACH_LLM_BASE_URL": "https://"}, "base_url is not an address"),
        (LLM, BOTH | {"MLSD_COACH_LLM_BASE_URL": "https://x:port/"}, "base_url is not an address"),
        (LLM, BOTH | {"MLSD_COACH_LLM_BASE_URL": f"https://x/v1?key={KEY}"}, "base_url is not an address"),
        (LLM, BOTH | {"MLSD_COACH_LLM_BASE_URL": f"https://me:{KEY}@x/v1"}, "must not hold a name or password"),
        (LLM, BOTH | {"MLSD_COACH_LLM_KEY": f"{KEY}\nx"}, "key holds characters that no key has"),
    ],
)
@pytest.mark.parametrize("command", [SCORE, PRACTICE, ("resume",)])
def test_what_is_missing_is_told_before_anything_is_written(program: Program, command, words, env, message):
    ran = program.run(*command, *words, stdin=ANSWERS, env=env)

    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert KEY not in ran.err
    assert not program.history.exists() or Store(program.history).attempt() is None


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("[llm", 1, "config.toml is not TOML"),
        ("[llm]\nmodle = 'm'", 1, "Unknown key 'modle'; did you mean 'model'? [llm] takes: base_url, model"),
        ("[lm]\nmodel = 'm'", 1, "Unknown table 'lm'; did you mean 'llm'? It takes: llm, semantic."),
        ("llm = 1", 1, "Unknown table 'llm'"),
        ("[llm]\nmodel = 1", 1, "llm.model is not text."),
        ("[llm]\ntimeout = 0", 1, "llm.timeout is not a number above 0."),
        ("[llm]\ntimeout = inf", 1, "llm.timeout is not a number above 0."),
        ("[llm]\nparallel = 1.5", 1, "llm.parallel is not a whole number above 0."),
        ("[llm]\nparallel = true", 1, "llm.parallel is not a whole number above 0."),
        ("[llm]\nmodel = 'm'", 2, "Set MLSD_COACH_LLM_BASE_URL, or write [llm] in "),
    ],
)
def test_a_configuration_that_cannot_be_used_is_told(program: Program, text, code, message):
    config = program.home / "config" / "config.toml"
    config.parent.mkdir()
    config.write_text(text)
    ran = program.run(*SCORE, *LLM, "--yes", stdin=ANSWERS)

    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert ran.err.count("\n") == 1


def test_the_configuration_serves_and_the_environment_is_over_it(program: Program):
    config = program.home / "config" / "config.toml"
    config.parent.mkdir()
    with ChatServer(by_id) as server:
        config.write_text(f'[llm]\nbase_url = "{server.url}/"\nmodel = "by-file"\nkey = "{KEY}"\n')
        config.chmod(0o644)
        by_file = program.run(*SCORE, *LLM, "--yes", "--json", stdin=ANSWERS)
        config.chmod(0o600)
        by_both = program.run(*SCORE, *LLM, "--yes", "--json", stdin=ANSWERS, env={"MLSD_COACH_LLM_MODEL": "by-env"})

    assert json.loads(by_file.out)["judges"][0]["model"] == "by-file"
    assert json.loads(by_both.out)["judges"][0]["model"] == "by-env"
    assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    assert "Others on this machine can read the key" in by_file.err
    assert "chmod 600" in by_file.err
    assert "Others on this machine" not in by_both.err
    assert KEY not in by_file.err + by_both.err


# Packages that are not there -------------------------------------------------------------------------------------


@pytest.fixture
def without(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """Return the environment of a program that lacks a package."""

    def lacking(package: str) -> dict[str, str]:
        folder = tmp_path / "lacking"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(f"import sys\nsys.modules[{package!r}] = None\n")
        return {"PYTHONPATH": f"{folder}{';' if sys.platform == 'win32' else ':'}{ROOT}"}

    return lacking


@pytest.mark.parametrize(
    ("judge", "package", "install"),
    [
        ("llm", "httpx", 'pip install "mlsd-coach[llm]"'),
        ("semantic", "sentence_transformers", 'pip install "mlsd-coach[semantic]"'),
    ],
)
def test_a_missing_package_is_one_sentence_with_the_install_command(program: Program, without, judge, package, install):
    env = without(package) | {"MLSD_COACH_SEMANTIC_MODEL": "somewhere"} | BOTH
    ran = program.run(*PRACTICE, "--judge", judge, "--yes", stdin=ANSWERS, env=env)
    scored = program.run(*SCORE, stdin=ANSWERS, env=env)

    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.endswith(f"{install}\n")
    assert not program.history.exists()
    assert scored.code == 0

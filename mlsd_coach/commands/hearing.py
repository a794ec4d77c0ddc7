"""The second judges of one run: told before and after, asked for leave, and the score safe whatever happens."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from mlsd_coach.commands.judging import KEPT_AS
from mlsd_coach.commands.output import tell
from mlsd_coach.commands.surroundings import folders, say
from mlsd_coach.errors import CoachError, Interrupted

if TYPE_CHECKING:
    from mlsd_coach.commands.configuring import LlmSettings
    from mlsd_coach.history.store import Store
    from mlsd_coach.judges.llm import LlmJudge
    from mlsd_coach.judges.semantic import Encoder
    from mlsd_coach.judges.tasks import Task
    from mlsd_coach.models import Scenario, Scorecard, SecondOpinion, Tally


class Hearing:
    """The second judges of one run; an interruption or a failure of theirs waits until the score has been shown."""

    def __init__(
        self,
        judges: Sequence[str],
        settings: "LlmSettings | None",
        model: str,
        *,
        yes: bool,
        may_ask: bool,
        plain: bool,
    ) -> None:
        self._judges = tuple(judges)
        self._settings = settings
        self._model = model
        self._yes = yes
        self._may_ask = may_ask
        self._plain = plain
        self._found: list[SecondOpinion] = []
        self._trouble: Exception | None = None
        self._is_in_line = False

    def hear(
        self, card: "Scorecard", scenario: "Scenario", store: "Store | None" = None, attempt_id: str = ""
    ) -> "tuple[SecondOpinion, ...]":
        """Return the opinions on a card that is safe already; with a store they are put beside the attempt.

        Whatever goes wrong is told by `end`.
        """
        try:
            self._ask(card, scenario)
        except KeyboardInterrupt:
            self._trouble = Interrupted("Judging was stopped; the score is as you see it.")
        except Exception as error:  # kept for `end`: the score comes first
            self._trouble = error
        if self._found and store is not None:
            self._keep(store, attempt_id)
        return tuple(self._found)

    def end(self) -> None:
        """Raise what went wrong while the judges were heard, now that the score has been shown."""
        if self._trouble is not None:
            raise self._trouble

    def _keep(self, store: "Store", attempt_id: str) -> None:
        from mlsd_coach.judges.contract import opinion_to_json

        said = [opinion_to_json(second) for second in self._found]
        try:
            store.change(attempt_id, lambda kept: replace(kept, extra={**kept.extra, KEPT_AS: said}))
        except CoachError as error:
            self._trouble = self._trouble or error

    def _ask(self, card: "Scorecard", scenario: "Scenario") -> None:
        from mlsd_coach.judges.tasks import tasks_of

        tasks = tasks_of(card, scenario)
        if not tasks:
            say("No second opinion: there is no answer to judge.")
            return
        for name in self._judges:
            try:
                if name == "llm":
                    self._ask_llm(tasks)
                else:
                    self._ask_semantic(tasks)
            except CoachError as error:  # one judge's failure is not the other's
                self._trouble = self._trouble or error

    # llm ------------------------------------------------------------------------------------------------------------

    def _ask_llm(self, tasks: "Sequence[Task]") -> None:
        from mlsd_coach.judges.kept import KeptReplies
        from mlsd_coach.judges.llm import LlmJudge

        assert self._settings is not None, "checked by call_judges"  # noqa: S101
        judge = LlmJudge(tasks, self._settings.server, self._settings.limits, KeptReplies(folders().cache / "judge"))
        if judge.waiting and not self._agrees_to_send(judge):
            say("Nothing was sent.")
            self._take(judge.result())
            return
        try:
            judge.run(self._progress())
        except KeyboardInterrupt:
            self._is_in_line = True  # by ^C itself
            raise
        finally:
            self._end_progress()
            self._tell_taken(judge.result().tally)
            self._take(judge.result())
        if judge.trouble:
            raise CoachError(f"llm was given up. {judge.trouble}", fix=_fix(judge.trouble))
        said = judge.result()
        if said.tally.failed == len(said.opinions):
            raise CoachError(f"llm: no reply was a verdict. {said.opinions[0].reason}", fix="Try another model.")

    def _take(self, second: "SecondOpinion") -> None:
        """Keep an opinion that says anything."""
        if second.tally.failed < len(second.opinions):
            self._found.append(second)

    def _agrees_to_send(self, judge: "LlmJudge") -> bool:
        """Tell what will be sent where, and ask unless that was answered by --yes."""
        from mlsd_coach.judges.costs import estimate

        assert self._settings is not None, "checked by call_judges"  # noqa: S101
        server, prices = self._settings.server, self._settings.prices
        sent, received = estimate(judge.waiting)
        price = f", {prices.of(sent, received)}" if prices else ""
        calls = f"{_count(len(judge.waiting), 'call')}, {judge.cached} from the cache"
        tell(f"llm ({server.model}): {calls}; roughly {sent:,} tokens sent and {received:,} received{price}.")
        if server.is_local:
            tell(f"Your answers are sent to {server.host}, a server on this machine.")
        else:
            open_ = "" if server.base_url.startswith("https:") else ", without encryption"
            tell(f"Your answers leave this machine: they are sent to {server.host}{open_}.")
        return self._goes_on()

    def _tell_taken(self, tally: "Tally") -> None:
        assert self._settings is not None, "checked by call_judges"  # noqa: S101
        prices = self._settings.prices
        tokens = "; the server did not count the tokens" if tally.calls else ""
        if tally.tokens_sent is not None and tally.tokens_received is not None:
            price = f", {prices.of(tally.tokens_sent, tally.tokens_received)}" if prices else ""
            tokens = f"; {tally.tokens_sent:,} tokens sent and {tally.tokens_received:,} received{price}"
        calls = f"{_count(tally.calls, 'call')} made, {tally.cached} from the cache, {tally.failed} not judged"
        tell(f"llm: {calls}{tokens}.")

    # semantic -------------------------------------------------------------------------------------------------------

    def _ask_semantic(self, tasks: "Sequence[Task]") -> None:
        from mlsd_coach.judges.semantic import is_calibrated, judge_by_meaning, load_thresholds

        encoder = self._encoder()
        if encoder is None:
            return
        thresholds = load_thresholds()
        if not is_calibrated(encoder, thresholds):
            tell(f"semantic: its thresholds were found with {thresholds.model}; with {encoder.name} they are rough.")
        try:
            self._found.append(judge_by_meaning(tasks, encoder, thresholds, self._progress()))
        finally:
            self._end_progress()

    def _encoder(self) -> "Encoder | None":
        """Return the sentence model; None when it would have to be downloaded and the candidate would rather not."""
        from mlsd_coach.judges.encoder import load_encoder

        tell("semantic: loading the sentence model; your answers stay on this machine.")
        encoder = load_encoder(self._model)
        if encoder is not None:
            return encoder
        if not self._yes and not self._may_ask:
            message = f"The model '{self._model}' is not on this machine."
            raise CoachError(message, fix="Pass --yes to download it, or name a folder that holds one.")
        tell(f"The model '{self._model}' is not on this machine. It will be downloaded from huggingface.co.")
        return load_encoder(self._model, may_download=True) if self._goes_on() else None

    # Both -----------------------------------------------------------------------------------------------------------

    def _goes_on(self) -> bool:
        """Ask whether to go on, unless --yes has said so."""
        if self._yes:
            return True
        from mlsd_coach.terminal.line_reader import LineReader

        typer.echo("Go on? [y/N] ", nl=False, err=True)
        try:
            return LineReader(0).wait().strip().casefold() in {"y", "yes"}
        except (EOFError, KeyboardInterrupt) as error:
            say("")  # the question had no end of line
            if isinstance(error, EOFError):
                return False
            raise

    def _progress(self) -> "Callable[[int, int], None] | None":
        """Return what shows how far it is, on one line of a terminal; None where there is none."""
        from mlsd_coach.commands import screen

        if self._plain or not screen.is_terminal(sys.stderr):
            return None

        def tell(done: int, total: int) -> None:
            self._is_in_line = True
            typer.echo(f"\r{done} of {total} judged", nl=False, err=True)

        return tell

    def _end_progress(self) -> None:
        if self._is_in_line:
            say("")
        self._is_in_line = False


def _fix(trouble: str) -> str:
    from mlsd_coach.commands.configuring import KEY, config_path

    if "the key" in trouble:
        return f"Check {KEY}, or the key in {config_path()}."
    return "Check the settings of [llm] and the server, then run it again."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

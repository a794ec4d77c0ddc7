"""The interviewer of a sitting: answers out of the scenario's facts, and takes the word after a stage."""

from collections.abc import Callable, Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from mlsd_coach.interview.notes import spoken_in
from mlsd_coach.models import Asked, Exchange, Heard, Scenario, Session

if TYPE_CHECKING:  # what judges is loaded at the first question or the first stage's end, not before the first screen
    from mlsd_coach.commands.reveal import Judge
    from mlsd_coach.content.library import Library
    from mlsd_coach.interview.desk import FactDesk
    from mlsd_coach.models import Interviewer, Persona


class SittingHost:
    """Knows the scenario, the persona of the sitting, and how to judge a stage."""

    def __init__(self, scenario: Scenario, library: "Library", judge: "Callable[[], Judge]", persona: str) -> None:
        self._scenario = scenario
        self._library = library
        self._judge = judge
        self._name = persona
        self._learning = Lock()

    def listen(self) -> None:
        """Learn the known questions; it takes a second, in which the candidate types theirs."""
        with self._learning:
            _ = self._desk

    def hear(self, session: Session, question: str) -> Asked:
        """Return a question with the reply."""
        stage = session.stages[session.current].id
        self.listen()
        return self._desk.hear(question, stage=stage, before=session.asked)

    def hear_written(self, session: Session) -> Sequence[Asked]:
        """Return the questions in the answer of the stage just ended that a fact answers, with the replies.

        Who writes a question instead of asking it has asked; questions that nobody can answer stay with the answer.
        """
        stage = session.stages[session.current]
        from mlsd_coach.matching.meaning import asks_in_writing, questions_in

        if not asks_in_writing(stage.answer):
            return ()
        written = questions_in(self._judge().scorer.read_plainly(stage.answer))
        self.listen()
        before = {each.says for each in session.asked}
        heard: list[Asked] = []
        for text in (text for text in written if text not in before):
            asked = self._desk.hear(text, stage=stage.id, before=(*session.asked, *heard))
            if asked.heard is Heard.TOLD:
                heard.append(asked)
        return heard

    def respond(self, session: Session) -> Sequence[Exchange]:
        """Return what to say after the stage that has just been ended."""
        if not self._persona.follows_up or not session.persona:
            return ()
        from mlsd_coach.interview.turns import Chooser
        from mlsd_coach.scoring.interview import factors_in
        from mlsd_coach.scoring.replies import Conversation, flags_of

        judge = self._judge()
        stage = session.stages[session.current]
        score = judge.stage_score(session, stage, spoken_in(session, stage.id))
        chooser = Chooser(
            self._scenario,
            self._persona,
            flags_of(self._scenario, self._interviewer),
            factors_in(Conversation.of(session, self._interviewer), self._scenario),
            judge.scorer.read_plainly,
        )
        return chooser.after(session, score)

    @cached_property
    def _interviewer(self) -> "Interviewer":
        return self._library.interviewer()

    @cached_property
    def _persona(self) -> "Persona":
        return self._interviewer.persona(self._name)

    @cached_property
    def _desk(self) -> "FactDesk":
        from mlsd_coach.interview.desk import FactDesk

        return FactDesk(self._scenario, self._library.questions(), self._library.lexicon(), self._persona)

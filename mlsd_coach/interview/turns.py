"""What the interviewer has to say after a stage: an eyebrow, a cue, a follow-up or a deep dive, the change.

Chosen from the verdicts by rules alone; where there are several ways of saying it, the seed decides.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.meaning import hits_of, is_said, sentence_at
from mlsd_coach.models import (
    Change,
    Criterion,
    Exchange,
    Judgement,
    Persona,
    RedFlag,
    Scenario,
    Session,
    Signal,
    StagePlan,
    StageScore,
    Turn,
    Verdict,
)

ENOUGH_MET = 0.7
"""Share of the weights asked for from which on the interviewer goes to the level above."""
SECONDS = {
    Turn.EYEBROW: 45.0,
    Turn.MORE: 60.0,
    Turn.ENOUGH: 20.0,
    Turn.FOLLOW_UP: 75.0,
    Turn.DEEP_DIVE: 90.0,
}
"""Time for a reply in a 45-minute round."""
ROUND_MINUTES = 45.0
CUE_STAGES = 2
"""In so many stages of a sitting the interviewer asks for more, or says that it is enough."""
LONGEST_QUOTE = 90
_MET_SHARE = {Verdict.REASONED: 1.0, Verdict.NAMED: 0.6}


@dataclass(frozen=True)
class Chooser:
    """An interviewer who has read a scenario and knows how this sitting weighs."""

    scenario: Scenario
    persona: Persona
    flags: Sequence[RedFlag]
    factors: Mapping[Signal, float]
    read: Callable[[str], Answer]

    def after(self, session: Session, score: StageScore) -> tuple[Exchange, ...]:
        """Return what to say after the stage that has just been ended, in order; nothing the second time."""
        stage = session.stages[session.current]
        is_full = len(session.stages) == len(self.scenario.stages)
        if not is_full or not self.persona.follows_up or not session.persona:
            return ()
        said = [each for each in session.exchanges if each.stage == stage.id]
        if said:
            return ()
        found: list[Exchange] = []
        if score.attempted and not score.guard and not stage.skipped:
            found = list(self._on(session, score))
        return (*found, *self._change(session, stage.id))

    def _on(self, session: Session, score: StageScore) -> Iterator[Exchange]:
        plan = self.scenario.stage(score.id)
        first = self._eyebrow(session, score)
        if first is None and score.id in cue_stages(session):
            first = self._cue(session, score)
        if first is not None:
            yield first
        if first is None or first.turn is not Turn.ENOUGH:  # who says that it is enough asks nothing more
            yield from self._question(session, plan, score, but=first.target if first else "")

    def _eyebrow(self, session: Session, score: StageScore) -> Exchange | None:
        answer = self.read(score.answer)
        heard = {each.target for each in session.exchanges if each.turn is Turn.EYEBROW}
        for flag in self.flags:
            if flag.id in heard or (flag.stages and score.id not in flag.stages):
                continue
            hits = hits_of(flag.when, answer)
            if hits and not (flag.unless is not None and is_said(flag.unless, answer)):
                tightest = min(hits, key=lambda hit: hit.last - hit.first)
                quote = sentence_at(answer, tightest.last - 1)
                return self._say(session, score.id, Turn.EYEBROW, flag.says, flag.id, quote)
        return None

    def _cue(self, session: Session, score: StageScore) -> Exchange | None:
        if self._met_share(score, session) >= ENOUGH_MET and self.persona.enough:
            return self._say(session, score.id, Turn.ENOUGH, self._pick(session, self.persona.enough))
        named = [j for j in score.judgements if j.verdict is Verdict.NAMED and j.evidence]
        if named and self.persona.more:
            most = max(named, key=lambda judgement: self._weight(judgement.criterion))
            quote = shortened(most.evidence[0].quote)
            line = self._pick(session, self.persona.more).replace("{quote}", quote)
            return self._say(session, score.id, Turn.MORE, line, most.criterion.id, quote)
        return None

    def _question(self, session: Session, plan: StagePlan, score: StageScore, *, but: str) -> Iterator[Exchange]:
        """Yield a question on a criterion, but for the one that a cue has just been about."""
        is_deep = self._met_share(score, session) >= ENOUGH_MET
        open_ones = [
            j
            for j in score.judgements
            if j.verdict is not Verdict.REASONED and j.criterion.id != but and ask_of(plan, j.criterion)
        ]
        within = [j for j in open_ones if j.criterion.level.rank <= session.level.rank]
        above = [j for j in open_ones if j.criterion.level.rank == session.level.rank + 1]
        at_level = [j for j in within if j.criterion.level is session.level]
        chosen = (above or at_level or within) if is_deep else within
        if not chosen:
            return
        # A scenario's own question fits it; a rubric's has to fit every scenario.
        authored = [j for j in chosen if self._is_authored(plan, j)]
        judgement = max(authored or chosen, key=lambda j: self._need(j))
        turn = Turn.DEEP_DIVE if is_deep else Turn.FOLLOW_UP
        before = self.persona.before_deep_dive if is_deep else self.persona.before_follow_up
        lead = f"{self._pick(session, before)} " if before else ""
        quote = judgement.evidence[0].quote if judgement.evidence else ""
        yield self._say(session, plan.id, turn, lead + ask_of(plan, judgement.criterion), judgement.criterion.id, quote)

    def _change(self, session: Session, stage: str) -> Iterator[Exchange]:
        change: Change | None = self.scenario.change
        is_told = any(each.turn is Turn.CHANGE for each in session.exchanges)
        if change is None or is_told or change.after != stage:
            return
        seconds = change.plan.minutes * 60.0 * session.minutes / ROUND_MINUTES
        yield Exchange(Turn.CHANGE, stage, change.plan.prompt, round(seconds, 1))

    def _need(self, judgement: Judgement) -> float:
        """Return how much a question about a criterion is worth: what is lost there."""
        return self._weight(judgement.criterion) * (1.0 - _MET_SHARE.get(judgement.verdict, 0.0))

    def _is_authored(self, plan: StagePlan, judgement: Judgement) -> bool:
        """Tell whether the scenario itself asks about a criterion."""
        name = judgement.criterion.id
        return name in plan.own or any(each.criterion == name for each in plan.follow_ups)

    def _weight(self, criterion: Criterion) -> float:
        return criterion.weight * self.factors.get(criterion.signal, 1.0)

    def _met_share(self, score: StageScore, session: Session) -> float:
        asked = [j for j in score.judgements if j.criterion.level.rank <= session.level.rank]
        whole = sum(self._weight(j.criterion) for j in asked)
        met = sum(self._weight(j.criterion) * _MET_SHARE.get(j.verdict, 0.0) for j in asked)
        return met / whole if whole else 0.0

    def _pick(self, session: Session, lines: Sequence[str]) -> str:
        # Each time another one, from a start that the seed decides: nobody says the same words twice in a row.
        used = sum(any(each.says.startswith(_start(line)) for line in lines) for each in session.exchanges)
        return lines[(drawn(session.seed, lines[0], len(lines)) + used) % len(lines)]

    def _say(self, session: Session, stage: str, turn: Turn, says: str, target: str = "", quote: str = "") -> Exchange:
        seconds = SECONDS[turn] * session.minutes / ROUND_MINUTES
        return Exchange(turn, stage, says, round(seconds, 1), target, quote)


def _start(line: str) -> str:
    """Return a line up to the candidate's words in it; all of it where it begins with them."""
    return line.partition("{quote}")[0].strip('" ') or line


def ask_of(plan: StagePlan, criterion: Criterion) -> str:
    """Return the question aimed at a criterion: the scenario's, else the criterion's own; empty when there is none."""
    return next((each.ask for each in plan.follow_ups if each.criterion == criterion.id), criterion.follow_up)


def cue_stages(session: Session) -> frozenset[str]:
    """Return the stages after which a cue may come; the last one ends the interview and has none."""
    names = [stage.id for stage in session.stages[:-1]]
    ranked = sorted(names, key=lambda name: drawn(session.seed, f"cue/{name}", 1 << 30))
    return frozenset(ranked[:CUE_STAGES])


def drawn(seed: int, key: str, count: int) -> int:
    """Return a number from 0 to count - 1 that depends on the seed and the key alone."""
    return int.from_bytes(sha256(f"{seed}/{key}".encode()).digest()[:8], "big") % count


def shortened(quote: str) -> str:
    """Return a quote on one line, cut at a word to be said back."""
    flat = " ".join(quote.split())
    if len(flat) <= LONGEST_QUOTE:
        return flat.rstrip(".;,: ")
    return flat[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(".;,: ") + " ..."

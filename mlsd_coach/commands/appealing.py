"""What an appeal says, from its options or asked for: the verdict, the quote, the reason."""

from typing import TYPE_CHECKING

from mlsd_coach.commands import screen
from mlsd_coach.errors import UsageError

if TYPE_CHECKING:
    from mlsd_coach.models import Evidence, Judgement, StageScore, Verdict

MOST_REASON = 2000
"""Characters of a reason."""


def complete(
    stage: "StageScore",
    judgement: "Judgement",
    *,
    verdict: str | None,
    quote: str | None,
    reason: str | None,
    asks: bool,
) -> "tuple[Verdict, Evidence | None, str]":
    """Return verdict, quote and reason of an appeal; what is not given is asked for when `asks`.

    UsageError when it cannot be asked for, or says nothing that could be checked. EOFError and KeyboardInterrupt pass.
    """
    from mlsd_coach.models import APPEALED_TO

    offered = [each.value for each in APPEALED_TO if each is not judgement.verdict]
    should = None if verdict is None else _read_verdict(verdict, judgement, offered)
    evidence = None if quote is None else _read_quote(quote, stage)
    why = "" if reason is None else _cleaned(reason)
    needs_words = evidence is None and not why
    if not asks and should is None:
        raise UsageError("What should the verdict have been?", fix=f"Pass --verdict {', '.join(offered)}.")
    if not asks and needs_words:
        raise UsageError("An appeal needs words or a reason.", fix="Pass --quote, --reason or both.")
    if should is None or needs_words:
        should, evidence, why = _ask(stage, judgement, offered, should, evidence, why)
    return should, evidence, why


def _read_verdict(text: str, judgement: "Judgement", offered: list[str]) -> "Verdict":
    from mlsd_coach.commands.choices import one_of
    from mlsd_coach.models import APPEALED_TO, Verdict

    known = [each.value for each in APPEALED_TO]
    should = one_of(text, known, "verdict", f"--verdict takes: {', '.join(known)}.")
    if should == judgement.verdict.value:
        raise UsageError(f"The coach says '{should}' already.", fix=f"An appeal says {' or '.join(offered)}.")
    return Verdict(should)


def _read_quote(words: str, stage: "StageScore") -> "Evidence":
    from mlsd_coach.scoring.quoting import find_slice

    found = find_slice(stage.answer, words) if words.strip() else None
    if found is None:
        raise UsageError(f"Your answer to '{stage.id}' does not hold these words.", fix=_nearest(words, stage))
    return found


def _nearest(words: str, stage: "StageScore") -> str:
    from mlsd_coach.content.texts import plain_text
    from mlsd_coach.scoring.quoting import nearest_sentence

    nearest = " ".join(plain_text(nearest_sentence(stage.answer, words)).split())
    return f"Copy them from it; the nearest is: “{nearest}”" if nearest else "Copy them from it as they stand there."


def _cleaned(reason: str) -> str:
    from mlsd_coach.content.texts import plain_text

    text = " ".join(plain_text(reason).split())
    if len(text) > MOST_REASON:
        raise UsageError(f"The reason has {len(text)} characters.", fix=f"Say it in up to {MOST_REASON}.")
    return text


def _ask(
    stage: "StageScore",
    judgement: "Judgement",
    offered: list[str],
    should: "Verdict | None",
    evidence: "Evidence | None",
    why: str,
) -> "tuple[Verdict, Evidence | None, str]":
    from mlsd_coach.models import Verdict
    from mlsd_coach.scoring.quoting import find_slice
    from mlsd_coach.terminal.appealing import ask_quote, ask_reason, ask_verdict
    from mlsd_coach.terminal.line_reader import LineReader
    from mlsd_coach.terminal.wrapping import wrap

    stream, read = screen.conversation_stream(json=False), LineReader(0).wait

    def write(text: str) -> None:
        print("\n".join(wrap(text, screen.columns())), file=stream, flush=True)

    write(_told(stage, judgement))
    if should is None:
        should = Verdict(ask_verdict(offered, read=read, write=write))
    while evidence is None and not why:
        if should is not Verdict.MISSING:
            evidence = ask_quote(
                lambda words: find_slice(stage.answer, words),
                lambda words: f"Your answer does not hold these words. {_nearest(words, stage)}",
                read=read,
                write=write,
            )
        why = _cleaned(ask_reason(read=read, write=write))
        if evidence is None and not why:
            write("Words or a reason, at least one of the two, so that others can check it (Ctrl-C leaves).")
    return should, evidence, why


def _told(stage: "StageScore", judgement: "Judgement") -> str:
    """Return what the candidate needs before them: the criterion, the verdict, their answer."""
    from mlsd_coach.content.texts import plain_text
    from mlsd_coach.reports.debrief import WORDS, as_deed

    criterion = judgement.criterion
    lines = [
        f"{plain_text(stage.title)}: {as_deed(criterion.statement)}",
        f"The coach says {WORDS[judgement.verdict]}. {plain_text(judgement.reason)}".rstrip(),
        *(f"“{' '.join(plain_text(each.quote).split())}”" for each in judgement.evidence),
        "",
        "Your answer:",
        plain_text(stage.answer).strip(),
        "",
    ]
    return "\n".join(lines)

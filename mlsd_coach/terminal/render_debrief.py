"""The debrief and a stage's verdict on screen: what matters most on the first screen, the details below."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlsd_coach.models import CHANGE, Claim, Level, Levels, Mode, Scenario, Scorecard, SecondOpinion, StageScore
from mlsd_coach.reports.debrief import build_debrief, stage_view
from mlsd_coach.terminal.render import Page, Part, bar
from mlsd_coach.terminal.render_conversation import draw_conversation
from mlsd_coach.terminal.render_plain import plain_debrief, plain_stage
from mlsd_coach.terminal.render_thread import draw_thread
from mlsd_coach.terminal.render_time import draw_time

View = Mapping[str, Any]

WIDE = 72
"""From this many columns on there is room for bars."""
STYLES = {"reasoned": "green", "named": "yellow", "maybe": "cyan", "missing": "red", "not-judged": "dim"}
LEGEND = (
    ("reasoned", "+", "said, with a reason, a number or a trade-off beside it: all points"),
    ("named", "~", "said, but without a reason beside it: half the points"),
    ("maybe", "?", "the coach is not sure that you said it: no points, and no judgement either"),
    ("missing", "-", "not found in what you wrote"),
)


def render_debrief_screen(
    card: Scorecard,
    scenario: Scenario | None,
    levels: Levels,
    *,
    prediction: int | None,
    mode: Mode | None,
    width: int,
    plain: bool,
    colour: bool,
    samples: bool = False,
    stages: Sequence[str] | None = None,
    ascii_only: bool = False,
    opinions: Sequence[SecondOpinion] = (),
    claims: Sequence[Claim] = (),
    time: View | None = None,
) -> str:
    """Return the whole debrief as text of at most `width` columns, without a newline at its end.

    `plain` gives a record a line and no colour. `samples` shows the strong sample of each stage that was attempted;
    `stages` limits the details to some stages; `time` is where the time went (reports/time_view.py).
    """
    view = build_debrief(
        card,
        scenario,
        levels,
        prediction=prediction,
        mode=mode,
        stages=stages,
        opinions=opinions,
        claims=claims,
    )
    if plain:
        return plain_debrief(view, samples=samples)
    page = Page(width, colour=colour, ascii_only=ascii_only)
    _draw_result(page, view)
    _draw_gap(page, view["first_gap"])
    _draw_best(page, view["best"])
    _draw_overview(page, view["overview"])
    _draw_signals(page, view["signals"])
    if time is not None:
        draw_time(page, time)
    if view["conversation"]:
        draw_conversation(page, view["conversation"])
        draw_thread(page, view["thread"])
    _draw_legend(page, view)
    for stage in view["stages"]:
        _draw_stage(page, stage, view, samples=samples)
    if not samples and any(stage["sample"] for stage in view["stages"]):
        page.gap()
        page.line(("Strong answers to the stages you tried: ", "dim"), "mlsd-coach show --samples")
    return page.text()


def render_stage_verdict(
    stage: StageScore,
    *,
    width: int,
    plain: bool,
    colour: bool,
    level: Level | None = None,
    ascii_only: bool = False,
) -> str:
    """Return the verdict on one stage as text: its points, what was found, and the one thing to add.

    With a level, criteria above it that were not met are left out.
    """
    view = stage_view(stage, level)
    if plain:
        return plain_stage(view)
    page = Page(width, colour=colour, ascii_only=ascii_only)
    page.line((view["title"], "bold"), f"  {view['score']} of 100", (_time(view, "  "), "dim"))
    if not view["is_judged"]:
        page.line(_not_judged(view))
        return page.text()
    for criterion in view["criteria"]:
        style = STYLES[criterion["kind"]]
        page.line((criterion["verdict"], style), f"  {criterion['says']}", first=f"{criterion['mark']} ", rest="    ")
        if criterion["kind"] == "maybe":
            _draw_quotes(page, criterion)
    gap = next_step(view)
    if gap is not None:
        page.gap()
        page.line(("Add next time", "bold"))
        page.line(gap["advice"] or gap["says"], first="  ")
        page.labelled("Would have earned it", _quoted(gap["earning"]), indent=2, style="italic")
    return page.text()


def next_step(stage: View) -> View | None:
    """Return the criterion of a stage whose points are missed most; None when nothing is missed."""
    missed = [each for each in stage["criteria"] if each["kind"] != "reasoned" and not each["is_bonus"]]
    return max(missed, key=lambda each: each["weight"] - float(each["points"]), default=None)


def _draw_result(page: Page, view: View) -> None:
    page.line((view["title"], "bold"))
    page.line((" · ".join(part for part in (view["scenario"], view["level"], view["mode"]) if part), "dim"))
    page.gap()
    band = view["band"]
    page.line((f"{view['score']} of 100", "bold"), (f" · {band['title']}" if band else "", "bold"))
    if band and band["meaning"]:
        page.line(band["meaning"])
    if view["prediction"]:
        page.line(f"You predicted {view['prediction']['predicted']}: {view['prediction']['words']}.")
    for judge in view["judges"]:
        page.line(judge["words"])
    if view["judges"]:
        page.line(("The points are the coach's alone. Where they differ, the line begins with !", "dim"))


def _draw_gap(page: Page, gap: View | None) -> None:
    if gap is None:
        page.heading("First gap to close")
        page.line("None: everything asked for at this level was there, with reasons.", first="  ")
        return
    page.heading("First gap to close", gap["stage_title"])
    page.line((gap["verdict"], STYLES.get(gap["verdict"], "")), f": {gap['says']}", first="  ")
    page.labelled("Why it matters", gap["why"], indent=2)
    page.labelled("Do this", gap["fix"], indent=2, style="bold")
    page.labelled("Would have earned it", _quoted(gap["earning"]), indent=2, style="italic")


def _draw_best(page: Page, best: Sequence[View]) -> None:
    if not best:
        return
    page.heading("What went best")
    for criterion in best:
        page.line((f"{criterion['stage']}: ", "green"), criterion["says"], first="  + ", rest="    ")


def _draw_overview(page: Page, stages: Sequence[View]) -> None:
    page.gap()
    wide = page.width >= WIDE
    rows: list[list[Part]] = [_overview_row(stage, wide=wide) for stage in stages]
    head = [
        "Stage",
        *([""] if wide else []),
        "points",
        "weight" if wide else "wt",
        "time of budget" if wide else "time",
    ]
    points = 2 if wide else 1
    page.table([[(word, "bold") for word in head], *rows], right=(points, points + 1, points + 2))


def _overview_row(stage: View, *, wide: bool) -> list[Part]:
    style = "" if stage["is_judged"] else "dim"
    points = stage["score"] if stage["is_judged"] else ("not judged" if stage["attempted"] else "empty")
    used = f"{stage['used']} of {stage['budget']}" if wide and stage["used"] else stage["used"] or "-"
    row: list[Part] = [(stage["title"], style)]
    if wide:
        row.append((bar(stage["value"], 12), _tone(stage["value"]) if stage["is_judged"] else "dim"))
    return [*row, (points, style), (f"×{stage['weight']}", style), (used, "red" if stage["over"] else style)]


def _tone(value: float) -> str:
    return "green" if value >= 60 else "yellow" if value >= 35 else "red"


def _draw_signals(page: Page, signals: Sequence[View]) -> None:
    page.heading("Signals", "what the panel is grading")
    wide = page.width >= WIDE
    rows: list[list[Part]] = []
    for signal in signals:
        row: list[Part] = [signal["title"]]
        if wide:
            row.append((bar(signal["value"] or 0.0, 12), _tone(signal["value"] or 0.0)))
        met = f"{signal['met']} of {signal['asked']} met" if wide else f"{signal['met']}/{signal['asked']}"
        rows.append(
            [*row, signal["score"] if signal["asked"] else "-", (met if signal["asked"] else "not asked", "dim")]
        )
    page.table(rows, right=(2, 3) if wide else (1, 2))


def _draw_legend(page: Page, view: View) -> None:
    reached = view["reached"]
    page.heading("Level reached", f"held against: {view['level_title']}")
    page.line((reached["title"], "bold"), f". {reached['why']}", first="  ")
    page.heading("Criterion by criterion")
    for kind, mark, meaning in LEGEND:
        page.line((kind, STYLES[kind]), (f": {meaning}", "dim"), first=f"  {mark} ")


def _draw_stage(page: Page, stage: View, view: View, *, samples: bool) -> None:
    page.heading(stage["title"], f"{stage['score']} of 100, weight {stage['weight']}{_time(stage, ', ')}")
    if not stage["is_judged"]:
        page.line(_not_judged(stage), first="  ")
        if not stage["attempted"] and stage["id"] != CHANGE:
            page.line(f"Sit it alone: mlsd-coach practice {view['scenario']} --stage {stage['id']}", first="  ")
    for criterion in stage["criteria"]:
        _draw_criterion(page, criterion, view["usual"])
    if stage["above"]:
        page.line((f"Above {view['level']}, not held against you: ", "dim"), "; ".join(stage["above"]), first="  ")
    if samples and stage["sample"]:
        page.line(("A strong answer", "bold"), first="  ")
        for paragraph in stage["sample"].split("\n"):
            page.line(paragraph, first="    ")


def _draw_criterion(page: Page, criterion: View, usual: Mapping[str, str]) -> None:
    bonus = f", {criterion['level']}: a bonus" if criterion["is_bonus"] else ""
    page.line(
        (criterion["verdict"], STYLES[criterion["kind"]]),
        f"  {criterion['says']} ",
        (f"({criterion['points']} of {criterion['weight']}{bonus})", "dim"),
        first=f"{criterion['mark']} ",
        rest="    ",
    )
    _draw_quotes(page, criterion)
    if criterion["nudge"]:
        _draw_nudge(page, criterion["nudge"])
    for opinion in criterion["opinions"]:
        _draw_opinion(page, opinion)
    for claim in criterion["claims"]:
        _draw_claim(page, claim)
    if criterion["missing"] and criterion["missing"] != usual.get(criterion["kind"]):
        page.line(criterion["missing"], first="    ")
    page.labelled("Next time", criterion["advice"], indent=4)
    page.labelled("Would have earned it", _quoted(criterion["earning"]), indent=4, style="italic")


def _draw_nudge(page: Page, nudge: View) -> None:
    """Add what a follow-up brought, marked as won after a nudge."""
    page.line((nudge["words"], "cyan"), first="  * ", rest="    ")
    for quote in nudge["quotes"]:
        page.quote(quote, indent=4)


def _draw_opinion(page: Page, opinion: View) -> None:
    if opinion["agrees"] is False:
        more = f". {opinion['reason']}" if opinion["reason"] else ""
        page.line((opinion["words"], STYLES[opinion["kind"]]), more, first="  ! ", rest="    ")
        _draw_quotes(page, opinion)
    else:
        more = f". {opinion['reason']}" if opinion["reason"] else ""
        page.line((f"{opinion['words']}{more}", "dim"), first="    ")


def _draw_claim(page: Page, claim: View) -> None:
    """Add what the candidate says of the verdict, marked as their word and not the coach's."""
    more = f". {claim['reason']}" if claim["reason"] else ""
    page.line((claim["words"], "magenta"), more, first="  > ", rest="    ")
    if claim["quote"]:
        page.quote(claim["quote"], indent=4)


def _draw_quotes(page: Page, criterion: View) -> None:
    for quote in criterion["quotes"]:
        page.quote(quote, indent=4)


def _quoted(text: str) -> str:
    return f"“{text}”" if text else ""


def _not_judged(stage: View) -> str:
    if not stage["attempted"]:
        return f"Not answered; {stage['unread']} criteria wait for you there."
    return f"Not judged: {stage['guard']}."


def _time(stage: View, before: str) -> str:
    if not stage["used"]:
        return ""
    over = f" ({stage['over']} over)" if stage["over"] else ""
    return f"{before}{stage['used']} of {stage['budget']} min{over}"

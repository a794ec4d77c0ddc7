"""Who speaks in a transcript: labels at the beginning of lines, and which of the names is the candidate."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from shlex import quote

from mlsd_coach.content.speech import TIME, Utterance
from mlsd_coach.content.stage_names import fold_name
from mlsd_coach.content.texts import did_you_mean
from mlsd_coach.errors import UsageError

NAME = r"[^\W_][\w.'’()/ -]{0,39}"
_LABEL = re.compile(rf"(?:\[({NAME})\]|({NAME}?))[ ]*(?:[\[(](?:{TIME})[\])])?[ ]*:(?:[ ]+|\Z)")
_WORD = re.compile(r"[^\W\d_]+")
_CANDIDATE = frozenset(["candidate", "interviewee", "applicant", "myself"])
_OTHERS = frozenset(["interviewer", "coach", "recruiter", "panel", "panelist", "moderator", "examiner", "facilitator"])
_CANDIDATE_ALONE = frozenset(["a", "answer", "me", "i"])
_OTHERS_ALONE = frozenset(["q", "question", "host"])
# What stands before a colon in notes, and is nobody's name.
_NO_NAMES = frozenset([
    "note", "notes", "example", "examples", "first", "second", "third", "goal", "goals", "metric", "metrics", "pro",
    "pros", "con", "cons", "option", "input", "inputs", "output", "outputs", "online", "offline", "step", "summary",
    "label", "labels", "positive", "positives", "negative", "negatives", "remember", "however", "also", "finally",
    "problem", "solution", "objective", "assumption", "assumptions", "transcript", "date", "title", "time", "reason",
    "result",
])  # fmt: skip
Role = bool | None
"""True for the candidate, False for somebody else, None where the name does not say."""


def role_of(name: str) -> Role:
    """Tell from a speaker's name whether it is the candidate."""
    words = _WORD.findall(name.casefold())
    if set(words) & _CANDIDATE or (len(words) == 1 and words[0] in _CANDIDATE_ALONE):
        return True
    if set(words) & _OTHERS or (len(words) == 1 and words[0] in _OTHERS_ALONE):
        return False
    return None


def split_label(text: str) -> tuple[str, str]:
    """Return (label, rest) of a line that may begin with a speaker's name and a colon; no label when it does not."""
    match = _LABEL.match(text)
    name = " ".join((match[1] or match[2] or "").split()) if match else ""
    if match is None or not _may_be_name(name):
        return "", text
    return name, text[match.end() :]


def _may_be_name(name: str) -> bool:
    if role_of(name) is not None:
        return True
    words = name.split()
    return 1 <= len(words) <= 4 and all(_WORD.findall(word) or word.isalnum() for word in words)


def label_speakers(
    utterances: Sequence[Utterance], *, known: str = "", no_names: Collection[str] = ()
) -> tuple[Utterance, ...]:
    """Return the utterances with the labels of their lines read, and each speaker's later lines given to them.

    A label counts when it says who the candidate is, is `known`, or is a capitalised name that comes back, or stands
    where most lines have one; a word of `no_names` (folded), such as a stage's title, never does. Where only others
    are labelled, a paragraph without a label is the candidate's own.
    """
    labels = [split_label(each.text)[0] if each.spoken else "" for each in utterances]
    free = sum(bool(each.opens or each.start is not None) for each in utterances)
    accepted = _accepted(labels, free, known.casefold(), no_names)
    names = accepted | {each.speaker for each in utterances if each.speaker}
    only_others = bool(names) and all(role_of(name) is False for name in names)
    found: list[Utterance] = []
    speaker, last_start = "", None
    for each, label in zip(utterances, labels, strict=True):
        mine = each
        is_free = each.opens or (each.start is not None and each.start != last_start)
        if label in accepted:
            mine = replace(each, text=split_label(each.text)[1], speaker=label)
        elif speaker and not each.speaker and not (only_others and is_free):
            mine = replace(each, speaker=speaker)
        speaker, last_start = mine.speaker, each.start if each.start is not None else last_start
        found.append(mine)
    return tuple(found)


def _accepted(labels: Iterable[str], free: int, known: str, no_names: Collection[str]) -> set[str]:
    """Return the labels that are names; `free` is the number of lines that could have one."""
    times = Counter(label for label in labels if label and _is_name(label, known, no_names))
    sure = {label for label, count in times.items() if count > 1 or _is_sure(label, known)}
    is_usual = sum(times[label] for label in sure) >= max(2, free / 2)
    return set(times) if is_usual else sure


def _is_sure(label: str, known: str) -> bool:
    return role_of(label) is not None or label.casefold() == known


def _is_name(label: str, known: str, no_names: Collection[str]) -> bool:
    if _is_sure(label, known):
        return True
    words = label.split()
    is_word = {word.casefold() for word in words} & _NO_NAMES or fold_name(label) in no_names
    return not is_word and all(word[:1].isupper() or not word[:1].isalpha() for word in words)


def find_candidate(utterances: Iterable[Utterance], *, wanted: str = "") -> tuple[str, ...]:
    """Return the names under which the candidate speaks; `("",)` when nobody is named.

    `wanted` is a name, case and surname free. UsageError when it is nobody's, or when it is not given and the
    names do not say who the candidate is.
    """
    words: Counter[str] = Counter()
    for each in utterances:
        if each.spoken:
            words[each.speaker] += len(each.text.split())
    names = [name for name in words if name]
    if wanted:
        return _named(names, wanted)
    if not names:
        return ("",)
    has_questions = any(name.casefold() in {"q", "question"} for name in names)
    roles = {name: None if name.casefold() == "a" and not has_questions else role_of(name) for name in names}
    candidates = tuple(name for name in names if roles[name] is True)
    unclear = tuple(name for name in names if roles[name] is None)
    if candidates:
        return candidates
    if not unclear:
        return ("",)
    if len(unclear) == 1:
        return unclear
    shown = ", ".join(f"{name} ({words[name]} words)" for name in unclear[:4])
    talkative = max(unclear, key=words.__getitem__)
    raise UsageError(f"Who is the candidate: {shown}?", fix=f"Pass --speaker {quote(talkative)}")


def _named(names: Sequence[str], wanted: str) -> tuple[str, ...]:
    asked = wanted.casefold().split()
    exact = tuple(name for name in names if name.casefold().split() == asked)
    part = tuple(name for name in names if name.casefold().split()[: len(asked)] == asked)
    found = exact or part
    if len(found) == 1 or exact:
        return found
    known = (
        f"The speakers: {', '.join(names[:6])}." if names else "The transcript names no speaker; leave --speaker out."
    )
    if found:
        raise UsageError(f"--speaker '{wanted}' may be {' or '.join(found[:4])}.", fix="Pass the whole name.")
    raise UsageError(
        f"Nobody in the transcript is called '{wanted}'{did_you_mean(wanted, list(names)) or '.'}", fix=known
    )

"""Answers that deserve nothing, and honest answers in disguise, made from the samples of a scenario."""

import random
import re

from mlsd_coach.matching.similarity import FUNCTION_WORDS

SEED = 20261122


def sentences(text):
    return [s for s in re.split(r"(?<=[.!?])\s+", text.strip()) if s]


def lowered(sentence):
    keep = re.match(r"(I\b|I'|A/B|[A-Z]{2,})", sentence)
    return sentence if keep else sentence[:1].lower() + sentence[1:]


def content_words(text):
    return [w for w in re.findall(r"[^\W\d_]+", text) if w.lower() not in FUNCTION_WORDS]


def shuffled_dump(text):
    words = content_words(text)
    random.Random(SEED).shuffle(words)
    return " ".join(words)


def comma_dump(text):
    return ", ".join(dict.fromkeys(word.lower() for word in content_words(text)))


def denied(text):
    return " ".join(f"We do not need to say that {lowered(s)}" for s in sentences(text))


def denied_as_false(text):
    return " ".join(f"It is not true that {lowered(s)}" for s in sentences(text))


def refused(text):
    return " ".join(f"There is no need for this: {lowered(s)}" for s in sentences(text))


def asked_back(text):
    return " ".join(f"Should we say that {lowered(s).rstrip('.')}? I have no idea." for s in sentences(text))


def three_times(text):
    return "\n\n".join([text.strip()] * 3)


GIBBERISH = "asdf qwer zxcv uiop hjkl bnmq wert sdfg xcvb tyui ghjk nmqw erty dfgh cvbn " * 4


def cheats(scenario, stage):
    """Yield (name, text) of what must not earn."""
    strong = stage.samples.strong
    yield "fine", "Fine."
    yield "gibberish", GIBBERISH
    yield "prompt echo", f"{scenario.opening} {stage.prompt}"
    yield "rubric pasted", "\n".join(c.statement for c in stage.criteria)
    yield "hints pasted", "\n".join([*stage.hints, *(hint for c in stage.criteria for hint in c.hints)])
    yield "shuffled dump", shuffled_dump(strong)
    yield "comma dump", comma_dump(strong)
    yield "denied", denied(strong)
    yield "denied as false", denied_as_false(strong)
    yield "refused", refused(strong)
    yield "asked back", asked_back(strong)
    yield "three times over", three_times(strong)


def with_typos(text):
    generator = random.Random(SEED)

    def spoil(match):
        word = match.group()
        if len(word) < 6 or generator.random() > 0.2:
            return word
        at = generator.randrange(1, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return re.sub(r"[^\W\d_]+", spoil, text)


PADDING = (
    "Thank you for having me today, I had a pleasant journey and the office looks lovely. "
    "The weather was mild and I walked along the river for a while."
)


def reordered(text):
    """Put the paragraphs in another order; of a single one the second half before the first."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    if len(paragraphs) == 1:
        said = sentences(text)
        middle = len(said) // 2
        paragraphs = [" ".join(said[:middle]), " ".join(said[middle:])]
    return "\n\n".join(reversed(paragraphs))


def friends(stage):
    """Yield (name, text) of what must keep its verdicts."""
    strong = stage.samples.strong
    yield "typos", with_typos(strong)
    yield "upper case", strong.upper()
    yield "bullets", "\n".join(f"- {s}" for s in sentences(strong))
    yield "padding", f"{PADDING}\n\n{strong}\n\n{PADDING}"
    yield "reordered paragraphs", reordered(strong)

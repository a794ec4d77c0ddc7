"""Make the table of word weights, near words and known words: `python -m benchmarks.make_words`.

Weights are inverse sentence frequencies over our own content. With `--model FOLDER` (a sentence-transformers model with
a WordPiece vocabulary; all-MiniLM-L6-v2 was used) the known words are its whole words, and the near words the nearest
ones by the cosine of their embeddings. Without it those two parts are kept as they are. Nothing of the model is needed
to run the coach.
"""

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.matching.similarity import FUNCTION_WORDS
from mlsd_coach.matching.text import read_text
from mlsd_coach.matching.words import fold, stem, stem_afresh
from mlsd_coach.models import Scenario

TABLE = Path(__file__).parent.parent / "mlsd_coach" / "matching" / "data" / "words.json"
STEMS = TABLE.parent / "stems.json"
PROFILES = TABLE.parent / "profiles.json"
PROFILE_COUNT = 3
"""Words that a scenario uses less often are left out of its profile."""
NEAREST = 10
LEAST_COSINE = 0.58
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
FLOOR = 0.38
"""A cosine of FLOOR counts nothing, one of 1 counts as the word itself."""


def sentences(library: Library) -> Iterator[str]:
    """Yield every sentence of the content that speaks like a candidate or of the criteria."""
    for rubric in library.rubrics().values():
        for criterion in rubric.criteria:
            yield from (criterion.statement, criterion.earning, *criterion.near_misses)
            yield from (way for _, ways in criterion.ways for way in ways)
    for head in library.heads():
        for stage in library.scenario(head.id).stages:
            for sample in (stage.samples.weak, stage.samples.mid, stage.samples.strong):
                text = read_text(sample)
                yield from (sample[segment.start : segment.end] for segment in text.segments)
            for criterion in stage.criteria:
                if criterion.id in stage.own:
                    yield from (criterion.statement, criterion.earning)
                    yield from (way for _, ways in criterion.ways for way in ways)
    yield from (concept.gloss for concept in library.lexicon().concepts)


def all_texts(library: Library) -> Iterator[str]:
    """Yield every text that is compiled for matching: rules, aliases, sentences."""
    yield from sentences(library)
    for concept in library.lexicon().concepts:
        yield from (concept.name, *concept.aliases, *concept.lookalikes)
        for ambiguous in concept.ambiguous:
            yield from (ambiguous.alias, *ambiguous.company, *ambiguous.not_company)
    for head in library.heads():
        for stage in library.scenario(head.id).stages:
            yield stage.prompt
            for criterion in stage.criteria:
                yield json.dumps([criterion.evidence, criterion.reasoned], ensure_ascii=False)
                yield from (*criterion.hints, criterion.follow_up, criterion.why, criterion.advice)


def weigh(library: Library) -> tuple[dict[str, float], float, set[str]]:
    """Return stem → weight, the weight of an unseen stem, and all words of the content."""
    seen: Counter[str] = Counter()
    words: set[str] = set()
    count = 0
    for sentence in sentences(library):
        text = read_text(sentence)
        count += 1
        words.update(word.folded for word in text.words if word.folded.isalpha())
        seen.update({word.stem for word in text.words})
    top = math.log(1 + count / 1.5)
    idf = {
        stem_: round(math.log(1 + count / (frequency + 0.5)) / top, 3)
        for stem_, frequency in sorted(seen.items())
        if stem_ not in FUNCTION_WORDS
    }
    return idf, 1.0, words


def own_texts(scenario: Scenario) -> Iterator[str]:
    """Yield what is said in a scenario and nowhere else."""
    yield from (scenario.title, scenario.opening, scenario.context, *(fact.says for fact in scenario.facts))
    for stage in scenario.stages:
        yield from (stage.prompt, *stage.hints, stage.samples.weak, stage.samples.mid, stage.samples.strong)
        for criterion in stage.criteria:
            if criterion.id in stage.own:
                yield from (criterion.statement, criterion.earning, *criterion.hints, criterion.advice)


def profile(library: Library) -> dict[str, dict[str, float]]:
    """Return for each scenario how often it uses each stem, in 10,000 of its own words."""
    found: dict[str, dict[str, float]] = {}
    for head in library.heads():
        counts = Counter(stem(w) for text in own_texts(library.scenario(head.id)) for w in _WORD.findall(text))
        total = counts.total()
        found[head.id] = {
            s: round(1e4 * count / total, 1)
            for s, count in sorted(counts.items())
            if count >= PROFILE_COUNT and s not in FUNCTION_WORDS and len(s) > 2
        }
    return found


def find_near(folder: Path, content_words: set[str]) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Return stem → near stems with 0..1, and the words known to the model's vocabulary."""
    import numpy as np  # type: ignore[import-not-found,unused-ignore]
    from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found,unused-ignore]

    model: Any = SentenceTransformer(str(folder))
    ranked = sorted(model.tokenizer.get_vocab().items(), key=lambda item: item[1])
    vocabulary = [word for word, _ in ranked if word.isascii() and word.isalpha() and len(word) >= 3]
    first: dict[str, str] = {}
    for word in [*vocabulary, *sorted(word for word in content_words if len(word) >= 3)]:
        if word not in FUNCTION_WORDS:
            first.setdefault(stem(word), word)
    stems = list(first)
    vectors = np.asarray(model.encode([first[s] for s in stems], batch_size=256, normalize_embeddings=True))
    wanted = {stem(word) for word in content_words}
    near: dict[str, dict[str, float]] = {}
    for index, stem_ in enumerate(stems):
        if stem_ not in wanted:
            continue
        cosines = vectors @ vectors[index]
        for other in np.argsort(-cosines, kind="stable")[1 : NEAREST + 1]:
            if cosines[other] < LEAST_COSINE:
                break
            score = round(float((cosines[other] - FLOOR) / (1 - FLOOR)), 2)
            # From the answer's word to the content's word: that is the way it is looked up.
            near.setdefault(stems[other], {})[stem_] = score
    return {key: dict(sorted(value.items())) for key, value in sorted(near.items())}, vocabulary


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="folder of the sentence-transformers model")
    parser.add_argument("--profiles", action="store_true", help="only the profiles of scenarios, after adding one")
    arguments = parser.parse_args()
    library = Library([builtin_root()])
    PROFILES.write_text(json.dumps(profile(library), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    if arguments.profiles:
        return
    idf, rare, words = weigh(library)
    old: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {"near": {}, "known": ""}
    near, known = old["near"], old["known"].split()
    if arguments.model:
        near, known = find_near(arguments.model, words)
    table: dict[str, Any] = {
        "made_by": "python -m benchmarks.make_words",
        "rare": rare,
        "idf": idf,
        "near": near,
        "known": " ".join(sorted({*known, *words, *FUNCTION_WORDS})),
    }
    written = {word for text in all_texts(library) for word in _WORD.findall(text)}
    stems = {f: stem_afresh(f) for f in sorted({fold(word) for word in written} | words) if len(f) > 2 and f.isalpha()}
    STEMS.write_text(json.dumps(stems, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    TABLE.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    pairs = sum(map(len, near.values()))
    known_count = len(table["known"].split())
    print(f"{len(idf)} weights, {pairs} near pairs, {known_count} known words, {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main()

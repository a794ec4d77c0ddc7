"""The library: every scenario and rubric of one or more roots, read once and kept in the cache."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlsd_coach.content.cache import Cache
from mlsd_coach.content.heads import HeadIndex
from mlsd_coach.content.sources import Source, find_sources, read_bytes, shown
from mlsd_coach.errors import ContentError, Problem, UsageError
from mlsd_coach.models.terms import STAGES

if TYPE_CHECKING:  # the builders and their forty nouns are imported where something is built: a list needs heads only
    from mlsd_coach.models import (
        ChecklistItem,
        Criterion,
        Interviewer,
        Levels,
        Lexicon,
        Questions,
        Rubric,
        Scenario,
        ScenarioHead,
    )

_Plain = dict[str, Any]
_WITH_RULES = {"scenario", "rubric", "checklist", "interviewer", "questions"}


def builtin_root() -> Path:
    """Return the folder that holds the built-in scenarios/ and rubrics/: in a wheel, or at the top of a checkout."""
    package = Path(__file__).parent.parent
    packed = package / "_content"
    return packed if packed.is_dir() else package.parent


class Library:
    """All content of one or more roots; later roots add to or override earlier ones by id.

    A root is a folder with scenarios/ or rubrics/ in it, a flat folder of content files, or one such file. Nothing is
    read before it is asked for. ContentError carries every problem of the files that were needed.
    """

    def __init__(self, roots: Sequence[Path], *, cache_dir: Path | None = None) -> None:
        self._roots = list(roots)
        self._cache_dir = cache_dir
        self._bytes: dict[Path, tuple[bytes, str]] = {}
        self._read: dict[Source, _Plain] = {}

    # What lies where ------------------------------------------------------------------------------------------------

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every content file of every root, overridden ones too; UsageError when a root does not exist."""
        return tuple(find_sources(self._roots))

    def source(self, kind: str, name: str) -> Source | None:
        """Return the file that counts for an id: that of the latest root."""
        return self._latest(kind).get(name)

    def _latest(self, kind: str) -> dict[str, Source]:
        return {source.id: source for source in self.sources if source.kind == kind}

    def _ways(self, kind: str, owner: Source) -> list[Source]:
        """Return the ways files that belong to `owner`: those of its own root or of later ones."""
        ways = (source for source in self.sources if source.kind == f"{kind}-ways" and source.id == owner.id)
        return [source for source in ways if source.root >= owner.root]

    # What is in it --------------------------------------------------------------------------------------------------

    def heads(self) -> tuple[ScenarioHead, ...]:
        """Return what a list shows, by id; files that cannot be used are left out here and told by `problems`."""
        index = HeadIndex(self._cache)
        found = (index.head(source, self._head) for _, source in sorted(self._latest("scenario").items()))
        heads = tuple(head for head in found if head is not None)
        index.save()
        return heads

    def _head(self, source: Source) -> ScenarioHead | None:
        from mlsd_coach.content.build import build_head

        try:
            return build_head(source.id, self._plain(source))
        except ContentError:
            return None

    def scenario(self, scenario_id: str) -> Scenario:
        """Return a scenario; UsageError when the id is unknown, ContentError when it or its rubrics are broken."""
        from mlsd_coach.content.build import build_scenario

        source = self.source("scenario", scenario_id)
        if source is None:
            raise self._unknown(scenario_id)
        ways = self._ways("scenario", source)
        rubric_sources = self._rubric_sources()
        collected = self._collect([source, *ways, *rubric_sources], also=self._lexicons())
        plain = collected[source]
        wanted = [each for each in rubric_sources if each.id in plain["stages"]]
        return build_scenario(
            scenario_id,
            plain,
            self.rubrics(),
            [collected[each] for each in ways],
            digest=_joined([self._digest(each) for each in (source, *ways)]),
            rubrics_digest=_joined([self._digest(each) for each in (*wanted, *self._lexicons())]),
            source=shown(source.path),
        )

    def _unknown(self, scenario_id: str) -> UsageError:
        from mlsd_coach.content.texts import did_you_mean

        known = sorted(self._latest("scenario"))
        fix = "Run `mlsd-coach list` for all scenarios."
        return UsageError(f"Unknown scenario '{scenario_id}'{did_you_mean(scenario_id, known)}.", fix=fix)

    def rubrics(self) -> dict[str, Rubric]:
        """Return the rubrics by stage, in the order of the stages."""
        from mlsd_coach.content.build import build_rubric

        latest = self._latest("rubric")
        collected = self._collect(self._rubric_sources())
        built = {}
        for stage in (stage for stage in STAGES if stage in latest):
            ways = [collected[each] for each in self._ways("rubric", latest[stage])]
            built[stage] = build_rubric(collected[latest[stage]], ways)
        return built

    def criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria of all rubrics."""
        return tuple(criterion for rubric in self.rubrics().values() for criterion in rubric.criteria)

    def _rubric_sources(self) -> list[Source]:
        """Return the rubrics that count, each followed by its ways."""
        latest = self._latest("rubric")
        return [each for stage in sorted(latest) for each in (latest[stage], *self._ways("rubric", latest[stage]))]

    def _lexicons(self) -> list[Source]:
        return [source for source in self.sources if source.kind == "lexicon"]

    def lexicon(self) -> Lexicon:
        """Return the concepts of all lexicons; a later root's concept stands in for an earlier one of the same id."""
        from mlsd_coach.content.build import build_concepts
        from mlsd_coach.models import Lexicon

        collected = self._collect(self._lexicons())
        concepts = {each.id: each for plain in collected.values() for each in build_concepts(plain)}
        return Lexicon(tuple(concepts.values()), _joined([self._digest(source) for source in collected]))

    def levels(self) -> Levels:
        """Return the levels of the latest root that has them."""
        from mlsd_coach.content.build import build_levels
        from mlsd_coach.models import Levels

        source = self.source("levels", "levels")
        return build_levels(self._collect([source])[source]) if source else Levels((), (), ())

    def interviewer(self) -> Interviewer:
        """Return the interviewer of the latest root that has one."""
        from mlsd_coach.content.build_interviewer import build_interviewer
        from mlsd_coach.models import Interviewer

        source = self.source("interviewer", "interviewer")
        return build_interviewer(self._collect([source])[source]) if source else Interviewer()

    def questions(self) -> Questions:
        """Return the kinds of question of the latest root that has them."""
        from mlsd_coach.content.build_interviewer import build_questions
        from mlsd_coach.models import Questions

        source = self.source("questions", "questions")
        return build_questions(self._collect([source])[source]) if source else Questions()

    def checklist(self) -> tuple[ChecklistItem, ...]:
        """Return the preparations; a later root's item stands in for an earlier one of the same id."""
        from mlsd_coach.content.build import build_checklist

        collected = self._collect([source for source in self.sources if source.kind == "checklist"])
        items = {item.id: item for plain in collected.values() for item in build_checklist(plain)}
        return tuple(items.values())

    def problems(self, *, from_root: int = 0) -> tuple[Problem, ...]:
        """Return every problem of every file, freshly read, of the roots from index `from_root` on."""
        from mlsd_coach.content.lint import lint

        return lint(self.sources, from_root)

    # Reading --------------------------------------------------------------------------------------------------------

    @cached_property
    def _cache(self) -> Cache:
        return Cache(self._cache_dir)

    @cached_property
    def _concepts(self) -> frozenset[str] | None:
        """Ids that rules may name; None when there is no lexicon, or a broken one, which is told elsewhere."""
        try:
            return frozenset(concept.id for concept in self.lexicon().concepts) or None
        except ContentError:
            return None

    @cached_property
    def _lexicon_stamp(self) -> str:
        """What the rules of a file were checked against: the state of the lexicons."""
        return _joined([self._digest(source) for source in self._lexicons()])

    def _collect(self, sources: Iterable[Source], *, also: Iterable[Source] = ()) -> dict[Source, _Plain]:
        """Return the plain data of each source; ContentError with the problems of all of them.

        The sources in `also` must be in order too, but are not read when the cache knows them to be.
        """
        collected: dict[Source, _Plain] = {}
        problems: list[Problem] = []
        for source in sources:
            try:
                collected[source] = self._plain(source)
            except ContentError as error:
                problems += error.problems
        for source in also:
            try:
                if not self._cache.has(*self._key(source)):
                    self._plain(source)
            except ContentError as error:
                problems += error.problems
        if problems:
            raise ContentError(problems, fix="\nRun `mlsd-coach check` once they are mended.")
        return collected

    def _raw(self, source: Source) -> tuple[bytes, str]:
        """Return (bytes, digest) of one file, read once."""
        if source.path not in self._bytes:
            raw = read_bytes(source.path)
            self._bytes[source.path] = (raw, digest_of(raw))
        return self._bytes[source.path]

    def _digest(self, source: Source) -> str:
        try:
            return self._raw(source)[1]
        except ContentError:
            return ""  # told when its content is asked for

    def _key(self, source: Source) -> tuple[str, str]:
        """Return the name and digest under which the cache keeps a file; rules are as good as their lexicon."""
        digest = self._raw(source)[1]
        key = _joined([digest, self._lexicon_stamp]) if source.kind in _WITH_RULES else digest
        return f"{source.kind}-{source.id}", key

    def _plain(self, source: Source) -> _Plain:
        """Return one file as plain data, from the cache when its bytes are known."""
        known = self._read.get(source)
        if known is None:
            name, key = self._key(source)
            known = self._cache.get(name, key)
            if known is None:
                concepts = self._concepts if source.kind in _WITH_RULES else None
                known = self._validated(source, self._raw(source)[0], concepts)
                self._cache.put(name, key, known)
            self._read[source] = known
        return known

    def _validated(self, source: Source, raw: bytes, concepts: frozenset[str] | None) -> _Plain:
        from mlsd_coach.content.fresh import read_fresh

        fresh = read_fresh(source, raw, concepts)
        if fresh.problems:
            raise ContentError(fresh.problems)
        return fresh.plain


def digest_of(raw: bytes) -> str:
    """Return the SHA-256 of a file in hex; the same for Windows' line ends."""
    from hashlib import sha256  # loads OpenSSL: not for a list, which reads no file

    return sha256(raw.replace(b"\r\n", b"\n")).hexdigest()


def _joined(parts: Sequence[str]) -> str:
    """Return one digest for several; that of a single one is itself."""
    from hashlib import sha256

    return parts[0] if len(parts) == 1 else sha256("\n".join(parts).encode()).hexdigest()

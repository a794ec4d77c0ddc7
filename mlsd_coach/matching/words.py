"""One spelling for one word: casefold, British and American, stems."""

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

# The pure-Python stemmer by its own name: the package's front door takes a C version where one is installed, and the
# same answer must get the same score on every machine.
from snowballstemmer.english_stemmer import EnglishStemmer

_STEMMER = EnglishStemmer()

_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"^(label|model|travel|cancel|signal|channel|level|total|tunnel|fuel|funnel)l(ing|ed|er|ers)$", r"\1\2"),
        (r"^(.{2,})is(e|ed|es|ing|ation|ations|er|ers)$", r"\1iz\2"),
        (r"^(.{3,})ys(e|ed|es|ing|er|ers)$", r"\1yz\2"),
        (r"^(.{3,})our(s|ed|ing|al|able|ite|hood)?$", r"\1or\2"),
        (r"^(catal|dial|anal)ogu(e|es|ed|ing)$", r"\1og\2"),
        (r"^(cent|met|lit|fib)re(s?)$", r"\1er\2"),
        (r"^artefact", "artifact"),
        (r"^judgement", "judgment"),
        (r"^programme", "program"),
        (r"^grey", "gray"),
        (r"^sceptic", "skeptic"),
        (r"^recenc(y|ies)$", "recent"),
        (r"^maths$", "math"),
    )
)

# Words in -ise that no spelling writes with a z.
_PLAIN = frozenset(
    {
        *(
            "otherwise",
            "likewise",
            "wise",
            "precise",
            "concise",
            "premise",
            "promise",
            "promises",
            "promised",
            "compromise",
        ),
        *("raise", "raised", "raises", "raising", "praise", "arise", "arises", "rise", "rises", "noise", "noises"),
        *("exercise", "advertise", "advertised", "advertiser", "advertisers", "merchandise", "enterprise", "expertise"),
        *("surprise", "surprised", "surprising", "franchise", "disguise", "advise", "advised", "revise", "revised"),
        *("supervise", "supervised", "supervision", "comprise", "improvise", "demise"),
    }
)

# Families that the stemmer keeps apart and every reader takes together.
_FAMILIES = {
    "retriev": "retriev",
    "recenc": "recent",
    "personali": "person",
    "personaliz": "person",
    "yt": "youtub",
    "ppl": "peopl",
    "vid": "video",
    "vids": "video",
    "imgs": "imag",
    "img": "imag",
    "pic": "pictur",
    "photo": "pictur",
    "w": "with",
    "msec": "ms",
    "feat": "featur",
    "feats": "featur",
    "emb": "embed",
    "embs": "embed",
    "embd": "embed",
    "eval": "evalu",
    "evals": "evalu",
    "exp": "experi",
    "expt": "experi",
    "expts": "experi",
    "experiment": "experi",
    "prob": "probabl",
    "probs": "probabl",
    "pred": "predict",
    "preds": "predict",
    "rec": "recommend",
    "recs": "recommend",
    "avg": "averag",
    "reg": "regular",
    "lang": "languag",
    "langs": "languag",
    "min": "minut",
    "mins": "minut",
    "hr": "hour",
    "hrs": "hour",
    "sec": "second",
    "secs": "second",
    "txt": "text",
    "docs": "document",
    "doc": "document",
    "freq": "frequenc",
    "frequent": "frequenc",
    "pos": "posit",
    "neg": "negat",
    "negs": "negat",
    "impr": "impress",
    "imprs": "impress",
    "dedup": "dedup",
    "dedupl": "dedup",
    "latenc": "latenc",
    "params": "paramet",
    "param": "paramet",
    "hyperparams": "hyperparamet",
    "lr": "lr",
}


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return the word in one spelling: NFKC, casefold, straight apostrophe, American endings."""
    text = unicodedata.normalize("NFKC", word).casefold().replace("’", "'").replace("‘", "'")
    if text in _PLAIN:
        return text
    for pattern, to in _SPELLINGS:
        text, changed = pattern.subn(to, text)
        if changed:
            break
    return text


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a word (any case and spelling); short words and words with digits stay as they are."""
    folded = fold(word)
    if folded.endswith("'s"):
        folded = folded[:-2]
    if len(folded) <= 2 or not folded.isalpha():
        return _FAMILIES.get(folded, folded)
    if folded in _FAMILIES:
        return _FAMILIES[folded]
    root = _stems().get(folded) or _STEMMER.stemWord(folded)
    return _FAMILIES.get(root, root)


@cache
def _stems() -> dict[str, str]:
    """Stems of the words the content is written in, made beforehand: the stemmer takes 50 µs a word."""
    table = resources.files("mlsd_coach.matching").joinpath("data", "stems.json")
    stems: dict[str, str] = json.loads(table.read_text(encoding="utf-8")) if table.is_file() else {}
    return stems


def stem_afresh(folded: str) -> str:
    """Return what the stemmer says, without the table: for making the table and for proving it."""
    root: str = _STEMMER.stemWord(folded)
    return root


_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’‘][^\W\d_]+)*")


def split_words(text: str) -> list[str]:
    """Return the words and numbers of a text of ours, as answers are split but without their offsets."""
    return _WORD.findall(text)

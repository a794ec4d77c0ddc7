"""The figures of the scorer card: precision, recall, kappa, error, correlations."""

from collections import Counter
from collections.abc import Sequence
from statistics import fmean


def precision_recall(pairs: Sequence[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of (true, said) pairs."""
    counts = Counter(pairs)
    right, wrong, lost = counts[(True, True)], counts[(False, True)], counts[(True, False)]
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + lost) if right + lost else 0.0
    return precision, recall, 2 * right / (2 * right + wrong + lost) if right else 0.0


def weighted_kappa(pairs: Sequence[tuple[int, int]], levels: int = 3) -> float:
    """Return Cohen's kappa with quadratic weights of pairs of 0..levels-1 (Cohen 1968)."""
    total = len(pairs)
    first = Counter(a for a, _ in pairs)
    second = Counter(b for _, b in pairs)
    observed = sum((a - b) ** 2 for a, b in pairs) / total
    expected = sum((a - b) ** 2 * first[a] * second[b] for a in range(levels) for b in range(levels)) / total**2
    return 1 - observed / expected if expected else 1.0


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Return Pearson's r."""
    mean_x, mean_y = fmean(xs), fmean(ys)
    cross = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    spread = (sum((x - mean_x) ** 2 for x in xs) * sum((y - mean_y) ** 2 for y in ys)) ** 0.5
    return cross / spread if spread else 0.0


def partial_correlation(xs: Sequence[float], ys: Sequence[float], given: Sequence[float]) -> float:
    """Return Pearson's r of xs and ys with a third quantity held fixed."""
    xy, xz, yz = correlation(xs, ys), correlation(xs, given), correlation(ys, given)
    rest: float = ((1 - xz**2) * (1 - yz**2)) ** 0.5
    return (xy - xz * yz) / rest if rest else 0.0


def macro_f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Return the mean of the F1 of covered and of not covered."""
    return (precision_recall(pairs)[2] + precision_recall([(not a, not b) for a, b in pairs])[2]) / 2


def ranking(scored: Sequence[tuple[float, int]]) -> float:
    """Return the area under the ROC curve of (score, 0 or 1) pairs: how often a positive one stands above another."""
    ordered = sorted(scored)
    positives = sum(label for _, label in ordered)
    negatives = len(ordered) - positives
    total, place = 0.0, 0
    while place < len(ordered):
        end = place
        while end < len(ordered) and ordered[end][0] == ordered[place][0]:
            end += 1
        total += sum(label for _, label in ordered[place:end]) * (place + end + 1) / 2
        place = end
    return (total - positives * (positives + 1) / 2) / (positives * negatives) if positives and negatives else 0.5

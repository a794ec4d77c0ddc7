"""A logistic model with signs given, fitted by projected gradient: plain Python, the same coefficients everywhere."""

from collections.abc import Sequence
from math import exp


def fit(
    rows: Sequence[Sequence[float]],
    labels: Sequence[int],
    signs: Sequence[int],
    *,
    weights: Sequence[float] | None = None,
    ridge: float = 0.002,
    rounds: int = 150,
) -> tuple[float, list[float]]:
    """Return (intercept, coefficients); a coefficient's sign is never against `signs` (1, -1, or 0 for free).

    Minimises the mean log loss plus `ridge` times the squared coefficients, by gradient steps with Nesterov's momentum
    on features scaled to unit variance.
    """
    width = len(signs)
    importance = list(weights) if weights is not None else [1.0] * len(rows)
    total = sum(importance)
    means = [sum(row[i] for row in rows) / len(rows) for i in range(width)]
    scales = [max(1e-6, (sum((row[i] - means[i]) ** 2 for row in rows) / len(rows)) ** 0.5) for i in range(width)]
    data = [[(row[i] - means[i]) / scales[i] for i in range(width)] for row in rows]
    bias, coefficients = 0.0, [0.0] * width
    old_bias, old = bias, coefficients
    for step in range(1, rounds + 1):
        momentum = (step - 1) / (step + 2)
        ahead_bias = bias + momentum * (bias - old_bias)
        ahead = [c + momentum * (c - o) for c, o in zip(coefficients, old, strict=True)]
        gradient_bias, gradient = 0.0, [2 * ridge * c for c in ahead]
        for row, label, share in zip(data, labels, importance, strict=True):
            score = ahead_bias + sum(c * value for c, value in zip(ahead, row, strict=True))
            error = (1 / (1 + exp(-max(-30.0, min(30.0, score)))) - label) * share / total
            gradient_bias += error
            for i, value in enumerate(row):
                gradient[i] += error * value
        old_bias, old = bias, coefficients
        rate = 4.0 / (width + 1)
        bias = ahead_bias - rate * gradient_bias
        coefficients = [
            max(0.0, c - rate * g) if sign > 0 else min(0.0, c - rate * g) if sign < 0 else c - rate * g
            for c, g, sign in zip(ahead, gradient, signs, strict=True)
        ]
    unscaled = [c / s for c, s in zip(coefficients, scales, strict=True)]
    return bias - sum(c * m for c, m in zip(unscaled, means, strict=True)), unscaled

"""The program with a scorer that is never sure: what it finds is a maybe (`python -m tests.terminal.doubting`)."""

from dataclasses import replace

from mlsd_coach import __main__
from mlsd_coach.scoring import verdicts

NEVER_SURE = {name: replace(model, low=0.4, high=1.1) for name, model in verdicts.load_models().items()}

if __name__ == "__main__":
    verdicts.load_models = lambda: NEVER_SURE  # type: ignore[assignment]
    __main__.main()

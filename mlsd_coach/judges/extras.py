"""The optional packages: whether one is there, and how to get it."""

from importlib.util import find_spec

from mlsd_coach.errors import CoachError


def require(package: str, *, extra: str, judge: str) -> None:
    """Raise CoachError with the install command unless the package is there; nothing is imported."""
    if find_spec(package) is None:
        raise CoachError(
            f"The judge '{judge}' needs the package {package.replace('_', '-')}.",
            fix=f'Install it with: pip install "mlsd-coach[{extra}]"',
        )

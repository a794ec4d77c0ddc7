"""The shipped content, loaded once."""

import pytest

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.scoring import Scorer


@pytest.fixture(scope="session")
def library():
    return Library([builtin_root()])


@pytest.fixture(scope="session")
def scorer(library):
    return Scorer(library.lexicon(), library.levels(), library.criteria)

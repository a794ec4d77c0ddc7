"""Sentence vectors by sentence-transformers: from a folder, or a model of the hub that is here already."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mlsd_coach.errors import CoachError
from mlsd_coach.judges.semantic import Vector

_BATCH = 32


class LocalEncoder:
    """A model in memory."""

    def __init__(self, model: Any, name: str) -> None:  # noqa: ANN401 - the package has no types
        self._model = model
        self._name = name

    @property
    def name(self) -> str:
        """The model, as it is told."""
        return self._name

    def encode(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return one vector of length one a text."""
        if not texts:
            return []
        vectors = self._model.encode(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        found: list[Vector] = vectors.tolist()
        return found


def is_folder(model: str) -> bool:
    """Tell whether a model is given as a folder of this machine."""
    return Path(model).expanduser().is_dir()


def load_encoder(model: str, *, may_download: bool = False) -> LocalEncoder | None:
    """Return the model of a folder or a name; None for a name that is not here and may not be downloaded.

    CoachError when the folder holds none, or the name is no model.
    """
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar, enable_progress_bar

    folder = Path(model).expanduser().resolve()
    disable_progress_bar()  # for loading; a download shows how far it is
    source, name = (str(folder), folder.name) if folder.is_dir() else (model, model)
    try:
        return LocalEncoder(SentenceTransformer(source, local_files_only=True), name)
    except (OSError, ValueError) as error:
        if folder.is_dir():
            message = f"The folder '{model}' holds no model that sentence-transformers can load."
            raise CoachError(message, fix=_fix(error)) from None
        if not may_download:
            return None
    enable_progress_bar()
    try:
        return LocalEncoder(SentenceTransformer(source), name)
    except (OSError, ValueError) as error:
        raise CoachError(f"The model '{model}' cannot be had.", fix=_fix(error)) from None


def _fix(error: Exception) -> str:
    first = (str(error).strip().splitlines() or [""])[0]
    return f"Check MLSD_COACH_SEMANTIC_MODEL. ({first[:120]})" if first else "Check MLSD_COACH_SEMANTIC_MODEL."

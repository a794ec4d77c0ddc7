"""What the candidate has configured: `config.toml` in the config folder, and the environment over it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mlsd_coach.commands.surroundings import folders
from mlsd_coach.errors import CoachError, UsageError

if TYPE_CHECKING:
    from mlsd_coach.judges.client import Limits, Server
    from mlsd_coach.judges.costs import Prices

BASE_URL = "MLSD_COACH_LLM_BASE_URL"
MODEL = "MLSD_COACH_LLM_MODEL"
KEY = "MLSD_COACH_LLM_KEY"
SEMANTIC_MODEL = "MLSD_COACH_SEMANTIC_MODEL"
_KEYS: dict[str, dict[str, type]] = {
    "llm": {
        "base_url": str,
        "model": str,
        "key": str,
        "timeout": float,
        "parallel": int,
        "price_sent": float,
        "price_received": float,
        "currency": str,
    },
    "semantic": {"model": str},
}
"""Tables and keys of the file, with the types of their values."""
_CALLED: dict[type, str] = {str: "text", float: "a number above 0", int: "a whole number above 0"}
_MOST_PARALLEL = 16
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class LlmSettings:
    """Which language model is asked, and how."""

    server: "Server"
    limits: "Limits"
    prices: "Prices | None"


def config_path() -> Path:
    """Return the configuration file, which need not exist."""
    return folders().config / "config.toml"


def llm_settings() -> LlmSettings:
    """Return the language model that is configured; UsageError when none is."""
    from mlsd_coach.judges.client import Limits, Server

    table = _table("llm")
    url = _given(BASE_URL, table, "base_url")
    model = _given(MODEL, table, "model")
    if not url or not model:
        missing = " and ".join(name for name, value in ((BASE_URL, url), (MODEL, model)) if not value)
        raise UsageError("No language model is configured.", fix=f"Set {missing}, or write [llm] in {config_path()}.")
    base_url, host, is_local = _address(url)
    server = Server(base_url, model, _key(table), host, is_local)
    usual = Limits()
    limits = Limits(
        timeout=table.get("timeout", usual.timeout),
        parallel=min(table.get("parallel", usual.parallel), _MOST_PARALLEL),
    )
    return LlmSettings(server, limits, _prices(table))


def semantic_model() -> str:
    """Return the folder or name of the sentence model; UsageError when none is given: there is no usual one."""
    model = _given(SEMANTIC_MODEL, _table("semantic"), "model")
    if not model:
        fix = f"Set {SEMANTIC_MODEL} to a folder or a model's name, or write [semantic] in {config_path()}."
        raise UsageError("No sentence model is configured.", fix=fix)
    return model


def open_to_others() -> str:
    """Return a warning when the file holds a key and others of this machine can read it, else nothing."""
    path = config_path()
    try:
        if os.name == "posix" and _table("llm").get("key") and path.stat().st_mode & 0o077:
            return f"Others on this machine can read the key in {path}. Mend it: chmod 600 '{path}'"
    except OSError:
        pass
    return ""


def _given(variable: str, table: Mapping[str, Any], key: str) -> str:
    return os.environ.get(variable, "").strip() or str(table.get(key, "")).strip()


def _key(table: Mapping[str, Any]) -> str:
    """Return the key; UsageError, without showing it, when it is none."""
    key = _given(KEY, table, "key")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError("The language model's key holds characters that no key has.", fix=f"Set {KEY} anew.")
    return key


def _address(url: str) -> tuple[str, str, bool]:
    """Return (address, host and port, whether it is this machine); UsageError when it is no address of a server."""
    fix = f"{BASE_URL} takes an address such as https://api.example.com/v1."
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # nor is the text itself shown: somebody may have put the key there
        raise UsageError("The language model's base_url is not an address.", fix=fix) from None
    if parts.username or parts.password:
        raise UsageError("The language model's base_url must not hold a name or password.", fix=f"Set {KEY} instead.")
    host = parts.hostname or ""
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or not is_plain:
        raise UsageError("The language model's base_url is not an address.", fix=fix)
    base = url.rstrip("/").removesuffix("/chat/completions")
    return base, f"{host}:{port}" if port else host, host in _LOCAL


def _prices(table: Mapping[str, Any]) -> "Prices | None":
    from mlsd_coach.judges.costs import Prices

    if "price_sent" not in table or "price_received" not in table:
        return None
    return Prices(table["price_sent"], table["price_received"], table.get("currency", "USD"))


def _table(name: str) -> dict[str, Any]:
    """Return a table of the file, empty when there is none; CoachError when the file cannot be understood."""
    from tomllib import TOMLDecodeError, loads

    path = config_path()
    try:
        raw = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise CoachError(f"Cannot read {path}: {reason}.", fix="Mend the file, or move it away.") from None
    try:
        whole = loads(raw)
    except TOMLDecodeError as error:
        # Its message names a line and what was expected there, never a value.
        raise CoachError(f"{path} is not TOML: {error}.", fix="Mend it; docs/scoring.md has an example.") from None
    for table, values in whole.items():
        _check(path, table, values)
    found: dict[str, Any] = whole.get(name, {})
    return found


def _check(path: Path, table: str, values: object) -> None:
    """Refuse what would be passed over otherwise."""
    from mlsd_coach.commands.choices import unknown

    if table not in _KEYS or not isinstance(values, dict):
        raise CoachError(f"{path}: {unknown('table', table, list(_KEYS))}", fix=f"It takes: {', '.join(_KEYS)}.")
    known = _KEYS[table]
    for key, value in values.items():
        if key not in known:
            raise CoachError(f"{path}: {unknown('key', key, list(known))}", fix=f"[{table}] takes: {', '.join(known)}.")
        kind = known[key]
        is_number = isinstance(value, int if kind is int else int | float) and not isinstance(value, bool)
        if not (isinstance(value, str) if kind is str else is_number and 0 < value < float("inf")):
            raise CoachError(f"{path}: {table}.{key} is not {_CALLED[kind]}.", fix=f"Write it as {_CALLED[kind]}.")

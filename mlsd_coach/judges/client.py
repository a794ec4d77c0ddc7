"""One server that speaks the OpenAI chat protocol: requests with time limits, few repeats and no surprises."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from mlsd_coach import __version__
from mlsd_coach.content.texts import plain_text
from mlsd_coach.judges.prompt import Messages

if TYPE_CHECKING:
    import httpx

Sleep = Callable[[float], Awaitable[object]]

_AGAIN = frozenset([408, 409, 425, 429])
_USELESS = {
    401: "refused the key",
    402: "asks for payment",
    403: "refused the key",
    404: "knows no such address or model",
    405: "is no chat server",
}
"""Statuses that every further call would meet too."""
_LEAST_SECRET = 6
"""Characters from which on a key is one, and not a placeholder such as `none`."""
_MOST_SAID = 160


@dataclass(frozen=True)
class Server:
    """Where the model is."""

    base_url: str
    """Without a slash at its end, such as `https://api.example.com/v1`."""
    model: str
    key: str = field(default="", repr=False)
    host: str = ""
    """Host and port, as they are told to the candidate."""
    is_local: bool = False
    """It is this machine."""


@dataclass(frozen=True)
class Limits:
    """How long, how often and how much."""

    timeout: float = 60.0
    """Seconds for one reply, to its last byte."""
    retries: int = 3
    backoff: float = 1.0
    """Seconds before the first repeat; doubled with each."""
    most_wait: float = 30.0
    """Seconds; a server that asks to wait longer is left alone."""
    parallel: int = 4
    most_bytes: int = 1_000_000


class CallFailed(Exception):  # noqa: N818 - no error of the program: the criterion is not judged
    """No reply could be had."""

    def __init__(self, reason: str, *, is_final: bool = False, is_down: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_final = is_final
        """No other call would fare better."""
        self.is_down = is_down
        """The server failed however often it was asked; it may recover."""


class _TryAgain(Exception):  # noqa: N818
    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class _Refused(Exception):  # noqa: N818
    """The request was refused as it is; `body` is what the server sent."""

    def __init__(self, said: str, body: str) -> None:
        super().__init__(said)
        self.said = said
        self.body = body


class Client:
    """Asks one server; entered, it holds the connections."""

    def __init__(self, server: Server, limits: Limits, *, sleep: Sleep = asyncio.sleep) -> None:
        self.server = server
        self.calls = 0
        self.tokens_sent: int | None = None
        self.tokens_received: int | None = None
        self._limits = limits
        self._sleep = sleep
        self._http: httpx.AsyncClient | None = None
        self._optional: tuple[str, ...] = ("response_format", "temperature")
        """What is asked for beside the messages, until the server refuses it."""

    async def __aenter__(self) -> "Client":
        import httpx

        headers = {"User-Agent": f"mlsd-coach/{__version__}", "Accept-Encoding": "identity"}
        if self.server.key:
            headers["Authorization"] = f"Bearer {self.server.key}"
        # Time is bounded for the whole reply, below. A proxy has no business between two programs of one machine.
        self._http = httpx.AsyncClient(headers=headers, timeout=None, trust_env=not self.server.is_local)  # noqa: S113
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._http is not None:
            await self._http.aclose()

    async def ask(self, messages: Messages, schema: Mapping[str, Any]) -> str:
        """Return the text of the model's reply; CallFailed when there is none.

        A server that refuses the schema is asked once more without it, and without a temperature.
        """
        optional = self._optional
        offered = {"response_format": schema, "temperature": 0}
        while True:
            body = {"model": self.server.model, "messages": messages, **{name: offered[name] for name in optional}}
            try:
                text = await self._patiently(body)
            except _Refused as refusal:
                if not optional:
                    raise CallFailed(f"{self.server.host} refused the request. {refusal.said}".strip()) from None
                dropped = next((name for name in optional if name in refusal.body), optional[0])
                optional = tuple(name for name in optional if name != dropped)
            else:
                # Only now is it known that this was what the server minded.
                self._optional = tuple(name for name in self._optional if name in optional)
                return text

    def scrub(self, text: str) -> str:
        """Return a text of the server's without the key, should it echo it."""
        key = self.server.key
        return text.replace(key, "***") if len(key) >= _LEAST_SECRET else text

    async def _patiently(self, body: Mapping[str, Any]) -> str:
        """Ask, and ask again after a failure that may pass."""
        wait = self._limits.backoff
        for left in range(self._limits.retries, -1, -1):
            try:
                return self._content(await self._post(body))
            except _TryAgain as failure:
                pause = wait if failure.wait is None else failure.wait
                if not left or pause > self._limits.most_wait:
                    more = f" and asks to wait {pause:.0f} s" if left else ""
                    raise CallFailed(f"{self.server.host} {failure}{more}.", is_down=True) from None
            await self._sleep(pause)
            wait *= 2
        raise AssertionError("the last round returns or raises")

    async def _post(self, body: Mapping[str, Any]) -> bytes:
        """Send one request; return the body of a good reply."""
        import httpx

        assert self._http is not None, "the client is not entered"  # noqa: S101
        self.calls += 1
        try:
            async with (
                asyncio.timeout(self._limits.timeout),
                self._http.stream("POST", f"{self.server.base_url}/chat/completions", json=body) as reply,
            ):
                raw = await self._read(reply)
                self._check(reply.status_code, reply.headers, raw)
                return raw
        except TimeoutError:
            raise _TryAgain(f"gave no reply within {self._limits.timeout:g} s") from None
        except httpx.ConnectError:
            raise _TryAgain("cannot be reached") from None
        except httpx.HTTPError:
            raise _TryAgain("broke the connection") from None

    async def _read(self, reply: "httpx.Response") -> bytes:
        if reply.headers.get("Content-Encoding", "identity") != "identity":
            raise CallFailed(f"{self.server.host} sends packed replies, which was not asked for.", is_final=True)
        raw = bytearray()
        async for chunk in reply.aiter_raw():
            raw += chunk
            if len(raw) > self._limits.most_bytes:
                raise CallFailed(f"The reply of {self.server.host} is larger than any verdict.")
        return bytes(raw)

    def _check(self, status: int, headers: Mapping[str, str], raw: bytes) -> None:
        """Raise what a status means unless it is a good one."""
        if 200 <= status < 300:
            return
        host = self.server.host
        if status in _AGAIN or status >= 500:
            what = "has too many requests" if status == 429 else "failed"
            raise _TryAgain(f"{what} ({status})", _retry_after(headers))
        if status in _USELESS:
            # The words of a server about a key may hold a piece of it.
            said = self._said(raw) if status in {402, 404} else ""
            raise CallFailed(f"{host} {_USELESS[status]} ({status}). {said}".strip(), is_final=True)
        if 300 <= status < 400:
            raise CallFailed(f"{host} sends us elsewhere ({status}), which is not followed.", is_final=True)
        raise _Refused(self._said(raw), raw.decode(errors="replace"))

    def _content(self, raw: bytes) -> str:
        """Return the text of the first choice, and count the tokens."""
        try:
            reply = json.loads(raw)
            usage = reply.get("usage")
            message = reply["choices"][0]["message"]
            text = message["content"]
        except (ValueError, RecursionError, KeyError, IndexError, TypeError, AttributeError):
            raise CallFailed(f"{self.server.host} sent no chat reply. {self._said(raw)}".strip()) from None
        self._count(usage)
        if not isinstance(text, str) or not text.strip():
            raise CallFailed("The model gave no reply.")
        return self.scrub(text)

    def _count(self, usage: object) -> None:
        if not isinstance(usage, dict):
            return
        sent, received = usage.get("prompt_tokens"), usage.get("completion_tokens")
        if isinstance(sent, int) and isinstance(received, int) and min(sent, received) >= 0:
            self.tokens_sent = (self.tokens_sent or 0) + sent
            self.tokens_received = (self.tokens_received or 0) + received

    def _said(self, raw: bytes) -> str:
        """Return the server's own words on a failure, on one short line; empty when it gave none."""
        try:
            error = json.loads(raw)["error"]
            said = error["message"] if isinstance(error, dict) else error
        except (ValueError, RecursionError, KeyError, TypeError):
            return ""
        if not isinstance(said, str):
            return ""
        line = " ".join(self.scrub(plain_text(said)).split())
        line = line if len(line) <= _MOST_SAID else f"{line[: _MOST_SAID - 1]}…"
        return f"It says: {line}"


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a server asks to wait; a date is held against the server's own."""
    asked = headers.get("Retry-After", "").strip()
    try:
        if asked.isdecimal():
            return float(asked)
        wait = parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return max(0.0, wait.total_seconds())

"""A small chat server on this machine, real HTTP, that behaves as each test tells it to."""

import json
import re
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

QUOTE = "clicks alone reward bait"


@dataclass(frozen=True)
class Asked:
    """One request as the server got it."""

    number: int
    """1 for the first."""
    body: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def criterion(self) -> str:
        """`stage/criterion` of the task."""
        found = re.findall(r"^Criterion (\S+):", self.body["messages"][1]["content"], re.MULTILINE)
        return str(found[-1])


@dataclass(frozen=True)
class Sent:
    """What the server sends back."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    """Half of the body, then the connection is closed."""
    hangs: bool = False
    """Nothing is sent until the server is closed."""


Behave = Callable[[Asked], Sent]


def chat(content: object, *, sent: int | None = 100, received: int = 10) -> Sent:
    """Return a good HTTP reply with this text of the model's."""
    text = content if isinstance(content, str) else json.dumps(content)
    body: dict[str, Any] = {"choices": [{"message": {"role": "assistant", "content": text}}]}
    if sent is not None:
        body["usage"] = {"prompt_tokens": sent, "completion_tokens": received}
    return Sent(body=json.dumps(body).encode())


def verdict(asked: Asked, verdict: str = "named", quotes: tuple[str, ...] = (QUOTE,), **more: Any) -> dict[str, Any]:
    """Return a sound reply of the model's, with `more` fields over it."""
    return {"criterion": asked.criterion, "quotes": list(quotes), "reason": "So.", "verdict": verdict} | more


def sound(asked: Asked) -> Sent:
    """Behave well."""
    return chat(verdict(asked))


def error(status: int, message: str = "", **headers: str) -> Sent:
    """Return a failure in the protocol's form."""
    return Sent(status, json.dumps({"error": {"message": message}}).encode(), headers)


class ChatServer:
    """Entered, it listens on a free port of this machine."""

    def __init__(self, behave: Behave) -> None:
        self.asked: list[Asked] = []
        self._behave = behave
        self._closing = threading.Event()
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                outer.handle(self)

            def log_message(self, *_: object) -> None:
                pass

        class Http(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                if not isinstance(sys.exc_info()[1], OSError):  # the client may leave early
                    super().handle_error(request, client_address)

        self._http = Http(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._http.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/v1"

    def __enter__(self) -> "ChatServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        raw = request.rfile.read(int(request.headers["Content-Length"]))
        with self._lock:
            asked = Asked(len(self.asked) + 1, json.loads(raw), dict(request.headers))
            self.asked.append(asked)
        assert request.path == "/v1/chat/completions"
        sent = self._behave(asked)
        if sent.hangs:
            self._closing.wait()
            request.close_connection = True
            return
        request.send_response_only(sent.status)
        for name, value in ({"Content-Length": str(len(sent.body))} | dict(sent.headers)).items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        try:
            request.wfile.write(sent.body[: len(sent.body) // 2] if sent.cut else sent.body)
        except OSError:
            return  # the client has heard enough
        request.close_connection = sent.cut

"""The page served to this machine alone: behind a token, with nothing that leads out."""

import gc
import secrets
import socket
from pathlib import Path
from typing import Any

import marimo
import uvicorn
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulation.charts.drawing.typeface import WEIGHTS, face_file
from simulation.explorer.place import Place

HOST = "127.0.0.1"
FIRST_PORT, PORTS = 2718, 20
"""Where a free port is looked for if none is named."""

_PAGE = Path(__file__).with_name("page.py")

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob: ws://127.0.0.1:* ws://localhost:*",
        "worker-src 'self' blob:",
        "frame-ancestors 'none'",
    )
)
"""What a browser may load: from this server, and what is in the page itself."""


class PortInUseError(Exception):
    """Somebody listens there already."""


def page_app(place: Place, token: str) -> ASGIApp:
    """The page as a web application.

    Args:
        place: What is explored.
        token: Without it nothing is shown.
    """
    page = marimo.create_asgi_app(quiet=True, include_code=False, token=token).with_app(path="/", root=str(_PAGE))
    return TrustedHostMiddleware(_WithPlace(page.build(), place), allowed_hosts=[HOST, "localhost"])


def serve(place: Place, sock: socket.socket, token: str) -> None:
    """Serve the page until it is interrupted.

    Args:
        place: What is explored.
        sock: Where to listen, see `listen`.
        token: See `page_app`.
    """
    gc.collect()
    gc.freeze()  # what is loaded now stays, and need not be looked through each time that a slider moves
    config = uvicorn.Config(page_app(place, token), log_level="error", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[sock])


def listen(port: int | None) -> socket.socket:
    """Listen on this machine alone.

    Args:
        port: Where; the first that is free from `FIRST_PORT` on if left out.

    Raises:
        PortInUseError: If it is taken.
    """
    for each in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS):
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((HOST, each))
        except OSError:
            sock.close()
            continue
        sock.listen()
        return sock
    taken = f"port {port} is" if port is not None else f"ports {FIRST_PORT} to {FIRST_PORT + PORTS - 1} are"
    message = f"{taken} in use; name another with --port"
    raise PortInUseError(message)


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(16)


class _WithPlace:
    """Hands the place to the page with every request, and says what a browser may load."""

    def __init__(self, app: ASGIApp, place: Place) -> None:
        self._app = app
        self._place = place
        self._faces = {f"/{face_file(each, 'woff2').name}" for each in WEIGHTS}
        self._fonts = StaticFiles(directory=face_file(400).parent)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["meta"] = {"place": self._place}

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers: list[Any] = [*message.get("headers", [])]
                headers += [(b"content-security-policy", _POLICY.encode()), (b"referrer-policy", b"no-referrer")]
                message["headers"] = headers
            await send(message)

        is_face = scope["type"] == "http" and scope["path"] in self._faces
        await (self._fonts if is_face else self._app)(scope, receive, with_policy)

"""How the server ends: it says that it isn't ready any more, answers whom it has, then closes."""

from __future__ import annotations

import asyncio
import signal
from types import FrameType

import uvicorn
from fastapi import FastAPI


class Server(uvicorn.Server):
    """Uvicorn's, which closes `seconds` after it was told to terminate, so that whoever balances
    the load has seen it; what is being answered then is answered to the end.
    """

    def __init__(self, config: uvicorn.Config, app: FastAPI, seconds: float) -> None:
        super().__init__(config)
        self._app = app
        self._seconds = seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end; told a second time, or from a keyboard, end at once."""
        draining, self._app.state.draining = self._app.state.draining, True
        if draining or sig == signal.SIGINT or not self._seconds:
            super().handle_exit(sig, frame)
        else:
            loop = asyncio.get_running_loop()
            loop.call_later(self._seconds, super().handle_exit, sig, frame)

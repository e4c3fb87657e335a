"""A visitor without a browser: Streamlit's own protocol over a websocket."""

from __future__ import annotations

import time
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


@dataclass
class Run:
    """What one run of a page's script took.

    Attributes
    ----------
    seconds : float
        From the request until the server says the script has finished.
    script : float
        Seconds of the script itself by Streamlit's own clock; 0 unless the server keeps usage statistics.
    received : int
        Bytes over the websocket.
    commands : dict of str to float
        Seconds by Streamlit command, with the same condition.
    failed : bool
    """

    seconds: float = 0.0
    script: float = 0.0
    received: int = 0
    commands: dict[str, float] | None = None
    failed: bool = False


class Visitor:
    """One session; `async with Visitor(url) as visitor: await visitor.run("themas", "dienst=ict")`."""

    def __init__(self, url: str) -> None:
        self.url = url.replace("http://", "ws://") + "/_stcore/stream"
        self.pages: dict[str, str] = {}

    async def __aenter__(self) -> Visitor:
        self.socket: ClientConnection = await connect(self.url, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.socket.close()

    async def run(self, page: str = "", query: str = "") -> Run:
        """Run the script of a page, with the filters of its address."""
        ask = BackMsg()
        ask.rerun_script.query_string = query
        if page in self.pages:
            ask.rerun_script.page_script_hash = self.pages[page]
        else:
            ask.rerun_script.page_name = page
        run = Run()
        begin = time.perf_counter()
        await self.socket.send(ask.SerializeToString())
        while True:
            raw = await self.socket.recv()
            assert isinstance(raw, bytes)
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "page_profile":
                run.failed = run.failed or bool(message.page_profile.uncaught_exception)
                run.script = message.page_profile.exec_time / 1e6
                run.commands = {}
                for command in message.page_profile.commands:
                    run.commands[command.name] = run.commands.get(command.name, 0) + command.time / 1e6
                continue
            run.received += len(raw)
            if kind == "navigation":
                self.pages = {entry.url_pathname: entry.page_script_hash for entry in message.navigation.app_pages}
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                run.failed = True
            if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                run.seconds = time.perf_counter() - begin
                return run

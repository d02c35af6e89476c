"""Stands between Playwright and a Firefox that knows less than Playwright expects.

Playwright speaks WebDriver BiDi as the newest Firefox does; an extended support release is up to a
year older. Two things differ, and all else passes unchanged:

- A command that emulates something (a dark screen, say) may be unknown: it then has no effect.
- A download has no id: its address becomes its id.

Run in the place of Firefox: `python firefox_relay.py FIREFOX ARGUMENT…`
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import threading
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.sync.server import ServerConnection, serve

DOWNLOADS = ("browsingContext.downloadWillBegin", "browsingContext.downloadEnd")
LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
Message = dict[str, Any]


class Amendments:
    """What Firefox says, as Playwright expects it."""

    def __init__(self) -> None:
        self.asked: dict[int, str] = {}

    def ask(self, command: Message) -> None:
        """Remember a command until its reply."""
        self.asked[command["id"]] = command["method"]

    def hear(self, message: Message) -> Message:
        """Return what to pass on for a message of Firefox."""
        if "id" in message:
            command = self.asked.pop(message["id"], "")
            if message.get("error") == "unknown command" and command.startswith("emulation."):
                return {"type": "success", "id": message["id"], "result": {}}
        elif message["method"] in DOWNLOADS:
            message["params"].setdefault("download", message["params"]["url"])
        return message


def relay(playwright: ServerConnection, firefox: ClientConnection) -> None:
    """Pass messages on in both directions until one side has closed."""
    amendments = Amendments()

    def forth() -> None:
        with contextlib.suppress(ConnectionClosed):
            for text in playwright:
                amendments.ask(json.loads(text))
                firefox.send(text)
        firefox.close()

    threading.Thread(target=forth, daemon=True).start()
    with contextlib.suppress(ConnectionClosed):
        for text in firefox:
            playwright.send(json.dumps(amendments.hear(json.loads(text))))
    playwright.close()


def main(command: list[str]) -> int:
    """Run Firefox, and tell Playwright of the relay's address in the place of Firefox's."""
    firefox = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace")

    def accept(playwright: ServerConnection) -> None:
        with connect(f"{address}/session", max_size=None, compression=None) as connection:
            relay(playwright, connection)
        try:
            firefox.wait(timeout=5)
        except subprocess.TimeoutExpired:
            firefox.terminate()  # Playwright has gone without a word.

    server = serve(accept, "127.0.0.1", 0, max_size=None, compression=None)
    own = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
    address = ""
    assert firefox.stderr
    for line in firefox.stderr:
        if found := LISTENS.search(line):
            address = found[1]
            threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stderr.write(LISTENS.sub(f"WebDriver BiDi listening on {own}", line))
        sys.stderr.flush()
    return firefox.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Servers of our own beside JupyterLab: Voila with a talk, and Notebook 7; and windows on them."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lab_window

ROOT = Path(__file__).resolve().parent.parent.parent
IS_READY = """
() => {
  const app = window.jupyterapp;
  const panel = app && [...app.shell.widgets('main')].find((one) => one.sessionContext);
  return panel?.context.isReady && panel.sessionContext.session?.kernel?.status === 'idle';
}
"""
RUN_ALL = "() => window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => null)"


@dataclass
class Window:
    """A page of a server, in a browser context of its own."""

    page: Any
    outside: list[str] = field(default_factory=list)
    """Every address asked for that is not this machine's."""
    errors: list[str] = field(default_factory=list)

    @property
    def explorer(self) -> Any:
        """The first explorer on the page."""
        return self.page.locator(".mgm").first


@contextmanager
def voila(home: Path, notebook: Path, *, template: str = "mgmodel") -> Iterator[str]:
    """Voila on a copy of a notebook, as `run.py present` starts it; gives its address."""
    copy = home / notebook.name
    shutil.copy(notebook, copy)
    command = [sys.executable, "-m", "voila", str(copy), f"--template={template}"]
    command += ["--no-browser", "--Voila.ip=127.0.0.1", "--Voila.port_retries=0"]
    script = "/voila/static/voila.js"  # the page itself would start a kernel
    with _served(home, command, script, JUPYTER_PATH=str(ROOT / "lab")) as url:
        yield url


@contextmanager
def notebook7(home: Path) -> Iterator[lab_window.Lab]:
    """Notebook 7 on a free port, with settings and files inside `home`."""
    folder = home / "work"
    folder.mkdir()
    command = [sys.executable, "-m", "notebook", "--no-browser", "--ip=127.0.0.1"]
    command += ["--ServerApp.port_retries=0", "--IdentityProvider.token="]
    command += [f"--ServerApp.root_dir={folder}", "--ServerApp.allow_root=True"]
    command += ["--JupyterNotebookApp.expose_app_in_browser=True"]
    with _served(home, command, "/api/status") as url:
        yield lab_window.Lab(url, folder)


@contextmanager
def _served(home: Path, command: list[str], probe: str, **variables: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url, log_path = f"http://127.0.0.1:{port}", home / "server.log"
    with log_path.open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [*command, f"--port={port}"],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**lab_window._own_settings(home), **variables},
            cwd=home,
        )
        try:
            lab_window._wait_until_it_answers(f"{url}{probe}", server, log_path)
            yield url
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def window_on(
    chromium: Any,
    address: str,
    *,
    size: tuple[int, int] = (1366, 768),
    network: str = "refused",
    dark: bool = False,
    run: bool = False,
) -> Iterator[Window]:
    """A fresh window on an address of a server; requests to other machines are noted.

    `run` runs all cells of a notebook that is shown in Notebook 7. `network` says what becomes of
    those requests: "refused" at once, or "unanswered", as behind a firewall that drops packets.
    """
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
    )
    context.set_default_timeout(60_000)
    window = Window(context.new_page())
    window.page.on("pageerror", lambda error: window.errors.append(str(error)))

    def keep_in(route: Any) -> None:
        window.outside.append(route.request.url)
        if network == "refused":
            route.abort("connectionrefused")

    host = re.match(r"https?://[^/]+", address)
    assert host is not None
    context.route(re.compile(rf"^(?!{re.escape(host[0])}/|data:|blob:)"), keep_in)
    window.page.goto(address, wait_until="commit")
    if run:
        window.page.wait_for_function(IS_READY)
        window.page.evaluate(RUN_ALL)
    window.page.wait_for_selector(".mgm[data-seq]")
    yield window
    context.close()

"""A JupyterLab of our own and a browser window on it; for the tests and the benchmarks."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BROWSERS = (
    os.environ.get("MG_BROWSER", ""),
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LAB_STARTS_WITHIN = 90.0  # seconds

RUN_ALL = """
async (name) => {
  const app = window.jupyterapp;
  const find = () => [...app.shell.widgets('main')].find(
    (one) => one.context && one.context.path === name);
  const until = async (ready) => {
    while (!ready()) await new Promise((done) => setTimeout(done, 40));
  };
  await until(() => find() && find().context.isReady && find().content.widgets.length);
  const panel = find();
  await panel.sessionContext.ready;
  await until(() => panel.sessionContext.session?.kernel?.status === 'idle');
  app.shell.activateById(panel.id);
  await app.commands.execute('notebook:run-all-cells');
  return panel.content.widgets
    .filter((cell) => cell.model.type === 'code')
    .flatMap((cell) => cell.model.sharedModel.getOutputs())
    .filter((output) => output.output_type === 'error')
    .map((output) => `${output.ename}: ${output.evalue}`);
}
"""
RUN_CELL = """
async ([name, number]) => {
  const app = window.jupyterapp;
  const panel = [...app.shell.widgets('main')].find((one) => one.context?.path === name);
  const { content } = panel;
  const cell = content.widgets[number];
  content.activeCellIndex = number;
  content.deselectAll();
  await app.commands.execute('notebook:run-cell');
  const outputs = cell.model.sharedModel.getOutputs();
  const texts = outputs.map((one) => one.text ?? one.data?.['text/plain'] ?? one.evalue ?? '');
  return texts.flat().join('').trim();
}
"""
"""Runs one cell and gives what it has printed."""
CHANGE_THEME = """
async (theme) => {
  await window.jupyterapp.started;
  await window.jupyterapp.commands.execute('apputils:change-theme', { theme });
}
"""


PIXEL_WHEN_STILL = """
async (root, id) => {
  const now = () => ({ ...root.mgm.pixelOf(id), seq: root.dataset.seq });
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  let last = now();
  for (let same = 0; same < 30; ) {
    await frame();
    const next = now();
    same = next.x === last.x && next.y === last.y && next.seq === last.seq ? same + 1 : 0;
    last = next;
  }
  return last;
}
"""
"""Where a node stands once neither the page nor the answer has moved for half a second."""


@contextmanager
def browser() -> Iterator[Any]:
    """A Chromium: the system's, else the one that Playwright keeps."""
    from playwright.sync_api import sync_playwright

    found = next((path for path in BROWSERS if path and Path(path).exists()), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab and the folder that it serves."""

    url: str
    folder: Path


@contextmanager
def jupyterlab(home: Path) -> Iterator[Lab]:
    """JupyterLab on a free port, with settings, workspaces and files inside `home`."""
    folder = home / "work"
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="]
    command += [f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True"]
    command += ["--ServerApp.allow_root=True"]
    url = f"http://127.0.0.1:{port}"
    log_path = home / "lab.log"
    with log_path.open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, stdout=log, stderr=subprocess.STDOUT, env=_own_settings(home), cwd=folder
        )
        try:
            _wait_until_it_answers(f"{url}/api/status", server, log_path)
            yield Lab(url, folder)
        finally:
            server.terminate()
            server.wait(20)


def _own_settings(home: Path) -> dict[str, str]:
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    names += ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    folders = {name: str(home / name.lower()) for name in names}
    news = home / "jupyterlab_settings_dir" / "@jupyterlab" / "apputils-extension"
    news.mkdir(parents=True)
    (news / "notification.jupyterlab-settings").write_text(
        '{"fetchNews": "false", "checkForUpdates": false}', encoding="utf-8"
    )
    return {**os.environ, **folders}


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    last_moment = time.monotonic() + LAB_STARTS_WITHIN
    while True:
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:  # our own server
                answer.read()
        except (urllib.error.URLError, OSError):
            if server.poll() is not None or time.monotonic() > last_moment:
                text = log.read_text(encoding="utf-8")[-3000:]
                msg = f"JupyterLab did not start:\n{text}"
                raise RuntimeError(msg) from None
            time.sleep(0.1)
        else:
            return


@dataclass
class OpenNotebook:
    """A notebook that was opened in JupyterLab and run to its end."""

    page: Any
    outside: list[str]
    """Every address asked for that is not this machine's."""
    close: Callable[[], None]
    name: str = ""
    shown: str = ".mgm"
    """What the explorer is found by: the first of these on the page."""

    def run_cell(self, number: int) -> str:
        """Run one cell, counted from 0, and give what it printed."""
        return str(self.page.evaluate(RUN_CELL, [self.name, number]))

    @property
    def explorer(self) -> Any:
        """The first explorer on the page."""
        return self.page.locator(self.shown).first

    def seq(self) -> int:
        """Number of the answer that was painted last."""
        return int(self.explorer.get_attribute("data-seq") or -1)

    def until_painted(self, after: int, within: int = 60_000) -> None:
        """Wait for the first painted answer with a number above `after`, in milliseconds."""
        self.page.wait_for_function(
            "([shown, after]) => Number(document.querySelector(shown).dataset.seq) > after",
            arg=[self.shown, after],
            timeout=within,
        )

    def pixel_of(self, node: str) -> tuple[float, float]:
        """Where a node stands on the screen, once the drawing is in sight and at rest."""
        self.explorer.locator(".mgm-scroll").scroll_into_view_if_needed()
        point = self.explorer.evaluate(PIXEL_WHEN_STILL, node)
        return point["x"], point["y"]

    def click_node(self, node: str) -> None:
        """Click a node in the drawing and wait until the answer is painted."""
        from playwright.sync_api import TimeoutError as NoAnswer

        before, place = self.seq(), self.pixel_of(node)
        self.page.mouse.click(*place)
        try:
            self.until_painted(before, within=10_000)
        except NoAnswer:
            if self.pixel_of(node) == place:
                raise  # the node was where it was clicked, and nothing came of it
            self.page.mouse.click(*self.pixel_of(node))  # JupyterLab had moved the page meanwhile
            self.until_painted(before)

    def status(self) -> str:
        """What the status lines above and below the drawing say."""
        return " ".join(self.explorer.locator(".mgm-status").all_inner_texts())


def open_in_lab(
    chromium: Any,
    lab: Lab,
    notebook: Path,
    *,
    size: tuple[int, int] = (1366, 768),
    dark: bool = False,
    network: str = "refused",
) -> OpenNotebook:
    """Open a copy of a notebook in a fresh window, run it, and wait until its explorer is drawn.

    `network` says what becomes of requests to other machines: "refused" at once, or "unanswered",
    as behind a firewall that drops packets.
    """
    shutil.copy(notebook, lab.folder / notebook.name)
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]})
    context.set_default_timeout(60_000)
    outside: list[str] = []

    def keep_in(route: Any) -> None:
        outside.append(route.request.url)
        if network == "refused":
            route.abort("connectionrefused")

    context.route(re.compile(rf"^(?!{re.escape(lab.url)}/|data:|blob:)"), keep_in)
    page = context.new_page()
    page.goto(f"{lab.url}/lab/tree/{notebook.name}?reset")
    page.wait_for_function("() => window.jupyterapp && window.jupyterapp.started")
    page.evaluate(CHANGE_THEME, "JupyterLab Dark" if dark else "JupyterLab Light")
    errors = page.evaluate(RUN_ALL, notebook.name)
    if errors:
        raise AssertionError(errors)
    page.wait_for_selector(".mgm[data-seq]")
    return OpenNotebook(page, outside, context.close, notebook.name)

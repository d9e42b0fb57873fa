#!/usr/bin/env python3
"""Everything one does with a checkout of mgmodel, with nothing but Python 3.11 to 3.14.

    python3 run.py lab       set up and open the lessons in JupyterLab
    python3 run.py test      set up and run all tests (--quick: a part, --deep: more)
    python3 run.py present   set up and open the talk on a stage of its own
    python3 run.py copies    set up and write a copy of the lessons for students, one for teachers
    python3 run.py --help    the other commands

On Windows say `py run.py lab`. The standard library is all that this file imports: it makes
the environment `.venv`, and what needs other packages runs in there.
"""

import argparse
import contextlib
import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import namedtuple
from importlib.util import find_spec
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 14)


def refusal(version):
    """Say in one sentence why this Python cannot be used; empty when it can."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return ""
    found = ".".join(str(part) for part in version[:3])
    return (
        f"mgmodel needs Python 3.11, 3.12, 3.13 or 3.14, and this is {found}: "
        "call run.py with one of those, for instance `python3.12 run.py lab`."
    )


if refusal(sys.version_info):  # before any line that an old Python cannot read
    sys.exit(refusal(sys.version_info))

ROOT = Path(__file__).resolve().parent
NOTEBOOKS = ROOT / "notebooks"
WORK = ROOT / "work"
START = "00_start_here.ipynb"
TALK = "presenting/the_vicious_circle.ipynb"
WINDOWS = os.name == "nt"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
LOCK_OPTIONS = (
    *("--group", "dev", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"),
    *("--only-binary", ":all:", "--no-emit-build-options"),
)
PINNED = ("--no-compile", "--require-hashes", "--only-binary", ":all:", "-r", ROOT / "lock.txt")
CAUSES = (
    ("No space left on device", "The disk is full: make room (1 GB is enough) and try again."),
    ("DO NOT MATCH THE HASHES", "A downloaded package is not the one that lock.txt names."),
    ("Temporary failure in name resolution", "No package could be downloaded: is there a network?"),
    ("NewConnectionError", "No package could be downloaded: is there a network?"),
    ("ConnectTimeoutError", "No package could be downloaded: is there a network?"),
    ("Could not find a version", "A package of lock.txt is not to be had for this machine."),
)


class Stop(Exception):
    """Something is missing or failed; the text is the one sentence that says what to do."""


class Environment(namedtuple("Environment", "folder base version")):
    """A virtual environment of the project: its folder, and the Python that it is made from."""

    @property
    def python(self) -> Path:
        """The interpreter in it."""
        return self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")

    @property
    def stamp(self) -> Path:
        """The file that is written last, and says what was installed."""
        return self.folder / "mgmodel-stamp.json"


# Commands: each returns the exit code.


def setup(_options, _rest) -> int:
    """Install everything of lock.txt, and mgmodel itself, into .venv."""
    if not set_up(own_environment()):
        say("everything is set up")
    return 0


def lab(options, rest) -> int:
    """Open a working copy of the lessons (the folder work/) in JupyterLab."""
    env = own_environment()
    set_up(env)
    if options.fresh and WORK.exists():
        say(f"your earlier copy is kept in {set_aside(WORK).name}/")
    for line in copy_lessons(NOTEBOOKS, WORK):
        say(line)
    command = lab_command(env, WORK, port=options.port, browser=not options.no_browser)
    variables = child_variables(env, JUPYTERLAB_WORKSPACES_DIR=str(WORK / ".workspaces"))
    say(f"JupyterLab opens on work/{START}; Control-C here stops it")
    return hand_over([*command, *rest], variables)


def present(options, rest) -> int:
    """Open a talk, from a working copy of its notebook, in a browser window of its own."""
    env = own_environment()
    set_up(env)
    for line in copy_lessons(NOTEBOOKS, WORK):
        say(line)
    talk = find_talk(WORK, options.notebook)
    command = talk_command(env, talk, port=options.port, browser=not options.no_browser)
    say(f"{talk.name} opens in a browser; Control-C here stops it")
    return hand_over([*command, *rest], child_variables(env, **stage_variables()))


def check(_options, _rest) -> int:
    """Start JupyterLab without a window, wait until it answers, run the first lesson, stop."""
    env = own_environment()
    set_up(env)
    with tempfile.TemporaryDirectory(prefix="mgmodel-") as folder:
        copy_lessons(NOTEBOOKS, Path(folder, "lessons"))
        variables = child_variables(env, **apart(Path(folder)), MGMODEL_STRICT="1")
        variables["JUPYTER_TOKEN"] = secrets.token_hex(16)
        with step("starting JupyterLab and waiting for its answer"):
            server = start_lab(env, Path(folder), variables, port=free_port())
        try:
            with step(f"running {START}"):
                quietly(
                    [
                        env.python,
                        ROOT / "tools/notebooks.py",
                        "run",
                        Path(folder, "lessons", START),
                    ],
                    f"{START} does not run.",
                    variables,
                )
        finally:
            stop(server)
    say("check passed")
    return 0


def test(options, rest) -> int:
    """Run the tests: all of them, a quick part, or all and more."""
    env = own_environment()
    set_up(env)
    extra = {"MGMODEL_STRICT": "1"}
    if options.deep or options.quick:  # many more examples, or a third of them
        extra["MGMODEL_HYPOTHESIS"] = "deep" if options.deep else "quick"
    if not options.quick:
        extra["MG_BROWSER"] = find_browser(env)
    codes = [pytest(env, selection(options), rest, extra)]
    if options.deep:
        for other in other_environments(env):
            set_up(other)
            say(f"all but the browser with Python {'.'.join(map(str, other.version))}")
            codes.append(pytest(other, OTHER_PYTHONS, rest, extra))
    return max(codes)


def selection(options) -> tuple:
    """Give what pytest is to run with the Python of this command."""
    if options.quick:
        return ("-m", "not slow and not browser and not thorough")
    return NBVAL if options.deep else (*NBVAL, "-m", "not thorough")


NBVAL = (
    *("--nbval", "--nbval-current-env", "--nbval-cell-timeout=120"),
    *("--nbval-sanitize-with", "tests/nbval-sanitize.cfg"),
)

# the lessons too: what they store has to be the same with each Python
OTHER_PYTHONS = (*NBVAL, "-m", "not browser")

# a file of tests, and a lesson, stays in one process: its cells and its server go together
SIDE_BY_SIDE = ("-n", "auto", "--maxprocesses=4", "--dist=loadfile")


def refresh(options, _rest) -> int:
    """Run lessons again and store their outputs in the normal form."""
    env = own_environment()
    set_up(env)
    lessons = [find_lesson(NOTEBOOKS, name) for name in options.notebook]
    chosen = lessons or all_lessons(NOTEBOOKS)
    failed = in_checkout(env, "tools/notebooks.py", "refresh", *chosen)
    return failed or in_checkout(env, "tools/lessons.py", "renew")  # the index, the tables


def copies(options, _rest) -> int:
    """Write a teacher's and a student's copy of the lessons in a folder."""
    env = own_environment()
    set_up(env)
    return in_checkout(env, "tools/lessons.py", "copies", Path(options.folder).resolve())


def screens(options, _rest) -> int:
    """Make every named screenshot of the lessons in a folder."""
    env = own_environment()
    set_up(env)
    os.environ["MG_BROWSER"] = find_browser(env)
    return in_checkout(env, "tools/screens.py", Path(options.folder).resolve())


def lock(options, _rest) -> int:
    """Renew lock.txt: the newest packages that fit, for three systems, with hashes."""
    side = own_environment()._replace(folder=ROOT / ".venv-lock")
    if not healthy(side, ("uv",)):
        make_environment(side)
        with step("installing uv beside the project"):
            quietly([*pip(side), "install", "uv>=0.9"], "uv could not be installed.")
    uv = side.python.with_name("uv.exe" if WINDOWS else "uv")
    command = [uv, "pip", "compile", "pyproject.toml", *LOCK_OPTIONS, "-o", "lock.txt"]
    command += [] if options.keep else ["--upgrade"]
    trust = child_variables(side, UV_SYSTEM_CERTS="1", UV_NATIVE_TLS="1")  # as pip does
    with step("resolving all packages"):
        quietly(command, "The lock was not renewed.", trust)
    if "://" in (ROOT / "lock.txt").read_text(encoding="utf-8"):
        raise Stop("lock.txt names an address, which it must not: do not commit it.")
    return 0


# Setting up


def own_environment() -> Environment:
    """Give the environment that all commands use, made or not."""
    # inside an activated .venv sys.executable is the copy that may have to be replaced
    base = getattr(sys, "_base_executable", None) or sys.executable
    return Environment(ROOT / ".venv", base, tuple(sys.version_info[:2]))


def set_up(env: Environment) -> bool:
    """Bring an environment up to date; False when there was nothing to do."""
    need, have = wanted(env, ROOT), read_json(env.stamp)
    fresh = have.get("packages") == need["packages"] and healthy(env)
    if fresh and have == need:
        return False
    if not fresh:
        make_environment(env)
        with step("installing the packages of lock.txt (a minute or so)"):
            quietly(
                [*pip(env), "install", *PINNED],
                "The packages could not be installed.",
            )
        with step("compiling them"):  # by pip it takes one core, and twice as long
            command = [str(env.python), "-m", "compileall", "-qq", "-j", "0", str(env.folder)]
            subprocess.run(command, env=child_variables(env), capture_output=True, check=False)
    with step("installing mgmodel itself, from this folder"):
        quietly(
            [*pip(env), "install", "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT],
            "mgmodel could not be installed.",
        )
    with step("preparing fonts"):
        variables = child_variables(env)
        quietly([env.python, "-c", "import matplotlib.pyplot"], "matplotlib fails.", variables)
    env.stamp.write_text(json.dumps(need), encoding="utf-8")
    return True


def wanted(env: Environment, root: Path) -> dict:
    """Give what the stamp of an up-to-date environment says."""
    # never sys.version: a security update of Python changes its text but not the environment
    place = repr((env.version, sys.platform, str(env.folder))).encode()
    project = ("pyproject.toml", "lab/overrides.json", "mgmodel/__init__.py")
    return {
        "packages": digest((root / "lock.txt").read_bytes(), place),
        "project": digest(*((root / name).read_bytes() for name in project)),
    }


def healthy(env: Environment, modules=("mgmodel", "jupyterlab", "pytest")) -> bool:
    """Whether the environment's Python starts and finds its packages."""
    code = f"import importlib.util as u; assert all(map(u.find_spec, {list(modules)}))"
    with contextlib.suppress(OSError):
        command = [str(env.python), "-I", "-c", code]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return False


def make_environment(env: Environment) -> None:
    """Make an empty environment, in place of a broken or outdated one."""
    if env.folder.exists():
        with step(f"removing the outdated or half-made {env.folder.name}"):
            try:
                shutil.rmtree(env.folder)
            except OSError as error:
                raise Stop(f"Could not remove {env.folder}: close what uses it. {error}") from None
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        name = "python{}.{}-venv".format(*env.version)
        if not can_apt():
            raise Stop(
                f"This Python cannot make environments: `sudo apt-get install {name}` first."
            )
        apt_get(name)
    with step("making {} with Python {}.{}".format(env.folder.name, *env.version)):
        quietly([env.base, "-m", "venv", env.folder], "The environment could not be made.")


def pip(env: Environment) -> list:
    """Give the start of every pip command."""
    return [env.python, "-m", "pip", "--disable-pip-version-check", "--no-input"]


def can_apt() -> bool:
    """Whether packages of Debian or Ubuntu may be installed here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_get(*names: str) -> None:
    """Install packages of the system."""
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    failed = "The system's packages could not be installed."
    with step(f"installing {', '.join(names)} with apt-get"):
        quietly(["apt-get", "update", "-qq"], failed, variables)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
        quietly([*install, "-o", "DPkg::Lock::Timeout=300"], failed, variables)


# The working copy of the lessons


def copy_lessons(originals: Path, work: Path) -> list:
    """Add new and updated lessons to the working copy; what the student changed stays.

    `.originals.json` in the copy holds what was handed out, so that the student's own changes
    are told from ours. Returns a line for each file of which the student should know.
    """
    if not (originals / START).is_file():
        raise Stop(f"notebooks/{START} is missing: is this checkout complete?")
    record, lines = work / ".originals.json", []
    handed = read_json(record)
    for source in sorted(path for path in originals.rglob("*") if path.is_file()):
        name = source.relative_to(originals).as_posix()
        if ".ipynb_checkpoints" in name:
            continue
        target, now = work / name, content(source)
        changed = target.is_file() and content(target) not in (now, handed.get(name))
        if changed and handed.get(name) != now:
            target = spare_name(target)
            lines.append(f"{name} has an update; yours is kept, the new one is {target.name}")
        if not target.is_file() or (not changed and content(target) != now):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        handed[name] = now
    record.write_text(json.dumps(handed, indent=1), encoding="utf-8")
    return lines


def content(path: Path) -> str:
    """Give the digest of what a person wrote in a file; of a notebook, its cells alone."""
    raw = path.read_bytes()
    if path.suffix == ".ipynb":
        with contextlib.suppress(ValueError, KeyError, TypeError):
            cells = json.loads(raw)["cells"]
            wrote = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
            return digest(json.dumps(wrote).encode())
    return digest(raw)


def spare_name(path: Path) -> Path:
    """Give a free name beside a file: lesson-new.ipynb, lesson-new-2.ipynb ..."""
    names = (
        path.with_stem(f"{path.stem}-new{'' if n == 1 else f'-{n}'}") for n in range(1, 10_000)
    )
    return next(name for name in names if not name.exists())


def set_aside(folder: Path) -> Path:
    """Rename a folder to the first free folder-1, folder-2 ... and give that."""
    names = (folder.with_name(f"{folder.name}-{n}") for n in range(1, 10_000))
    kept = next(name for name in names if not name.exists())
    try:
        return folder.rename(kept)
    except OSError as error:
        raise Stop(f"{folder.name}/ is in use: stop JupyterLab first. {error}") from None


def find_lesson(originals: Path, name: str) -> Path:
    """Give the lesson of that path, file name or number."""
    if Path(name).is_file():
        return Path(name).resolve()
    found = [path for path in all_lessons(originals) if path.name.startswith(name)]
    if len(found) != 1:
        raise Stop(f"There is no one lesson {name!r}: give its number or its path.")
    return found[0]


def all_lessons(originals: Path) -> list:
    """Give all lessons in their order, then the talks."""
    return [*sorted(originals.glob("*.ipynb")), *sorted(originals.glob("presenting/*.ipynb"))]


# JupyterLab


def lab_command(env: Environment, folder: Path, *, port: int, browser: bool) -> list:
    """Give the command that serves a folder of lessons."""
    command = [
        *(str(env.python), "-m", "jupyterlab", "--log-level=WARN", f"--ServerApp.port={port}"),
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{START}",
        "--LabApp.extension_manager=readonly",  # its listing would ask a registry
    ]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # Jupyter refuses to serve as root without it
    return command


def find_talk(work: Path, name: str) -> Path:
    """Give the notebook of a talk: a path, or a name in the working copy."""
    places = (Path(name), work / name, work / "presenting" / name)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise Stop(f"There is no notebook {name!r}: give its path.")
    return found.resolve()


def talk_command(env: Environment, talk: Path, *, port: int, browser: bool) -> list:
    """Give the command that shows a notebook as a page of its own, to this machine alone."""
    command = [
        *(str(env.python), "-m", "voila", str(talk), "--template=mgmodel"),
        *(f"--port={port}", "--Voila.ip=127.0.0.1"),
    ]
    return command if browser else [*command, "--no-browser"]


def stage_variables() -> dict:
    """Give the variables by which our page of a talk is found in a checkout."""
    given = [place for place in os.environ.get("JUPYTER_PATH", "").split(os.pathsep) if place]
    return {"JUPYTER_PATH": os.pathsep.join([str(ROOT / "lab"), *given])}


def start_lab(env: Environment, folder: Path, variables: dict, *, port: int) -> subprocess.Popen:
    """Start a server and return it once it answers with the first lesson."""
    command = lab_command(env, folder / "lessons", port=port, browser=False)
    with open(folder / "lab.log", "wb") as log:
        server = subprocess.Popen(command, env=variables, stdout=log, stderr=log)
    patience = time.monotonic() + 120
    while time.monotonic() < patience and server.poll() is None:
        # the server takes the next port when this one is busy, and writes its true address
        for record in (folder / "runtime").glob("jpserver-*.json"):
            with contextlib.suppress(OSError, ValueError):
                address = json.loads(record.read_text(encoding="utf-8"))["url"]
                token = {"Authorization": f"token {variables['JUPYTER_TOKEN']}"}
                page = f"{address}api/contents/{START}?content=0"
                urllib.request.urlopen(urllib.request.Request(page, headers=token), timeout=5)
                return server
        time.sleep(0.1)
    stop(server)
    raise Stop("JupyterLab did not start.\n" + tail((folder / "lab.log").read_bytes()))


def stop(server: subprocess.Popen) -> None:
    """End a server that this script has started."""
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def free_port() -> int:
    """Give a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def hand_over(command: list, variables: dict) -> int:
    """Let a command take this one's place, so that Control-C and signals reach it alone."""
    if not WINDOWS:
        sys.stdout.flush()
        os.execve(command[0], command, variables)
    process = subprocess.Popen(command, env=variables)
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # JupyterLab asks whether to stop
            return process.wait()


# Tests


def pytest(env: Environment, selection, rest, extra: dict) -> int:
    """Run one pytest call, apart from the person's own Jupyter settings."""
    with tempfile.TemporaryDirectory(prefix="mgmodel-") as folder:
        variables = child_variables(env, **apart(Path(folder)), **extra)
        command = [str(env.python), "-m", "pytest", *SIDE_BY_SIDE, *selection, *rest]
        return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode


def find_browser(env: Environment) -> str:
    """Give the path of a Chromium or Chrome, installing one where that is possible."""
    found = installed_browser()
    driver = [env.python, "-m", "playwright", "--version"]
    missing = [] if found else ["chromium", "fonts-liberation", "fonts-dejavu-core"]
    if subprocess.run(driver, capture_output=True, check=False).returncode:
        missing.append("libatomic1")  # the driver's own need, absent from a minimal Debian
    if missing and can_apt():
        with contextlib.suppress(Stop):
            apt_get(*missing)
            found = installed_browser()
    if found:
        return found
    failed = "No browser for the tests: install Chromium, or name one in the variable MG_BROWSER."
    with step("downloading a browser for the tests"):
        quietly([env.python, "-m", "playwright", "install", "chromium"], failed)
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: "
    code += "print(p.chromium.executable_path)"
    return subprocess.check_output([env.python, "-c", code], encoding="utf-8").strip()


def installed_browser() -> str:
    """Give the browser that MG_BROWSER names, or one that is there; else nothing."""
    named = os.environ.get("MG_BROWSER")
    if named and not shutil.which(named):
        raise Stop(f"MG_BROWSER names {named!r}, and no program is there.")
    found = (shutil.which(name) for name in (named, *BROWSERS, *BROWSER_PLACES) if name)
    return next(filter(None, found), "")


def other_environments(env: Environment) -> list:
    """Give an environment for each other Python that is installed and supported."""
    names = [f"python3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1)]
    places = [shutil.which(name) for name in names]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    places += sorted(str(found) for found in pyenv.glob("versions/3.*/bin/python3"))
    found = {}
    for place in filter(None, places):
        code = "import ensurepip, sys; print(*sys.version_info[:2])"
        answer = subprocess.run([place, "-c", code], capture_output=True, text=True, check=False)
        version = tuple(int(part) for part in answer.stdout.split())
        if answer.returncode == 0 and not refusal(version) and version != env.version:
            folder = ROOT / ".venv-{}.{}".format(*version)
            found.setdefault(version, Environment(folder, str(place), version))
    return [found[version] for version in sorted(found)]


# Running things


def child_variables(env: Environment, **more: str) -> dict:
    """Give the variables for what runs in an environment, without another Python's traces."""
    strange = (
        "PYTHONPATH",
        "PYTHONHOME",
        "VIRTUAL_ENV",
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_USER",
        "PIP_CONSTRAINT",
    )
    kept = {name: value for name, value in os.environ.items() if name not in strange}
    path = f"{env.python.parent}{os.pathsep}{kept.get('PATH', os.defpath)}"
    fonts = str(env.folder / "matplotlib")  # a font list made at set-up, and nobody's own style
    return {**kept, "PATH": path, "PYTHONUTF8": "1", "MPLCONFIGDIR": fonts, **more}


def apart(folder: Path) -> dict:
    """Give the variables that keep Jupyter off the person's own settings and files."""
    places = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    return {name: str(folder / place) for name, place in places.items()}


def in_checkout(env: Environment, script: str, *arguments) -> int:
    """Run one of the project's own scripts, where a broken callback is an error."""
    with tempfile.TemporaryDirectory(prefix="mgmodel-") as folder:
        variables = child_variables(env, **apart(Path(folder)), MGMODEL_STRICT="1")
        command = [str(part) for part in (env.python, ROOT / script, *arguments)]
        return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode


def quietly(command, failed: str, variables=None) -> None:
    """Run a command and show its output only when it fails, after one sentence."""
    env = variables or child_variables(own_environment())
    result = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if result.returncode:
        raise Stop(f"{failed} {cause(result.stdout)}".rstrip() + "\n" + tail(result.stdout))


def cause(output: bytes) -> str:
    """Give the likely reason of a failure in one sentence; empty when it is not known."""
    text = output.decode("utf-8", "replace")
    return next((sentence for sign, sentence in CAUSES if sign in text), "")


def tail(output: bytes) -> str:
    """Give the last lines of an output, set off."""
    return "\n".join(f"    {line}" for line in output.decode("utf-8", "replace").splitlines()[-15:])


def read_json(path: Path) -> dict:
    """Give what a file of ours holds; nothing when it is missing or broken."""
    with contextlib.suppress(OSError, ValueError):
        return dict(json.loads(path.read_text(encoding="utf-8")))
    return {}


def digest(*parts: bytes) -> str:
    """Give one digest of several byte strings."""
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def say(line: str) -> None:
    """Print one line that is marked as ours."""
    print(f"mgmodel: {line}", flush=True)


@contextlib.contextmanager
def step(what: str):
    """Print a step as it begins, and its seconds when it is done."""
    print(f"mgmodel: {what} ...", end=" ", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - start:.1f} s", flush=True)


def parser() -> argparse.ArgumentParser:
    """Give the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    def command(function):
        made = commands.add_parser(
            function.__name__, help=function.__doc__.splitlines()[0], allow_abbrev=False
        )
        made.set_defaults(function=function)
        return made

    command(setup)
    opened = command(lab)
    opened.add_argument("--fresh", action="store_true", help="a new copy; the old one is kept")
    opened.add_argument("--no-browser", action="store_true", help="print the address only")
    opened.add_argument("--port", type=int, default=8888, help="the next free one when it is taken")
    shown = command(present)
    shown.add_argument("notebook", nargs="?", default=TALK, help="path; our talk when left out")
    shown.add_argument("--no-browser", action="store_true", help="print the address only")
    shown.add_argument("--port", type=int, default=8866, help="the next free one when it is taken")
    command(check)
    tested = command(test).add_mutually_exclusive_group()
    tested.add_argument("--quick", action="store_true", help="no browser, no lessons")
    tested.add_argument("--deep", action="store_true", help="many more examples, all Pythons")
    command(refresh).add_argument("notebook", nargs="*", help="path or number; all when left out")
    command(copies).add_argument("folder", help="new, or with copies as they were written")
    command(screens).add_argument("folder")
    command(lock).add_argument("--keep", action="store_true", help="keep versions that still fit")
    return top


def main() -> int:
    """Run the command that was asked for."""
    options, rest = parser().parse_known_args()
    if rest and options.function not in (lab, present, test):
        parser().error(f"unknown: {' '.join(rest)}")
    try:
        return options.function(options, rest)
    except Stop as problem:
        print(f"mgmodel: {problem}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nmgmodel: stopped", file=sys.stderr, flush=True)
        return 130


if __name__ == "__main__":
    sys.exit(main())

"""Several programs in one terminal: prefixed lines, a new start after a crash, one orderly end for all of them."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ops.processes import kill_session, spawn

STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
COLOURS = {"web": 36, "worker": 32, "scheduler": 35, "mail": 33, "portal": 34}
STEADY_SECONDS = 60.0  # a program that ran this long has recovered: its next crash counts as the first
LONGEST_WAIT = 30.0
STOP_SECONDS = 20.0

_writing = threading.Lock()


class Interrupted(Exception):
    """A signal asked for the end."""


def block_signals() -> None:
    """From here on signals are read where this module waits, never in the middle of something else."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING | {signal.SIGCHLD})


def say(name: str, line: str) -> None:
    """Print one line with the name of the program it comes from; in colour on a terminal."""
    label = f"{name:>9} |"
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        label = f"\x1b[{COLOURS.get(name, 37)}m{label}\x1b[0m"
    with _writing:
        print(label, line, flush=True)


def step(name: str, command: Sequence[str | Path], env: Mapping[str, str], cwd: Path) -> int:
    """Run `command` to its end under `name`; its exit code. Raises Interrupted after ending it on a signal."""
    child = Child(Program(name, command), env, cwd)
    child.start()
    while child.running():
        if signal.sigwaitinfo(STOPPING | {signal.SIGCHLD}).si_signo in STOPPING:
            end([child])
            raise Interrupted
    child.reader.join(timeout=1)
    return child.code()


@dataclass(frozen=True)
class Program:
    """One program to keep running."""

    name: str
    command: Sequence[str | Path]
    needed_to_the_end: bool = False  # ended after the others, which may still need it


@dataclass
class Child:
    """A program, its present process and its history of crashes."""

    program: Program
    env: Mapping[str, str]
    cwd: Path
    crashes: int = 0
    started_at: float = 0.0
    start_again_at: float | None = None
    process: subprocess.Popen[bytes] | None = None
    reader: threading.Thread = field(default_factory=threading.Thread)

    def start(self) -> None:
        """Start the process and a thread that passes its lines on."""
        self.start_again_at = None
        self.started_at = time.monotonic()
        self.process = spawn(self.program.command, env=self.env, cwd=self.cwd, output=subprocess.PIPE)
        assert self.process.stdout is not None  # noqa: S101 - asked for one line above
        self.reader = threading.Thread(target=_pass_on, args=(self.program.name, self.process.stdout), daemon=True)
        self.reader.start()

    def running(self) -> bool:
        """Whether the process is alive."""
        return self.process is not None and self.process.poll() is None

    def code(self) -> int:
        """The exit code of a process that has ended."""
        return self.process.returncode if self.process else 0

    def notice_crash(self) -> None:
        """Plan the next start of a process that ended by itself: at once, then later and later."""
        if time.monotonic() - self.started_at > STEADY_SECONDS:
            self.crashes = 0
        wait = min(LONGEST_WAIT, 2.0**self.crashes) if self.crashes else 0.5
        self.crashes += 1
        self.start_again_at = time.monotonic() + wait
        say(self.program.name, f"ended with code {self.code()}; starts again in {wait:g} s")
        if self.process:
            kill_session(self.process.pid)  # forked children of a killed master must not go on beside the new one
        self.process = None

    def signal(self, signum: int) -> None:
        """Send a signal to the process, if there is one."""
        if self.process and self.running():
            self.process.send_signal(signum)


def supervise(programs: Sequence[Program], env: Mapping[str, str], cwd: Path) -> None:
    """Keep `programs` running until a signal asks for the end; then stop them all. Returns when nothing is left."""
    children = [Child(program, env, cwd) for program in programs]
    try:
        for child in children:
            child.start()
            if child.process:
                say(child.program.name, f"started, pid {child.process.pid}")
        while not _wait(children):
            for child in children:
                _attend(child)
    finally:
        say("portal", "stopping")
        end([child for child in children if not child.program.needed_to_the_end])
        end([child for child in children if child.program.needed_to_the_end])


def _wait(children: Sequence[Child]) -> bool:
    """Wait for the end of a child, the time of a new start, or a signal; True when it is a signal to stop."""
    planned = [child.start_again_at for child in children if child.start_again_at is not None]
    wanted = STOPPING | {signal.SIGCHLD}
    if not planned:
        return signal.sigwaitinfo(wanted).si_signo in STOPPING
    received = signal.sigtimedwait(wanted, max(0.0, min(planned) - time.monotonic()))
    return received is not None and received.si_signo in STOPPING


def _attend(child: Child) -> None:
    if child.process is not None and not child.running():
        child.notice_crash()
    elif child.start_again_at is not None and child.start_again_at <= time.monotonic():
        child.start()
        if child.process:
            say(child.program.name, f"started again, pid {child.process.pid}")


def end(children: Sequence[Child]) -> None:
    """Ask all `children` to end, wait, and kill what is left; a second Ctrl-C means now."""
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.signal(signal.SIGTERM)
    while any(child.running() for child in children) and (left := deadline - time.monotonic()) > 0:
        received = signal.sigtimedwait({signal.SIGINT, signal.SIGCHLD}, left)
        if received is not None and received.si_signo == signal.SIGINT:
            break
    for child in children:
        if child.process:
            kill_session(child.process.pid)
            child.process.wait()


def _pass_on(name: str, source: IO[bytes]) -> None:
    for line in source:
        say(name, line.decode(errors="replace").rstrip())

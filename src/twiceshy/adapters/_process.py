"""Runs the `git` binary, and nothing that a repository's own configuration would like to have run with it."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import weakref
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from twiceshy.adapters._texts import BLOB_LIMIT
from twiceshy.errors import GitError, NotARepository, TwiceshyError

OLDEST = "2.31"
OFF = "TWICESHY_OFF"  # an empty variable, for `--config-env=NAME=TWICESHY_OFF`: a setting's name may hold `=`

# Names are printed as they are, and ids as short as git likes them; a file is text up to git's own limit; no monitor
# daemon is asked; nothing descends into submodules; a diff leaves the index alone (GIT_OPTIONAL_LOCKS does not keep
# `git diff` from writing it).
_SETTINGS = (
    "core.quotepath=off",
    "core.fsmonitor=false",
    "submodule.recurse=false",
    "diff.autoRefreshIndex=false",
    "core.bigFileThreshold=512m",
    "core.abbrev=auto",
)
# git(1): no lock just to be faster next time, English messages, no question, no fetch of what a partial clone left out
# (a fetch runs what `core.sshCommand` and the like say), and paths that are paths, not patterns. An object is what its
# id says and not what refs/replace/ or a grafts file puts in its place: a clone must not judge other than the next one.
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    OFF: "",
}
_UNWANTED = ("GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")
_OBJECT = re.compile(rb"[0-9a-f]{40,64} (\w+) (\d+)\n")


def binary(path: str, windows: bool = os.name == "nt") -> str:
    """Where git is. Raises GitError if no folder of `path` (as in PATH) has it."""
    if found := on_path("git", path, windows):
        return found
    raise GitError("git is not installed, or not in PATH", f"install git {OLDEST} or newer: https://git-scm.com")


def on_path(name: str, path: str, windows: bool = os.name == "nt") -> str:
    """The first program called `name` in the folders of `path`, "" if there is none.

    Only absolute folders count, and never the current one as Windows would have it: it may hold a stranger's `git.exe`.
    """
    for folder in path.split(os.pathsep):
        candidate = os.path.join(folder.strip('"'), f"{name}.exe" if windows else name)
        if os.path.isabs(candidate) and os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    return ""


class Git:
    """git, run in `folder`; `extra` goes on top of the environment. Raises GitError if there is no git."""

    __slots__ = ("_binary", "_environment", "_folder")

    def __init__(self, folder: str, **extra: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
        self._binary = binary(inherited.get("PATH", os.defpath))
        self._environment = {**inherited, **_ENVIRONMENT, **extra}
        self._folder = folder

    def ask(self, *arguments: str) -> tuple[int, bytes, str]:
        """Exit code, standard output and standard error of one run."""
        with self.start(*arguments) as process:
            try:
                output, error = process.communicate()
            except BaseException:
                process.kill()
                raise
        return process.returncode, output, error.decode("utf-8", "replace")

    def run(self, *arguments: str, fine: Collection[int] = (0,)) -> bytes:
        """Standard output. Raises GitError unless the exit code is one of `fine`."""
        code, output, error = self.ask(*arguments)
        if code not in fine:
            raise refusal(error)
        return output

    @contextmanager
    def stream(self, *arguments: str, question: bytes = b"") -> Iterator[BinaryIO]:
        """Standard output while git writes it. Raises GitError at its end if git failed; leaving early stops git.

        `question` is what git finds on its standard input.
        """
        said: list[bytes] = []
        with TemporaryFile() as asked, self.start(*arguments, given=_rewound(asked, question)) as process:
            # Somebody has to read the warnings meanwhile: git stops when their pipe is full.
            listener = threading.Thread(target=lambda: said.append(cast(IO[bytes], process.stderr).read()), daemon=True)
            listener.start()
            try:
                yield cast(BinaryIO, process.stdout)
            except BaseException:
                process.kill()
                raise
            finally:
                cast(IO[bytes], process.stdout).close()
                listener.join()
        if process.returncode:
            raise refusal(b"".join(said).decode("utf-8", "replace"))

    def start(self, *arguments: str, talks: bool = False, given: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
        """The process, reading from us if it `talks`, or what is `given`. Raises GitError if it cannot be started."""
        try:
            return subprocess.Popen(
                (self._binary, *(part for setting in _SETTINGS for part in ("-c", setting)), *arguments),
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.PIPE if talks else given or subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL if talks else subprocess.PIPE,
            )
        except (OSError, ValueError) as error:
            raise GitError(f"git cannot be started in {self._folder}: {error}") from error


def _rewound(file: IO[bytes], content: bytes) -> IO[bytes] | None:
    """`file` with `content`, ready to be read by another process; None if there is none."""
    if not content:
        return None
    file.write(content)
    file.seek(0)
    return file


class Objects:
    """Reads objects by name through one `git cat-file --batch`: it starts at the first question and ends with this."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None
        self._end: weakref.finalize[..., Objects] | None = None

    def read(self, name: str, kind: str = "blob") -> bytes | None:
        """The object that `name` means (gitrevisions(7)); None if none of that kind, over 20 MiB, or broken."""
        if "\n" in name:  # the one character that the batch cannot take
            code, output, _ = self._git.ask("cat-file", kind, "--end-of-options", name)
            return output if code == 0 and len(output) <= BLOB_LIMIT else None
        answered = False
        try:
            content = self._answer(name.encode("utf-8", "surrogateescape"), kind.encode())
            answered = True
        except (OSError, EOFError, UnicodeEncodeError):
            return None
        finally:
            if not answered:  # what is left in the pipe would be taken for the next answer
                self.close()
        return content

    def close(self) -> None:
        """End the process; the next question starts another."""
        if self._end:
            self._end()
        self._process = self._end = None

    def _answer(self, name: bytes, kind: bytes) -> bytes | None:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = self._git.start("cat-file", "--batch", talks=True)
            self._end = weakref.finalize(self, _stop, self._process)
        question, answer = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        question.write(name + b"\n")
        question.flush()
        head = answer.readline()
        found = _OBJECT.fullmatch(head)
        if not found:
            if not head:
                raise EOFError
            return None
        wanted = found[1] == kind and int(found[2]) <= BLOB_LIMIT
        return _content(answer, int(found[2]), wanted)


def _content(answer: IO[bytes], size: int, wanted: bool) -> bytes | None:
    """The next `size` bytes and the line end after them; piece by piece where nobody wants them."""
    content = answer.read(size) if wanted else b""
    left = size + 1 - len(content)
    while left:
        piece = answer.read(min(left, 1024 * 1024))
        if not piece:
            raise EOFError
        left -= len(piece)
    return content if wanted else None


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            cast(IO[bytes], pipe).close()
    process.wait()


def refusal(error: str) -> GitError:
    """What git said on standard error, as an error with what to do about it."""
    said = [line.partition(": ")[2] for line in error.splitlines() if line.startswith(("fatal: ", "error: "))]
    if "promisor remote" in error:
        return GitError(
            "this partial clone lacks objects that are needed, and twiceshy never uses the network by itself",
            "run git diff on the same revisions once: git then fetches them",
        )
    broken = any(word in error for word in ("bad object", "corrupt", "unable to read"))
    hint = "look at the repository with: git fsck" if broken else ""
    return GitError(f"git failed: {said[-1] if said else error.strip() or 'it did not say why'}", hint)


def unusable(folder: str, output: bytes, error: str) -> TwiceshyError:
    """Why `git rev-parse` found no working tree around `folder`."""
    if "dubious ownership" in error or "unsafe repository" in error:
        advice = re.search(r"git config --global --add safe\.directory .+", error)
        return GitError(
            f"git does not trust {folder}: it belongs to another user",
            f"if you do: {advice[0]}" if advice else "see safe.directory in: git help config",
        )
    if output.startswith(b"true\n"):
        return NotARepository(f"{folder} is a bare repository: there are no files to look at", "go into a working tree")
    if output.startswith(b"false\n"):
        return NotARepository(f"{folder} is inside a git directory", "go into the working tree")
    if "not a git repository" in error:
        return NotARepository(f"not a git repository: {folder}", "go into one, or make one with: git init")
    return refusal(error)

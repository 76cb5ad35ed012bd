"""What we raise on purpose: a message, a hint and an exit code."""

from __future__ import annotations

OK = 0
BLOCKED = 1
CANNOT_RUN = 2
OUR_BUG = 3


class TwiceshyError(Exception):
    """Something the person can act on: `message` says what is wrong, `hint` what to do next."""

    exit_code = CANNOT_RUN

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(TwiceshyError):
    """The command line or an argument cannot be understood."""


class ConfigurationError(TwiceshyError):
    """`twiceshy.toml` or `[tool.twiceshy]` is wrong; not the person's code or documents."""


class NotARepository(TwiceshyError):
    """The command needs a git repository with a working tree and there is none here."""


class GitError(TwiceshyError):
    """git is missing, too old, or refused what was asked."""


class SshError(TwiceshyError):
    """ssh-keygen is missing, too old, or cannot use a key."""


class ChangedMeanwhile(TwiceshyError):
    """A file changed between reading and writing it; nothing was written."""


class CannotWrite(TwiceshyError):
    """The disk is full, the file system read-only, or the permissions say no."""


class InvalidGuard(TwiceshyError):
    """A guard block says something no engine can look for; `line` is 1-based in its document."""

    def __init__(self, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message, hint)
        self.line = line


class MalformedEvidence(TwiceshyError):
    """A result file cannot be read as what it is said to be; `place` is the line, byte or key where that shows."""

    def __init__(self, message: str, place: str = "", hint: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message, hint)
        self.place = place

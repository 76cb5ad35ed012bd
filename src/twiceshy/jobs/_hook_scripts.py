"""The shell scripts that `init` writes: a git hook, and the one that coding agents' settings point to.

Both are POSIX `sh` for Linux, macOS and Git for Windows, and neither stands in anybody's way when twiceshy is gone.
"""

from __future__ import annotations

import shlex

# `--version` is asked first, because a command that is broken may well leave with 1, which would mean: stop.
_GIT_HOOK = """\
#!/bin/sh
# Is this commit about to repeat a mistake? Made by `twiceshy init`, undone by `twiceshy init --remove`.
python={python}
if twiceshy --version >/dev/null 2>&1; then
    twiceshy check --staged
elif [ -n "$python" ] && "$python" -P -m twiceshy --version >/dev/null 2>&1; then
    "$python" -P -m twiceshy check --staged
else
    echo 'twiceshy: not installed here, so this commit was not checked' >&2
    exit 0
fi
code=$?
case $code in
0) ;;
1) echo 'twiceshy: this commit was stopped; to make it all the same: git commit --no-verify' >&2 ;;
*) echo "twiceshy: this commit could not be checked (exit code $code) and was let through" >&2 ;;
esac
[ "$code" -ne 1 ]
"""
# It may also be read by a shell that was started already, as `agent_command` does: that saves a process.
_AGENT_HOOK = """\
#!/bin/sh
# What the settings of coding agents run. Made by `twiceshy init`, undone by `twiceshy init --remove`.
python={python}
script={script}
if [ -x "$python" ] && [ -f "$script" ]; then
    exec "$python" -I -S "$script" "$@"
fi
if command -v twiceshy >/dev/null 2>&1; then
    exec twiceshy hook "$@"
fi
echo 'twiceshy: not found where it was; run `twiceshy init` again' >&2
"""
_PLACES = ("python=", "script=")

AGENT_HOOK = "twiceshy/agent.hook"  # in the common git directory, where no linked worktree is named like that
GIT_HOOK_LINE = "twiceshy check --staged || [ $? -ne 1 ] || exit 1"


def git_hook(python: str) -> str:
    """The `pre-commit` hook; `python` is asked where PATH has no twiceshy, "" where nobody's path must be written."""
    return _GIT_HOOK.format(python=shlex.quote(python))


def agent_hook(python: str, script: str) -> str:
    """The script that starts the hook's own `script` with this `python`."""
    return _AGENT_HOOK.format(python=shlex.quote(python), script=shlex.quote(script))


def is_same(one: str, other: str) -> bool:
    """Whether two scripts differ at most in where Python and twiceshy are, or in line ends."""
    return _placeless(one) == _placeless(other)


def _placeless(script: str) -> list[str]:
    return [line for line in script.replace("\r\n", "\n").split("\n") if not line.startswith(_PLACES)]


def agent_command(host: str) -> str:
    """What `host` runs: a line for any `sh` that is the same for everybody, since settings are shared in git.

    Claude Code runs it wherever the agent went and says where the project is; Codex runs it with the person's own
    shell. Without the script, in a clone where nobody asked for it, it does nothing. A linked worktree, a submodule or
    a folder inside the project cost a call of git.
    """
    start = f"h=.git/{AGENT_HOOK}; " + ('cd "${CLAUDE_PROJECT_DIR:-.}" || exit 0; ' if host == "claude" else "")
    look = f"[ -f $h ] || h=$(git rev-parse --git-common-dir 2>/dev/null)/{AGENT_HOOK}; "
    line = f'{start}{look}[ ! -f "$h" ] || {{ set -- --host {host}; . "$h"; }}'
    return f"exec sh -c {shlex.quote(line)}" if host == "codex" else line

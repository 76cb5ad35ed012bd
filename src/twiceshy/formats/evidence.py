"""What `evidence` prints: bindings, what became of their files, what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twiceshy.formats._quote import one_line, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from twiceshy.formats.payload import Payload
    from twiceshy.model.diagnostic import Diagnostic
    from twiceshy.model.evidence import Binding, Standing


def bound_text(binding: Binding) -> str:
    """What was bound, to what, and where that is written."""
    lines = [f"bound {what(binding)}"] if binding.statement else []
    lines += [f"  {commit(binding)}", *([f"  {shown(binding.statement)}"] if binding.statement else [])]
    return "\n".join(lines)


def what(binding: Binding) -> str:
    """The file (or the run) with its format, suite and environment."""
    of = [binding.form] if binding.path else []
    of += [one_line(word, 60) for word in (binding.suite, binding.environment) if word]
    told = f" ({', '.join(of)})" if of else ""
    return f"{shown(binding.path) or one_line(binding.command, 80)}{told}"


def commit(binding: Binding) -> str:
    """The commit a binding states, how clean the working tree was, and how a captured run ended."""
    if not binding.commit:
        told = "commit not stated: it counts for no range"
    else:
        tree = {True: ", with changes that are not in it", False: "", None: ", nobody knows how clean"}[binding.dirty]
        told = f"commit {binding.commit[:7]}{tree}"
    if binding.exit_code is None:
        return told
    ended = f"failed with {binding.exit_code}" if binding.exit_code else "ended with 0"
    return f"{told}; {ended} after {binding.seconds or 0} s"


def standings_text(standings: Sequence[Standing], findings: Iterable[Diagnostic]) -> str:
    """One block for each binding, then what could not be read, then the sum."""
    lines = [line for one in standings for line in _standing(one)]
    lines += [f"{shown(one.location.path)}: cannot be read: {one_line(one.message)}" for one in findings]
    if not lines:
        return "nothing is bound here; to bind a result file: twiceshy evidence add FILE"
    held = sum(one.holds for one in standings)
    return "\n".join([*lines, "", f"{held} of {len(standings)} as bound"])


def _standing(one: Standing) -> Iterator[str]:
    reason = f" ({one_line(one.reason)})" if one.reason else ""
    yield f"{what(one.binding)}: {one.word}{reason}"
    yield f"  {commit(one.binding)}"


def evidence_json(standings: Iterable[Standing], findings: Iterable[Diagnostic]) -> Payload:
    """The object that other programs build on."""
    bindings = [_payload(one.binding) | {"state": one.word, "reason": one.reason} for one in standings]
    unreadable = [{"path": one.location.path, "reason": one.message} for one in findings]
    return {"version": 1, "bindings": bindings, "unreadable": unreadable}


def _payload(one: Binding) -> Payload:
    return {
        "statement": one.statement,
        "path": one.path,
        "sha256": one.sha256,
        "format": one.form,
        "suite": one.suite,
        "environment": one.environment,
        "commit": one.commit,
        "dirty": one.dirty,
        "command": one.command,
        "exit_code": one.exit_code,
        "seconds": None if one.seconds is None else float(one.seconds),
        "tool": one.tool,
        "tool_version": one.tool_version,
        "time": one.time,
        "run_url": one.run_url,
    }

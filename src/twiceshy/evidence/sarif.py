"""`sarif`: what a static analyser found, as SARIF 2.1.0.

A result counts if its `kind` is `fail` (which is what it is if it does not say), if it is not suppressed, and if its
`baselineState` is not `absent`. Its level is its own, or else its rule's, or else `warning` (section 3.27.10). A run
whose invocation did not succeed, or that has no `results` at all, has found nothing out: then nothing of the file is a
figure, even with the exit code 0. Zero findings are zero of the rules that the tool lists, or else of the files it
lists, or else of the runs that say they succeeded; where it lists none of these, zero is unknown.

Yields `findings.total`, `findings.error`, `findings.warning`, `findings.note`, `findings.suppressed`,
`findings.rules`, and `findings.named` with the place of each.

    {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Bandit", "rules": [{"id": "B105"}]}},
      "invocations": [{"executionSuccessful": true}],
      "results": [{"ruleId": "B105", "level": "note", "message": {"text": "Possible hardcoded password"}}]}]}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from twiceshy.evidence._figures import count_of, counted, listed, text_of, unknown
from twiceshy.evidence._texts import dicts, object_in, table, tables
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_LEVELS = ("error", "warning", "note")
_SHOWN = 50


def recognises(head: bytes, name: str) -> bool:
    """Whether this is a log of version 2.1.0, by its name or its first keys."""
    return name.endswith((".sarif", ".sarif.json")) or (
        name.endswith(".json") and b'"2.1.0"' in head and (b'"runs"' in head or b"sarif" in head)
    )


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one log. Raises MalformedEvidence."""
    runs = tables(object_in(raw, "runs")["runs"], "runs")
    drivers = [table(table(run.get("tool"), "tool").get("driver"), "tool.driver") for run in runs]
    if drivers and not provenance.tool:
        names = listed(driver.get("name") for driver in drivers)
        version = text_of(drivers[0].get("semanticVersion") or drivers[0].get("version"), 40) if len(runs) == 1 else ""
        provenance = replace(provenance, tool=names, tool_version=version)
    why = next((said for index, run in enumerate(runs) if (said := _failure(run, index))), "")
    if why or not runs:
        for name in ("total", *_LEVELS, "suppressed"):
            yield unknown(f"findings.{name}", why or "runs were looked for: there is none", provenance, unit="findings")
        return
    yield from _figures(runs, drivers, provenance)


def _figures(runs: list[dict[str, Any]], drivers: list[dict[str, Any]], provenance: Provenance) -> Iterator[Evidence]:
    levels: Counter[str] = Counter()
    named = []
    for index, (run, driver) in enumerate(zip(runs, drivers, strict=True)):
        rules = [*_rules(driver), *(rule for one in _extensions(run) for rule in _rules(one))]
        for at, result in enumerate(tables(run["results"], f"runs[{index}].results")):
            level = _level(result, rules)
            levels[level] += 1
            if level in _LEVELS:
                named.append((f"runs[{index}].results[{at}]", level, result))
    total = sum(levels[level] for level in _LEVELS)
    whole, of = _whole(runs, drivers)
    yield counted("findings.total", total, provenance, whole, unit="findings", whole=of)
    for level in _LEVELS:
        yield counted(
            f"findings.{level}", levels[level], provenance, total or whole, unit="findings", whole="" if total else of
        )
    both = total + levels["suppressed"]
    yield counted(
        "findings.suppressed",
        levels["suppressed"],
        provenance,
        both or whole,
        unit="findings",
        whole="" if both else of,
    )
    rules_listed = sum(len(_rules(driver)) for driver in drivers)
    if rules_listed:
        yield counted("findings.rules", rules_listed, provenance, rules_listed, unit="rules")
    for place, level, result in named[:_SHOWN]:
        text = text_of(f"{level} {text_of(result.get('ruleId'), 80)}: {_message(result)}{_location(result)}")
        yield Evidence("findings.named", text, provenance, QUOTED, place=place)


def _failure(run: dict[str, Any], index: int) -> str:
    """Why nothing that a run says is a figure, "" if it is."""
    invocations = tables(run.get("invocations") or [], f"runs[{index}].invocations")
    if any(one.get("executionSuccessful") is False for one in invocations):
        return f"runs[{index}] says that the analysis did not succeed"
    notes = [note for one in invocations for note in dicts(one.get("toolExecutionNotifications"))]
    if any(note.get("level") == "error" for note in notes):
        return f"runs[{index}] tells of an error of the tool itself"
    return "" if isinstance(run.get("results"), list) else f"results were looked for in runs[{index}]: there are none"


def _level(result: dict[str, Any], rules: list[dict[str, Any]]) -> str:
    """`error`, `warning`, `note`; `suppressed`; or `none` for what is no finding."""
    if result.get("kind", "fail") != "fail" or result.get("baselineState") == "absent":
        return "none"
    if any(one.get("status", "accepted") == "accepted" for one in dicts(result.get("suppressions"))):
        return "suppressed"
    level = result.get("level")
    if level is None:
        index = count_of(result.get("ruleIndex"))
        rule = next((one for one in rules if one.get("id") == result.get("ruleId") and one.get("id")), {})
        rule = rule or (rules[index] if index is not None and index < len(rules) else {})
        default = rule.get("defaultConfiguration")
        level = default.get("level", "warning") if isinstance(default, dict) else "warning"
    return level if level in (*_LEVELS, "none") else "warning"


def _whole(runs: list[dict[str, Any]], drivers: list[dict[str, Any]]) -> tuple[int | None, str]:
    """What a zero is a zero of."""
    rules = sum(len(_rules(one)) for one in [*drivers, *(one for run in runs for one in _extensions(run))])
    files = sum(len(dicts(run.get("artifacts"))) for run in runs)
    succeeded = sum(
        any(one.get("executionSuccessful") is True for one in dicts(run.get("invocations"))) for run in runs
    )
    if rules:
        return rules, "rules"
    if files:
        return files, "files"
    return (succeeded, "runs that succeeded") if succeeded == len(runs) else (None, "")


def _rules(component: dict[str, Any]) -> list[dict[str, Any]]:
    return dicts(component.get("rules"))


def _extensions(run: dict[str, Any]) -> list[dict[str, Any]]:
    return dicts(table(run.get("tool"), "tool").get("extensions"))


def _message(result: dict[str, Any]) -> str:
    message = result.get("message")
    return text_of(message.get("text") or message.get("id"), 160) if isinstance(message, dict) else ""


def _location(result: dict[str, Any]) -> str:
    for location in dicts(result.get("locations")):
        physical = location.get("physicalLocation")
        if isinstance(physical, dict) and isinstance(physical.get("artifactLocation"), dict):
            region = physical.get("region")
            line = count_of(region.get("startLine")) if isinstance(region, dict) else None
            return f" ({text_of(physical['artifactLocation'].get('uri'), 160)}{f':{line}' if line else ''})"
    return ""

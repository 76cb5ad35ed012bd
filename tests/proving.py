"""A guard and its proof for tests, made as a person makes it: history is read, fires are looked at and ticked."""

from __future__ import annotations

from conftest import Repo

from twiceshy.jobs.backtest.verdicts import still_to_judge, unjudged
from twiceshy.model.backtest import Tested
from twiceshy.project import Project

_LESSON = """# Lessons

## 2026-01-02: Checks were off

- **Happened:** nobody looked
- **Rule:** keep checking

```yaml guard
id: no-verify-false
added: 'verify=False'
bad: get(url, verify=False)
good: get(url)
{}culprit: {}
fix: {}
```
"""


def lesson(culprit: str, fix: str, more: str = "") -> str:
    """A log whose only lesson has a guard for what `culprit` did and `fix` mended; `more` are lines of the guard."""
    return _LESSON.format(more, culprit[:10], fix[:10])


def prove(repo: Repo, guard: str, *, wrong: int = 0, most: int = 10) -> Tested:
    """Tick the fires of a guard, the first `wrong` of them as false alarms, no more than `most`; nothing is committed.

    The guard has to stand in a document of the working tree, and its history to be committed.
    """
    with Project.open(repo.root) as project:
        (test,) = project.backtest([guard])
        for number, fire in enumerate(unjudged(test)[: min(still_to_judge(test), most)]):
            test = project.tick(test, fire, number >= wrong)
    return test

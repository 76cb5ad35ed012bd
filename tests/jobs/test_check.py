"""check on real changes: what speaks, what is kept quiet, and who may judge whom."""

from __future__ import annotations

import datetime

import pytest
from proving import prove

from twiceshy.project import Project

ENTRY = "# Lessons\n\n## 2026-01-02: Checks were off\n\n- **Happened:** nobody looked\n- **Rule:** keep checking\n"
TODAY = datetime.date(2026, 11, 21)
GUARD = """
```yaml guard
id: {id}
added: '{pattern}'
bad: '{bad}'
good: 'get(url)'
level: {level}
{more}```
"""


def lesson(
    id: str = "no-verify-false",
    pattern: str = "verify=False",
    bad: str = "get(url, verify=False)",
    level: str = "warn",
    more: str = "",
) -> str:
    guard = GUARD.format(id=id, pattern=pattern, bad=bad, level=level, more=more)
    return f"{ENTRY}{guard}"


def check(repo, how=lambda project: project.git.diff_staged()):
    with Project.open(repo.root) as project:
        project.today = TODAY
        return project.check(how(project))


def between(repo, base, head, parted=False):
    with Project.open(repo.root) as project:
        project.today = TODAY
        return project.check_range(base, head, parted=parted)


def said(report) -> list[str]:
    return [f"{d.location.path}:{d.location.line} {d.level} {d.rule}" for d in report.findings]


def stage(repo, path, text):
    repo.write(path, text)
    repo.git("add", "--all")


def test_a_lesson_speaks_the_moment_it_is_written_even_before_the_first_commit(repo):
    repo.write("LESSONS.md", lesson())
    stage(repo, "client.py", "ok\nget(u, verify=False)\n")
    report = check(repo)
    assert said(report) == ["client.py:2 warn no-verify-false"]
    assert report.findings[0].message == "keep checking"
    assert report.findings[0].see.path == "LESSONS.md"
    assert not report.stops


def test_a_document_is_not_judged_by_the_guard_it_holds(repo):
    stage(repo, "LESSONS.md", lesson())
    assert said(check(repo)) == []


@pytest.mark.parametrize("status", ["draft", "retired", "superseded by the next one"])
def test_only_active_lessons_speak(repo, status):
    repo.write("LESSONS.md", lesson().replace("- **Rule:**", f"- **Status:** {status}\n- **Rule:**"))
    stage(repo, "client.py", "get(u, verify=False)\n")
    assert said(check(repo)) == []


def test_candidates_do_not_speak(repo):
    repo.write("lessons/candidates/LESSONS.md", lesson())
    stage(repo, "client.py", "get(u, verify=False)\n")
    assert said(check(repo)) == []


def test_an_invalid_guard_beside_a_valid_one_changes_nothing(repo):
    repo.write("LESSONS.md", lesson() + "\n```yaml guard\nid: x\nadded: '('\nbad: a\ngood: b\n```\n")
    stage(repo, "client.py", "get(u, verify=False)\n")
    assert said(check(repo)) == ["client.py:1 warn no-verify-false"]


def test_a_suppression_with_id_reason_and_date_keeps_it_quiet(repo):
    repo.write("LESSONS.md", lesson())
    repo.commit("lesson")
    ignore = "# twiceshy: ignore[no-verify-false] until=2026-12-31 the test server has no certificate"
    stage(repo, "client.py", f"get(u, verify=False)  {ignore}\n{ignore}\nget(v, verify=False)\n")
    report = check(repo)
    assert report.suppressed == 2
    assert said(report) == ["client.py:1 advise added-suppression", "client.py:2 advise added-suppression"]


def test_an_expired_suppression_is_a_finding_again(repo):
    repo.write("LESSONS.md", lesson())
    ignore = "# twiceshy: ignore[no-verify-false] until=2026-11-20 the test server has no certificate"
    stage(repo, "client.py", f"get(u, verify=False)  {ignore}\n")
    report = check(repo)
    assert (report.suppressed, report.expired) == (0, 1)
    assert "client.py:1 warn no-verify-false" in said(report)
    assert "expired" in report.findings[-1].message + report.findings[0].message


def test_suppressions_that_cannot_work_or_do_nothing_are_findings(repo):
    repo.write("LESSONS.md", lesson())
    lines = [
        "get(u, verify=False)  # twiceshy: ignore[no-verify-false] until=2026-12-31",
        "x  # twiceshy: ignore[other] until=2026-12-31 why",
    ]
    stage(repo, "client.py", "\n".join(lines) + "\n")
    assert said(check(repo)) == [
        "client.py:1 error bad-suppression",
        "client.py:1 warn no-verify-false",
        "client.py:2 warn unused-suppression",
    ]


def proved(repo) -> str:
    """A history in which the mistake was made and mended, and a lesson that may block."""
    stage(repo, "client.py", "get(u)\n")
    repo.commit("first")
    stage(repo, "client.py", "get(u, verify=False)\n")
    culprit = repo.commit("faster tests")
    stage(repo, "client.py", "get(u)\n")
    fix = repo.commit("check again")
    stage(repo, "LESSONS.md", lesson(level="block", more=f"culprit: {culprit[:10]}\nfix: {fix[:10]}\n"))
    repo.commit("lesson")
    prove(repo, "no-verify-false")
    return repo.commit("proof")


def test_a_proved_guard_blocks(repo):
    proved(repo)
    stage(repo, "client.py", "get(u, verify=False)\n")
    report = check(repo)
    assert said(report) == ["client.py:1 block no-verify-false"]
    assert report.stops


@pytest.mark.parametrize("more", ["", "culprit: 0123456789\nfix: 0123456789\n"])
def test_an_unproved_guard_warns_instead_of_blocking(repo, more):
    proved(repo)
    stage(repo, "LESSONS.md", lesson(level="block", more=more))
    stage(repo, "client.py", "get(u, verify=False)\n")
    assert "client.py:1 warn no-verify-false" in said(check(repo))


def test_a_guard_that_fires_on_its_own_fix_may_not_block(repo):
    base = proved(repo)
    text = (
        (repo.root / "LESSONS.md")
        .read_text()
        .replace("added: 'verify=False'", "added: 'get'")
        .replace("good: 'get(url)'", "good: x")
    )
    stage(repo, "LESSONS.md", text)
    repo.commit("wider")
    stage(repo, "client.py", "get(w)\n")
    assert said(check(repo)) == ["client.py:1 warn no-verify-false"]
    assert base


def test_a_range_is_judged_by_the_guards_of_its_base(repo):
    base = proved(repo)
    stage(repo, "client.py", "get(u, verify=False)\n")
    (repo.root / "LESSONS.md").unlink()
    head = repo.commit("gone, and done again")
    report = between(repo, base, head)
    assert "client.py:1 block no-verify-false" in said(report)
    assert any(line.endswith("block loosened-guard") for line in said(report))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("level: block", "level: advise"),
        ("added: 'verify=False'", "added: 'verify=Never'"),
        ("added: 'verify=False'", "added: 'verify=False'\nunless: 'get'"),
        ("## 2026-01-02", "## Status\n\nretired\n\n## 2026-01-02"),
    ],
)
def test_loosening_a_guard_in_the_change_it_speaks_about_is_a_finding(repo, before, after):
    base = proved(repo)
    text = (repo.root / "LESSONS.md").read_text()
    assert before in text
    if before.startswith("##"):
        text = text.replace("- **Rule:**", "- **Status:** retired\n- **Rule:**")
    repo.write("LESSONS.md", text.replace(before, after) if not before.startswith("##") else text)
    stage(repo, "client.py", "get(u, verify=False)\n")
    head = repo.commit("quietly")
    lines = said(between(repo, base, head))
    assert "client.py:1 block no-verify-false" in lines
    assert any("loosened-guard" in line and "block" in line for line in lines)


def test_loosening_a_guard_in_a_change_of_its_own_is_fine(repo):
    base = proved(repo)
    repo.write("LESSONS.md", (repo.root / "LESSONS.md").read_text().replace("level: block", "level: advise"))
    assert said(between(repo, base, repo.commit("on its own"))) == []


@pytest.mark.parametrize("breakage", [b"\xff\xfe", b"```yaml guard\nid: [\n"])
def test_a_document_that_held_guards_and_no_longer_reads_fails_closed(repo, breakage):
    base = proved(repo)
    text = (repo.root / "LESSONS.md").read_bytes()
    repo.write(
        "LESSONS.md",
        text.replace(b"```yaml guard\nid", breakage + b"id", 1) if b"yaml" in breakage else breakage + text,
    )
    report = between(repo, base, repo.commit("broken"))
    assert "block lost-guard" in said(report)[0]
    assert report.stops


def test_guards_a_change_adds_judge_it_too(repo):
    base = proved(repo)
    repo.write("lessons/LESSONS.md", lesson(id="no-print", pattern="print", bad="print(1)"))
    stage(repo, "client.py", "print(2)\n")
    assert said(between(repo, base, repo.commit("new rule and its breach"))) == ["client.py:1 warn no-print"]


def test_what_the_other_side_did_since_they_parted_is_not_judged(repo):
    base = proved(repo)
    repo.git("checkout", "--quiet", "-b", "side")
    stage(repo, "side.py", "x\n")
    repo.commit("side")
    repo.git("checkout", "--quiet", "main")
    stage(repo, "client.py", "get(u, verify=False)\n")
    repo.commit("main goes wrong")
    assert said(between(repo, "main", "side", parted=True)) == []
    assert base


def test_pair_guards_see_the_whole_change(repo):
    pair = "pair: {changed: src/schema.py, unchanged: docs/schema.md}\nbad: {src/schema.py: x}\ngood: {a: b}"
    guard = f"\n```yaml guard\nid: schema-page\n{pair}\n```\n"
    stage(repo, "LESSONS.md", "# Lessons\n\n## 2026-01-02: Docs lagged\n\n- **Happened:** a\n- **Rule:** b\n" + guard)
    repo.commit("lesson")
    stage(repo, "src/schema.py", "y\n")
    assert said(check(repo)) == ["src/schema.py:1 warn schema-page"]
    stage(repo, "docs/schema.md", "y\n")
    assert said(check(repo)) == []


def test_files_that_cannot_be_judged_are_named(repo):
    repo.write("LESSONS.md", lesson())
    stage(repo, "image.png", b"\x89PNG\0\0")
    report = check(repo)
    assert [(u.path, u.reason) for u in report.unreadable] == [("image.png", "binary")]


def test_renamed_deleted_and_oddly_named_files_are_judged_where_they_are(repo):
    repo.write("LESSONS.md", lesson())
    stage(repo, "old.py", "keep\n" * 20 + "get(u)\n")
    stage(repo, "gone.py", "get(u, verify=False)\n")
    repo.commit("first")
    (repo.root / "gone.py").unlink()
    (repo.root / "old.py").rename(repo.root / "new.py")
    repo.write("new.py", "keep\n" * 20 + "get(u, verify=False)\n")
    stage(repo, 'sp ace "quo" é\n.py', "one\ntwo\nget(w, verify=False)\n")
    assert said(check(repo)) == ["new.py:21 warn no-verify-false", 'sp ace "quo" é\n.py:3 warn no-verify-false']


def test_a_change_cannot_take_itself_out_of_sight_by_configuration(repo):
    base = proved(repo)
    repo.write("twiceshy.toml", "exclude = ['LESSONS.md', 'client.py']\n")
    stage(repo, "client.py", "get(u, verify=False)\n")
    head = repo.commit("hide the lesson and repeat the mistake")
    assert "client.py:1 block no-verify-false" in said(between(repo, base, head))


def test_documents_that_the_configuration_leaves_alone_do_not_judge(repo):
    repo.write("twiceshy.toml", "exclude = ['examples/**']\n")
    repo.write("examples/LESSONS.md", lesson())
    base = repo.commit("an example of a lesson")
    stage(repo, "client.py", "get(u, verify=False)\n")
    assert said(between(repo, base, repo.commit("code"))) == []


def test_a_suppression_quoted_in_prose_is_none(repo):
    repo.write("LESSONS.md", lesson())
    stage(repo, "docs/how.md", "write `# twiceshy: ignore[guard-id]` on the line\n")
    assert said(check(repo)) == []

"""`make demo` as a newcomer runs it: in strange surroundings, to the end, and without a trace."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

DEMO = Path(__file__).parents[1] / "demo" / "demo.py"


def bare(folder: Path, **more: str) -> dict[str, str]:
    """An environment as in a container: no HOME, no identity, no configuration; temporary folders go to `folder`."""
    kept = ("PATH", "SYSTEMROOT", "COMSPEC", "PATHEXT", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"TMPDIR": str(folder), **more}


def run(folder: Path, *arguments: str, umask: int = -1, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(DEMO), *arguments]
    return subprocess.run(
        command, cwd=folder, env=bare(folder, **more), umask=umask, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(DEMO.parent)
    spec = importlib.util.spec_from_file_location("demo", DEMO)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_demo_tells_its_story_on_a_page_and_leaves_nothing_behind(tmp_path):
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) <= 78
    assert [line[:2] for line in lines if line[1:3] == ". "] == ["1.", "2.", "3.", "4.", "5."]
    assert "\x1b" not in done.stdout
    assert str(tmp_path) not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_demo_does_not_see_the_surroundings_it_runs_in(tmp_path):
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    (home / ".gitconfig").write_text("[commit]\n\tgpgsign = true\n[core]\n\thooksPath = /nowhere\n[user\n")
    made = tmp_path / "made"
    made.mkdir()
    strange = {"HOME": str(home), "GIT_DIR": str(elsewhere), "GIT_INDEX_FILE": "x", "GIT_CONFIG_COUNT": "nonsense"}
    done = run(made, umask=0o777, LANG="de_DE.UTF-8", **strange)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(made.iterdir()) == []


def test_the_demo_fails_where_a_step_does_not_do_what_it_claims(demo, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(demo.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(demo, "STEPS", (demo.STEPS[0]._replace(shows=(demo.Show("git log", ("never said",)),)),))
    assert demo.main([]) == 1
    assert "missing: ['never said']" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_silence_is_part_of_what_a_step_claims(demo, tmp_path):
    stage = demo.Stage(tmp_path)
    stage.write("a.txt", "loud\n")
    with pytest.raises(demo.WentWrong, match="loud"):
        stage.show(demo.Show("cat a.txt"))


def test_the_demo_keeps_its_repository_when_asked(tmp_path):
    done = run(tmp_path, "--keep")
    kept = Path(done.stderr.removeprefix("kept: ").strip())
    assert done.returncode == 0
    assert (kept / "LESSONS.md").is_file()
    assert kept.parent.parent == tmp_path


def test_an_unknown_argument_is_named_as_usage(tmp_path):
    done = run(tmp_path, "--quick")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "usage: demo.py [--keep]\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(("wish", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_are_for_terminals_that_want_them(tmp_path, wish, coloured):
    import pty

    terminal, side = pty.openpty()
    surroundings = bare(tmp_path, **{"TERM": "xterm", **wish})
    with subprocess.Popen([sys.executable, str(DEMO)], env=surroundings, stdout=side) as process:
        os.close(side)
        said = b"".join(iter(lambda: heard(terminal), b""))
    os.close(terminal)
    assert process.returncode == 0
    assert (b"\x1b[1m" in said) is coloured


def heard(terminal: int) -> bytes:
    """What the terminal shows next; Linux says with an error that nobody will write any more."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""

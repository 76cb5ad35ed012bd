"""Commands as a shell reads them, for what a case file cannot show: places, scripts, limits and any text at all."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiceshy.errors import InvalidGuard
from twiceshy.guards import command, fires, needs, validate
from twiceshy.guards._shell import pipelines
from twiceshy.model.change import Change, ChangedFile, Hunk, Match
from twiceshy.model.guard import Guard

ANY_TEXT = st.text(st.characters(exclude_categories=()))
SHELL = (
    "rm -rf a b | || & && ; ;; \n ( ) { } $( ` ' \" \\ # ! = $ ${ $(( )) <( < > << <<- <<< EOF sh -c eval sudo find é"
)
SHELL_TEXT = st.lists(st.sampled_from([*SHELL.split(" "), " ", " ", "\nEOF\n"])).map("".join)
STARTS = st.sampled_from(["", "sudo ", "cd x && ", "A=1 ", "ls; ", "true | ", "! ", "nohup env B=2 ", "echo `ls`\n"])


def guard(pattern: object, **more: str) -> Guard:
    made = Guard("here", "command", pattern, **more)
    validate(made)
    return made


def found(pattern: object, text: str, **more: str) -> list[tuple[int, int, str]]:
    matches = fires(guard(pattern, **more), Change(command=text))
    return [(match.line, match.end_line, match.text) for match in matches]


def in_files(made: Guard, *files: ChangedFile) -> list[tuple[str, int, int]]:
    return [(match.path, match.line, match.end_line) for match in fires(made, Change(files))]


@given(ANY_TEXT)
def test_any_text_can_be_read(text: str):
    made = guard(["rm -rf", "* | *", "* *"])
    for match in command.find(made, Change(command=text)):
        assert 1 <= match.line <= match.end_line <= text.count("\n") + 1


@given(SHELL_TEXT)
def test_any_mixture_of_shell_words_can_be_read(text: str):
    made = guard(["rm -rf", "* | *", "* *"])
    for match in command.find(made, Change(command=text)):
        assert 1 <= match.line <= match.end_line <= text.count("\n") + 1


@given(SHELL_TEXT)
def test_any_pattern_is_refused_with_a_hint_or_recognised_in_itself(text: str):
    try:
        made = guard(text)
    except InvalidGuard as error:
        assert error.hint
    else:
        spelled_plainly = text.translate({ord(mark): None for mark in "'\"\\"}) == text
        assert not spelled_plainly or list(command.find(made, Change(command=text)))


@given(STARTS, st.lists(st.text()))
def test_a_quoted_argument_list_is_recognised_whatever_the_arguments_are(start: str, arguments: list[str]):
    assert found("rm -rf", start + shlex.join(["rm", "-r", *arguments, "--force"][: -1 if "--" in arguments else None]))


@given(STARTS, st.text())
def test_a_quoted_text_that_mentions_the_command_is_left_alone(start: str, text: str):
    mention = shlex.join([text, start + "rm -rf x", "rm -rf " + text])
    assert not found("rm -rf", f"{start}echo {shlex.quote(mention)} {mention}")
    assert not found(
        "rm -rf", f"cat > notes <<'END-OF-NOTES'\n{start}rm -rf x\n{text.replace('END', '')}\nEND-OF-NOTES\n"
    )


@given(STARTS, SHELL_TEXT)
def test_what_follows_on_a_line_of_its_own_does_not_hide_a_command(start: str, text: str):
    assert found("rm -rf", f"{start}rm -rf x\n:\n{text}"), "the grammar recovers what came first"


def test_a_match_says_where_it_is_and_what_it_reads():
    text = "set -e\nsudo rm -rf é &&\n  curl x |\n  sudo sh -s\nls"
    assert found("rm -rf", text) == [(2, 2, "sudo rm -rf é")]
    assert found("curl * | sh", text) == [(3, 4, "curl x |\n  sudo sh -s")]


def test_a_match_inside_a_heredoc_or_a_string_counts_lines_of_the_whole_command():
    text = "ls\nbash << 'EOF' 2>&1\nset -e\nrm -rf a\nEOF\nsh -c 'ls\nrm -rf b'\ncat <<EOF | git push --force\nEOF"
    assert [line for line, _, _ in found("rm -rf", text)] == [7, 4]
    assert found("git push -f", text) == [(8, 8, "git push --force")]
    assert found("cat | git", text) == [(8, 8, "cat <<EOF | git push --force")]
    assert found("bash", text) == [(2, 2, "bash")]


def test_conditions_ask_the_command_itself():
    text = "cd /tmp; rm -rf /tmp/a\nrm -rf /srv/b"
    assert found("rm -rf", text, unless="/tmp/") == [(2, 2, "rm -rf /srv/b")]


def test_a_match_prints_readably():
    (match,) = command.find(guard("rm"), Change(command="rm x"))
    assert repr(match) == repr(Match("", 1, 1, "rm x"))


WHOLE = r"""#!/bin/sh
rm -rf old
docker run \
  --rm \
  --privileged \
  image
clean() {
  rm -rf new
  rm -rf other
}
"""


def script(path: str = "run.sh", whole: str | None = WHOLE) -> ChangedFile:
    hunks = [Hunk(4, [], 5, ["  --privileged \\"]), Hunk(8, [], 8, ["  rm -rf new"])]
    return ChangedFile(path, hunks, new=lambda: whole)


def test_in_a_script_only_commands_on_added_lines_count():
    assert in_files(guard("rm -rf"), script()) == [("run.sh", 8, 8)]


def test_a_line_added_inside_a_command_is_reported_where_it_was_added():
    assert in_files(guard("docker run --privileged"), script()) == [("run.sh", 5, 6)]


def test_a_scope_widens_what_counts():
    assert in_files(guard("rm -rf", scope="function"), script()) == [("run.sh", 8, 8), ("run.sh", 9, 9)]
    assert in_files(guard("rm -rf", scope="file"), script()) == [("run.sh", 2, 2), ("run.sh", 8, 8), ("run.sh", 9, 9)]


def test_a_script_is_known_by_its_ending_or_its_first_line():
    assert in_files(guard("rm -rf"), script("bin/run"), script("run.py"), script("run.bash")) == [
        ("bin/run", 8, 8),
        ("run.bash", 8, 8),
    ]
    assert not in_files(guard("rm -rf"), script("bin/run", WHOLE.replace("/bin/sh", "/usr/bin/fish")))


def test_without_the_whole_file_the_added_lines_are_read_by_themselves():
    assert in_files(guard("rm -rf"), script(whole=None)) == [("run.sh", 8, 8)]
    assert not in_files(guard("rm -rf"), script("bin/run", whole=None))


def test_carriage_returns_are_not_part_of_words():
    assert found("rm -rf x", "ls\r\nrm -rf x\r\nls\r\n") == [(2, 2, "rm -rf x")]


@pytest.mark.parametrize(
    "pattern",
    [
        "", " ", [], [""], ["rm -rf", ""], None, 3, ["rm", 3], {"run": "rm"}, "rm; ls", "cd x && rm", "rm x &",
        "rm\nls", "rm > log", "rm < list", "rm <<< x", "rm $x", "rm $(ls)", "rm `ls`", "curl * |", "| sh", "(rm)", "! ",
        "# rm", "rm # x", "if x; then y; fi", "rm 'x", "SKIP=1", "''", "[ x ]", "x" * 5000,
    ],
)  # fmt: skip
def test_what_is_not_one_command_or_pipeline_is_refused_with_a_hint(pattern: object):
    with pytest.raises(InvalidGuard) as caught:
        guard(pattern)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("rm -rf", {"rm"}),
        ("/usr/bin/rm -rf ~/build", {"/usr/bin/rm", "/build"}),
        ("git push --force", {"git", "push"}),
        ("git push --force-with-lease", {"git", "push", "force-with-lease"}),
        ("npm install git+* --install-links", {"npm", "git+", "install-links"}),
        ("curl * | sh", {"curl", "sh"}),
        ("kubectl delete --namespace=prod", {"kubectl", "delete", "prod"}),
        ("SKIP=* git commit", {"SKIP", "git", "commit"}),
        ("tar -xf a.tar", {"tar", "a.tar"}),
        ("kill -9 init", {"kill", "init"}),
        ("find . -delete", {"find", "delete"}),
        ("* --no-verify push", set()),
        (["rm -rf x1", "rm -r x1"], {"rm", "x1"}),
        (["rm -rf", "rmdir"], set()),
    ],
)
def test_a_guard_needs_only_what_has_no_second_spelling(pattern: object, literals: set[str]):
    assert needs(guard(pattern)) == literals


@pytest.mark.parametrize(
    "text",
    [
        "$(",
        "(",
        "{ ",
        '"$(',
        "if a; then ",
        "bash -c '",
        "sudo ",
        "eval ",
        "x() { ",
        "a | ",
        "<(",
        "cat <<E\n",
        "$(<<E\n",
    ],
)
def test_a_megabyte_of_nesting_does_no_harm(text: str):
    assert found("rm -rf", "rm -rf x; " + text * (2**20 // len(text))) == [(1, 1, "rm -rf x")]


def test_a_thousand_levels_are_read_to_the_bottom():
    assert found("rm -rf", "echo $(" * 500 + "rm -rf x" + ")" * 500)
    assert found("rm -rf", "( " * 1000 + "rm -rf x" + ")" * 1000)


def test_a_script_in_a_script_is_read_as_deep_as_it_goes():
    text = "rm -rf x"
    for _ in range(8):
        text = (
            f"bash -c {shlex.quote(text)}" if len(text) < 2000 else f"cat <<'E{len(text)}' | sh\n{text}\nE{len(text)}"
        )
    assert found("rm -rf", text)


def test_long_texts_in_a_command_do_not_hide_what_follows():
    body = "lorem ipsum 'dolor' (sit\n" * 50_000
    assert found("rm -rf", f"cat > notes <<'EOF'\n{body}EOF\nrm -rf x") == [(50_003, 50_003, "rm -rf x")]
    assert found("rm -rf", f"echo '{body.replace(chr(39), '')}'; rm -rf x")
    assert found("rm -rf", "echo one\n" * 5000 + "rm -rf x")


def test_characters_the_grammar_cannot_be_given_do_no_harm():
    """Its scanner reads beyond a table for digits, which ends the process for some characters after a brace."""
    odd = "".join(map(chr, (0x3042, 0x1F600, 0x7DA3E, 0xE0100, 0xFFFFD)))
    text = "".join(f"echo {{{char} a{{1{char}}} {{1..{char}}}\n" for char in odd) + f"rm -rf '{odd}' ÀÿÝ"
    assert found(f"rm -rf '{odd}' ÀÿÝ", text) == [(6, 6, f"rm -rf '{odd}' ÀÿÝ")]
    many = "".join(map(chr, range(0x4E00, 0x4F00)))
    assert found("rm -rf *", f"rm -rf {many}") == [(1, 1, f"rm -rf {many}")]


def test_of_a_very_long_text_only_the_beginning_is_read():
    assert not found("rm -rf", "echo one\n" * 50_000 + "rm -rf x")
    assert not found("rm -rf", "echo one; " * 5000 + "rm -rf x")


def test_several_guards_read_a_command_once():
    pipelines.cache_clear()
    for pattern in ("rm -rf", "rm -r", "ls"):
        assert found(pattern, "rm -rf x; ls")
    assert pipelines.cache_info().misses == 1

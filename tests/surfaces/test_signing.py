"""`twiceshy sign` and `twiceshy verify` with real keys: what counts, what does not, and how each is named."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from signing import RECORD, SSH_KEYGEN, make_key, needs_ssh_keygen, public

from twiceshy.errors import SshError
from twiceshy.surfaces.cli import main

pytestmark = needs_ssh_keygen
ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/reference/json-schema/verify.json").read_text(encoding="utf-8"))
DOC, SIGS = "docs/record.md", "docs/record.md.sigs.json"


class Desk:
    """A repository with a record, two people and their keys."""

    def __init__(self, repo, capsys, keys: Path) -> None:
        self.repo, self.capsys = repo, capsys
        self.ada, self.ben = make_key(keys, "ada"), make_key(keys, "ben")
        repo.write(DOC, RECORD)
        self.signers(f"ada@example.org pm,qa {public(self.ada)}", f"ben@example.org tech-lead {public(self.ben)}")

    def signers(self, *lines: str) -> None:
        self.repo.write(".twiceshy/signers", "\n".join(lines) + "\n")

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main(list(words))
        printed = self.capsys.readouterr()
        return code, printed.out, printed.err

    def sign(self, role: str = "pm", key: str = "", path: str = DOC) -> None:
        code, _, error = self.run("sign", role, path, "--key", key or self.ada)
        assert code == 0, error

    def text(self, path: str = DOC) -> str:
        return (self.repo.root / path).read_bytes().decode()

    def edit(self, old: str, new: str, path: str = DOC) -> None:
        text = self.text(path)
        assert old in text
        self.repo.write(path, text.replace(old, new))

    def states(self, *words: str, path: str = DOC) -> tuple[int, dict[str, str]]:
        code, out, _ = self.run("verify", path, "--format", "json", *words)
        told = json.loads(out)
        jsonschema.validate(told, SCHEMA)
        return code, {
            f"{one['role']}{'' if one['line'] else '*'}": one["state"] for one in told["documents"][0]["sign_offs"]
        }

    def one(self, role: str = "pm") -> dict:
        told = json.loads(self.run("verify", DOC, "--format", "json")[1])["documents"][0]["sign_offs"]
        return next(one for one in told if one["role"] == role and one["state"] != "open")


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def desk(repo, capsys, monkeypatch, keys) -> Desk:
    monkeypatch.chdir(repo.root)
    monkeypatch.setenv("SSH_AUTH_SOCK", "/nowhere/agent")
    return Desk(repo, capsys, keys)


def test_a_signature_fills_its_place_and_counts_and_nothing_else_changes(desk):
    desk.sign()
    before, after = RECORD.splitlines(), desk.text().splitlines()
    (changed,) = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed.startswith("- **Product:** ✅ Ada (ada@example.org, 20")
    assert desk.states("--require", "pm") == (
        0,
        {"pm": "verified", "tech-lead": "open", "qa": "open", "devops": "open"},
    )


def test_a_required_role_that_nobody_signed_stops(desk):
    desk.sign()
    code, out, _ = desk.run("verify", DOC, "--require", "pm,tech-lead,Quality")
    assert code == 1
    assert "lacking: tech-lead, qa" in out


def test_two_signers_sign_the_same_content_one_after_the_other(desk):
    desk.sign("pm")
    desk.sign("tech-lead", desk.ben)
    desk.sign("qa")
    assert desk.states("--require", "pm,tech-lead,qa")[0] == 0
    assert len(json.loads(desk.text(SIGS))["contents"]) == 1


def test_two_signatures_in_one_moment_lose_neither(desk, monkeypatch):
    from twiceshy.adapters.ssh import SshKeygen

    real = SshKeygen.sign

    def meanwhile(self, key, statement):
        monkeypatch.setattr(SshKeygen, "sign", real)
        assert main(["sign", "tech-lead", DOC, "--key", desk.ben]) == 0
        return real(self, key, statement)

    monkeypatch.setattr(SshKeygen, "sign", meanwhile)
    code, _, error = desk.run("sign", "pm", DOC, "--key", desk.ada)
    assert code == 2 and "run the command again" in error
    desk.sign("pm")
    assert desk.states("--require", "pm,tech-lead")[0] == 0


def test_signing_again_takes_the_place_of_the_earlier_signature(desk):
    desk.sign()
    desk.edit("500 jobs", "600 jobs")
    desk.sign()
    assert len(json.loads(desk.text(SIGS))["signatures"]) == 1
    assert desk.states()[1]["pm"] == "verified"


def test_an_edit_after_signing_is_shown_line_by_line(desk):
    desk.sign()
    desk.edit("It holds 500 jobs.", "It holds 900 jobs.")
    desk.edit("It is emptied each hour.\n", "It is emptied each day.\n\nMostly.\n")
    code, out, _ = desk.run("verify", DOC)
    assert code == 1
    assert "signed an earlier version (4 lines differ)" in out
    assert "- It holds 500 jobs." in out and "+ It holds 900 jobs." in out and "+ Mostly." in out


def test_other_line_ends_are_another_content_and_said_to_be_only_that(desk):
    desk.sign()
    desk.repo.write(DOC, desk.text().replace("\n", "\r\n"))
    assert "only in how they end" in desk.one()["why"]


def test_a_label_that_is_renamed_is_a_change_of_what_was_signed(desk):
    desk.sign()
    desk.edit("**Product:**", "**Chief of Fun:**")
    code, states = desk.states("--require", "pm")
    assert code == 1
    assert states["chief-of-fun"] == "unsigned"
    assert states["pm*"] == "earlier"


def test_another_persons_key_does_not_count(desk):
    desk.sign()
    desk.signers(f"ada@example.org pm {public(desk.ben)}", f"ben@example.org pm {public(desk.ada)}")
    code, states = desk.states()
    assert (code, states["pm"]) == (1, "other-key")
    assert "but of ben@example.org" in desk.one()["why"]


def test_a_key_that_is_no_longer_the_one_in_the_list_does_not_count(desk):
    desk.sign()
    desk.signers(f"ada@example.org pm {public(desk.ben)}")
    assert desk.states()[1]["pm"] == "other-key"


def test_a_revoked_key_does_not_count(desk):
    desk.sign()
    desk.repo.write(".twiceshy/revoked", f"{public(desk.ada)}\n")
    code, states = desk.states()
    assert (code, states["pm"]) == (1, "revoked")


def test_a_revoked_key_in_a_krl_does_not_count(desk):
    desk.sign()
    krl = desk.repo.root / ".twiceshy/revoked"
    subprocess.run([SSH_KEYGEN, "-q", "-k", "-f", str(krl), f"{desk.ada}.pub"], check=True)
    assert desk.states()[1]["pm"] == "revoked"


def test_nobody_signs_with_a_revoked_key(desk):
    desk.repo.write(".twiceshy/revoked", f"{public(desk.ada)}\n")
    code, _, error = desk.run("sign", "pm", DOC, "--key", desk.ada)
    assert code == 2 and "revoked" in error
    assert desk.text() == RECORD


def test_a_list_of_revoked_keys_that_cannot_be_read_lets_nothing_count_and_says_so(desk):
    desk.sign()
    desk.repo.write(".twiceshy/revoked", "# nobody yet\n")
    assert desk.states("--require", "pm")[0] == 0
    desk.repo.write(".twiceshy/revoked", "garbage\n")
    assert desk.states()[0] == 1
    assert "refused by .twiceshy/revoked" in desk.one()["why"]


def test_a_revocation_of_this_change_counts_even_if_the_base_does_not_know_it(desk):
    desk.sign()
    desk.repo.commit("signed")
    desk.repo.write(".twiceshy/revoked", f"{public(desk.ada)}\n")
    assert desk.states("--from-ref", "HEAD")[1]["pm"] == "revoked"


def test_a_role_that_is_renamed_in_the_list_no_longer_counts(desk):
    desk.sign()
    desk.signers(f"ada@example.org product-visionary {public(desk.ada)}")
    assert desk.states()[1]["pm"] == "not-this-role"
    assert "may sign as product-visionary, not as pm" in desk.one()["why"]


def test_a_signer_who_is_removed_no_longer_counts(desk):
    desk.sign()
    desk.signers(f"ben@example.org tech-lead {public(desk.ben)}")
    assert desk.states()[1]["pm"] == "not-a-signer"


def test_a_list_in_another_order_with_comments_is_the_same_list(desk):
    desk.sign()
    desk.sign("tech-lead", desk.ben)
    lines = (desk.repo.root / ".twiceshy/signers").read_text(encoding="utf-8").splitlines()
    desk.signers("# who may", "", *reversed(lines), "")
    assert desk.states("--require", "pm,tech-lead")[0] == 0


@pytest.mark.parametrize("option", ['valid-before="20200101"', "valid-after=20990101Z"])
def test_a_key_whose_time_is_over_or_has_not_come_does_not_count(desk, option):
    desk.sign()
    desk.signers(f"ada@example.org pm {option} {public(desk.ada)}")
    code, states = desk.states("--require", "pm")
    assert (code, states["pm"]) == (1, "expired")


def test_a_key_for_another_namespace_does_not_count(desk):
    desk.sign()
    desk.signers(f'ada@example.org pm namespaces="git" {public(desk.ada)}')
    assert desk.states()[1]["pm"] == "not-a-signer"


def test_a_signature_for_another_purpose_does_not_count(desk):
    desk.sign()
    kept = json.loads(desk.text(SIGS))
    file = desk.repo.write("statement", kept["signatures"][0]["statement"])
    subprocess.run([SSH_KEYGEN, "-q", "-Y", "sign", "-n", "git", "-f", desk.ada, str(file)], check=True)
    kept["signatures"][0]["signature"] = desk.text("statement.sig")
    desk.repo.write(SIGS, json.dumps(kept))
    assert desk.states()[1]["pm"] == "unreadable"


def test_a_signature_out_of_another_document_is_named(desk):
    desk.repo.write("docs/other.md", RECORD.replace("the queue", "the bell").replace("500", "7"))
    desk.sign(path="docs/other.md")
    mark = next(line for line in desk.text("docs/other.md").splitlines() if "✅" in line)
    desk.repo.write(SIGS, desk.text("docs/other.md.sigs.json"))
    desk.edit("- **Product:** {{product}} ({{product_on}})", mark)
    code, states = desk.states()
    assert (code, states["pm"]) == (1, "other-document")
    assert "docs/other.md" in desk.one()["why"]


def test_a_document_that_moved_with_its_signatures_is_still_signed(desk):
    desk.sign()
    desk.repo.write("docs/moved.md", desk.text())
    desk.repo.write("docs/moved.md.sigs.json", desk.text(SIGS))
    assert desk.states("--require", "pm", path="docs/moved.md")[0] == 0


def test_a_signature_cannot_be_used_for_another_role(desk):
    desk.sign("pm")
    kept = json.loads(desk.text(SIGS))
    kept["signatures"][0]["statement"] = kept["signatures"][0]["statement"].replace("role pm", "role qa")
    desk.repo.write(SIGS, json.dumps(kept))
    code, states = desk.states("--require", "qa")
    assert code == 1
    assert states["pm"] == "unsigned" and states["qa"] == "open" and states["qa*"] == "tampered"


def test_a_mark_that_is_copied_to_another_role_is_a_tick_without_a_signature(desk):
    desk.sign("pm")
    mark = desk.text().split("**Product:** ")[1].split("\n")[0]
    desk.edit("{{qa}} ({{qa_on}})", mark)
    code, states = desk.states()
    assert (code, states["pm"], states["qa"]) == (1, "verified", "unsigned")


@pytest.mark.parametrize(
    "old, new", [("name Ada", "name Bea"), ("content sha256:", "content sha256:0"), ("role pm", "role")]
)
def test_a_statement_that_was_changed_is_named(desk, old, new):
    desk.sign()
    desk.edit(old, new, SIGS)
    code, states = desk.states()
    assert code == 1
    assert states["pm"] == "unsigned" and set(states.values()) & {"tampered", "unreadable"}


def test_a_kept_text_that_was_changed_is_not_believed(desk):
    desk.sign()
    desk.edit("500 jobs", "900 jobs")
    desk.edit("500 jobs", "899 jobs", SIGS)
    assert desk.one()["differs"] is None
    assert "nobody knows what differs" in desk.one()["why"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe", b'{"version": 2}', b"<<<<<<< ours\n{}", b"[" * 100000]
)
def test_a_damaged_file_of_signatures_is_named_and_never_overwritten(desk, content):
    desk.sign()
    desk.repo.write(SIGS, content)
    code, out, _ = desk.run("verify", DOC)
    assert code == 1 and "cannot be read" in out
    code, _, error = desk.run("sign", "qa", DOC, "--key", desk.ada)
    assert code == 2 and "nothing was written" in error
    assert (desk.repo.root / SIGS).read_bytes() == content


def test_typed_names_are_claims_and_typed_ticks_are_findings(desk):
    desk.edit("{{product}} ({{product_on}})", "Ada Lovelace (2026-01-02)")
    assert desk.states() == (0, {"pm": "claimed", "tech-lead": "open", "qa": "open", "devops": "open"})
    desk.edit("- [ ] Operations", "- [x] Operations")
    desk.edit("{{qa}} ({{qa_on}})", "✅ Quinn")
    code, states = desk.states()
    assert (code, states["qa"], states["devops"]) == (1, "unsigned", "unsigned")


def test_a_mark_where_nobody_signs_off_is_a_finding_but_not_one_that_is_shown_as_code(desk):
    desk.sign()
    mark = desk.text().split("**Product:** ")[1].split("\n")[0]
    desk.repo.write(DOC, f"# Record\n\nIt looks like `{mark}`.\n\n## Seen\n\n- **QA:** {mark}\n")
    code, out, _ = desk.run("verify", DOC)
    assert code == 1
    assert "unsigned: ? (line 7) — a mark of a signature" in out
    assert out.count("unsigned") == 1


def test_nobody_adds_themselves_in_the_change_that_they_sign(desk):
    desk.repo.commit("base")
    desk.signers(f"ben@example.org pm {public(desk.ben)}")
    desk.sign("pm", desk.ben)
    assert desk.states("--require", "pm")[0] == 0
    code, states = desk.states("--require", "pm", "--from-ref", "HEAD")
    assert (code, states["pm"]) == (1, "not-this-role")


def test_words_that_a_change_adds_do_not_take_content_out_of_a_signature(desk):
    desk.repo.write(DOC, RECORD.replace("It is emptied each hour.", "## Promises\n\n- **Emptied:** hourly\n"))
    desk.repo.commit("base")
    desk.repo.write("twiceshy.toml", "[aliases]\nPromises = 'sign-off'\n")
    desk.sign()
    desk.edit("hourly", "never")
    assert desk.states("--from-ref", "HEAD")[1]["pm"] == "earlier"


def test_a_signature_by_a_certificate_counts_as_long_as_its_authority_does(desk, keys, monkeypatch):
    authority, own = make_key(keys, "authority"), make_key(keys, "cleo")
    command = [SSH_KEYGEN, "-q", "-s", authority, "-I", "cleo", "-n", "cleo@example.org", f"{own}.pub"]
    subprocess.run(command, check=True)
    desk.signers(f"*@example.org qa cert-authority {public(authority)}")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "cleo@example.org")
    desk.sign("qa", f"{own}-cert.pub")
    assert desk.states("--require", "qa")[0] == 0
    desk.signers(f"*@example.org pm cert-authority {public(authority)}")
    assert desk.states()[1]["qa"] == "not-this-role"
    desk.signers(f"*@example.org qa cert-authority {public(desk.ben)}")
    assert desk.states()[1]["qa"] == "not-a-signer"


def test_who_is_not_in_the_list_is_told_the_line_that_is_missing(desk):
    code, _, error = desk.run("sign", "qa", DOC, "--key", desk.ben)
    assert code == 2
    assert "only as tech-lead" in error and ".twiceshy/signers" in error
    assert desk.text() == RECORD


def test_a_role_without_a_place_is_told_which_there_are(desk):
    code, _, error = desk.run("sign", "legal", DOC, "--key", desk.ada)
    assert code == 2 and "pm, tech-lead, qa, devops" in error


@pytest.mark.parametrize("name", ["Ada <!-- x", "Ada | Ben", "x" * 101, "Ada\u202e"])
def test_a_name_that_cannot_stand_in_a_document_is_refused(desk, name):
    code, _, error = desk.run("sign", "pm", DOC, "--key", desk.ada, "--as", name)
    assert code == 2 and "--as" in error
    assert desk.text() == RECORD


def test_without_ssh_keygen_it_says_what_to_install_and_a_typed_name_is_still_a_claim(desk, monkeypatch, tmp_path):
    desk.sign()
    folder = tmp_path / "bin"
    folder.mkdir()
    git = subprocess.run(["sh", "-c", "command -v git"], capture_output=True, text=True, check=True).stdout.strip()
    (folder / "git").symlink_to(git)
    monkeypatch.setenv("PATH", str(folder))
    for words in (("verify", DOC), ("sign", "qa", DOC, "--key", desk.ada)):
        code, _, error = desk.run(*words)
        assert code == 2 and "ssh-keygen is not installed" in error and "OpenSSH 8.1" in error
    (desk.repo.root / SIGS).unlink()
    assert desk.states()[1]["pm"] == "unsigned"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_an_ssh_keygen_that_is_too_old_is_named(monkeypatch, tmp_path):
    from twiceshy.adapters.ssh import SshKeygen
    from twiceshy.model.signoff import Signature

    old = tmp_path / "ssh-keygen"
    old.write_text("#!/bin/sh\necho 'unknown option -- Y' >&2\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SshError, match=r"older than 8\.1"):
        SshKeygen().matches(Signature("x", "y"))


def test_a_key_with_a_passphrase_never_waits_for_somebody_who_is_not_there(desk, tmp_path):
    key = tmp_path / "locked"
    subprocess.run([SSH_KEYGEN, "-q", "-t", "ed25519", "-N", "secret", "-f", str(key)], check=True)
    desk.signers(f"ada@example.org pm {public(str(key))}")
    code, _, error = desk.run("sign", "pm", DOC, "--key", str(key))
    assert code == 2 and "did not sign" in error
    assert desk.text() == RECORD and not (desk.repo.root / SIGS).exists()


def test_gits_own_signing_key_is_the_default(desk):
    code, _, error = desk.run("sign", "pm", DOC)
    assert code == 2 and "--key" in error
    desk.repo.git("config", "gpg.format", "ssh")
    desk.repo.git("config", "user.signingkey", desk.ada)
    assert desk.run("sign", "pm", DOC)[0] == 0


def test_without_a_file_every_record_and_everything_signed_is_looked_at(desk):
    desk.repo.write("docs/plain.md", "# Nothing\n\nHere.\n")
    desk.sign()
    desk.repo.write("gone.md.sigs.json", desk.text(SIGS))
    code, out, _ = desk.run("verify")
    assert code == 1
    assert "docs/record.md\n" in out and "plain" not in out
    assert "gone.md\n  wrong: the document cannot be read" in out


def test_ssh_keygen_itself_can_check_what_was_written(desk):
    desk.sign()
    kept = json.loads(desk.text(SIGS))["signatures"][0]
    _, allowed, _ = desk.run("verify", "--signers", "product")
    desk.repo.write("allowed", allowed)
    desk.repo.write("sig", kept["signature"])
    words = ["-Y", "verify", "-n", "twiceshy-sign-off", "-I", "ada@example.org", "-f", "allowed", "-s", "sig"]
    statement = kept["statement"].encode()
    assert subprocess.run([SSH_KEYGEN, *words], input=statement, cwd=desk.repo.root, check=False).returncode == 0


def test_lines_of_the_list_that_say_nothing_are_noted_and_the_others_count(desk):
    desk.sign()
    desk.signers("nonsense", f"ada@example.org pm {public(desk.ada)}", f"eve {public(desk.ben)}")
    code, out, _ = desk.run("verify", DOC, "--require", "pm")
    assert code == 0
    assert ".twiceshy/signers:1 is not" in out and ".twiceshy/signers:3 is not" in out


FORMS = {
    "crlf": RECORD.replace("\n", "\r\n"),
    "bom": "\ufeff" + RECORD,
    "no final line end": RECORD.rstrip("\n"),
    "blanks that break a line": RECORD.replace("{{product}} ({{product_on}})", "  "),
    "nothing behind the label": RECORD.replace(" {{product}} ({{product_on}})", ""),
    "a table": "# R\n\n## Approvals\n\n| Role | Name | Date | Remark |\n|:--|---|---|---|\n| Product |  |  | soon |\n"
    "| QA ||| |\n",
    "ticks": "# R\n\n## Sign-off\n\n- [ ] **Product manager**\n- [ ] Product: Ada\n- [ ] QA approval\n",
    "two on a line": "# R\n\n## Sign-off\n\n**Product:** x | **QA:** y\n",
    "two lines": "# R\n\n**Approval**\n\n- **Product:** me\n- **Date:** never\n- **QA:** \n",
    "German": "# Bericht\n\n## Freigabe\n\n- **Product:** offen\n- **QA:**\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_place_is_signed_byte_by_byte(desk, form):
    desk.repo.write(DOC, FORMS[form])
    desk.sign("pm")
    desk.sign("qa")
    assert desk.states("--require", "pm,qa")[0] == 0
    assert desk.text().count("\r\n") == FORMS[form].count("\r\n")
    assert desk.text().count("\n") == FORMS[form].count("\n")
    assert desk.text().startswith("\ufeff") == FORMS[form].startswith("\ufeff")


def test_the_form_of_the_seed_can_be_signed(desk):
    seed = ROOT.parent / "shared" / "seeds" / "004-implementation-record.md"
    if not seed.exists():
        pytest.skip("the seeds are not here")
    desk.repo.write(DOC, seed.read_bytes())
    desk.signers(f"ada@example.org pm,tech-lead,qa,devops {public(desk.ada)}")
    for role in ("pm", "tech-lead", "qa", "devops"):
        desk.sign(role)
    assert desk.states("--require", "pm,tech-lead,qa,devops")[0] == 0


def test_our_own_template_and_a_teams_can_be_signed(desk):
    desk.signers(f"ada@example.org pm,tech-lead,qa,devops,legal {public(desk.ada)}")
    desk.repo.write(".twiceshy/templates/handover.md", "# Handover: [title]\n\n## Blessing\n\n- **Legal:** [who]\n")
    desk.repo.write(".twiceshy/templates/handover.toml", "[roles]\nBlessing = 'sign-off'\n")
    assert desk.run("new", "record", "Q", "--output", "q.md")[0] == 0
    assert desk.run("new", "handover", "H", "--output", "h.md")[0] == 0
    for role in ("pm", "tech-lead", "qa", "devops"):
        desk.sign(role, path="q.md")
    desk.sign("legal", path="h.md")
    assert desk.states("--require", "pm,tech-lead,qa,devops", path="q.md")[0] == 0
    assert desk.states("--require", "legal", path="h.md")[0] == 0


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 4000), junk=st.binary(max_size=12))
def test_no_damage_to_the_file_of_signatures_is_a_signature_or_a_crash(desk, cut, junk):
    kept = desk.repo.root / "kept.json"
    if not kept.exists():
        desk.sign()
        kept.write_bytes((desk.repo.root / SIGS).read_bytes())
    raw = kept.read_bytes()
    at = cut % len(raw)
    damaged = raw[:at] + junk + raw[at + len(junk) + 1 :]
    desk.repo.write(SIGS, damaged)
    code, out, _ = desk.run("verify", DOC, "--require", "pm", "--format", "json")
    told = json.loads(out)["documents"][0]
    assert code in (0, 1)
    assert (code == 1) or any(one["state"] == "verified" for one in told["sign_offs"])


def test_an_approval_of_the_merged_head_counts_until_the_document_changes(desk):
    head = desk.repo.commit("record")
    desk.signers("github:ada pm", "github:ben qa")
    reviews = [
        {
            "author": {"login": login},
            "state": "APPROVED",
            "submittedAt": "2026-01-02T00:00:00Z",
            "commit": {"oid": commit},
        }
        for login, commit in (("ada", head), ("ben", "0" * 40))
    ]
    pull = {"number": 7, "url": "https://example.org/7", "headRefOid": head, "mergeCommit": {"oid": head}}
    desk.repo.write("pull.json", json.dumps({**pull, "reviews": reviews}))
    code, out, _ = desk.run("verify", DOC, "--approvals", "pull.json", "--require", "pm,qa")
    assert code == 1
    assert "approved: pm — ada, 2026-01-02, https://example.org/7" in out
    assert "approved-earlier: qa — ben" in out and "lacking: qa" in out
    desk.edit("500 jobs", "900 jobs")
    code, out, _ = desk.run("verify", DOC, "--approvals", "pull.json", "--require", "pm")
    assert code == 1
    assert "approved an earlier version (1 line differs since https://example.org/7)" in out


def test_an_export_that_holds_no_reviews_is_refused_with_how_to_make_one(desk):
    desk.repo.write("pull.json", "{}")
    code, _, error = desk.run("verify", DOC, "--approvals", "pull.json")
    assert code == 2 and "gh pr view" in error

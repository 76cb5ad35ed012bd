"""Somebody makes, spoils or forges the proof by which a guard may block: only the base's proof counts, and it tells."""

from __future__ import annotations

import json
import shutil

import pytest
from conftest import Repo
from test_attackers import GUARD, LOG, LOOSENED, STOPPED, WRONG, Scene

PROOF = f".twiceshy/proofs/{GUARD}.json"


@pytest.fixture
def scene(repo: Repo) -> Scene:
    return Scene(repo)


def test_a_proof_that_comes_with_the_change_makes_no_guard_block(scene):
    proof = (scene.repo.root / PROOF).read_text(encoding="utf-8")
    scene.repo.write(PROOF, "{}")
    scene.base = scene.repo.commit("not proved yet")
    scene.repo.write(PROOF, proof)
    scene.repo.write("client.py", WRONG)
    scene.repo.commit("proved by me")
    assert scene.verdict() == ([f"client.py:1 warn {GUARD}"], False)


def test_a_guard_and_its_proof_in_one_change_block_nothing_yet(scene):
    proof = json.loads((scene.repo.root / PROOF).read_text(encoding="utf-8"))
    (scene.repo.root / LOG).unlink()
    (scene.repo.root / PROOF).unlink()
    scene.base = scene.repo.commit("nothing is known")
    scene.repo.write(LOG, scene.text)
    scene.repo.write(PROOF, json.dumps(proof))
    scene.repo.write("client.py", WRONG)
    scene.repo.commit("all at once")
    assert scene.verdict() == ([f"client.py:1 warn {GUARD}"], False)


def test_a_proof_of_another_guard_under_its_name_does_not_count(scene):
    proof = json.loads((scene.repo.root / PROOF).read_text(encoding="utf-8"))
    scene.edit("added: 'verify=False'", "added: 'get'")
    scene.edit("good: 'get(url)'", "good: 'ask(url)'")
    assert proof["guard"] == GUARD
    scene.base = scene.repo.commit("wider, with the old proof")
    scene.repo.write("client.py", "get(w)\n")
    scene.repo.commit("anything")
    assert scene.verdict() == ([f"client.py:1 warn {GUARD}"], False)


@pytest.mark.parametrize(
    "tampered",
    [
        lambda proof: {**proof, "culprit_caught": False},
        lambda proof: {**proof, "per_1000": 900.0, "fires": 900},
        lambda proof: {**proof, "judged": []},
        lambda proof: {**proof, "judged": [{**tick, "verdict": False} for tick in proof["judged"]]},
        lambda proof: {**proof, "digest": "0" * 64},
        lambda proof: {**proof, "guard": "other"},
        lambda proof: [],
    ],
    ids=["culprit", "noise", "ticks", "wrong ticks", "digest", "guard", "shape"],
)
def test_spoiling_the_proof_does_not_help_and_is_reported(scene, tampered):
    proof = json.loads((scene.repo.root / PROOF).read_text(encoding="utf-8"))
    scene.repo.write(PROOF, json.dumps(tampered(proof)))
    assert scene.judged() == [STOPPED, LOOSENED]


def test_deleting_the_proof_does_not_help_and_is_reported(scene):
    shutil.rmtree(scene.repo.root / ".twiceshy")
    assert scene.judged() == [STOPPED, LOOSENED]


def test_a_proof_in_the_working_tree_alone_does_not_count(scene):
    proof = (scene.repo.root / PROOF).read_text(encoding="utf-8")
    (scene.repo.root / PROOF).unlink()
    scene.base = scene.repo.commit("no proof")
    scene.repo.write("client.py", WRONG)
    scene.repo.commit("again")
    scene.repo.write(PROOF, proof)
    assert scene.verdict() == ([f"client.py:1 warn {GUARD}"], False)

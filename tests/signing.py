"""Keys, signers and documents for tests of sign-offs: the keys are real."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from twiceshy.adapters._process import on_path

SSH_KEYGEN = on_path("ssh-keygen", os.environ.get("PATH", os.defpath))
needs_ssh_keygen = pytest.mark.skipif(not SSH_KEYGEN, reason="there is no ssh-keygen on this machine")

RECORD = """---
kind: record
---

# Record: the queue

It holds 500 jobs.

It is emptied each hour.

## Sign-offs

- **Product:** {{product}} ({{product_on}})
- **Technology:** {{technology}} ({{technology_on}})
- **QA Lead:** {{qa}} ({{qa_on}})
- [ ] Operations
"""


def make_key(folder: Path, name: str) -> str:
    """A new key without a passphrase; gives back its path."""
    path = folder / name
    if not path.exists():
        command = [SSH_KEYGEN, "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return str(path)


def public(key: str) -> str:
    """Type and key, as in a list of signers."""
    return " ".join(Path(f"{key}.pub").read_text(encoding="utf-8").split()[:2])

"""Runs `ssh-keygen` to sign and to check signatures; it asks no agent and no person unless one was named."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cached_property
from tempfile import TemporaryDirectory

from twiceshy.adapters._process import Git, on_path
from twiceshy.errors import SshError
from twiceshy.model.signoff import NAMESPACE, Signature

OLDEST = "8.1"
_CHECK_SECONDS = 20
_SIGN_SECONDS = 120  # somebody may have to type a passphrase or touch a key
_ASKING = ("SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY")
_AGENT, _PROVIDER = ("SSH_AUTH_SOCK",), ("SSH_SK_PROVIDER",)
_INSTALL = f"install OpenSSH {OLDEST} or newer: https://www.openssh.com"


def signing_key(root: str) -> str:
    """The key file that git signs commits with in this repository, "" if it signs with none or otherwise."""
    git = Git(root)
    _, kind, _ = git.ask("config", "--get", "gpg.format")
    code, path, _ = git.ask("config", "--type=path", "--get", "user.signingkey")
    key = os.fsdecode(path.removesuffix(b"\n"))
    return key if code == 0 and kind == b"ssh\n" and os.path.isfile(key) else ""


class SshKeygen:
    """The ssh-keygen of this machine. Every method raises SshError if there is none, or it is too old."""

    @cached_property
    def _binary(self) -> str:
        found = on_path("ssh-keygen", os.environ.get("PATH", os.defpath))
        if not found:
            raise SshError("ssh-keygen is not installed, or not in PATH", _INSTALL)
        return found

    def refusal(self, allowed: str, principal: str, said: Signature, revoked: bytes | None = None) -> str:
        """Why a signature is not one that `allowed` (an allowed_signers file) lets `principal` make, "" if it is.

        `revoked` is a list of public keys or a KRL, as ssh-keygen(1) takes it with -r.
        """
        with TemporaryDirectory(prefix="twiceshy-") as folder:
            words = ["-Y", "verify", "-n", NAMESPACE, "-I", principal]
            words += ["-f", _kept(folder, "allowed_signers", allowed.encode())]
            words += ["-s", _kept(folder, "signature", said.armour.encode())]
            if revoked is not None:
                words += ["-r", _kept(folder, "revoked", revoked)]
            code, told = self._run(words, said.statement.encode())
        return "" if code == 0 else told or "it did not say why"

    def matches(self, said: Signature) -> bool:
        """Whether a signature is one of its statement, whoever made it."""
        with TemporaryDirectory(prefix="twiceshy-") as folder:
            signature = _kept(folder, "signature", said.armour.encode())
            words = ["-Y", "check-novalidate", "-n", NAMESPACE, "-s", signature]
            return self._run(words, said.statement.encode())[0] == 0

    def public_key(self, key: str) -> str:
        """The public key (base64) of the key file `key`, private or public. Raises SshError."""
        path = key if key.endswith(".pub") else f"{key}.pub"
        if os.path.isfile(path):
            try:
                with open(path, encoding="utf-8", errors="replace") as file:
                    words = file.readline(64 * 1024).split()
            except OSError as error:
                raise SshError(f"{path} cannot be read: {(error.strerror or '').lower()}") from error
            if len(words) > 1:
                return words[1]
            raise SshError(f"{path} is no public key", "name a key that ssh-keygen made")
        if not os.path.isfile(key):
            raise SshError(f"there is no key {key}", "make one with: ssh-keygen -t ed25519, or name yours with --key")
        code, told = self._run(["-y", "-P", "", "-f", key], b"")
        if code or len(told.split()) < 2:
            raise SshError(f"{key} does not tell its public key", f"put it beside it, as {path}")
        return told.split()[1]

    def sign(self, key: str, statement: str) -> Signature:
        """A signature of `statement` by the key file `key`; a public one (`.pub`, `-cert.pub`) lets an agent sign."""
        with TemporaryDirectory(prefix="twiceshy-") as folder:
            message = _kept(folder, "statement", statement.encode())
            words = ["-Y", "sign", "-f", os.path.abspath(key), "-n", NAMESPACE, message]
            code, told = self._run(words, b"", signs=True, agent=key.endswith(".pub"))
            try:
                with open(f"{message}.sig", encoding="ascii") as file:
                    armour = file.read()
            except (OSError, UnicodeDecodeError):
                armour = ""
        if code or not armour:
            raise SshError(f"{key} did not sign: {told or 'ssh-keygen did not say why'}", "nothing was written")
        return Signature(statement, armour)

    def _run(self, words: list[str], given: bytes, *, signs: bool = False, agent: bool = False) -> tuple[int, str]:
        """Exit code and what it said. Only who signs may be asked for a passphrase, and only at a terminal."""
        asks = signs and sys.stdin is not None and sys.stdin.isatty()
        unwanted = (*(() if asks else _ASKING), *(() if agent else _AGENT), *(() if signs else _PROVIDER))
        environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        environment |= {"LC_ALL": "C"} | ({} if asks else {"SSH_ASKPASS_REQUIRE": "never"})
        try:
            done = subprocess.run(
                [self._binary, *words],
                input=given,
                capture_output=True,
                env=environment,
                timeout=_SIGN_SECONDS if signs else _CHECK_SECONDS,
                start_new_session=not asks,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise SshError("ssh-keygen did not answer", "try it by hand: ssh-keygen -Y sign") from error
        except (OSError, ValueError) as error:
            raise SshError(f"ssh-keygen cannot be started: {error}", _INSTALL) from error
        errors = done.stderr.decode("utf-8", "replace")
        if done.returncode and ("unknown option" in errors or "illegal option" in errors or "invalid option" in errors):
            raise SshError(f"this ssh-keygen is older than {OLDEST}", _INSTALL)
        output = done.stdout.decode("utf-8", "replace")
        told = errors or output if done.returncode else output
        return done.returncode, " ".join(told.split())[:300]


def _kept(folder: str, name: str, content: bytes) -> str:
    """A file in a folder of our own, which only we may read."""
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    return path

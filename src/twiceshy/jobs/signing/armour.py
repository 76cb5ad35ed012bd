"""An SSH signature without its armour: which key made it, and for what purpose."""

from __future__ import annotations

import base64
import binascii
import struct
from typing import NamedTuple

from twiceshy.jobs.signing.statement import Malformed

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_LIMIT = 64 * 1024
_MAGIC = b"SSHSIG"


class Opened(NamedTuple):
    """The public key (its wire form, base64, as in an authorized_keys line) and the namespace of a signature."""

    key: str
    namespace: str
    is_certificate: bool


def opened(armour: str) -> Opened:
    """What an armoured signature says of itself (PROTOCOL.sshsig of OpenSSH). Raises Malformed.

    Whether it is a signature of anything, only ssh-keygen can tell.
    """
    lines = armour.strip().splitlines()
    if len(armour) > _LIMIT or len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:
        raise Malformed("it is no SSH signature")
    try:
        raw = base64.b64decode("".join(lines[1:-1]), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("it is a damaged SSH signature") from error
    if raw[:6] != _MAGIC or raw[6:10] != struct.pack(">I", 1):
        raise Malformed("it is no SSH signature of version 1")
    key, rest = _string(raw[10:])
    namespace, _ = _string(rest)
    kind, _ = _string(key)
    return Opened(base64.b64encode(key).decode("ascii"), namespace.decode("utf-8", "replace"), b"-cert-" in kind)


def fingerprint(key: str) -> str:
    """A public key (base64) as OpenSSH shows it: `SHA256:…`."""
    import hashlib

    digest = hashlib.sha256(base64.b64decode(key)).digest()
    return f"SHA256:{base64.b64encode(digest).decode('ascii').rstrip('=')}"


def _string(raw: bytes) -> tuple[bytes, bytes]:
    """A length and that many bytes (RFC 4251), and what follows."""
    if len(raw) < 4 or len(raw) - 4 < (size := struct.unpack(">I", raw[:4])[0]):
        raise Malformed("it is a damaged SSH signature")
    return raw[4 : 4 + size], raw[4 + size :]

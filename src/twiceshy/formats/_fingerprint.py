"""What a finding is known by from one run to the next, when lines move and files are renamed."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twiceshy.model.diagnostic import Diagnostic


def fingerprints(findings: Sequence[Diagnostic]) -> Iterator[str]:
    """SHA-256 (hex) of rule, line without its blanks and, where both occur again, how many came before."""
    from hashlib import sha256

    seen: dict[str, int] = {}
    for finding in findings:
        key = f"{finding.rule}\0{' '.join((finding.snippet or finding.message).split())}"
        seen[key] = seen.get(key, -1) + 1
        yield sha256(f"{key}\0{seen[key]}".encode("utf-8", "replace")).hexdigest()

"""Whether a commit's message says that it mends something."""

from __future__ import annotations

import re

# Words by which commits that mend something are told since Mockus and Votta (2000, doi:10.1109/ICSM.2000.883028).
_MENDS = re.compile(
    r"\b(?:(?:hot|bug)?fix(?:e[sd]|ing|up)?|bugs?|regress(?:ion|ions|ed|es)?|revert(?:s|ed|ing)?|broken?|crash(?:es|ed)?"
    r"|repair(?:s|ed)?|faults?|defects?)\b",
    re.IGNORECASE,
)


def is_fix(message: str) -> bool:
    """Whether a commit's message says that it mends something."""
    return bool(_MENDS.search(message))

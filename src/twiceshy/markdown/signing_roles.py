"""What a sign-off's label calls a role: `QA Lead`, `Quality` and `qa` are one."""

from __future__ import annotations

import re

from twiceshy.markdown.roles import normalised

_KNOWN = {
    "pm": "product; product manager; product owner; product lead; product management; po",
    "tech-lead": "technology; technical lead; tech; lead developer; lead engineer; engineering; engineering lead"
    "; development lead; technical",
    "qa": "quality; qa lead; quality assurance; test lead; testing; qa engineer; qa manager; quality lead",
    "devops": "operations; ops; dev ops; devops lead; devops engineer; sre; operations lead; platform",
    "security": "security lead; security officer; infosec",
}
_NAMES = {said.replace(" ", "-"): role for role, names in _KNOWN.items() for said in names.split("; ")}
_ENDS = re.compile(r" (?:sign ?offs?|approval|approved(?: by)?|approves|signed(?: by)?)$")


def signing_role(label: str) -> str:
    """The name of the role that signs under `label`, in lower case with hyphens; "" if the label has no words."""
    words = normalised(label)
    slug = (_ENDS.sub("", words) or words).replace(" ", "-")
    return _NAMES.get(slug, slug)

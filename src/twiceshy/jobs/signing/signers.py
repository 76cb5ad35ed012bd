"""Who may sign what: the repository's list of signers, and the lists that ssh-keygen reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from twiceshy.markdown.signing_roles import signing_role
from twiceshy.model.signoff import NAMESPACE

FILE, REVOKED = ".twiceshy/signers", ".twiceshy/revoked"
_LIMIT = 16 * 1024
_OPTION = r'(?:cert-authority|(?:namespaces|valid-after|valid-before)=(?:"[^\s"]*"|[^\s",]+))'
_LINE = re.compile(
    r"(?P<principals>[^\s\"]+)[ \t]+(?P<roles>[^\s\"=]+)"
    rf"(?:[ \t]+(?P<options>{_OPTION}(?:,{_OPTION})*))?"
    r"[ \t]+(?P<type>(?:ssh|ecdsa|sk)-[\w@.-]+)[ \t]+(?P<key>[A-Za-z0-9+/]+=*)(?:[ \t].*)?",
    re.IGNORECASE,
)
_APPROVER = re.compile(r"github:(?P<login>[A-Za-z0-9-]+(?:\[bot\])?)[ \t]+(?P<roles>[^\s\"=]+)")
_VALIDITY = re.compile(r'(?:^|,)valid-(?:after|before)="?[^\s",]*"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signer:
    """One line: who (patterns of principals), in which roles, by which key; without a key, who approves on GitHub."""

    principals: str
    roles: frozenset[str]
    options: str = ""
    kind: str = ""
    key: str = ""

    def is_called(self, principal: str) -> bool:
        """Whether `principal` is one of those of this line (as OpenSSH matches: `*`, `?`, `!` before what is not)."""
        patterns = self.principals.split(",")
        if any(_matches(principal, one[1:]) for one in patterns if one.startswith("!")):
            return False
        return any(_matches(principal, one) for one in patterns if not one.startswith("!"))

    def line(self, *, timeless: bool = False) -> str:
        """This signer for ssh-keygen (ALLOWED SIGNERS in its manual), in our namespace unless the line names some."""
        options = _VALIDITY.sub("", self.options).lstrip(",") if timeless else self.options
        if "namespaces=" not in options.lower():
            options = f'{options},namespaces="{NAMESPACE}"'.lstrip(",")
        return f"{self.principals} {options} {self.kind} {self.key}\n"


@dataclass(frozen=True, slots=True)
class Signers:
    """Everybody who may sign; `problems` are lines that say nothing, each with its number."""

    listed: tuple[Signer, ...] = ()
    problems: tuple[str, ...] = ()

    def allowed(self, role: str, *, timeless: bool = False) -> str:
        """The allowed_signers file of one role; `timeless` leaves out from when to when a key counts."""
        return "".join(one.line(timeless=timeless) for one in self.listed if one.key and role in one.roles)

    def by_key(self, key: str) -> list[Signer]:
        """The lines with this very key."""
        return [one for one in self.listed if one.key == key]

    def authorities(self) -> list[Signer]:
        """The lines whose key signs certificates."""
        return [one for one in self.listed if "cert-authority" in one.options.lower()]

    def approver_roles(self, login: str) -> frozenset[str]:
        """The roles in which somebody on GitHub may approve."""
        name = f"github:{login}".lower()
        return frozenset().union(*(one.roles for one in self.listed if not one.key and one.principals == name))


def read_signers(text: str) -> Signers:
    """The signers in a file: `principals roles [options] keytype key` or `github:login roles` in each line."""
    listed: list[Signer] = []
    problems: list[str] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        signer = _signer(said) if len(said) <= _LIMIT else None
        if signer:
            listed.append(signer)
        else:
            problems.append(f"{FILE}:{number} is not: principals roles [options] keytype key")
    return Signers(tuple(listed), tuple(problems))


def _signer(line: str) -> Signer | None:
    approver = _APPROVER.fullmatch(line)
    if approver:
        return Signer(f"github:{approver['login'].lower()}", _roles(approver["roles"]))
    found = _LINE.fullmatch(line)
    if not found or found["principals"].lower().startswith("github:"):
        return None
    return Signer(found["principals"], _roles(found["roles"]), found["options"] or "", found["type"], found["key"])


def _roles(said: str) -> frozenset[str]:
    return frozenset(signing_role(role.replace("-", " ")) for role in said.split(",")) - {""}


def _matches(principal: str, pattern: str) -> bool:
    return fnmatchcase(principal, pattern.replace("[", "[[]"))

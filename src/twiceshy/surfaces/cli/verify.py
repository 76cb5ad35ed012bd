"""Check the sign-offs of documents: who signed, whether they may, and what changed since.

Without FILE, all records and all documents with signatures. A typed name or tick is never believed. In continuous
integration, say which revision decides who may sign, so that nobody adds themselves in the same change:

    twiceshy verify docs/records/v1.3.md --require pm,tech-lead,qa,devops --from-ref origin/main
"""

from __future__ import annotations

import argparse

from twiceshy.errors import BLOCKED, OK
from twiceshy.surfaces.cli._terminal import open_project, put, put_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="documents")
    parser.add_argument("--require", default="", metavar="ROLES", help="roles that must have signed off, with commas")
    parser.add_argument("--from-ref", default="", metavar="REV", help="whose list of signers counts (default: here)")
    parser.add_argument(
        "--approvals", default="", metavar="JSON", help="pull requests, as gh pr view --json exports them"
    )
    parser.add_argument("--signers", default="", metavar="ROLE", help="print the allowed_signers of a role instead")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print them")


def run(options: argparse.Namespace) -> int:
    """Exit 1 if a required role has not signed off, or something that is said is not so."""
    from twiceshy.formats import signoffs
    from twiceshy.project.signing import SigningTerms, allowed_signers, verify_documents

    with open_project() as project:
        terms = SigningTerms(project, options.from_ref)
        if options.signers:
            put(allowed_signers(terms, options.signers))
            return OK
        roles = [role for role in options.require.split(",") if role.strip()]
        told = verify_documents(project, options.files, terms, (roles, options.approvals))
        notes = terms.signers.problems
    put_json(signoffs.json(told, notes)) if options.format == "json" else put(signoffs.text(told, notes))
    return BLOCKED if any(one.stops for one in told) else OK

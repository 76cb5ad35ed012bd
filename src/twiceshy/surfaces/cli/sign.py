"""Sign a document in a role, with an SSH key.

The document's content is signed, with nothing in its places for sign-offs. The signature goes into a file beside it,
and the role's place in the document says who signed and when. Who may sign in which role stands in .twiceshy/signers.

    twiceshy sign qa docs/records/v1.3.md --key ~/.ssh/id_ed25519
"""

from __future__ import annotations

import argparse

from twiceshy.surfaces.cli._terminal import open_project, put


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("role", metavar="ROLE", help="in which role: pm, tech-lead, qa, devops, or another one")
    parser.add_argument("file", metavar="FILE", help="the document")
    parser.add_argument(
        "--key", default="", metavar="PATH", help="the key file; a .pub lets an agent sign (default: git's own)"
    )
    parser.add_argument("--as", default="", dest="name", metavar="NAME", help="the name to show (default: git's)")


def run(options: argparse.Namespace) -> int:
    """Exit 0 if it is signed, 2 if not."""
    from twiceshy.formats import signoffs
    from twiceshy.project.signing import sign_document

    with open_project() as project:
        signed = sign_document(project, options.role, options.file, key=options.key, name=options.name)
        put(signoffs.signed_text(signed.statement.document, signed))
    return 0

"""`migration`: what one database migration does: Alembic, Django, Flyway and plain SQL.

Migrations are read as text and never imported: Python through its syntax tree, SQL statement by statement. What cannot
be told from the text is counted as opaque: SQL that is computed, `RunPython`, a call of something else than an
operation, a statement that begins with no word we know. Destructive is what loses rows or columns: dropping a table, a
column, a schema, `TRUNCATE`, `DELETE`. Whether a migration ran, and where, is not in it.

Yields `migration.operations`, `migration.opaque`, `migration.destructive`, `migration.reversible` (`yes`, or `no`
where the way back is empty or refused), and `migration.named` with each operation and its line.

    def upgrade():
        op.add_column("users", sa.Column("email", sa.String()))

    def downgrade():
        op.drop_column("users", "email")
"""

from __future__ import annotations

from collections.abc import Iterator

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import counted, text_of, unknown
from twiceshy.evidence._migrations import Migration, from_python, from_sql
from twiceshy.evidence._texts import text_in
from twiceshy.model.evidence import QUOTED, Evidence, Provenance


def recognises(head: bytes, name: str) -> bool:
    """Whether it is SQL, or Python that imports Alembic's operations or Django's migrations."""
    python = name.endswith(".py") and (b"from alembic import" in head or b"import migrations" in head)
    return python or name.endswith(".sql")


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one migration. Raises MalformedEvidence."""
    text = text_in(raw)
    found = from_python(text) if provenance.source.endswith(".py") else from_sql(text)
    operations = found.operations
    total = len(operations)
    if not total:
        raise MalformedEvidence("it does nothing that is known", "line 1")
    yield counted("migration.operations", total, provenance, total, unit="operations")
    for word in ("opaque", "destructive"):
        number = sum(getattr(one, word) for one in operations)
        opaque = sum(one.opaque for one in operations)
        if word == "destructive" and opaque and not number:
            why = f"what loses something was looked for: {opaque} of {total} operations are opaque"
            yield unknown("migration.destructive", why, provenance, unit="operations")
        else:
            yield counted(f"migration.{word}", number, provenance, total, unit="operations")
    yield from _reversible(found, provenance)
    for one in operations:
        marks = [word for word in ("opaque", "destructive") if getattr(one, word)]
        text = text_of(f"{one.text}{f' ({marks[0]})' if marks else ''}")
        yield Evidence("migration.named", text, provenance, QUOTED, place=f"line {one.line}")


def _reversible(found: Migration, provenance: Provenance) -> Iterator[Evidence]:
    if found.reversible is None:
        yield unknown("migration.reversible", "a way back was looked for: this file does not say", provenance)
    else:
        yield Evidence("migration.reversible", "yes" if found.reversible else "no", provenance, QUOTED)

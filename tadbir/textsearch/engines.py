"""The two indexes behind one search: FTS5 on SQLite, a stored tsvector with GIN on PostgreSQL.

Both hold the same stems without any parsing of their own, so both find the same objects. Council and type are
stems too (`@7`, `#dossier`): a question of one council never walks through the entries of another.
"""

from collections.abc import Sequence

from django.db import connection

from tadbir.textsearch.stemmer import Form

Term = tuple[Form, ...]
Row = tuple[int, str, str]

#: As in the migration; `clear` makes the table again with it.
CREATE_SQLITE = (
    "CREATE VIRTUAL TABLE textsearch_fts USING fts5("
    "stems, content='', contentless_delete=1, detail=none, prefix='2 3', tokenize=\"ascii tokenchars '@#'\")"
)


def scope_stems(council_id: int, object_type: str) -> str:
    """The stems that say whose an entry is and of what type."""
    return f"@{council_id} #{object_type}"


def place(entry: int, position: int) -> None:
    """Give a new entry the position that its id is part of."""
    with connection.cursor() as cursor:  # at every filing: a question that Django need not put together
        cursor.execute("UPDATE textsearch_searchentry SET position = %s WHERE id = %s", [position, entry])


def put(old_position: int | None, position: int, stems: str) -> None:
    """Bring the index in line with a saved entry (PostgreSQL does it itself)."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        if old_position is not None:
            cursor.execute("DELETE FROM textsearch_fts WHERE rowid = %s", [old_position])
        cursor.execute("INSERT INTO textsearch_fts (rowid, stems) VALUES (%s, %s)", [position, stems])


def drop(position: int) -> None:
    """Take an entry out of the index."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM textsearch_fts WHERE rowid = %s", [position])


def tidy() -> None:
    """Merge SQLite's index into one piece, without the words that no entry has any more."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO textsearch_fts(textsearch_fts) VALUES ('optimize')")


def clear() -> None:
    """Empty SQLite's index: it is filled again from the entries."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS textsearch_fts")
            cursor.execute(CREATE_SQLITE)


def find(council_id: int, terms: Sequence[Term], types: Sequence[str], limit: int, before: int) -> list[Row]:
    """Position, type and id of the newest entries that hold every term, older than `before`."""
    scope: list[Term] = [(Form(f"@{council_id}"),)]
    if types:
        scope.append(tuple(Form(f"#{kind}") for kind in types))
    question = [*scope, *terms]
    if connection.vendor == "sqlite":
        query = (
            "SELECT f.rowid, e.object_type, e.object_id FROM textsearch_fts AS f "
            "JOIN textsearch_searchentry e ON e.council_id = %s AND e.position = f.rowid "
            "WHERE f.textsearch_fts MATCH %s AND f.rowid < %s ORDER BY f.rowid DESC LIMIT %s"
        )
        match = " AND ".join(f"({' OR '.join(map(_fts5, forms))})" for forms in question)
    else:
        query = (
            "SELECT e.position, e.object_type, e.object_id FROM textsearch_searchentry e "
            "WHERE e.council_id = %s AND e.words @@ %s::tsquery AND e.position < %s "
            "ORDER BY e.position DESC LIMIT %s"
        )
        match = " & ".join(f"({' | '.join(map(_tsquery, forms))})" for forms in question)
    with connection.cursor() as cursor:
        cursor.execute(query, [council_id, match, before, limit])
        return [(int(row[0]), str(row[1]), str(row[2])) for row in cursor.fetchall()]


def _fts5(form: Form) -> str:
    return f'"{form.stem}"{"*" if form.start else ""}'


def _tsquery(form: Form) -> str:
    return f"'{form.stem}'{':*' if form.start else ''}"

"""The audit begins: the row of its last line is there, and the database refuses to change or to delete a line."""

from typing import Any

from django.db import migrations

REFUSED = "A line of the audit is never changed or deleted."
SQLITE = {
    f"audit_no_{what}": f"""
        CREATE TRIGGER audit_no_{what} BEFORE {what.upper()} ON inbox_auditline
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """
    for what in ("update", "delete")
}
REFUSE = {
    "sqlite": [*SQLITE.values()],
    "postgresql": [
        f"""
            CREATE FUNCTION audit_refuses() RETURNS trigger AS $$
            BEGIN RAISE EXCEPTION '{REFUSED}'; END $$ LANGUAGE plpgsql
        """,
        """
            CREATE TRIGGER audit_added_to_only BEFORE UPDATE OR DELETE ON inbox_auditline
            FOR EACH ROW EXECUTE FUNCTION audit_refuses()
        """,
    ],
}
ALLOW = {
    "sqlite": [f"DROP TRIGGER {name}" for name in SQLITE],
    "postgresql": ["DROP TRIGGER audit_added_to_only ON inbox_auditline", "DROP FUNCTION audit_refuses()"],
}


def begin(apps: Any, schema_editor: Any) -> None:
    apps.get_model("inbox", "AuditHead").objects.get_or_create(pk=1)


def refuse(apps: Any, schema_editor: Any) -> None:
    for statement in REFUSE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow(apps: Any, schema_editor: Any) -> None:
    for statement in ALLOW[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("inbox", "0008_audit")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop), migrations.RunPython(refuse, allow)]

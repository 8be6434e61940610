"""Each report's sealed concern becomes its first letter, and its mail becomes that letter's mail. Nothing is opened."""

from django.db import migrations


def move(apps, schema_editor):
    Report, Letter, OutboxMail = (apps.get_model("inbox", name) for name in ("Report", "Letter", "OutboxMail"))
    for report in Report.objects.iterator():
        Letter.objects.create(
            id=report.id,
            report=report,
            kind="concern",
            hour=report.received_hour,
            key_fingerprints=report.key_fingerprints,
            size_bucket=report.size_bucket,
            pkesk=report.pkesk,
            body=report.body,
        )
        OutboxMail.objects.filter(report=report).update(letter_id=report.id)


class Migration(migrations.Migration):
    dependencies = [("inbox", "0003_letters")]
    operations = [migrations.RunPython(move)]

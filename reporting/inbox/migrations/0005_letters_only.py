import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0004_move_sealed_concerns")]
    operations = [
        migrations.AlterField(
            model_name="outboxmail",
            name="letter",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="mail", to="inbox.letter"
            ),
        ),
        migrations.RemoveField(model_name="outboxmail", name="report"),
        migrations.RemoveField(model_name="report", name="body"),
        migrations.RemoveField(model_name="report", name="key_fingerprints"),
        migrations.RemoveField(model_name="report", name="pkesk"),
        migrations.RemoveField(model_name="report", name="size_bucket"),
    ]

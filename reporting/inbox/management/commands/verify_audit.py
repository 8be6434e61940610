"""Says whether the audit stands as it was written."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from reporting.inbox.audit import START, faults
from reporting.inbox.models import AuditHead


class Command(BaseCommand):
    """Walks the whole chain. The number and the digest that it prints belong on paper: they prove the lines so far."""

    help = "Checks that no line of the audit was changed or taken out, and prints the last digest"

    def handle(self, *args: Any, **options: Any) -> None:
        if found := list(faults()):
            raise CommandError("The audit is not as it was written:\n" + "\n".join(found))
        head = AuditHead.objects.filter(pk=1).first()
        self.stdout.write(f"{head.last if head else 0} lines stand as they were written.")
        self.stdout.write(f"Last digest: {head.digest if head else START}")

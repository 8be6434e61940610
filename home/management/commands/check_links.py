"""Asks every address of other sites that public contacts and pages name whether it still answers. Weekly, by a timer.

Each finding is said here and kept for editors, who see it under "Check these today". Ends with an error if something
did not answer, so that the timer tells somebody.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.links.ask import PAUSE, TIMEOUT, Answer, Asker
from home.links.collect import Use, addresses
from home.models import LinkCheck


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--timeout", type=float, default=TIMEOUT, help="how many seconds to wait for an answer")
        parser.add_argument("--pause", type=float, default=PAUSE, help="seconds between two questions to one site")

    def handle(self, *args: Any, timeout: float, pause: float, verbosity: int, **options: Any) -> None:
        uses = addresses()
        named = {address: used_in for address, used_in in uses.items() if len(address) <= LinkCheck.LONGEST}
        agent = f"{settings.WAGTAIL_SITE_NAME} link check (+{settings.ADDRESS or 'no address yet'})"
        asker = Asker(agent, private=settings.LINKS_IN_PRIVATE, timeout=timeout, pause=pause)
        counts = dict.fromkeys(LinkCheck.Outcome, 0)
        for number, answer in enumerate(asker.ask_all(named), start=1):
            counts[answer.outcome] += 1
            self.keep(answer, named[answer.address])
            if answer.outcome != LinkCheck.Outcome.FINE:
                self.stdout.write(self.words(answer, named[answer.address]))
            if verbosity > 1 or (verbosity and self.stdout.isatty()):
                self.stderr.write(f"{number} of {len(named)}", ending="\r")
        LinkCheck.objects.exclude(address__in=named).delete()  # nothing names it any more
        said = "; ".join(f"{outcome.label.lower()}: {count}" for outcome, count in counts.items() if count)
        self.stdout.write(f"{len(named)} addresses asked. {said}.")
        if failing := sum(counts[outcome] for outcome in LinkCheck.FAILING):
            raise CommandError(f"{failing} of {len(named)} addresses did not answer as they should. They stand above.")

    @staticmethod
    def keep(answer: Answer, used_in: list[Use]) -> None:
        """Keep the last answer; since when it fails stays the day of the first failure."""
        before = LinkCheck.objects.filter(address=answer.address).first()
        since = None
        if answer.outcome in LinkCheck.FAILING:
            since = (before.failing_since if before else None) or timezone.localdate()
        found = {
            "outcome": answer.outcome,
            "status": answer.status,
            "moved_to": answer.moved_to[: LinkCheck.LONGEST],
            "asked": timezone.now(),
            "failing_since": since,
            "used_in": used_in,
        }
        LinkCheck.objects.update_or_create(address=answer.address, defaults=found)

    @staticmethod
    def words(answer: Answer, used_in: list[Use]) -> str:
        """One finding in a line or three."""
        status = f" ({answer.status})" if answer.status else ""
        to = f"\n  now at {answer.moved_to}" if answer.moved_to else ""
        names = ", ".join(name for _, _, name in used_in)
        return f"{answer.outcome.label}{status}: {answer.address}{to}\n  in {names}"

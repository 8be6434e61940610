"""Sample reports of the demonstration: invented and mild. They come in the way every concern does, sealed."""

import json
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from config.demo.node import node
from reporting.concern.addition import seal_addition
from reporting.concern.form import ConcernForm
from reporting.concern.letter import seal_concern
from reporting.concern.slow import derive_in_turn
from reporting.inbox.keys import usable_keys
from reporting.inbox.models import Letter, Officer, OutboxMail, Reply, Report
from reporting.inbox.receive import add, receive, the_hour
from reporting.sealing.code_words import make

WORDS_FILE = "sample-code-words.txt"
LOCK_REPLY = "site/config/demo/lock_reply.mjs"
WAIT = timedelta(seconds=20)
SAMPLES = Path(__file__).with_name("samples.yaml")


def make_samples(folder: Path) -> bool:
    """Take the sample reports in, once. The code words of the one with a conversation are left in the folder."""
    file = folder / WORDS_FILE
    if file.exists():
        return False
    for sample in yaml.safe_load(SAMPLES.read_text()):
        words = make()
        tell(sample, words)
        if "reply" in sample:
            file.touch(mode=0o600)
            file.write_text(f"{words}\n")
    return True


def tell(sample: dict[str, Any], words: str) -> None:
    """One sample, told some hours ago."""
    answers = {key: given if isinstance(given, list) else [given] for key, given in sample["answers"].items()}
    form = ConcernForm(MultiValueDict(answers))
    if not form.is_valid():
        raise ValueError(f"A sample cannot be told: {form.errors}")
    told = timezone.now() - timedelta(hours=sample["hours_ago"])
    code_words, digest = derive_in_turn(words)
    sealed, bucket = seal_concern(form.answers(), usable_keys(), told, code_words.reply_key)
    report = receive(sealed, report_id=uuid.uuid4(), danger=form.danger, size_bucket=bucket, lookup_digest=digest)
    with transaction.atomic():
        Report.objects.filter(pk=report.pk).update(
            received_hour=the_hour(told), **{name: sample[name] for name in ("state", "urgency") if name in sample}
        )
        Letter.objects.filter(report=report).update(hour=the_hour(told))
        if "reply" in sample:
            answer(report, sample["reply"], code_words.reply_key, told + timedelta(hours=1))
    if "addition" in sample:
        added, bucket = seal_addition(sample["addition"], report.reference, usable_keys(), told + timedelta(hours=2))
        add(added, report=report, letter_id=uuid.uuid4(), size_bucket=bucket)
    # The demonstration's mail server starts at the same time as the worker that looks for it.
    OutboxMail.objects.filter(letter__report=report).update(next_attempt_at=timezone.now() + WAIT)


def answer(report: Report, text: str, reply_key: str, at: datetime) -> None:
    """What the team wrote back, locked as an officer's browser locks it."""
    details = {
        "text": text,
        "reply_key": reply_key,
        "sent": at.strftime("%Y-%m-%dT%H:%MZ"),
        "sender": settings.MAIL_FROM,
        "recipient": settings.MAIL_TO,
    }
    Reply.objects.create(
        report=report,
        hour=the_hour(at),
        officer=Officer.objects.get(user__username="officer"),
        locked=node(LOCK_REPLY, given=json.dumps(details)),
    )

"""Moving a report to the restricted inbox. An officer's browser seals the keys of its letters anew; no word is touched.

Sealing needs public keys alone, so that whoever first sees that a report names a colleague can move it at once. Then
they have lost it, unless they hold a slot of the restricted inbox.
"""

import base64
import json
import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from reporting.desk.access import data_for_officers, say
from reporting.desk.reports import holders_of, reports_of
from reporting.desk.work import held
from reporting.desk.writing import takes_sealed
from reporting.inbox.admission import admit_message
from reporting.inbox.audit import Action, note
from reporting.inbox.keys import usable_keys
from reporting.inbox.models import Letter, Officer
from reporting.inbox.models.key import MAIN_INBOX, RESTRICTED_INBOX
from reporting.sealing import MessageRefused, bucket_of


@require_http_methods(["GET", "HEAD", "POST"])
@data_for_officers
@takes_sealed
def restricted(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> HttpResponse:
    """The sealed session keys of a report's letters with the keys to seal them to; sent back (POST), the report moves.

    409: it is restricted already, nobody could open it there, or a letter has come meanwhile. 503: no usable keys.
    """
    if request.method != "POST":
        report = get_object_or_404(reports_of(officer).filter(inbox=MAIN_INBOX), pk=report_id)
        halves = {str(letter.pk): coded(letter.pkesk) for letter in report.letters.all()}
        return say({"keys": [key.armored for key in usable_keys(RESTRICTED_INBOX)], "letters": halves})
    try:
        given = json.loads(request.body)["letters"]
        new = {uuid.UUID(name): base64.b64decode(half, validate=True) for name, half in given.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return say({}, status=422)
    return move(officer, report_id, new)


@transaction.atomic
def move(officer: Officer, report_id: uuid.UUID, halves: dict[uuid.UUID, bytes]) -> HttpResponse:
    """Put every letter's new half before its body, which stays as it is."""
    report = held(officer, report_id)
    letters = list(report.letters.all())
    if report.inbox != MAIN_INBOX or {letter.pk for letter in letters} != set(halves):
        return say({}, status=409)
    report.inbox = RESTRICTED_INBOX
    holders = holders_of(report)
    if not holders.exists():
        return say({}, status=409)
    sealed = {letter.pk: resealed(letter, halves[letter.pk]) for letter in letters}
    for letter in letters:
        Letter.objects.filter(pk=letter.pk).update(**sealed[letter.pk])
    if report.assignee not in holders:
        report.assignee = None
    report.save(update_fields=["inbox", "assignee"])
    note(Action.MOVED, officer=officer, report=report, letters=len(letters))
    return say({})


def resealed(letter: Letter, half: bytes) -> dict[str, object]:
    """The fields of a letter with another first half. MessageRefused if that is not sealed as it should be."""
    sealed = admit_message(half + bytes(letter.body), RESTRICTED_INBOX)
    if sealed.body != bytes(letter.body):
        raise MessageRefused("This is another letter.")
    return Letter.sealed_fields(sealed, bucket_of(sealed))


def coded(octets: bytes | memoryview) -> str:
    return base64.b64encode(octets).decode("ascii")

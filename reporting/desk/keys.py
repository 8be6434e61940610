"""The key page: who can open reports, and everything by which that changes. Browsers make keys, sign and verify."""

import base64
import json
import uuid
from collections.abc import Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting.desk.access import (
    View,
    data_for_members,
    data_for_officers,
    page_for_members,
    page_for_officers,
    say,
)
from reporting.desk.data import coded
from reporting.desk.recent import recently_signed_in
from reporting.inbox import first_opening, holding
from reporting.inbox.audit import Action, note
from reporting.inbox.keys import InboxClosed
from reporting.inbox.models import Officer, SealingKey, Slot, Vouch
from reporting.inbox.models.key import MAIN_INBOX, RESTRICTED_INBOX
from reporting.sealing import SealingError

INBOXES = {MAIN_INBOX: "The team’s inbox", RESTRICTED_INBOX: "The restricted inbox"}
#: How many letters are re-wrapped at a time.
BATCH = 50
GROUP = 4


class Unreadable(Exception):
    """What came is not what the page's script sends."""


def values_of(request: HttpRequest) -> Mapping[str, Any]:
    try:
        values = json.loads(request.body)
    except ValueError:
        raise Unreadable from None
    if not isinstance(values, dict):
        raise Unreadable
    return values


def text_in(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str):
        raise Unreadable
    return value


def texts_in(values: Mapping[str, Any], name: str) -> dict[str, str]:
    found = values.get(name)
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise Unreadable
    return found


def inbox_in(values: Mapping[str, Any], known: Any = tuple(INBOXES)) -> str:
    inbox = text_in(values, "inbox")
    if inbox not in known:
        raise Unreadable
    return inbox


def takes_keys(view: View) -> View:
    """A view of keys, slots and signatures. 422: it is not as it should be; 409: overtaken; 503: no usable keys."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except SealingError as error:
            return say({"said": str(error)}, status=422)
        except Unreadable:
            return say({}, status=422)
        except holding.Overtaken:
            said = "Somebody else changed the keys meanwhile. Load this page anew, and look again."
            return say({"said": said}, status=409)
        except InboxClosed as error:
            return say({"said": str(error)}, status=503)

    return guarded


# --- Pages ---------------------------------------------------------------------------------------------------


@require_safe
@page_for_members
def page(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The key page. Its script fills it from `state`."""
    context = {"officer": officer, "idle_minutes": settings.DESK_IDLE_MINUTES, "inboxes": INBOXES.items()}
    return render(request, "desk/keys.html", context)


@require_safe
@page_for_officers
def cards(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Fingerprints on paper, to compare by voice. They are worth as much as the person who checked them in ink."""
    people = Officer.objects.filter(disabled_at=None).exclude(fingerprint=None).select_related("user").order_by("pk")
    return render(
        request,
        "desk/cards.html",
        {"officer": officer, "cards": [(one.name, groups(one.fingerprint or "")) for one in people]},
    )


@require_safe
@page_for_officers
def recovery_sheet(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What lies in the safe beside the recovery key: which it is, and how to use it."""
    key = SealingKey.objects.filter(role=SealingKey.Role.RECOVERY, inbox=MAIN_INBOX, in_use=True).first()
    context = {"officer": officer, "key": key, "groups": groups(key.fingerprint) if key else []}
    return render(request, "desk/recovery_sheet.html", context)


def groups(fingerprint: str) -> list[str]:
    """A fingerprint as it is read out: ten groups of four."""
    return [fingerprint[start : start + GROUP] for start in range(0, len(fingerprint), GROUP)]


# --- What the page shows -------------------------------------------------------------------------------------


@require_safe
@data_for_members
def state(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Everything that the page shows, and that browsers verify; of colleagues' keys the public halves alone.

    Who holds no slot gets their own part and nothing else, unless they are about to make the very first key.
    """
    shown = {
        "id": str(officer.pk),
        "fingerprint": officer.fingerprint or "",
        "locked_key": officer.locked_key,
        "slots": [slot_entry(slot) for slot in officer.slots.select_related("key")],
        "founds": [inbox for inbox in INBOXES if holding.may_found(officer, inbox)],
        "time": timezone.now().isoformat(),
        "needed": {inbox: first_opening.needed(inbox) for inbox in INBOXES},
        "officers": [],
        "keys": [],
        "vouches": [],
    }
    if officer.inboxes or shown["founds"]:
        people = Officer.objects.select_related("user").prefetch_related("slots__key").order_by("pk")
        inboxes = officer.inboxes or [MAIN_INBOX]
        shown |= {
            "officers": [officer_entry(one, inboxes) for one in people],
            "keys": [key_entry(key, inboxes) for key in SealingKey.objects.filter(in_use=True).order_by("pk")],
            "vouches": list(Vouch.objects.values("inbox", "fingerprint", "by_key", "signature")),
        }
    return say(shown)


def slot_entry(slot: Slot) -> dict[str, Any]:
    return {
        "inbox": slot.key.inbox,
        "fingerprint": slot.key.fingerprint,
        "in_use": slot.key.in_use,
        "sealed": slot.sealed,
        "proved": slot.proved_at is not None,
    }


def officer_entry(one: Officer, inboxes: list[str]) -> dict[str, Any]:
    """`inboxes` are those that the reader can open; who holds another one is not theirs to know."""
    slots = [slot for slot in one.slots.all() if slot.key.in_use and slot.key.inbox in inboxes]
    return {
        "id": str(one.pk),
        "name": one.name,
        "fingerprint": one.fingerprint or "",
        "public_key": one.public_key,
        "inboxes": [slot.key.inbox for slot in slots],
        "last_opened": one.last_opened.isoformat() if one.last_opened else "",
        "disabled": one.disabled_at.isoformat() if one.disabled_at else "",
    }


def key_entry(key: SealingKey, inboxes: list[str]) -> dict[str, Any]:
    now = timezone.now()
    entry: dict[str, Any] = {
        "role": key.role,
        "inbox": key.inbox,
        "fingerprint": key.fingerprint,
        "armored": key.armored,
        "expires_at": key.expires_at.isoformat(),
        "days": key.days_left(now),
        "alarm": key.alarm(now) or 0,
    }
    if key.role == SealingKey.Role.INBOX and key.inbox in inboxes:
        try:
            behind = holding.behind(key.inbox).count()
        except InboxClosed:
            behind = 0
        entry |= {
            "rotate": key.rotate_since is not None,
            "behind": behind,
            "proved": first_opening.proved(key.pk),
            "is_live": not settings.OFFICERS_TO_OPEN or key.live_at is not None,
        }
    return entry


# --- What the page does --------------------------------------------------------------------------------------


@require_POST
@data_for_members
@recently_signed_in
@takes_keys
def mine(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Keep the key pair that the officer's browser made: `public_key`, `locked_key`."""
    values = values_of(request)
    holding.make_own_key(officer, text_in(values, "public_key"), text_in(values, "locked_key"))
    return say({})


@require_POST
@data_for_members
@recently_signed_in
@takes_keys
def passphrase(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Keep the officer's private key, locked with another passphrase: `locked_key`."""
    holding.change_passphrase(officer, text_in(values_of(request), "locked_key"))
    return say({})


@require_POST
@data_for_officers
@recently_signed_in
@takes_keys
def vouches(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Keep that a colleague's fingerprint was compared (`signature`); let them open reports if there are `slots`."""
    values = values_of(request)
    inbox = inbox_in(values, officer.inboxes)
    colleague = officer_in(values)
    fingerprint = text_in(values, "fingerprint")
    if fingerprint != colleague.fingerprint:
        raise holding.Overtaken
    with transaction.atomic():
        holding.vouch(officer, inbox, fingerprint, text_in(values, "signature"))
        if slots := texts_in(values, "slots"):
            holding.enrol(officer, colleague, inbox, slots)
    return say({})


def officer_in(values: Mapping[str, Any]) -> Officer:
    """The officer who is meant, if they are not disabled."""
    pk = text_in(values, "officer")
    return get_object_or_404(Officer, pk=pk if pk.isdecimal() else 0, disabled_at=None)


@require_POST
@data_for_officers
@recently_signed_in
@takes_keys
def disabled(request: HttpRequest, officer: Officer) -> HttpResponse:
    """End a colleague's access at once (`officer`). Nobody ends their own: somebody must be left."""
    colleague = officer_in(values_of(request))
    if colleague == officer:
        raise Unreadable
    holding.disable(officer, colleague)
    return say({})


@require_POST
@data_for_members
@recently_signed_in
@takes_keys
def inbox_key(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Put an inbox key in use: `inbox`, `public_key`, `slots` by officer, `recovery_slot`, what it `replaces`."""
    values = values_of(request)
    inbox = inbox_in(values)
    if inbox not in officer.inboxes and not holding.may_found(officer, inbox):
        return say({}, status=403)
    slots = texts_in(values, "slots")
    if not all(pk.isdecimal() for pk in slots):
        raise Unreadable
    holding.change_inbox_key(
        officer,
        inbox,
        text_in(values, "public_key"),
        {int(pk): sealed for pk, sealed in slots.items()},
        text_in(values, "recovery_slot"),
        text_in(values, "replaces"),
    )
    return say({})


@require_POST
@data_for_members
@recently_signed_in
@takes_keys
def recovery_key(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Put the recovery key in use: `public_key`, and the `signature` of the officer who compared it."""
    if MAIN_INBOX not in officer.inboxes and not holding.may_found(officer, MAIN_INBOX):
        return say({}, status=403)
    values = values_of(request)
    holding.change_recovery_key(officer, text_in(values, "public_key"), MAIN_INBOX, text_in(values, "signature"))
    return say({})


@require_POST
@data_for_officers
@takes_keys
def extended(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Take an inbox key in use with a later end: `public_key`."""
    holding.extend(officer, text_in(values_of(request), "public_key"))
    return say({})


@require_POST
@data_for_officers
@recently_signed_in
@takes_keys
def exported(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Note that an officer takes an inbox key out for a mail program, before their browser makes the file."""
    inbox = inbox_in(values_of(request), officer.inboxes)
    note(Action.KEY_EXPORTED, officer=officer, of=inbox)
    return say({})


@require_http_methods(["GET", "POST"])
@data_for_officers
@takes_keys
def letters(request: HttpRequest, officer: Officer) -> HttpResponse:
    """GET: wrapped session keys of letters that are not sealed to the keys in use (`inbox`, `after` an id).

    POST: the same, wrapped for the keys in use (`letters`: by id, the old and the new); how many were changed.
    """
    if request.method == "POST":
        values = values_of(request)
        inbox = inbox_in(values, officer.inboxes)
        return say({"changed": holding.rewrap(officer, inbox, wrapped_in(values))})
    inbox = inbox_in(request.GET.dict(), officer.inboxes)
    found = holding.behind(inbox)
    if after := request.GET.get("after"):
        found = found.filter(pk__gt=id_of(after))
    listed = found.values_list("pk", "pkesk")[:BATCH]
    return say({"letters": [{"id": str(pk), "wrapped": coded(pkesk)} for pk, pkesk in listed], "total": found.count()})


def wrapped_in(values: Mapping[str, Any]) -> dict[str, tuple[bytes, bytes]]:
    found = values.get("letters")
    if not isinstance(found, list) or len(found) > BATCH:
        raise Unreadable
    try:
        return {str(id_of(one["id"])): (base64.b64decode(one["old"]), base64.b64decode(one["new"])) for one in found}
    except (KeyError, TypeError, ValueError):
        raise Unreadable from None


def id_of(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except (ValueError, AttributeError, TypeError):
        raise Unreadable from None


@require_http_methods(["GET", "POST"])
@data_for_officers
@takes_keys
def opening_test(request: HttpRequest, officer: Officer) -> HttpResponse:
    """GET: a sealed test report for an `inbox`. POST: the `code` that stood in it."""
    values = values_of(request) if request.method == "POST" else request.GET.dict()
    slot = first_opening.slot_of(officer, inbox_in(values, officer.inboxes))
    if slot is None:
        return say({}, status=403)
    if request.method == "GET":
        return say({"sealed": coded(first_opening.report_for_test(slot))})
    return say({}, status=200 if first_opening.prove(slot, text_in(values, "code")) else 422)

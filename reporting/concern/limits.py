"""How much comes from one address, without writing an address down.

What is counted is a keyed hash. Key and counts live in memory (the cache `limits`: this process's own, or a cache
server that all processes share) and are gone when the window ends. More than from a busy school is a mark, never a
refusal (docs/decisions/robots.md).
"""

import hmac
import logging
import secrets
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Timer

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest

log = logging.getLogger("phoenix.concern")
KEY = "phoenix-limits-key"
PREFIX_LENGTH = 64


def is_burst(request: HttpRequest) -> bool:
    """Count this request. Whether its address has sent more than `BURST_LIMIT` in this window."""
    try:
        return count(address_of(request)) > int(settings.BURST_LIMIT)
    except Exception as error:  # a cache server that is down, in whatever way, must not keep anybody from telling
        log.error("What comes could not be counted: %s", type(error).__name__)
        return False


def count(address: str) -> int:
    """How many have come from here since the window began, this one included."""
    cache = caches["limits"]
    if cache.add(KEY, secrets.token_hex(32), settings.BURST_SECONDS) and isinstance(cache, LocMemCache):
        # It would drop what is over only when asked for it again.
        sweep = Timer(settings.BURST_SECONDS, cache.clear)
        sweep.daemon = True
        sweep.start()
    name = hmac.digest(bytes.fromhex(cache.get(KEY)), address.encode(), "sha256").hex()
    cache.add(name, 0, settings.BURST_SECONDS)
    return int(cache.incr(name))


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; of IPv6 the network, because one household has all of it. Empty if nobody says.

    Behind our proxy the last entry of `X-Forwarded-For` is the proxy's own; anybody can write the others.
    """
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() if settings.BEHIND_PROXY else ""
    try:
        address = ip_address(told or request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((address, PREFIX_LENGTH), strict=False))

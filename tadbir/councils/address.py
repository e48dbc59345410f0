"""From which address a request comes, and whether it came over HTTPS, when a proxy stands before us.

Whoever notes an address, or counts its tries (`counted_address`), asks here. `X-Forwarded-For` and
`X-Forwarded-Proto` are what the sender wrote, until a proxy that the council named (`trusted_proxies` in
`tadbir.toml`) added to them: only such a proxy is believed, and of its list only what it and its like wrote, from the
right.
"""

import ipaddress
from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class WrongProxy(ValueError):
    """A trusted proxy that is neither an address nor a network, or that would trust everybody."""


@lru_cache
def networks(names: tuple[str, ...]) -> tuple[Network, ...]:
    """The proxies to trust, by address (`10.0.0.2`) or network (`10.0.0.0/28`). Raises WrongProxy."""
    found = []
    for name in names:
        try:
            network = ipaddress.ip_network(name.strip())
        except ValueError as error:
            raise WrongProxy(name) from error
        if network.prefixlen == 0:
            raise WrongProxy(name)
        found.append(network)
    return tuple(found)


def _trusted() -> tuple[Network, ...]:
    return networks(tuple(settings.TRUSTED_PROXIES))


def _read(text: str) -> Address | None:
    """An address as proxies write it, perhaps with a port; None for anything else."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found


def _is_ours(address: Address | None, proxies: Sequence[Network]) -> bool:
    return address is not None and any(address in network for network in proxies)


def is_proxy(address: str) -> bool:
    """Whether a proxy that the council named stands there."""
    return _is_ours(_read(address), _trusted())


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks: that of the connection, unless a trusted proxy says for whom it asks.

    Then the rightmost address of `X-Forwarded-For` that is no trusted proxy; what stands left of it is hearsay. A list
    that cannot be read is believed as far as it can be.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies = _trusted()
    nearest = _read(direct)
    if not _is_ours(nearest, proxies):
        return direct
    for said in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        hop = _read(said)
        if hop is None:
            break
        nearest = hop
        if not _is_ours(hop, proxies):
            break
    return str(nearest)


#: What one subscriber of IPv6 has to himself: every address in it is his to use.
_SUBSCRIBER = 64


def subscriber(address: str) -> str:
    """Whom an address is counted for: of IPv6 the whole network of its subscriber, else each try had its own."""
    found = _read(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, _SUBSCRIBER), strict=False))
    return address


def counted_address(request: HttpRequest) -> str:
    """The address whose tries are counted."""
    return subscriber(client_address(request))


def came_over_https(request: HttpRequest) -> bool:
    """Whether the reader's browser speaks HTTPS: to us, or to a trusted proxy that says so."""
    if request.is_secure():
        return True
    said: str = request.META.get("HTTP_X_FORWARDED_PROTO", "")
    return said.strip().lower() == "https" and _is_ours(_read(str(request.META.get("REMOTE_ADDR", ""))), _trusted())

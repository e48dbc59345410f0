"""What lies in the database is data: nothing in it is ever run as a program.

The libraries of the queue keep jobs and results as pickles, and whoever reads a pickle runs what is in it: a backup
that somebody tampered with would be a program. Here they are given JSON instead, and a job names one of the functions
that the program declared.
"""

import json
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature

_jobs: set[str] = set()


def declare_job(*names: str) -> None:
    """Declare, when an app starts, the functions that a job in the queue may name."""
    _jobs.update(names)


def _as_data(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"$at": value.isoformat()}
    return value.__getstate__() if type(value).__module__.startswith("django_q") else str(value)


def _from_data(value: dict[str, Any]) -> Any:
    return datetime.fromisoformat(value["$at"]) if set(value) == {"$at"} else value


class Json:
    """Takes the place of the queue's serializer. A job that names a function nobody declared is none of ours."""

    @staticmethod
    def dumps(value: Any) -> bytes:
        """As JSON."""
        return json.dumps(value, default=_as_data).encode()

    @staticmethod
    def loads(data: bytes) -> Any:
        """Raises BadSignature, which the queue answers by dropping the job."""
        try:
            value = json.loads(data, object_hook=_from_data)
        except ValueError as error:
            raise BadSignature("not a job of this program") from error
        if isinstance(value, dict) and "func" in value and value["func"] not in _jobs:
            raise BadSignature(f"no job of this program: {value['func']}")
        if isinstance(value, dict):
            value.pop("hook", None)  # the library calls, by its dotted name, whatever stands there
        return value


def _encode(value: Any, *args: Any, **kwargs: Any) -> str:
    return json.dumps(value, default=_as_data)


def _decode(value: str, *args: Any, **kwargs: Any) -> Any:
    try:
        return json.loads(value, object_hook=_from_data)
    except ValueError:  # a pickle that an older version left: nobody needs it
        return None


def use_json() -> None:
    """Give the libraries JSON. Called before the first job is read or written."""
    from django_q import signing
    from picklefield import fields  # type: ignore[import-untyped]

    signing.PickleSerializer = Json
    fields.dbsafe_encode, fields.dbsafe_decode = _encode, _decode

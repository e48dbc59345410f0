"""Settings and steps of the processes that tests/notify/test_kill.py starts and kills. Not a test."""

import os
import sys
import time

from tadbir.database.inert import declare_job
from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS as _APPS

INSTALLED_APPS = _APPS
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
Q_CLUSTER = {
    "name": "killed",
    "orm": "default",
    "workers": 1,
    "timeout": 4,
    "retry": 6,
    "max_attempts": 8,
    "poll": 0.3,
    "catch_up": False,
    "save_limit": 500,
    "ack_failures": False,
}
declare_job("tests.notify.killed.slow_job")


def slow_job(path: str) -> None:
    """Say that it began; the first time, wait to be killed."""
    with open(path, "a") as file:  # noqa: PTH123
        file.write(f"{os.getpid()}\n")
    with open(path) as file:  # noqa: PTH123
        first = len(file.readlines()) == 1
    time.sleep(30 if first else 0)


def _main(step: str, *words: str) -> None:
    import django

    django.setup()
    from datetime import datetime, timedelta

    from django.core.management import call_command

    from tadbir.councils.clock import now, simulated
    from tadbir.councils.models import Council
    from tadbir.councils.scope import council_scope
    from tadbir.notify import actions
    from tadbir.notify.models import Notice
    from tadbir.notify.ways import Way
    from tadbir.operations import home
    from tests.factories import a_council

    if step == "prepare":
        home.make(home.folder(), {})  # a queue runs in an installation only
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)  # where the queue says that it lives
        council = a_council(
            settings={"mail": {"host": "127.0.0.1", "port": int(words[0]), "tls": False, "from": "b@odd.example.ma"}}
        )
        with council_scope(council):
            actions.queue(
                "outcome",
                to=[Way("mail", "f@example.ma")],
                language="ar",
                key="k",
                values={"number": "1", "address": "https://odd.example.ma"},
            )
        return
    if step == "enqueue":
        from django_q.tasks import async_task

        async_task("tests.notify.killed.slow_job", words[0])
        return
    moment: datetime = now() + timedelta(minutes=int(words[0]))
    with simulated(moment), council_scope(Council.objects.get()):
        sent = actions.sweep()
        notice = Notice.objects.get()
        print(sent, notice.status, notice.attempts, notice.maybe_twice, flush=True)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.notify.killed"
    _main(*sys.argv[1:])

"""Makes the tables, one member of staff and so many tickets: python fill.py COUNT."""

import random
import sys
from datetime import timedelta

import django
from django.core.management import call_command

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import Queue, Ticket  # noqa: E402

SUBJECTS = ("طلب منحة", "Demande de subvention", "شكاية", "Route provinciale", "ماء صالح للشرب", "Éclairage public")
PLACES = ("تاوريرت", "Aousserd", "أزيلال", "Chichaoua", "فكيك", "Tata", "زاكورة", "Jerada", "ميدلت", "Assa")


def fill(count: int) -> None:
    """The same mixture of Arabic and French as in our own data, from a fixed seed."""
    call_command("migrate", verbosity=0)
    user = get_user_model().objects.create_superuser("clerk", "clerk@example.org", "only-for-the-benchmark")
    queues = [
        Queue.objects.create(title=f"Service {number}", slug=f"service-{number}", allow_public_submission=True)
        for number in range(1, 7)
    ]
    dice = random.Random(2026)
    now = timezone.now()
    tickets = [
        Ticket(
            title=f"{dice.choice(SUBJECTS)} {dice.choice(PLACES)} {number}",
            description=" ".join(dice.choices(SUBJECTS + PLACES, k=14)),
            queue=dice.choice(queues),
            created=now - timedelta(minutes=dice.randrange(500_000)),
            modified=now,
            submitter_email=f"resident{number}@example.org",
            status=dice.choice((1, 1, 2, 3, 4)),
            priority=3,
            assigned_to=user if number % 3 == 0 else None,
            secret_key=f"{number:036d}",
        )
        for number in range(count)
    ]
    Ticket.objects.bulk_create(tickets, batch_size=1000)


if __name__ == "__main__":
    fill(int(sys.argv[1]))

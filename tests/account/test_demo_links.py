"""The one-time links of a demonstration."""

import pytest
from django.test import Client, override_settings

from tadbir.councils.actions.enrolling import make_enrolment
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tests.factories import Office

pytestmark = pytest.mark.django_db


def test_a_demo_link_signs_in_once_without_second_factor_and_says_so(bureau: Office) -> None:
    Council.objects.filter(pk=bureau.council.pk).update(demo=True)
    with council_scope(bureau.council):
        token = make_enrolment(bureau.clerk)
    path, client = f"/{bureau.council.slug}/account/demo/{token}/", Client()
    with override_settings(DEMO=True):
        assert "SPÉCIMEN" in client.get(path).content.decode()
        assert client.post(path).status_code == 302
        page = client.get(f"/{bureau.council.slug}/office/")
        assert page.status_code == 200
        assert "SPÉCIMEN" in page.content.decode()
        assert Client().post(path).status_code == 410
    assert client.get(f"/{bureau.council.slug}/office/").status_code == 302  # not a demonstration any more


def test_a_real_council_knows_no_demo_links(bureau: Office) -> None:
    with council_scope(bureau.council):
        token = make_enrolment(bureau.clerk)
    path = f"/{bureau.council.slug}/account/demo/{token}/"
    assert Client().post(path).status_code == 404
    with override_settings(DEMO=True):  # the installation says so, the council does not
        assert Client().post(path).status_code == 404

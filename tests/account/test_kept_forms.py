"""A form that was sent too late is not lost: the session had ended, or its token was too old."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from tadbir.ui.typed import Typed
from tests.account.conftest import PASSWORD, Agent, code_of
from tests.factories import Office

pytestmark = pytest.mark.django_db


def test_what_was_typed_survives_an_ended_session(officer: Agent) -> None:
    """In every tab that was open; it stays, however often it is read, until it is sent."""
    officer.enrol()
    officer.set_totp()
    officer.get("office/")
    officer.client.cookies.pop("sessionid")  # its session ended; the page is still there
    text = "رسالة طويلة كتبها الموظف\nفي سطرين <b>"
    sealed = {"shown": "a-token-that-nobody-reads", "key": "k1"}
    answer = officer.post("office/counter/?page=2", {"body": text, "sense": "granted", "empty": "", **sealed})
    assert answer.status_code == 302
    assert answer.url.startswith(officer.url("account/login/?next="))
    officer.post("office/units/", {"name_ar": "قسم جديد"})  # the other tab
    officer.post("office/dossiers/D-2026-00041/answer/", {"body_ar": "نص الجواب"})
    sign_in = officer.client.get(answer.url).content.decode()
    assert "لم يُسجل أي شيء" in sign_in  # what became of it, and where it will be found
    assert "«ما كتبتموه محفوظ»" in sign_in
    assert "لا حاجة إلى حساب" not in sign_in  # true of residents alone
    cache.clear()
    officer.client.post(
        answer.url, {"login": officer.person.account.email, "password": PASSWORD, "next": officer.url("account/kept/")}
    )
    done = officer.post("account/security/code/", {"code": code_of(officer.secret)})
    assert done.url == officer.url("account/kept/")
    for _read in range(2):
        page = officer.get("account/kept/").content.decode()
        assert "رسالة طويلة كتبها الموظف" in page
        assert "قسم جديد" in page
        assert "&lt;b&gt;" in page
        assert page.count("a-token-that-nobody-reads") == 1  # in the form, not among what is read
        assert f'action="{officer.url("office/counter/?page=2")}"' in page
        titles = re.findall(r"<h2>(.*?)</h2>", page)
        assert ["D-2026-00041" in one for one in titles] == [False, False, True]  # of which dossier it is
    keys = re.findall(r'<textarea name="kept" hidden>\s*([^<]+)</textarea>', page)
    officer.post("office/counter/", {"body": text, "kept": keys[0]})
    page = officer.get("account/kept/").content.decode()
    assert "رسالة طويلة" not in page
    assert "قسم جديد" in page
    officer.post("office/units/", {"name_ar": "قسم جديد", "kept": keys[1]})
    officer.post("office/dossiers/D-2026-00041/answer/", {"kept": keys[2]})
    assert officer.get("account/kept/").status_code == 302


def test_nobody_else_reads_it_who_signs_in_on_the_same_browser(officer: Agent, bureau: Office) -> None:
    officer.enrol()
    officer.set_totp()
    officer.get("office/")
    writer = officer.client.cookies["writer"].value
    officer.client.cookies.pop("sessionid")
    officer.post("office/counter/", {"body": "سر صاحب الطلب"})
    officer.client.force_login(bureau.director.account)
    page = officer.get("account/kept/")
    assert "سر صاحب الطلب" not in page.content.decode()
    officer.client.force_login(officer.person.account)
    assert officer.client.cookies["writer"].value == writer
    forged = Client()
    forged.cookies["writer"] = f"{officer.person.account.pk}:forged"
    forged.post(officer.url("office/counter/"), {"body": "كلام شخص آخر"})
    forged.force_login(officer.person.account)
    assert "كلام شخص آخر" not in forged.get(officer.url("account/kept/")).content.decode()


def test_a_form_whose_token_is_too_old_comes_back_with_what_was_typed(officer: Agent) -> None:
    """He signed in again in another tab: the token of this one is no longer good."""
    officer.enrol()
    officer.set_totp()
    officer.client.handler.enforce_csrf_checks = True
    typed = {"name_ar": "قسم جديد", "password": "a secret word", "csrfmiddlewaretoken": "x" * 64}
    path = officer.url("office/units/")
    for sender in ({"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}):
        page = officer.client.post(path, typed, headers=sender)
        assert page.status_code == 403
        said = page.content.decode()
        assert "قسم جديد" in said
        assert "a secret word" not in said
        assert f'<form id="typed" method="post" action="{path}"' in said
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', said)
        assert token
        again = officer.client.post(path, {**typed, "csrfmiddlewaretoken": token[1]}, headers=sender)
        assert again.status_code in (302, 403, 422)
        assert "انتظر هذا النموذج" not in again.content.decode()
    for sender in ({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}, {}):
        said = officer.client.post(path, typed, headers=sender).content.decode()
        assert "قسم جديد" not in said  # what another site sends was typed by nobody here


def test_sign_in_speaks_of_kept_words_only_where_some_are(officer: Agent) -> None:
    assert "ما كتبتموه محفوظ" not in officer.client.get(officer.url("account/login/")).content.decode()
    assert "لا حاجة إلى حساب" in officer.client.get(officer.url("")).content.decode()


def test_a_form_from_another_site_is_not_kept(bureau: Office) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"/{bureau.council.slug}/office/counter/", {"body": "x"})
    assert answer.status_code == 403
    assert "kept_forms" not in strict.session


def test_what_was_chosen_is_read_as_its_page_called_it() -> None:
    fields = [("sense", "granted"), ("how", "in_hand"), ("parent", "12"), ("sure", "on"), ("switch", "refused")]
    typed = Typed("/office/", [*fields, ("reason", "granted"), ("phone", "0612345678"), ("q_place", "salle")], [])
    chosen = Typed("/", [("q_equipment", "tents"), ("q_right", "rectification"), ("q_place", "tents")], [])
    with override("fr"):
        assert chosen.texts == ["Tentes", "Faire corriger ou effacer des données", "tents"]
        assert typed.texts == ["favorable", "en main propre contre signature", "granted", "0612345678", "salle"]
        labels = {words: label for label, words in typed.labelled}
        assert labels["favorable"] == "Sens de la réponse", "what is chosen is said with the name of its field"
    assert ("sense", "granted") in typed.fields, "it is sent again as it was"

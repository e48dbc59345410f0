"""One's own name is no password, nor are a few signs typed over and over."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import Office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "عبد الرحيم الفاسي",
        "الفاسي-عبدالرحيم-2026",
        "Abderrahim Elfassi",
        "elfassi.abderrahim",
        "ABDERRAHIM-elfassi-1990",
        "abderrahimabderrahim",
    ],
)
def test_a_name_is_refused(office: Office, password: str) -> None:
    person = office.officer
    person.name_ar, person.name_fr = "عبد الرحيم الفاسي", "Abderrahim Elfassi"
    person.save()
    with pytest.raises(ValidationError) as refused:
        validate_password(password, person.account)
    assert "password_too_similar" in [error.code for error in refused.value.error_list]
    validate_password("four plain mountain words", person.account)
    with pytest.raises(ValidationError) as refused:
        validate_password("123456789012", person.account)
    assert "password_too_similar" not in [error.code for error in refused.value.error_list], "it is no name"
    validate_password("جبل وبحر وقمر وزيتون", person.account)


@pytest.mark.parametrize("password", ["aaaaaaaaaaaa", "ababababababab", "AaAaAaAaAaAa", "نعم نعم نعم نعم"])
def test_a_few_signs_are_refused(office: Office, password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, office.officer.account)
    assert "password_repeats" in [error.code for error in refused.value.error_list]

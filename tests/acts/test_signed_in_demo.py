"""The paper says of a session what was asked in it: a second factor, but for a link of the demonstration."""

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope, current_council
from tests.acts.conftest import People
from tests.acts.test_signature_states import sealed


def test_no_second_factor_is_claimed_in_a_demonstration(people: People) -> None:
    council = current_council()
    Council.objects.filter(pk=council.pk).update(demo=False)
    with council_scope(Council.objects.get(pk=council.pk)):
        assert sealed(people, "session").document["signature"]["means_fr"].endswith("avec second facteur")
    Council.objects.filter(pk=council.pk).update(demo=True)
    with council_scope(Council.objects.get(pk=council.pk)):
        told = sealed(people, "session").document["signature"]
    assert "second facteur" not in told["means_fr"]
    assert "مزدوج" not in told["means_ar"]

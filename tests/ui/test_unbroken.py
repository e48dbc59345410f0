"""A number that a sentence names stays on one line, and nothing else of a page changes."""

import pytest

from tadbir.ui.unbroken import unbroken


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>loi n°\u00a055-19, article 16</p>", '<p>loi <span class="no">n°\u00a055-19</span>, article 16</p>'),
        ("<p>décret n° 2-17-265</p>", '<p>décret <span class="no">n° 2-17-265</span></p>'),
        ("<p>(09-08)</p>", '<p>(<span class="no">09-08</span>)</p>'),
        ("<li>الملف D-2026-00041 جاهز</li>", '<li>الملف <span class="no">D-2026-00041</span> جاهز</li>'),
        ("<h1>Que puis-je demander ?</h1>", '<h1>Que <span class="no">puis-je</span> demander ?</h1>'),
        ("<p>Y a-t-il un délai ?</p>", '<p>Y <span class="no">a-t-il</span> un délai ?</p>'),
        ("<p>là-bas, dépôt-vente</p><a href='/puis-je/'>x</a>", None),
        ('<bdi class="no">D-2026-00041</bdi>', None),
        ('<a title="loi 55-19" href="/D-2026-00041/">loi</a>', None),
        ("<title>loi 55-19</title><option>31-13</option><textarea>n° 55-19\n</textarea>", None),
        (
            "<li>le 1er (\u20662026-12-01\u2069)</li>",
            '<li>le 1er (\u2066<span class="no">2026-12-01</span>\u2069)</li>',
        ),
        ('<time datetime="2026-12-01">1er décembre</time> 0528-89-00-00', None),
    ],
)
def test_a_number_stays_on_one_line(page: str, shown: str | None) -> None:
    assert unbroken(page) == (shown or page)


BETWEEN = '<i class="dot"><i> ·</i> </i>'


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>طعن · 23 نونبر</p>", f"<p>طعن{BETWEEN}23 نونبر</p>"),
        ("<p><bdi>a</bdi>\n· <a>b</a></p>", f"<p><bdi>a</bdi>{BETWEEN}<a>b</a></p>"),
        ("<title>a · b</title><option>c · d</option><textarea>e · f</textarea>", None),
        ('<p title="a · b">c·d</p>', None),
    ],
)
def test_a_point_stands_between_two_facts_and_at_no_end_of_a_line(page: str, shown: str | None) -> None:
    assert unbroken(page) == (shown or page)

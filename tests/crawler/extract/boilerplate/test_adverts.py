import pytest

from crawler.extract.boilerplate.adverts import is_ad_slot


@pytest.mark.parametrize("line", [
    "[Anzeige_2]", "[ad_1]", "[ads]", "(Pub)", "{ ad_3 }", "Advertisement", "ADVERTISEMENT", "Advertisement 2",
    "Werbung", "- Werbung -",
    "ADVERTISEMENT - CONTINUE READING BELOW", "Advertisement · Scroll to continue",
    "Story continues below advertisement",
    "Article continues below", "Publicité", "PUBLICIDAD", "Pubblicità", "Publicidade", "Reklama", "Reklam",
    "Реклама", "إعلان", "广告",
    "広告", "광고", "Quảng cáo", "Iklan", "विज्ञापन", "פרסומת", "Διαφήμιση", "Mainos", "İçeriğin Devamı Aşağıda",
    "Oglas", "โฆษณา",
])
def test_the_marker_of_a_slot_is_recognised(line):
    assert is_ad_slot(line)


@pytest.mark.parametrize("line", [
    "Advertisement for a war", "Werbung für den Frieden", "The advertisement cost two million.", "ad", "Ad 2020",
    "[Anhang_2]", "[1]",
    "Реклама запрещена законом", "Anzeige gegen den Minister", "广告业", "Continue", "(AP)", "",
])
def test_a_line_that_speaks_of_advertising_stays(line):
    assert not is_ad_slot(line)

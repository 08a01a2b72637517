"""A notice below a lead goes out of the text and marks the article; an article about subscriptions keeps its sentences."""

import pytest

from crawler.extract.boilerplate.paywall_notices import NAME
from crawler.extract.boilerplate.rules import strip
from crawler.extract.line import Line
from crawler.extract.reader import extract
from tests.crawler.extract.theme import LONG, page_of, text_page

NOTICES = (
    "This article is for subscribers only. Already a subscriber? Log in.",
    "This article is for members, log in to continue.",
    "For subscribers",
    "Subscribe to continue reading",
    "To continue reading, choose your plan or sign in to your account; a month costs you less than a coffee in town.",
    "Dieser Artikel ist nur für Abonnenten. Bereits Abonnent? Hier anmelden.",
    "Dieser Text ist nur für Mitglieder. Bitte melden Sie sich an, um weiterzulesen.",
    "Cet article est réservé aux abonnés. Déjà abonné ? Se connecter",
    "Contenido exclusivo para suscriptores. Inicia sesión para seguir leyendo.",
    "Articolo riservato agli abbonati. Accedi per continuare a leggere.",
    "Conteúdo exclusivo para assinantes. Faça login para continuar lendo.",
    "Dit artikel is alleen voor abonnees. Log in om verder te lezen.",
    "Treść dostępna tylko dla prenumeratorów. Zaloguj się, aby czytać dalej.",
    "Den här artikeln är för dig som är prenumerant. Logga in för att läsa vidare.",
    "Denne artikel er kun for abonnenter. Log ind for at læse videre.",
    "Vain tilaajille. Kirjaudu sisään lukeaksesi.",
    "Článek je pouze pro předplatitele. Přihlaste se.",
    "Csak előfizetőink olvashatják. Jelentkezzen be!",
    "Articol exclusiv pentru abonați. Autentifică-te.",
    "Αποκλειστικά για συνδρομητές. Συνδεθείτε.",
    "Материал доступен только подписчикам. Войдите, чтобы читать дальше.",
    "Матеріал доступний лише передплатникам. Увійдіть, щоб читати далі.",
    "Samo za pretplatnike. Prijavite se.",
    "Bu içerik abonelere özeldir. Okumaya devam etmek için giriş yapın.",
    "هذا المحتوى للمشتركين فقط. سجل الدخول لمتابعة القراءة.",
    "התוכן למנויים בלבד. התחברו להמשך קריאה.",
    "この記事は会員限定です。ログインして続きをお読みください。",
    "本文仅限订阅用户阅读。请登录后继续阅读。",
    "이 기사는 유료 회원 전용입니다. 로그인 후 계속 읽으세요.",
    "Artikel ini khusus untuk pelanggan. Silakan masuk untuk melanjutkan membaca.",
    "Nội dung dành riêng cho thành viên. Đăng nhập để đọc tiếp.",
)


def read(*texts):
    return strip(tuple(Line(text=text) for text in texts))


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice[:20])
def test_a_notice_below_the_lead_is_removed_and_marks_the_article(notice):
    reading = read(*LONG[:2], notice)
    assert reading.text == "\n".join(LONG[:2])
    assert [(removal.text, removal.rule) for removal in reading.removed] == [(notice, NAME)]
    assert reading.is_walled
    assert extract(text_page(*LONG, notice)).paywalled is True


def test_the_offers_and_buttons_after_a_notice_go_with_it_and_a_credit_stays_a_fact():
    reading = read(*LONG[:2], "Subscribe to continue reading", "1 € a month", "Log in", "Reuters")
    assert reading.text == "\n".join(LONG[:2])
    assert [removal.text for removal in reading.removed if removal.rule == NAME] == [
        "Subscribe to continue reading", "1 € a month", "Log in"]
    assert reading.credits == ("Reuters",)


def test_a_notice_goes_out_of_a_long_text_as_well():
    assert read(*LONG * 20, "This article is for subscribers only.").is_walled


ARTICLES = (
    "For subscribers of the paper the price rises in May, the publisher said on Tuesday in a letter to its readers abroad.",
    "Only for subscribers of the state's gas company does the price of gas stay the same this year, the minister said.",
    "Already a member of NATO, Finland will host the meeting.",
    "To read the full report, see the ministry's pages.",
    "For members of the alliance, that is not enough.",
    "Für Mitglieder der NATO gilt das nicht.",
    "Nur für Mitglieder der Eurozone gilt die Regel.",
    "Dla abonentów rosyjskiego gazu nic się nie zmienia.",
    "За абонати на газ цената остава същата.",
    "Kwa wanachama wa Umoja wa Afrika, hili ni jambo muhimu.",
    "सदस्यों के लिए यह बड़ा कदम है।",
    "Dành cho thành viên ASEAN, thỏa thuận có hiệu lực ngay.",
    "Members only met twice.",
    "Уже подписаны три соглашения между Россией и Китаем.",
    "Bereits registriert haben sich 40 Staaten.",
    "Déjà inscrit à l'agenda du sommet, le dossier sera examiné lundi.",
    "“Subscribe to continue reading”, the screen said.",
    "Start your free trial today, no credit card required.",
    "Members of the union voted for the strike.",
    "Nur für Mitglieder der EU gilt die Regel nicht, sagte der Minister am Mittwoch vor Abgeordneten in Berlin.",
    "Pour les abonnés du gaz, la hausse sera de trois pour cent en mai, a dit le ministre mardi à Paris devant la presse.",
    "Для подписчиков газеты цена останется прежней до конца года, сообщило издательство во вторник в письме читателям.",
)


@pytest.mark.parametrize("last", ARTICLES, ids=lambda last: last[:20])
def test_a_sentence_that_closes_an_article_about_subscriptions_or_members_stays(last):
    reading = read(*LONG[:2], last)
    assert reading.text == "\n".join((*LONG[:2], last))
    assert not reading.is_walled


def test_a_notice_before_the_last_paragraph_is_what_the_article_speaks_of():
    lines = (LONG[0], "Subscribe to continue reading", LONG[1])
    assert read(*lines).text == "\n".join(lines)


def test_what_the_page_says_of_its_price_stands_above_the_notice():
    free = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": true}</script>'
    body = "".join(f"<p>{text}</p>" for text in (*LONG, "This article is for subscribers only."))
    article = extract(page_of(f"<html><head><title>News</title>{free}</head><body><main>{body}</main></body></html>"))
    assert article.paywalled is False
    assert article.paragraphs == LONG

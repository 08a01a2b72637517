"""Pages that show something else than an article each end in a word of their own; articles about such things do not."""

import pytest

from crawler.extract.reader import extract
from store.errors import ExtractionError
from tests.crawler.extract.theme import LONG, page_of, text_page, themed

SCRIPT = "<script src='/app.js'></script>"


def reason_of(page):
    with pytest.raises(ExtractionError) as caught:
        extract(page)
    return caught.value.reason


def page_with(*paragraphs, head="", title="News"):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return page_of(f"<html><head><title>{title}</title>{head}</head><body><main>{body}</main></body></html>")


CHALLENGES = (
    ("Just a moment...", "Verifying you are human. This may take a few seconds.",
     "news.example needs to review the security of your connection before proceeding.", "Ray ID: 8f1a2b3c4d5e6f"),
    ("Too Many Requests", "You have sent too many requests in a given amount of time. Try again later."),
    ("Please enable JavaScript and cookies to continue.",),
    ("Access Denied", "You don't have permission to access this page on this server.", "Reference #18.2f4d"),
    ("Access to this page has been denied because we believe you are using automation tools to browse the website.",),
    ("Pardon Our Interruption", "As you were browsing something about your browser made us think you were a bot."),
    ("Zu viele Anfragen. Bitte versuchen Sie es in einigen Minuten noch einmal.",),
    ("Veuillez activer JavaScript et les cookies de votre navigateur pour continuer.",),
    ("Verifica que eres humano para continuar en esta página.", "Verificando que eres humano."),
    ("Подтвердите, что вы не робот, и вы попадёте на страницу новостей.",),
    ("Слишком много запросов. Попробуйте обновить страницу через несколько минут.",),
    ("Zbyt wiele żądań. Spróbuj ponownie później, za kilka minut.",),
    ("ブラウザを確認しています。しばらくお待ちください。この処理は自動的に行われます。",),
    ("您的访问过于频繁，请完成以下验证后继续访问本网站的内容，谢谢您的合作与理解。",),
    ("طلبات كثيرة جدا. حاول مرة أخرى بعد بضع دقائق من فضلك.",),
)
PAYWALLS = (
    ("This article is for subscribers only.", "Already a subscriber? Log in.", "Get unlimited access for £1 a month."),
    ("Subscribe to continue reading this article and all others without limits.",),
    ("You have reached your limit of free articles. Sign in to continue reading, or choose a plan.",),
    ("Dieser Artikel ist nur für Abonnenten. Jetzt weiterlesen mit einem Abo für einen Euro.", "Bereits Abonnent?"),
    ("Cet article est réservé aux abonnés.", "Déjà abonné ? Se connecter", "Abonnez-vous pour lire la suite."),
    ("Contenido exclusivo para suscriptores.", "¿Ya eres suscriptor? Inicia sesión para seguir leyendo."),
    ("Articolo riservato agli abbonati. Per continuare a leggere scegli il tuo abbonamento.",),
    ("Conteúdo exclusivo para assinantes. Já é assinante? Faça login para continuar lendo.",),
    ("Материал доступен только подписчикам. Чтобы читать дальше, оформите подписку.",),
    ("Матеріал доступний лише передплатникам. Щоб читати далі, оформіть передплату.",),
    ("Artykuł dostępny tylko dla prenumeratorów. Masz już prenumeratę? Zaloguj się, aby czytać.",),
    ("この記事は有料会員限定です。続きを読むには会員登録が必要です。ログインしてください。",),
    ("本文仅限订阅用户阅读。订阅后可阅读全文，已是订户请登录您的账户继续阅读。",),
    ("هذا المحتوى للمشتركين فقط. هل أنت مشترك؟ سجل الدخول لمتابعة القراءة.",),
    ("Bu içerik abonelere özeldir. Okumaya devam etmek için abone olun ya da giriş yapın.",),
)


@pytest.mark.parametrize("lines", CHALLENGES, ids=lambda lines: lines[0][:20])
def test_a_check_of_who_asks_is_no_article(lines):
    assert reason_of(page_with(*lines)) == "challenge"
    assert reason_of(text_page(*lines)) == "challenge"


@pytest.mark.parametrize("lines", PAYWALLS, ids=lambda lines: lines[0][:20])
def test_a_notice_that_one_must_subscribe_is_no_article(lines):
    assert reason_of(page_with(*lines)) == "paywall"
    assert reason_of(text_page(*lines)) == "paywall"


def test_a_check_without_words_is_known_by_the_service_that_makes_it():
    page = page_with(head="<script>window._cf_chl_opt={cType:'managed'};</script>")
    assert reason_of(page) == "challenge"
    page = page_of(themed("Ministers meet", LONG).replace("</head>", "<script>window._cf_chl_opt={}</script></head>"))
    assert extract(page).paragraphs == LONG, "beside an article it means nothing"


@pytest.mark.parametrize("body", [
    f"<div id='root'></div>{SCRIPT}",
    f"<noscript>You need to enable JavaScript to run this app.</noscript><div id='app'></div>{SCRIPT}",
    f"<nav><a href='/'>Home</a><a href='/world'>World</a></nav><div id='app'></div>{SCRIPT}",
])
def test_a_page_that_scripts_fill_is_an_empty_shell(body):
    assert reason_of(page_of(f"<html><head><title>News</title></head><body>{body}</body></html>")) == "empty_shell"


def test_a_page_without_text_and_without_scripts_is_no_shell():
    assert reason_of(page_of("<html><body><div id='root'></div></body></html>")) == "no_text"


def test_a_consent_dialog_that_the_reader_left_out_is_named_all_the_same():
    note = ("We and our partners use cookies and, with your consent, process personal data. Change your privacy "
            "settings or withdraw your consent to cookies at any time.")
    page = f"<html><body><div class='cookie-consent'>{note}</div>{SCRIPT}</body></html>"
    assert reason_of(page_of(page)) == "consent_wall"


ARTICLES = (
    ("Newspapers hope that paywalls will save them. Readers who are told to subscribe to continue reading mostly turn "
     "away, a study of forty houses found.", *LONG[:1]),
    ("Cloudflare, the American company, said on Tuesday that a fault in its network had kept readers of many news sites "
     "away, who saw “Checking your browser” and nothing else.",),
    ("Too many requests for asylum wait at the border, the interior ministry said on Wednesday, and asked its neighbours "
     "for help with the papers of eight hundred families.",),
    ("Access denied: for the third day in a row inspectors were kept out of the plant, the agency said on Friday, though "
     "an agreement of the spring lets them in.",),
    ("Rate limits for interest on loans to farmers were discussed by the ministers of both countries on Monday evening.",),
    ("Already a member of NATO, Finland has closed its border with Russia for the winter, the government said.",),
    ("Die Außenminister beider Staaten haben sich in Wien getroffen. Sie haben bereits ein Abkommen unterzeichnet.",),
    ("Стороны провели переговоры в Вене во вторник. Уже подписаны три соглашения между Россией и Китаем.",),
    ("Déjà inscrit à l'agenda du sommet, le dossier du Sahel sera examiné lundi par les ministres.",),
    (f"{LONG[0]} {LONG[1]} To read the full statement, see the pages of the ministry.",),
    ("Ein Gericht hat entschieden, dass Verlage deutlicher sagen müssen, was ein Abo kostet. Dieser Fall betrifft "
     "Leser, die ihr Probeabo nicht gekündigt haben.",),
)


@pytest.mark.parametrize("lines", ARTICLES, ids=lambda lines: lines[0][:20])
def test_an_article_about_walls_and_limits_is_an_article(lines):
    assert extract(page_with(*lines)).paragraphs
    assert extract(text_page(*lines)).paragraphs == lines


@pytest.mark.parametrize("notice", ["This article is for subscribers only. Already a subscriber? Log in.",
                                    "Cet article est réservé aux abonnés. Déjà abonné ? Se connecter"])
def test_a_paywalled_article_whose_lead_stands_is_an_article_and_says_so(notice):
    article = extract(page_with(*LONG[:2], notice))
    assert LONG[0] in article.paragraphs
    assert article.paywalled is True
    assert extract(page_with(*LONG)).paywalled is None


def test_what_the_page_states_of_its_price_stands_above_its_words():
    stated = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": true}</script>'
    article = extract(page_with(LONG[0], "Already a subscriber? Log in.", head=stated))
    assert article.paywalled is False

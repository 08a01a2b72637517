"""Body: the lines that are the article, on invented pages in several languages and scripts."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from crawler.extract.body import read_body
from crawler.extract.body.blocks import MAX_BLOCKS, find_blocks
from crawler.extract.body.features import feature_names, measure
from crawler.extract.body.model import from_bytes, shipped, to_bytes
from crawler.extract.body.readings import NO_READINGS, find_article_body

URL = "https://news.example/2024/05/talks"

STORIES = {
    "en": ("Ministers agree to reopen the border crossing", [
        "The foreign ministers of the two neighbouring states agreed on Tuesday to reopen the border crossing that "
        "has been closed for three years, ending a dispute that had slowed trade in the whole region.",
        "The agreement, signed after two days of talks in the lake resort, also sets up a joint commission that will "
        "meet every month and report to both parliaments.",
        "“We have shown that patience pays,” the host told reporters, standing beside her guest.",
        "Lorries will be allowed to cross from the first of next month, officials said, and passenger trains are to "
        "follow before the winter if the signalling is repaired in time.",
    ], "More from World", "Sign up for our newsletter and get the best stories every morning in your inbox."),
    "de": ("Minister einigen sich auf Öffnung des Grenzübergangs", [
        "Die Außenminister der beiden Nachbarstaaten haben sich am Dienstag darauf geeinigt, den seit drei Jahren "
        "geschlossenen Grenzübergang wieder zu öffnen und damit einen langen Streit zu beenden.",
        "Das Abkommen, das nach zweitägigen Gesprächen unterzeichnet wurde, sieht auch eine gemeinsame Kommission "
        "vor, die jeden Monat tagen und beiden Parlamenten berichten soll.",
        "„Geduld zahlt sich aus“, sagte die Gastgeberin vor Journalisten an der Seite ihres Gastes.",
        "Lastwagen dürfen vom kommenden Monat an passieren, Personenzüge sollen noch vor dem Winter folgen, falls "
        "die Signale rechtzeitig repariert werden.",
    ], "Mehr zum Thema", "Abonnieren Sie unseren Newsletter und lesen Sie jeden Morgen die besten Geschichten."),
    "ru": ("Министры договорились открыть пограничный переход", [
        "Министры иностранных дел двух соседних государств договорились во вторник вновь открыть пограничный "
        "переход, закрытый три года назад, и тем самым завершить долгий спор, мешавший торговле.",
        "Соглашение, подписанное после двухдневных переговоров, предусматривает также создание совместной "
        "комиссии, которая будет собираться каждый месяц и отчитываться перед обоими парламентами.",
        "«Терпение вознаграждается», — сказала хозяйка встречи журналистам.",
        "Грузовики смогут пересекать границу с первого числа следующего месяца, а пассажирские поезда должны "
        "пойти до зимы, если успеют починить сигнализацию.",
    ], "Читайте также", "Подпишитесь на нашу рассылку и получайте лучшие материалы каждое утро."),
    "ar": ("الوزراء يتفقون على إعادة فتح المعبر الحدودي", [
        "اتفق وزيرا خارجية البلدين الجارين يوم الثلاثاء على إعادة فتح المعبر الحدودي المغلق منذ ثلاث سنوات، في خطوة "
        "تنهي خلافا طويلا أدى إلى تباطؤ التجارة في المنطقة كلها.",
        "وينص الاتفاق، الذي وقع بعد يومين من المحادثات، على تشكيل لجنة مشتركة تجتمع كل شهر وترفع تقاريرها إلى برلماني "
        "البلدين قبل نهاية العام.",
        "وقالت الوزيرة المضيفة للصحفيين إن الصبر يؤتي ثماره في نهاية المطاف.",
        "وسيسمح للشاحنات بالعبور اعتبارا من أول الشهر المقبل، على أن تتبعها قطارات الركاب قبل الشتاء إذا أصلحت "
        "الإشارات في الوقت المناسب.",
    ], "اقرأ أيضا", "اشترك في نشرتنا الإخبارية لتصلك أفضل القصص كل صباح."),
    "zh": ("两国外长同意重新开放边境口岸", [
        "两个邻国的外交部长星期二达成协议，同意重新开放已经关闭三年的边境口岸，从而结束了一场使整个地区贸易放缓的长期争端。",
        "这项协议是在湖滨度假胜地举行两天会谈后签署的，协议还规定成立一个联合委员会，每个月开会一次，并向两国议会提交报告。",
        "东道主在客人身旁对记者说：“我们证明了耐心会有回报。”",
        "官员们表示，从下个月一日起将允许卡车通行，如果信号设备能够及时修复，客运列车也将在冬天到来之前恢复运行。",
    ], "相关阅读", "订阅我们的新闻邮件，每天早晨收到最好的报道。"),
}
OTHERS = ["Harbour workers end their strike", "Why the lake is rising again", "Five charts on the price of bread",
          "A night train returns after forty years", "The mayor who plants olive trees", "Storm closes two airports"]


def build_page(language: str = "en", *, before: str = "", after: str = "", middle: str = "") -> str:
    """A page in the dress of a common news theme."""
    title, paragraphs, heading, appeal = STORIES[language]
    first, *rest = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
    links = "".join(f'<li class="card"><a href="/{n}"><h3>{text}</h3></a></li>' for n, text in enumerate(OTHERS))
    menu = "".join(f'<li><a href="/s{n}">{text.split()[0]}</a></li>' for n, text in enumerate(OTHERS))
    return f"""<!doctype html><html lang="{language}"><head><title>{title} | The Example</title>
    <meta property="og:title" content="{title}"><script>var a = "{appeal}";</script></head><body>
    <header class="site-header"><a href="/">The Example</a><nav class="main-menu"><ul>{menu}</ul></nav></header>
    <main><article class="article"><h1 class="headline">{title}</h1>
    <div class="byline">Anna Example <time>5.5.2024 10:00</time></div>{before}
    <div class="article-body">{first}{middle}{"".join(rest)}</div>{after}</article>
    <aside class="related"><h2>{heading}</h2><ul>{links}</ul></aside></main>
    <footer class="site-footer"><p>© 2024 The Example. <a href="/legal">Legal</a> <a href="/p">Privacy</a></p></footer>
    </body></html>"""


def read(page: str) -> list[str]:
    return [line.text for line in read_body(html.fromstring(page), url=URL) if line.dropped_by is None]


@pytest.mark.parametrize("language", sorted(STORIES))
def test_an_article_is_its_paragraphs_in_order(language: str) -> None:
    assert read(build_page(language)) == STORIES[language][1]


@pytest.mark.parametrize("language", sorted(STORIES))
def test_a_newsletter_box_and_an_author_bio_after_the_end_are_dropped(language: str) -> None:
    appeal = STORIES[language][3]
    after = (f'<div class="newsletter-signup"><h3>{appeal[:20]}</h3><p>{appeal}</p><button>OK</button></div>'
             '<div class="author-bio"><img src="a.jpg"><p>Anna Example writes about borders and trains.</p></div>')
    kept = "\n".join(read(build_page(language, after=after)))
    assert appeal not in kept
    assert "Anna Example" not in kept


def test_a_caption_is_dropped_and_the_paragraph_beside_it_stays() -> None:
    figure = ('<figure class="image"><img src="b.jpg"><figcaption class="caption">The two ministers at the lake '
              'on Tuesday. <span class="credit">Photo: B. Example</span></figcaption></figure>')
    assert read(build_page("en", middle=figure)) == STORIES["en"][1]


def test_a_related_link_between_paragraphs_is_dropped() -> None:
    box = '<div class="related-inline"><strong>Read also</strong> <a href="/9">Harbour workers end strike</a></div>'
    kept = read(build_page("en", middle=box))
    assert not any("Harbour" in line for line in kept)
    assert kept == STORIES["en"][1]


def test_links_inside_a_sentence_do_not_cost_the_sentence() -> None:
    linked = ('<p>Both <a href="/a">parliaments</a> must still approve the <a href="/b">text of the agreement</a>, '
              'which diplomats expect before the summer, although one opposition party has said that it will vote '
              'against it.</p>')
    assert any("one opposition party" in line for line in read(build_page("en", middle=linked)))


def test_a_heading_and_a_list_inside_the_article_stay() -> None:
    inner = ("<h2>What was agreed</h2><ul><li>The crossing opens for lorries on the first of the month.</li>"
             "<li>A joint commission reports to both parliaments every month.</li>"
             "<li>Passenger trains follow before the winter.</li></ul>")
    lines = read_body(html.fromstring(build_page("en", middle=inner)), url=URL)
    tags = {line.text: line.tag for line in lines if line.dropped_by is None}
    assert tags["What was agreed"] == "h2"
    assert tags["Passenger trains follow before the winter."] == "li"


def test_a_dropped_line_that_trafilatura_read_names_the_filter() -> None:
    after = ('<p class="tagline"><em>Anna Example is our correspondent at the lake. Follow her on '
             '<a href="https://social.example/anna">Social</a>.</em></p>')
    lines = read_body(html.fromstring(build_page("en", after=after)), url=URL)
    assert {line.dropped_by for line in lines} <= {None, "line_filter"}
    assert [line.text for line in lines if line.dropped_by is None] == STORIES["en"][1]


def test_a_page_of_only_links_gives_no_long_article() -> None:
    items = "".join(f'<div class="card"><a href="/{n}"><h3>{text}</h3></a><span class="date">5.5.2024</span></div>'
                    for n, text in enumerate(OTHERS * 5))
    kept = read(f"<html><head><title>World</title></head><body><main>{items}</main></body></html>")
    assert sum(map(len, kept)) < sum(map(len, OTHERS * 5))


@pytest.mark.parametrize("page", [
    "<html></html>", "<html><head><title>Only a title</title></head><body></body></html>",
    '<html><body><div id="root"></div><script src="app.js"></script></body></html>',
    "<html><body><!-- nothing --><img src='a.png'></body></html>",
])
def test_an_empty_shell_has_no_lines(page: str) -> None:
    assert read_body(html.fromstring(page), url=URL) == ()


def test_scripts_styles_and_templates_are_not_text() -> None:
    page = build_page("en", middle="<style>p{color:red}</style><template><p>Never shown</p></template>")
    assert not any("color" in line or "Never" in line or "var a" in line for line in read(page))


def test_a_fragment_without_html_or_body_is_read() -> None:
    element = html.fragment_fromstring("".join(f"<p>{p}</p>" for p in STORIES["en"][1]), create_parent="div")
    assert [line.text for line in read_body(element, url="") if line.dropped_by is None] == STORIES["en"][1]


@pytest.mark.parametrize("href", ["http:", "http:x", "//", "https://[", "mailto:", "#", "javascript:void(0)", ""])
def test_a_broken_address_is_only_a_link(href: str) -> None:
    page = build_page("en", middle=f'<p>Officials said that <a href="{href}">both sides</a> had kept their word.</p>')
    lines = read_body(html.fromstring(page), url="http://[broken/")
    assert next(line.text for line in lines if line.dropped_by is None) == STORIES["en"][1][0]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 3000), st.integers(0, 400), st.sampled_from(sorted(STORIES)))
def test_a_page_with_a_piece_torn_out_is_read(start: int, length: int, language: str) -> None:
    page = build_page(language)
    torn = page[:start] + page[start + length:]
    assert all(line.text for line in read_body(html.fromstring(torn or "<p>"), url=URL))


def test_reading_twice_gives_the_same_lines() -> None:
    first = read_body(html.fromstring(build_page("ru")), url=URL)
    read_body(html.fromstring(build_page("zh")), url=URL)
    assert read_body(html.fromstring(build_page("ru")), url=URL) == first


def test_a_tree_of_great_depth_is_read() -> None:
    root = node = html.Element("div")
    for _ in range(1_500):
        child = html.Element("div")
        node.append(child)
        node = child
    node.text = STORIES["en"][1][0]
    assert len(find_blocks(root).blocks) == 1
    assert len(read_body(root, url=URL)) <= 1


def test_a_huge_page_is_cut_at_a_bound() -> None:
    page = f"<html><body>{'<p>One more line of a very long table.</p>' * (MAX_BLOCKS + 500)}</body></html>"
    assert len(find_blocks(html.fromstring(page)).blocks) == MAX_BLOCKS


def test_a_long_page_of_one_line_over_and_over_is_read_in_bounded_time() -> None:
    page = f"<html><body>{'<p>One more line of a very long table.</p>' * 3000}</body></html>"
    start = time.process_time()
    read(page)
    assert time.process_time() - start < 20


def test_cells_of_one_row_are_one_line() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>{n}00 lorries a day</td></tr>" for n, name in enumerate(OTHERS, 1))
    lines = read_body(html.fromstring(build_page("en", middle=f"<table>{rows}</table>")), url=URL)
    row = [line for line in lines if line.text.startswith(OTHERS[0])]
    assert all(line.tag == "tr" and line.text == f"{OTHERS[0]} | 100 lorries a day" for line in row if line.tag == "tr")


def test_a_line_break_parts_two_blocks_and_inline_markup_does_not() -> None:
    blocks = find_blocks(html.fromstring("<div>One <b>bold</b> <a href='/'>link</a>.<br><br>Two</div>")).blocks
    assert [block.text for block in blocks] == ["One bold link.", "Two"]
    assert blocks[0].linked == len("link")
    assert blocks[0].strong == len("bold")


def test_the_article_body_of_json_ld_is_found_in_a_graph() -> None:
    tree = html.fromstring('<html><head><script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", '
                           '"articleBody": "One &amp; <b>two</b>."}]}</script></head><body>x</body></html>')
    assert find_article_body(tree).split() == ["One", "two", "."]


def test_broken_json_ld_says_nothing() -> None:
    tree = html.fromstring('<html><head><script type="application/ld+json">{"articleBody": "One</script></head></html>')
    assert find_article_body(tree) == ""


def test_the_model_knows_the_columns_that_are_measured() -> None:
    assert shipped().about["features"] == list(feature_names())


def test_a_model_survives_being_written() -> None:
    page = find_blocks(html.fromstring(build_page("de")))
    rows = measure(page, NO_READINGS).rows
    model = shipped()
    assert (from_bytes(to_bytes(model)).trees.chances(rows) == model.trees.chances(rows)).all()

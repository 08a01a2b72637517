import pytest

from crawler.extract.boilerplate.furniture import is_link_line, is_newsletter_box, is_photo_credit, is_share_bar


@pytest.mark.parametrize("line", [
    "Facebook Twitter WhatsApp", "Share on Facebook", "Share this article", "Teilen", "Partager sur Twitter",
    "Compartir en Facebook",
    "分享到", "分享让更多人看到", "Поделиться в Telegram", "Facebook | X | Telegram | Email", "シェアする", "شارك",
    "Udostępnij na Facebook",
])
def test_a_share_bar_is_recognised(line):
    assert is_share_bar(line)


@pytest.mark.parametrize("line", [
    "Facebook", "Share prices fell", "Facebook and Twitter were fined on Monday", "Instagram and Facebook",
    "They share this border", "Deli",
    "X", "Post", "Shares",
    "Partager le pouvoir", "",
])
def test_a_line_about_networks_is_no_share_bar(line):
    assert not is_share_bar(line)


@pytest.mark.parametrize("line", [
    "Read also: Ministers meet again", "READ MORE", "Lesen Sie auch: Die Minister", "À lire aussi : Les ministres",
    "Читайте также:",
    "Czytaj też: Ministrowie", "Lexo edhe: Ministrat", "اقرأ أيضا: الوزراء", "Baca juga: Menteri", "相关阅读",
    "関連記事", "Les også: Ministrene",
    "RELATED CONTENT:", "Related: The ministers", "► Leggi anche: I ministri",
    "(Le puede interesar: Los ministros)", "Xem thêm: Bộ trưởng",
])
def test_a_line_that_leads_to_another_article_is_recognised(line):
    assert is_link_line(line)


@pytest.mark.parametrize("line", [
    "Read my lips: no new taxes", "Related", "He read more than others", "More on this tomorrow, he said", "Leggi",
    "The ministers also read: all of them", "Baca", "Berlin: Ministers meet", "10:30: The talks begin",
])
def test_a_line_that_only_begins_alike_stays(line):
    assert not is_link_line(line)


@pytest.mark.parametrize("line", [
    "Sign up for our newsletter", "Subscribe to our daily newsletter and never miss a story.",
    "Abonnez-vous à notre newsletter",
    "Suscríbete a nuestro boletín", "Подпишитесь на нашу рассылку", "Zapisz się na newsletter",
    "Get our daily briefing in your inbox.", "Jetzt den Newsletter abonnieren", "Hier geht es zum Newsletter.",
    "Recibe nuestro boletín en tu correo.", "Receba nosso boletim por e-mail.", "Abbonati alla newsletter",
    "Претплатите се на наш билтен", "Abonați-vă la newsletterul nostru", "Abone ol: e-bülten",
    "اشترك في نشرتنا البريدية", "הרשמה לניוזלטר", "登録はこちら：メールマガジン", "订阅电子报", "Đăng ký nhận bản tin",
    "Daftar newsletter kami", "Ontvang onze nieuwsbrief.", "Follow our WhatsApp channel",
])
def test_an_invitation_to_a_newsletter_is_recognised(line):
    assert is_newsletter_box(line)


@pytest.mark.parametrize("line", [
    "The newsletter was printed in secret", "Sign the treaty", "Get out of the house, the soldiers said",
    "He wrote a newsletter for exiles.",
    "Following the president's daily briefing, the spokesperson said talks would resume on Monday.",
    "Joining reporters at the daily briefing, the spokesperson declined to name the envoy.",
    "Follow-up talks were announced at the State Department's daily briefing on Tuesday.",
    "Registered voters wait for the daily briefing of the commission.",
    "Hierzu erschien im Rundbrief des Ministeriums eine Erklärung.",
    "Jetzt liegt der Rundbrief des Außenamtes den Abgeordneten vor.",
    "Recibe el canciller el Boletín Oficial con el decreto firmado.",
    "Подписание договора сопровождалось рассылкой приглашений послам.",
    "Підписання угоди супроводжувалося розсилкою запрошень послам.",
    "Подписите върху бюлетините ще бъдат проверени, каза комисията.",
    "Înscrierea candidaților pe buletinul de vot începe luni, a anunțat ministerul.",
    "Abonații companiei au primit un buletin fals, a spus ambasadorul.",
    "Daftar negara peserta dimuat dalam buletin resmi kementerian.",
    "Đăng ký cử tri tăng mạnh, theo bản tin của bộ ngoại giao.",
    "سجلت النشرة الاقتصادية ارتفاعا في الصادرات إلى تركيا.", "عضو مجلس الأمن قال في نشرة رسمية إن المحادثات ستستأنف.",
    "Dołączona do biuletynu mapa pokazuje nową granicę.", "Претплатниците го добија билтенот од министерството.",
    "Kayıt olan seçmenlere bülten gönderildi.", "登録された会員にメールマガジンが送られたと外務省が説明した。",
    "订阅电子报的外交官只有三人。",
])
def test_a_line_about_newsletters_stays(line):
    assert not is_newsletter_box(line)


@pytest.mark.parametrize("line", [
    "Foto: dpa", "Photo: Example/Getty Images", "(Photo: Acme TV)", "Фото: Иван Примеров, Агентство",
    "Image: City of Example / Facebook",
    "Photo credit: Jane Example", "Bild: Max Beispiel", "صورة: وكالة", "图片来源：新华社", "Fot.: Jan Przykład",
])
def test_a_photo_credit_is_recognised(line):
    assert is_photo_credit(line)


@pytest.mark.parametrize("line", [
    "Photo: The two ministers shake hands. They had not met for years.", "The image: a country in ruins, he said.",
    "Photographs were banned",
    "Image by image, analysts compared the border posts", "Images by satellite show new bunkers at the border",
    "Bildung: Minister fordern mehr Geld", "Video shows the attack", "Images of the war",
    "VIDEO: Footage of the theft goes viral",
    "PHOTOS: People of the island bring in the year with a swim",
])
def test_a_caption_or_a_sentence_is_no_photo_credit(line):
    assert not is_photo_credit(line)

"""Whole lines that dress a page: share bars, links to other articles, newsletter boxes, photo credits."""

import re

from crawler.extract.reading import drop_matching
from crawler.extract.text import fold

LONGEST_BAR = 120  # characters
LONGEST_LINK_LINE = 250
LONGEST_BOX = 200
LONGEST_PHOTO_CREDIT = 110

NETWORKS = frozenset((
    "facebook twitter x whatsapp telegram email e-mail mail linkedin pinterest reddit viber messenger flipboard pocket tumblr "
    "bluesky threads instagram mastodon line wechat weibo vk vkontakte ok odnoklassniki skype xing sms print imprimir drucken "
    "drukuj stampa imprimer yazdir tisk printo url qq kakao kakaotalk youtube tiktok signal evernote instapaper hatena note "
    "вконтакте одноклассники телеграм вайбер ватсап фейсбук твиттер 微信 微博 qq空间 линк link rss pdf copy copier kopieren copiar"
).split())

SHARING = frozenset(map(fold, (
    "share, shares, tweet, pin, post, send, follow, teilen, tweeten, merken, twittern, weitersagen, partager, tweeter, enregistrer, "
    "compartir, tuitear, enviar, condividi, twitta, invia, partilhar, compartilhar, tweetar, udostępnij, podziel, wyślij, sdílet, "
    "sdílejte, zdieľať, zdieľaj, podijeli, podeli, deli, megosztás, megosztom, distribuie, trimite, сподели, споделете, поделиться, "
    "поделитесь, отправить, поширити, поділитися, подели, подијели, падзяліцца, shpërndaje, shpërnda, ndaje, paylaş, paylaşın, "
    "delen, deel, dela, del, jaa, jaga, dalies, dalintis, dalīties, deila, kongsi, bagikan, sebarkan, chia sẻ, κοινοποίηση, "
    "μοιραστείτε, شارك, مشاركة, اشتراک‌گذاری, شیئر, שתף, שתפו, शेयर, शेयर करें, শেয়ার, แชร์, 分享, 分享到, シェア, シェアする, ツイート, "
    "공유, 공유하기, გაზიარება, տարածել, бөлісу, 分享让更多人看到, 分享至, 转发"
).split(", ")))

GLUE = frozenset(map(fold, (
    "on via by to with this article story page post news it link the a an in and or now auf per mit bei von diesen artikel beitrag sur "
    "par cet article cette en por con este esta artículo noticia su questo articolo no em esta este notícia na w przez ten artykuł "
    "на в через по статьей новостью эту статью новость цю статтю у за с të në me këtë lajm artikull via på med av denne artikeln "
    "den die das in een dit artikel op met berita ini artikel ke bài viết haberi da de button options copy url save more sieh "
    "к и 到 用 扫一扫 朋友圈 好友 将 网页 本文"
).split()))
WORD = re.compile(r"[^\s|/,:·•+&()\[\]<>›»→!.–—]+")
COUNT = re.compile(r"\d[\d.,]*[km]?")


def is_share_bar(text: str) -> bool:
    """Tell whether a line only offers to share: every word a network, a verb of sharing or the glue between them."""
    if len(text) > LONGEST_BAR:
        return False
    folded = fold(text)
    if folded.strip(" :.!…") in SHARING - ALONE_A_WORD:
        return True
    words = [word for word in WORD.findall(folded) if not COUNT.fullmatch(word)]
    shares = sum(word in SHARING for word in words)
    networks = sum(word in NETWORKS for word in words)
    if not words or not all(word in SHARING or word in NETWORKS or word in GLUE for word in words):
        return False
    return networks >= 2 or (shares >= 1 and networks >= 1) or (shares >= 1 and 2 <= len(words) <= 6 and words[0] in SHARING)


# One word on a line, and a word of the article in some language: no bar by itself.
ALONE_A_WORD = frozenset({"post", "pin", "send", "follow", "deli", "deel", "del", "dela", "delen", "merken", "jaga", "invia", "trimite"})

LINK_LABELS = """
read also | also read | read more | read next | read this | read | see also | also see | see more | more on this | related | related article
related articles | related stories | related story | related content | related coverage | related news | related topics | related posts
recommended | recommended for you | recommended reading | you may also like | you might also like | you may like | don't miss | dont miss
more from | more stories | must read | most read | up next | further reading | in case you missed it | icymi | trending | trending now
keep reading | learn more | also on | watch also | watch more | listen also | read our | more news | latest news | editor's picks
lesen sie auch | lesen sie mehr | lesen sie hier | lies auch | lies mehr | mehr dazu | mehr zum thema | lesen sie dazu | auch interessant
das könnte sie auch interessieren | das könnte dich auch interessieren | weitere artikel | siehe auch | passend dazu | lesetipp
mehr lesen | weiterlesen | lire aussi | à lire aussi | a lire | à lire | voir aussi | lire également | à lire également | lire la suite
sur le même sujet | nos articles | pour aller plus loin | lee también | leé también | lea también | lea además | le puede interesar
te puede interesar | también te puede interesar | puedes leer | ver también | más información | noticias relacionadas | le recomendamos
te recomendamos | vea también | mira también | leggi anche | leggi di più | leggi | guarda anche | vedi anche | articoli correlati
potrebbe interessarti | potrebbe interessarti anche | approfondisci | leia também | leia mais | veja também | saiba mais | ler também
veja mais | notícias relacionadas | llegiu també | llegeix també | le tamén | citește și | citeste si | citiți și | vezi și
pe aceeași temă | articole similare | czytaj też | czytaj także | czytaj również | przeczytaj też | przeczytaj także | zobacz też
zobacz także | zobacz również | czytaj więcej | polecamy | zobacz wideo | czytajcie także | čtěte také | čtěte též | přečtěte si
přečtěte si také | čtěte více | související | čítajte aj | prečítajte si | prečítajte si aj | pročitajte | pročitajte još | pročitajte i
čitajte još | čitajte i | vezane vesti | povezane vijesti | preberite tudi | preberite še | beri tudi | прочитајте | прочитајте још
прочитај и | прочитајте и | прочети още | прочетете още | вижте още | още по темата | виж още | читайте также | читать также
читайте ещё | читайте еще | читайте далее | читать далее | смотрите также | по теме | материалы по теме | см. также | также по теме
подробнее | читайте по теме | читайте також | читати також | дивіться також | за темою | більше | чытайце таксама | чытайце яшчэ
lexo edhe | lexoni edhe | lexo më shumë | lexo gjithashtu | shiko edhe | lexo po ashtu | të ngjashme | διαβάστε επίσης | διαβάστε ακόμη
διαβάστε περισσότερα | δείτε επίσης | olvassa el | olvasd el | olvassa el ezt is | kapcsolódó cikk | kapcsolódó | lees ook | lees verder
lees meer | bekijk ook | läs också | läs även | läs mer | se också | les også | les mer | se også | læs også | læs mere | lue myös
lue lisää | katso myös | loe ka | loe lisaks | loe veel | lasi arī | lasiet arī | lasi vairāk | taip pat skaitykite | skaitykite taip pat
skaitykite daugiau | lesa einnig | lestu líka | ayrıca oku | ayrıca okuyun | bunu da oku | ilgili haber | ilgili haberler | devamını oku
haberin devamı | bunlar da ilginizi çekebilir | həmçinin oxuyun | həmçinin oxu | shuningdek o'qing | тағы оқыңыз | тағы да оқыңыз
ასევე წაიკითხეთ | კითხულობენ | կարդացեք նաև | اقرأ أيضا | اقرأ أيضاً | إقرأ أيضا | اقرأ المزيد | شاهد أيضا | مواضيع ذات صلة | قد يهمك
موضوعات متعلقة | بیشتر بخوانید | همچنین بخوانید | بخوانید | اخبار مرتبط | مطالب مرتبط | یہ بھی پڑھیں | مزید پڑھیں | קראו גם | קראו עוד
यह भी पढ़ें | ये भी पढ़ें | इसे भी पढ़ें | और पढ़ें | हे वाचा | हेही वाचा | আরও পড়ুন | আরো পড়ুন | இதையும் படிங்க | மேலும் படிக்க | ఇది చదవండి
อ่านเพิ่มเติม | อ่านข่าวที่เกี่ยวข้อง | ข่าวที่เกี่ยวข้อง | อ่านต่อ | baca juga | baca | baca selengkapnya | lihat juga | simak juga | artikel terkait
pilihan editor | xem thêm | đọc thêm | tin liên quan | có thể bạn quan tâm | soma pia | soma zaidi | basahin din | irakurri ere
相关阅读 | 相关新闻 | 相關新聞 | 延伸阅读 | 延伸閱讀 | 更多新闻 | 推荐阅读 | 推薦閱讀 | 相关报道 | 相關報導 | 热门推荐 | 关连文章 | 関連記事 | 関連ニュース | あわせて読みたい
おすすめ情報 | おすすめ記事 | 合わせて読みたい | 관련기사 | 관련 기사 | 관련뉴스 | 추천기사 | 함께 보면 좋은 기사
"""
LINK_LABEL = frozenset(fold(label) for row in LINK_LABELS.strip().splitlines() for label in row.split(" | "))
# These open sentences and headings of articles too; with nothing after them they say too little to go.
NEEDS_A_TARGET = frozenset({"read", "related", "leggi", "baca", "polecamy", "a lire", "trending", "weiterlesen", "подробнее", "більше",
                            "recommended", "learn more", "kapcsolodo", "بخوانید"})
LABELLED = re.compile(r"^[\s\W]{0,4}(?P<label>[^:：|]{2,45}?)\s*(?P<colon>[:：|>»›→]+|$)\s*(?P<rest>.*)$")
DASHED = re.compile(r"^[\s\W]{0,4}(?P<label>[^:：|–—]{2,45}?)\s+[–—-]\s+\S")


def is_link_line(text: str) -> bool:
    """Tell whether a line leads to another article: "Read also: ...", or that heading alone."""
    if len(text) > LONGEST_LINK_LINE:
        return False
    found = LABELLED.match(text)
    if not found:
        return False
    label = fold(found["label"]).strip(" .!…[]()")
    if label not in LINK_LABEL:
        return False
    return bool(found["rest"]) or label not in NEEDS_A_TARGET


NEWSLETTERS_NAMED = """
newsletter | news letter | bulletin d'information | boletín | boletim | rundbrief | biuletyn | zpravodaj | hírlevél | рассылк | розсилк
бюлетин | билтен | uutiskirje | nyhetsbrev | nyhedsbrev | nieuwsbrief | uudiskir | naujienlaišk | e-bülten | bülten | النشرة | نشرة | نشرتنا
خبرنامه | ניוזלטר | न्यूज़लेटर | ニュースレター | メルマガ | メールマガジン | 뉴스레터 | 电子报 | 電子報 | bản tin | buletin | ενημερωτικ | whatsapp channel
whatsapp-kanal | telegram channel | telegram-канал | телеграм-канал | telegram-kanal | canal de whatsapp | canale whatsapp | canal whatsapp
push notifications | daily briefing | morning briefing
"""
JOINING_WORDS = """
get | sign up | signup | subscribe | join | receive | want more | enter your email | register | follow | don't miss | stay up to date
abonnieren | abonniere | jetzt | melden sie sich | melde dich | hier | holen sie sich | recevez | abonnez | inscrivez | s'inscrire | suscríbete
suscríbase | suscribirse | recibe | reciba | apúntate | únete | iscriviti | ricevi | abbonati | seguici | inscreva | assine | receba | cadastre
zapisz | zasubskrybuj | dołącz | přihlaste | odebírejte | prijavite | prijavi | iratkozz | feliratkoz | abonează | abonați | înscrie | подпис
подпиш | підпис | підпиш | абонирай | запишете | пријави | претплат | abonohu | regjistrohu | tilaa | liity | prenumerera | anmäl | meld deg
abonner | tilmeld | schrijf je | aanmelden | meld je | ontvang | liitu | telli | prenumeruok | pieraksti | abone ol | kayıt ol | εγγραφ
اشترك | سجل | عضو | הירשמ | הרשמ | सब्सक्राइब | 登録 | 購読 | 구독 | 订阅 | 訂閱 | đăng ký | berlangganan | daftar | langgan
"""


def _folded(table: str) -> list[str]:
    return [fold(word) for row in table.strip().splitlines() for word in row.split(" | ")]


NEWSLETTER = re.compile("|".join(map(re.escape, _folded(NEWSLETTERS_NAMED))))
JOINING = re.compile(r"\W*(?:" + "|".join(map(re.escape, _folded(JOINING_WORDS))) + ")")


def is_newsletter_box(text: str) -> bool:
    """Tell whether a line invites to a newsletter or channel: it begins by asking to join, and names one."""
    if len(text) > LONGEST_BOX:
        return False
    folded = fold(text)
    return bool(JOINING.match(folded)) and bool(NEWSLETTER.search(folded))


PICTURES = """
photo | photos | photograph | picture | image | images | foto | fotos | fotografie | fotografia | bild | bilder | symbolbild | archivbild
titelbild | imagen | imágenes | imagem | imagens | immagine | immagini | zdjęcie | zdj. | fot. | kuva | kuvat | valokuva | nuotr. | nuotrauka
fénykép | fotó | fotoğraf | görsel | resim | φωτο | φωτογραφία | фото | снимка | снимки | фотография | фотографија | слика | сурет | ფოტო
լուսանկարը | صورة | الصورة | عکس | تصویر | תצלום | צילום | फोटो | ছবি | ภาพ | ảnh | gambar | picha | 图 | 图片 | 图片来源 | 图源 | 圖 | 圖片來源 | 写真
画像 | 사진 | photo credit | image credit | picture credit | video | vidéo | видео | відео
"""
OWNERS = """
credit | credits | source | courtesy | courtesy of | by | von | de | par | di | autor | arhiva | arhiv | archiv | archives | archive | file
illustration | ilustrasi | kaynak | quelle | crédito | ilustrativní | ilustracyjne | ilustrativna
"""
PHOTO = re.compile(
    r"[(\[]?(?:" + "|".join(map(re.escape, _folded(PICTURES))) + r")(?:\s(?:" + "|".join(map(re.escape, _folded(OWNERS))) + r"))?"
    r"\s*(?:[:/©|]|by\s|courtesy\s)\s*.{2,80}"
)
SENTENCE = re.compile(r"[a-zа-я]{3,}[.!?…]\s+\w|[.!?…]$")


def is_photo_credit(text: str) -> bool:
    """Tell whether a line says whose picture was there: "Foto: dpa"; a caption that is a sentence is not one."""
    if len(text) > LONGEST_PHOTO_CREDIT:
        return False
    folded = fold(text)
    return bool(PHOTO.match(folded)) and not SENTENCE.search(folded)


SHARE_BARS = drop_matching("share_bar", is_share_bar)
LINK_LINES = drop_matching("read_also", is_link_line)
NEWSLETTERS = drop_matching("newsletter", is_newsletter_box)
PHOTO_CREDITS = drop_matching("photo_credit", is_photo_credit)

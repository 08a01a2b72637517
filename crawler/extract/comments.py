"""Comment headings and counters below an article: "3 Comments", "Leave a reply", "Комментарии (5)", "评论".

Built from parts: what a language calls comments, the ways to write such words with a counter, and the ways to ask for one.
"""

import re

from crawler.extract.reading import NumberedLine, Reading, Rule
from crawler.extract.text import fold

NAME = "comments"
LONGEST_HEADING = 70  # characters; the longest seen asks for a comment, names the forum and counts

NOUNS = """
en: comment, comments, reply, replies, reader comments, user comments
sq: koment, komente, komentet, komenti, komentim, komentime
ar: تعليق, تعليقات, التعليقات, التعليق, تعليقات القراء
az: şərh, şərhlər, rəylər
be: каментар, каментары, каментарыі
bg: коментар, коментари, коментара
bn: মন্তব্য, মন্তব্যসমূহ, কমেন্ট
bs: komentar, komentari, komentara
ca: comentari, comentaris
cs: komentář, komentáře, komentářů, příspěvky v diskusi
da: kommentar, kommentarer
de: kommentar, kommentare, kommentaren, leserkommentare
el: σχόλιο, σχόλια
es: comentario, comentarios
et: kommentaar, kommentaarid, kommentaari
eu: iruzkin, iruzkinak
fa: نظر, نظرات, دیدگاه, دیدگاه‌ها, نظرات کاربران, نظر شما
fi: kommentti, kommentit, kommenttia
fil: komento, mga komento
fr: commentaire, commentaires, réaction, réactions
gl: comentario, comentarios
he: תגובה, תגובות
hi: टिप्पणी, टिप्पणियां, टिप्पणियाँ, कमेंट, कमेंट्स
hr: komentar, komentari, komentara
hu: hozzászólás, hozzászólások, komment, kommentek
hy: մեկնաբանություն, մեկնաբանություններ
id: komentar, tanggapan, komentar pembaca
is: athugasemd, athugasemdir, ummæli
it: commento, commenti
ja: コメント, コメント一覧, みんなのコメント
ka: კომენტარი, კომენტარები
kk: пікір, пікірлер
km: មតិយោបល់
ko: 댓글, 의견, 전체댓글
ky: пикир, пикирлер, комментарийлер
lt: komentaras, komentarai, komentarų, komentaro
lv: komentārs, komentāri, komentāru
mk: коментар, коментари
mn: сэтгэгдэл
mr: प्रतिक्रिया, टिप्पण्या
ms: komen, ulasan
my: မှတ်ချက်, မှတ်ချက်များ
ne: प्रतिक्रिया, टिप्पणी
nl: reactie, reacties
no: kommentar, kommentarer
pl: komentarz, komentarze, komentarzy
ps: تبصره, تبصرې
pt: comentário, comentários
ro: comentariu, comentarii
ru: комментарий, комментарии, комментариев, комментария
sk: komentár, komentáre, komentárov
sl: komentar, komentarji, komentarjev
sr: коментар, коментари, komentar, komentari
sv: kommentar, kommentarer
sw: maoni
ta: கருத்து, கருத்துகள், கருத்துக்கள்
te: వ్యాఖ్య, వ్యాఖ్యలు, కామెంట్స్
th: ความคิดเห็น, แสดงความคิดเห็น
tr: yorum, yorumlar, okuyucu yorumları
uk: коментар, коментарі, коментарів
ur: تبصرہ, تبصرے, تبصرہ جات
uz: izoh, izohlar, фикрлар
vi: bình luận, ý kiến, ý kiến bạn đọc
zh: 评论, 評論, 留言, 网友评论, 最新评论, 全部评论, 发表评论, 查看评论, 回應
"""

# Ways to ask for a comment: `~` stands for the noun.
ASKING = """
en: leave a ~ | leave your ~ | write a ~ | add a ~ | add your ~ | post a ~ | make a ~ | submit a ~ | view ~ | view all ~
en: show ~ | show all ~ | hide ~ | see all ~ | read all ~ | load ~ | read the ~ | join the ~ | no ~ yet | no ~ | ~ are closed | ~ closed
en: be the first to ~ | log in to ~ | login to ~ | sign in to ~ | you must be logged in to post a ~ | ~ on this article
en: ~ on this story | join the conversation | join the discussion | discussion about this post | discussion about this article
sq: lini një ~ | lër një ~ | shto një ~ | shkruaj një ~ | shkruani një ~ | s'ka ~ | nuk ka ~
ar: اترك ~ | اترك ~ا | أضف ~ | أضف ~ا | اكتب ~ | لا توجد ~ | لا ~ | شارك ب~
bg: добави ~ | напиши ~ | остави ~ | няма ~ | вашият ~
bs: dodaj ~ | ostavi ~ | ostavite ~ | napiši ~ | nema ~
ca: deixa un ~ | afegeix un ~
cs: přidat ~ | napsat ~ | žádné ~ | vstoupit do diskuse | zobrazit ~
da: skriv en ~ | tilføj en ~ | giv en ~ | ingen ~
de: schreibe einen ~ | schreiben sie einen ~ | hinterlasse einen ~ | hinterlassen sie einen ~ | ~ schreiben | ~ verfassen
de: ~ hinterlassen | ~ abgeben | ~ hinzufügen | ~ anzeigen | ~ lesen | alle ~ | keine ~ | noch keine ~ | ~ zu diesem artikel | jetzt ~
el: αφήστε ένα ~ | γράψτε ένα ~ | προσθήκη ~ | κάντε ένα ~
es: deja un ~ | dejar un ~ | deja tu ~ | escribe un ~ | añadir un ~ | publicar un ~ | ver ~ | sin ~ | no hay ~ | ningún ~
et: lisa ~ | kirjuta ~
fa: ارسال ~ | ثبت ~ | نوشتن ~ | ~ خود را بنویسید | ~ شما
fi: jätä ~ | kirjoita ~ | lisää ~ | ei ~
fr: laisser un ~ | laissez un ~ | ajouter un ~ | écrire un ~ | poster un ~ | publier un ~ | voir les ~ | aucun ~ | lire les ~
he: הוסף ~ | כתוב ~ | השאר ~ | אין ~ | השארת ~
hi: अपनी ~ दें | ~ लिखें | ~ करें
hr: dodaj ~ | ostavi ~ | ostavite ~ | napiši ~ | nema ~
hu: szólj hozzá | írj ~t | új ~ | nincs ~
id: tulis ~ | kirim ~ | tinggalkan ~ | beri ~ | tinggalkan balasan | belum ada ~
it: lascia un ~ | scrivi un ~ | aggiungi un ~ | invia un ~ | vedi i ~ | nessun ~ | lascia una risposta
ja: ~を書く | ~を残す | ~を投稿する | ~する | ~を見る | ~はありません
ka: დატოვე ~ | დაამატე ~
ko: ~ 쓰기 | ~ 남기기 | ~ 달기 | ~ 작성 | ~쓰기
lt: rašyti ~ | palikti ~ | parašykite ~ą
lv: pievienot ~ | rakstīt ~
mk: остави ~ | остави ~и | додади ~
nl: geef een ~ | plaats een ~ | schrijf een ~ | laat een ~ achter | geen ~ | ~ plaatsen | bekijk ~
no: skriv en ~ | legg igjen en ~ | ingen ~
pl: dodaj ~ | napisz ~ | zostaw ~ | brak ~ | skomentuj | zobacz ~ | pokaż ~
pt: deixe um ~ | deixe seu ~ | escreva um ~ | adicionar ~ | comente | ver ~ | sem ~ | nenhum ~ | deixe uma resposta
ro: lasă un ~ | lăsați un ~ | adaugă un ~ | scrie un ~ | niciun ~
ru: оставить ~ | добавить ~ | написать ~ | оставьте ~ | нет ~ | показать ~ | обсудить | читать ~ | все ~
sk: pridať ~ | napísať ~ | žiadne ~
sl: dodaj ~ | napiši ~ | komentiraj
sr: остави ~ | пошаљи ~ | напиши ~ | pošalji ~ | ostavi ~ | ostavite ~ | напишите ~
sv: skriv en ~ | lämna en ~ | inga ~ | visa ~ | kommentera
sw: toa ~ | andika ~
th: ~ของคุณ | เขียน~
tr: ~ yap | ~ yaz | ~ ekle | ~ gönder | bir ~ yazın | bir ~ yap | ~ yok | bir cevap yazın
uk: залишити ~ | додати ~ | написати ~ | коментувати | немає ~ | залиште ~
ur: ~ کریں | اپنا ~ لکھیں
vi: gửi ~ | viết ~ | để lại ~ | ~ của bạn | gửi ý kiến | chưa có ~
zh: 发表~ | 發表~ | 写~ | 我要~ | 查看~ | 我来说两句 | 暂无~ | 添加~ | 参与~
"""


# What stands around a counter: "(5)", ": 5", "| 5", "5 件"; and the words that count in scripts that need one.
COUNTER = re.compile(
    r"^\(?\d[\d.,\s]*\)?\s*(?:条|條|则|則|个|個|件|件の|개의|개|건)?\s*(?=\D)"
    r"|\s*[(\[:|·•–—-]?\s*\d[\d.,\s]*k?\s*(?:条|條|则|則|个|個|件|개|건)?\s*[)\]]?$"
)
DECORATION = " \t:.!?…>»›→↓▼▾#*|•·–—-()[]💬🗨"


def _phrases() -> tuple[frozenset[str], frozenset[str]]:
    """Return what alone may head comments, and what asks for them outright."""
    nouns = {language: words.split(", ") for language, words in _rows(NOUNS)}
    asking = {
        form.strip().replace("~", noun)
        for language, forms in _rows(ASKING)
        for form in forms.split(" | ")
        for noun in nouns[language]
    }
    return frozenset(fold(noun) for words in nouns.values() for noun in words), frozenset(map(fold, asking))


def _rows(table: str) -> list[tuple[str, str]]:
    rows = (row.partition(": ") for row in table.strip().splitlines())
    return [(language, words) for language, _, words in rows]


BARE, ASKED = _phrases()


def is_comment_heading(text: str) -> bool:
    """Tell whether a whole line only heads, counts or asks for comments; a bare noun counts too (``is_bare_heading``)."""
    return _kind(text) is not None


def is_bare_heading(text: str) -> bool:
    """Tell whether a line is a noun and nothing else ("Comments"), which may also be a section of the article."""
    return _kind(text) == "bare"


def _kind(text: str) -> str | None:
    if len(text) > LONGEST_HEADING:
        return None
    whole = fold(text).strip(DECORATION)
    counted = COUNTER.sub("", fold(text), count=1).strip(DECORATION)
    if whole in BARE and not any(map(str.isdigit, text)):
        return "bare"
    return "asked" if whole in ASKED or counted in ASKED or counted in BARE else None


def strip_comments(reading: Reading) -> Reading:
    """Drop the first comment heading of the tail, and what follows it."""
    sizes = [len(line.text) for line in reading.lines]
    total, before = sum(sizes), 0
    for index, line in enumerate(reading.lines):
        after = total - before - sizes[index]
        if before and _ends_the_article(line, before=before, after=after):
            return reading.drop(reading.lines[index:], NAME)
        before += sizes[index]
    return reading


def _ends_the_article(line: NumberedLine, *, before: int, after: int) -> bool:
    """Accept a heading where the article is behind it: a third of the text may be comments, a sixth below a bare noun."""
    match _kind(line.text):
        case "asked":
            return after * 2 <= before
        case "bare":
            return after * 5 <= before
    return False


COMMENTS = Rule(name=NAME, apply=strip_comments)

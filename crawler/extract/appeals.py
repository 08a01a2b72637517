"""Appeals for support in mid-text: "We depend on your support. Support us".

An appeal is short, speaks to the reader, and asks for money or a subscription for an outlet. Each of these is said in
many ways, so signs are counted, and no single sign is enough.
"""

import re

from crawler.extract.reading import Reading, Rule
from crawler.extract.text import fold

NAME = "support_appeal"
LONGEST_APPEAL = 300  # characters
SHORTEST_APPEAL = 12

# Asking: giving, supporting, subscribing, becoming a member; word beginnings, folded.
ASKING = re.compile(r"\b(?:" + "|".join(map(fold, (
    "support, supporter, donat, contribut, subscrib, become a member, chip in, patreon, paypal, buy me a coffee, unterstütz, spende, "
    "abonnier, fördermitglied, soutien, souteni, soutenez, abonnez, faites un don, faire un don, apoya, apoye, apóya, suscrib, donar, dona a, haz un aporte, "
    "hazte soci, sostien, sosten, sostegno, abbonati, apoie, apoia, assine, doação, contribua, wspar, wspier, wesprz, wpłac, "
    "darowizn, podpoř, podpor, přispěj, daruj, prispej, podrž, podrš, donir, támog, adomány, susțin, sustin, donează, donea, подкреп, "
    "дари, поддерж, пожертв, подпиш, донат, підтрим, пожертв, подрж, донир, падтрым, mbështet, dhuro, dhuroni, kontribuo, destek, bağış, "
    "abone ol, υποστηρ, στηρίξ, δωρε, steun, doneer, word lid, stöd, bidra, prenumerera, støt, støtt, tue meitä, lahjoita, toeta, anneta, atbalst, "
    "ziedo, paremk, aukok, styrk, dəstək, qo'llab, қолда, ادعم, ادعمو, دعمك, دعمكم, تبرع, اشترك, حمایت, کمک مالی, תמכו, תרמו, "
    "सहयोग, समर्थन, दान, সমর্থন, অনুদান, สนับสนุน, บริจาค, ủng hộ, đóng góp, dukung, donasi, sokong, saidia, changia, suportahan"
).split(", "))) + r")|支持我们|支持我們|赞助|贊助|捐款|捐助|订阅支持|ご支援|支援|寄付|후원|구독"
)

# Speaking to the reader, or of the outlet and the reader as "us" and "you".
ADDRESSING = re.compile(r"\b(?:" + "|".join(map(fold, (
    "you, your, us, our, we, ihr, ihre, ihrer, ihrem, ihren, dein, deine, deiner, sie uns, unsere, uns, votre, vos, vous, nous, notre, tu, "
    "tus, su, nos, nosotros, nuestro, nuestra, tuo, tua, vostro, ci, noi, nostro, nostra, você, seu, sua, nosso, nossa, twojego, twoje, "
    "twoja, twojej, twoim, twój, ciebie, was, nas, naszą, nasze, nasz, waszego, waszej, vaší, vaše, vás, nás, náš, naši, vaš, vašu, vašoj, "
    "vaša, naš, našu, naše, te, ti, önt, minket, az ön, dvs, dumneavoastră, tău, ta, noastră, nostru, ne, вас, вашей, ваша, вашу, ваше, "
    "вашата, вашу, нас, нам, ни, нашу, нашей, наша, вашої, вашу, вашій, вашем, вашом, juaj, tuaj, tënd, tonë, ne, neve, na, siz, sizin, "
    "sizlerin, bizi, bize, senin, σας, μας, jouw, je, u, uw, ons, onze, din, ditt, oss, vår, vårt, os, vores, dig, meitä, sinun, teidän, "
    "meid, sinu, teie, jūsu, mūs, mums, jūsų, mus, mūsų, okkur, þinn, sizin, bizə, сіздің, bizni, دعمك, دعمكم, لنا, معنا, شما, ما, "
    "שלכם, שלך, אותנו, आपके, आपका, हमें, हमारी, आपकी, আপনার, আমাদের, của bạn, chúng tôi, anda, kami, yako, yetu, inyong"
).split(", "))) + r")\b|您的|您|我们|我們|皆様|あなた|私たち|여러분|당신|คุณ|เรา"
)

# What the outlet calls its own work.
JOURNALISM = re.compile(r"\b(?:" + "|".join(map(fold, (
    "journalism, newsroom, independent media, our reporting, our work, ad-free, paywall, journalismus, redaktion, journalistisch, "
    "journalisme, rédaction, periodismo, redacción, giornalismo, redazione, jornalismo, redação, dziennikarstw, redakcj, portal, "
    "žurnalist, novinář, novinár, redakc, novinarstv, redakcij, újságír, szerkesztőség, jurnalism, redacți, журналист, журналисти, "
    "редакц, редакци, журналістик, gazetari, redaksi, gazetecilik, δημοσιογραφ, journalistiek, journalistik, journalismi, ajakirjandus, "
    "žurnālistik, žurnalistik, الصحافة, صحافة, روزنامه‌نگاری, עיתונות, पत्रकारिता, সাংবাদিকতা, báo chí, jurnalisme, uandishi"
).split(", "))) + r")|新闻业|新聞業|ジャーナリズム|저널리즘|언론"
)

DOMAIN = re.compile(r"(?<![@/\w])(?:[\w-]+\.)+(?:com|org|net|info|media|news|press|tv|eu|[a-z]{2})(?![\w.])", re.IGNORECASE)
# A capital that begins a new piece in mid-line, after a small letter and no punctuation: buttons glued to one another.
GLUED_PIECE = re.compile(r"(?<=[^\W\d_A-Z] )[^\W\d_a-z][^\W\d_A-Z]{3,}")
ENDED = re.compile(r"[.!?…。！？।؟:;]['\"”’»)\]]*$")
QUOTED = re.compile(r"[\"“”„«»「」]")


def is_appeal(text: str) -> bool:
    """Tell whether a paragraph asks the reader to support an outlet.

    It must ask and address; then two further signs out of four must agree: it ends without punctuation, names a
    domain, speaks of journalism, or asks in glued pieces. Whoever is quoted asks for something else.
    """
    if not SHORTEST_APPEAL <= len(text) <= LONGEST_APPEAL or QUOTED.search(text):
        return False
    folded = fold(text)
    if not ASKING.search(folded) or not ADDRESSING.search(folded):
        return False
    return sum(map(bool, (not ENDED.search(text), DOMAIN.search(text), JOURNALISM.search(folded), asks_in_pieces(text)))) >= 2


def asks_in_pieces(text: str) -> bool:
    """Tell whether pieces without punctuation between them follow each other, one of them asking."""
    return any(ASKING.match(fold(piece.group())) for piece in GLUED_PIECE.finditer(text))


def strip_appeals(reading: Reading) -> Reading:
    """Drop the appeals below the first line."""
    return reading.drop([line for line in reading.lines[1:] if is_appeal(line.text)], NAME)


APPEALS = Rule(name=NAME, apply=strip_appeals)

"""The words of appeals for support; beginnings of words, but where it says otherwise."""

# Giving, supporting, subscribing, becoming a member.
ASKING = """
support | supporter | donat | contribut | subscrib | become a member | chip in | patreon | paypal
buy me a coffee | unterstütz | spende | abonnier | fördermitglied | soutien | souteni | soutenez | abonnez
faites un don | faire un don | apoya | apoye | apóya | suscrib | donar | dona a | haz un aporte | hazte soci
sostien | sosten | sostegno | abbonati | apoie | apoia | assine | doação | contribua | wspar | wspier | wesprz
wpłac | darowizn | podpoř | podpor | přispěj | daruj | prispej | podrž | podrš | donir | támog | adomány
susțin | sustin | donează | donea | подкреп | дари | поддерж | пожертв | подпиш | донат | підтрим | подрж
донир | падтрым | mbështet | dhuro | dhuroni | kontribuo | destek | bağış | abone ol | υποστηρ | στηρίξ | δωρε
steun | doneer | word lid | stöd | bidra | prenumerera | støt | støtt | tue meitä | lahjoita | toeta | anneta
atbalst | ziedo | paremk | aukok | styrk | dəstək | qo'llab | қолда | ادعم | ادعمو | دعمك | دعمكم | تبرع | اشترك
حمایت | کمک مالی | תמכו | תרמו | सहयोग | समर्थन | दान | সমর্থন | অনুদান | สนับสนุน | บริจาค | ủng hộ | đóng góp
dukung | donasi | sokong | saidia | changia | suportahan
"""

# The same in scripts without spaces.
ASKING_UNSPACED = """
支持我们 | 支持我們 | 赞助 | 贊助 | 捐款 | 捐助 | 订阅支持 | ご支援 | 支援 | 寄付 | 후원 | 구독
"""

# Whole words that speak to the reader, or of the outlet as "us".
ADDRESSING = """
you | your | us | our | we | ihr | ihre | ihrer | ihrem | ihren | dein | deine | deiner | sie uns | unsere | uns
votre | vos | vous | nous | notre | tu | tus | su | nos | nosotros | nuestro | nuestra | tuo | tua | vostro | ci
noi | nostro | nostra | você | seu | sua | nosso | nossa | twojego | twoje | twoja | twojej | twoim | twój
ciebie | was | nas | naszą | nasze | nasz | waszego | waszej | vaší | vaše | vás | nás | náš | naši | vaš | vašu
vašoj | vaša | naš | našu | naše | te | ti | önt | minket | az ön | dvs | dumneavoastră | tău | ta | noastră
nostru | ne | вас | вашей | ваша | вашу | ваше | вашата | нас | нам | ни | нашу | нашей | наша | вашої | вашій
вашем | вашом | juaj | tuaj | tënd | tonë | neve | na | siz | sizin | sizlerin | bizi | bize | senin | σας | μας
jouw | je | u | uw | ons | onze | din | ditt | oss | vår | vårt | os | vores | dig | meitä | sinun | teidän
meid | sinu | teie | jūsu | mūs | mums | jūsų | mus | mūsų | okkur | þinn | bizə | сіздің | bizni | دعمك | دعمكم
لنا | معنا | شما | ما | שלכם | שלך | אותנו | आपके | आपका | हमें | हमारी | आपकी | আপনার | আমাদের | của bạn
chúng tôi | anda | kami | yako | yetu | inyong
twojemu | twoją | twoi | państwa | państwu | unseren | unserer
unserem | unseres | euch | euer | eure | tvoj | tvoje | tvou
твой | твоя | твоей | твою | вы | ви | ваши | ваших | вашими | нашите | наши | наших | нашего | нашого
"""

# The same in scripts without spaces.
ADDRESSING_UNSPACED = """
您的 | 您 | 我们 | 我們 | 皆様 | あなた | 私たち | 여러분 | 당신 | คุณ | เรา
"""

# What the outlet calls its own work.
JOURNALISM = """
journalism | newsroom | independent media | our reporting | our work | ad-free | paywall | journalismus
redaktion | journalistisch | journalisme | rédaction | periodismo | redacción | giornalismo | redazione
jornalismo | redação | dziennikarstw | redakcj | portal | žurnalist | novinář | novinár | redakc | novinarstv
redakcij | újságír | szerkesztőség | jurnalism | redacți | журналист | журналисти | редакц | редакци
журналістик | gazetari | redaksi | gazetecilik | δημοσιογραφ | journalistiek | journalistik | journalismi
ajakirjandus | žurnālistik | žurnalistik | الصحافة | صحافة | روزنامه‌نگاری | עיתונות | पत्रकारिता | সাংবাদিকতা
báo chí | jurnalisme | uandishi
"""

# The same in scripts without spaces.
JOURNALISM_UNSPACED = """
新闻业 | 新聞業 | ジャーナリズム | 저널리즘 | 언론
"""

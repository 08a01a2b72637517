"""The words of invitations to a newsletter or channel."""

# What is offered; beginnings of words.
NAMES = """
newsletter | news letter | bulletin d'information | boletín | boletim | rundbrief | biuletyn | zpravodaj
hírlevél | рассылк | розсилк | бюлетин | билтен | uutiskirje | nyhetsbrev | nyhedsbrev | nieuwsbrief | uudiskir
naujienlaišk | e-bülten | bülten | النشرة | نشرة | نشرتنا | خبرنامه | ניוזלטר | न्यूज़लेटर | ニュースレター
メルマガ | メールマガジン | 뉴스레터 | 电子报 | 電子報 | bản tin | buletin | ενημερωτικ | whatsapp channel
whatsapp-kanal | telegram channel | telegram-канал | телеграм-канал | telegram-kanal | canal de whatsapp
canale whatsapp | canal whatsapp | push notifications | daily briefing | morning briefing
"""

# How such a line begins, in words that ask for it and say nothing else; whole words.
INVITATIONS = """
get | follow | sign up | signup | subscribe | join | receive | want more | enter your email | register | don't miss
stay up to date | abonnieren | abonniere | jetzt abonnieren | jetzt anmelden | jetzt bestellen
jetzt registrieren
jetzt kostenlos | jetzt newsletter | jetzt unseren | jetzt für | jetzt zum | hier abonnieren | hier anmelden
hier bestellen | hier können sie | hier kannst du | hier geht es | hier geht's | hier den | hier unseren
hier für
hier zum | melden sie sich | melde dich | holen sie sich | hol dir | recevez | s'inscrire | suscríbete
suscríbase
suscribirse | apúntate | únete | iscriviti | ricevi | seguici | inscreva-se | cadastre-se | zapisz się
zasubskrybuj
dołącz do | přihlaste | přihlaste se | odebírejte | prijavite se | prijavi se | iratkozz | iratkozzon
feliratkozás | feliratkozz
feliratkozom | abonează | abonează-te | abonați-vă | înscrie-te | înscrieți-vă | абонирай се | абонирайте се
запишете се | запиши се | пријави се | пријавете се | пријавите се | претплати се | претплатете се
претплатите се
abonohu | regjistrohu | abonohuni | regjistrohuni | tilaa | liity | prenumerera | anmäl dig | meld deg | abonner
abonnér | tilmeld dig | schrijf je | schrijf u | aanmelden | meld je | liitu | liituge | telli | tellige
prenumeruok
prenumeruokite | pieraksties | pierakstieties | piesakies | piesakieties | abone ol | abone olun | kayıt ol
kayıt olun
kaydol | kaydolun | εγγραφείτε | εγγραφή στο | הירשמו | הירשם | सब्सक्राइब | berlangganan
"""

# The same as beginnings of words.
INVITING = """
abonnez | inscrivez | подписыва | подписат | подписк | подпишис | подпишит | підписуй | підписат | підписк
підпиш
"""

# Words that may as well tell who takes part, signs or registers: such a sentence speaks to its reader besides.
PERHAPS = """
jetzt | hier | recibe | reciba | abbonati | receba | assine | ontvang | abone | εγγραφ | اشترك | اشتركوا
سجل
سجلوا | הרשמה | đăng ký | daftar | langganan | langgan
"""

# The same in scripts without spaces.
PERHAPS_UNSPACED = """
登録 | 購読 | 구독 | 订阅 | 訂閱
"""

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

# How such a line begins.
INVITATIONS = """
get | sign up | signup | subscribe | join | receive | want more | enter your email | register | follow
don't miss | stay up to date | abonnieren | abonniere | jetzt | melden sie sich | melde dich | hier
holen sie sich | recevez | abonnez | inscrivez | s'inscrire | suscríbete | suscríbase | suscribirse | recibe
reciba | apúntate | únete | iscriviti | ricevi | abbonati | seguici | inscreva | assine | receba | cadastre
zapisz | zasubskrybuj | dołącz | přihlaste | odebírejte | prijavite | prijavi | iratkozz | feliratkoz | abonează
abonați | înscrie | подпис | подпиш | підпис | підпиш | абонирай | запишете | пријави | претплат | abonohu
regjistrohu | tilaa | liity | prenumerera | anmäl | meld deg | abonner | tilmeld | schrijf je | aanmelden
meld je | ontvang | liitu | telli | prenumeruok | pieraksti | abone ol | kayıt ol | εγγραφ | اشترك | سجل | عضو
הירשמ | הרשמ | सब्सक्राइब | 登録 | 購読 | 구독 | 订阅 | 訂閱 | đăng ký | berlangganan | daftar | langgan
"""

"""How the sentences begin that stand where an article should: proofs to give, limits reached, doors to pay at."""

# A limit or a refusal, in a few words that are a sentence or a line of their own.
REFUSALS = """
just a moment | one more step | attention required | pardon our interruption | too many requests
429 too many requests | error 429 | rate limit exceeded | access denied | 403 forbidden | error 403
request unsuccessful | zu viele anfragen | zugriff verweigert | ungewöhnlicher datenverkehr | trop de requêtes
accès refusé | demasiadas solicitudes | demasiadas peticiones | acceso denegado | troppe richieste
accesso negato | muitas solicitações | demasiados pedidos | muitos pedidos | acesso negado | te veel verzoeken
toegang geweigerd | zbyt wiele żądań | odmowa dostępu | sprawdzanie przeglądarki | слишком много запросов
доступ запрещен | доступ ограничен | проверка браузера | забагато запитів | доступ заборонено
перевірка браузера | твърде много заявки | достъпът е отказан | çok fazla istek | erişim engellendi
طلبات كثيرة جدا | تم رفض الوصول | יותר מדי בקשות | הגישה נדחתה | درخواست‌های بیش از حد | دسترسی غیرمجاز
příliš mnoho požadavků | přístup odepřen | túl sok kérés | hozzáférés megtagadva | prea multe cereri
acces interzis | πάρα πολλά αιτήματα | för många förfrågningar | åtkomst nekad | for mange anmodninger
adgang nægtet | for mange forespørsler | liian monta pyyntöä | 너무 많은 요청 | बहुत अधिक अनुरोध
terlalu banyak permintaan | akses ditolak | quá nhiều yêu cầu | truy cập bị từ chối
"""

# A check of who asks, or why one is refused.
CHALLENGES = """
checking your browser | checking if the site connection is secure | verifying you are human
verify you are human | verify that you are | please verify | please confirm you are
please confirm that you are | confirm you are | confirm that you are not a robot | are you a robot
are you human | i'm not a robot | i am not a robot | press & hold | press and hold | enable javascript
please enable | please turn on javascript | please turn javascript on | javascript is disabled
javascript is required | javascript must be enabled | javascript is not enabled | javascript has been disabled
you need to enable javascript | this page requires javascript | this site requires javascript
this website requires javascript | your browser does not support javascript | we've detected unusual
we have detected unusual | our systems have detected | you have sent too many | you have made too many
sorry, you have been blocked | you have been blocked | you are unable to access | you have exceeded the rate
access to this page has been denied | your access to this site | you don't have permission to access
you do not have permission to access | ddos protection by | performance & security by
performance and security by | cloudflare ray id | ray id | reference id | incident id
please complete the security check | complete the captcha | please solve | why do i have to complete a captcha
why have i been blocked | what can i do to prevent this | completing the captcha
this website is using a security | needs to review the security of your | please wait while
please stand by, while | this process is automatic | your browser will redirect | this may take a few seconds
as you were browsing something about your browser | bitte aktivieren sie javascript | javascript ist deaktiviert
javascript aktivieren | bitte bestätigen sie, dass | bestätigen sie, dass sie | ihr browser wird
sind sie ein roboter | ich bin kein roboter | veuillez activer javascript | activez javascript
javascript est désactivé | vérification de votre navigateur | vérifiez que vous êtes
vérification que vous êtes | confirmez que vous n'êtes pas | êtes-vous un robot | je ne suis pas un robot
active javascript | por favor, active javascript | por favor activa javascript | habilite javascript
activa javascript | comprobando su navegador | comprobando tu navegador | verifique que es | verifica que eres
verificando que eres | no soy un robot | attiva javascript | abilita javascript | verifica di essere
verifica che tu sia | non sono un robot | ative o javascript | por favor, ative o javascript
habilite o javascript | verificando se você | verificando seu navegador | não sou um robô
schakel javascript in | javascript is uitgeschakeld | controleren of u een mens | ik ben geen robot
włącz javascript | włącz obsługę javascript | potwierdź, że jesteś | nie jestem robotem | включите javascript
пожалуйста, включите javascript | подтвердите, что вы | подтвердите, что запросы | проверяем ваш браузер
я не робот | увімкніть javascript | підтвердьте, що ви | активирайте javascript | lütfen javascript
javascript'i etkinleştirin | insan olduğunuzu | ben robot değilim | يرجى تفعيل | يرجى تمكين | تحقق من أنك إنسان
التحقق من أنك إنسان | أنا لست برنامج روبوت | أنا لست روبوت | לא ניתן לגשת | אני לא רובוט | لطفا جاوااسکریپت
من ربات نیستم | zapněte javascript | povolte javascript | nejsem robot | engedélyezze a javascript
nem vagyok robot | activați javascript | nu sunt robot | ενεργοποιήστε τη javascript
ενεργοποιήστε το javascript | δεν είμαι ρομπότ | aktivera javascript | jag är inte en robot | aktiver javascript
slå på javascript | ota javascript käyttöön | en ole robotti | javascriptを有効に | javascript を有効に
ブラウザを確認しています | 人間であることを確認 | あなたが人間であること | リクエストが多すぎます
アクセスが拒否 | アクセスが集中 | 私はロボットでは | ロボットではありません | 请启用javascript
请启用 javascript | 請啟用javascript | 请开启javascript | 请求过于频繁 | 請求過於頻繁 | 访问过于频繁
您的访问过于频繁 | 您的请求过于频繁 | 正在检查您的浏览器 | 正在验证您是否是真人 | 请完成以下验证
请完成安全验证 | 访问被拒绝 | 訪問被拒絕 | 我不是机器人 | javascript를 활성화 | 자바스크립트를 활성화
사람인지 확인 | 접근이 거부 | 로봇이 아닙니다 | कृपया जावास्क्रिप्ट | aktifkan javascript | vui lòng bật javascript
unusual traffic from
"""

# An article that must be paid or signed in for.
PAYWALLS = """
subscribe to continue | subscribe to read | subscribe now to read | subscribe today to read
to continue reading | to read the full | to read the rest | to read this article | to read this story
to keep reading | this article is for subscribers | this article is for paying | this article is only available
this article is reserved | this article is exclusive | this story is for subscribers
this story is only available | this story is exclusive | this content is for subscribers
this content is only available | this content is reserved | this content is available to | this is a subscriber
this is premium content | this is a premium | already a subscriber | already subscribed | already a member?
already have an account | already have a subscription | you have reached your limit | you've reached your
you have read all your free | you've read all your free | you have no free articles | sign in to continue
sign in to read | log in to continue | log in to read | login to read | register to continue | register to read
register for free to | create a free account | create an account to | become a member to | become a subscriber
exclusive to subscribers | exclusive for subscribers | subscribers only | for subscribers only
only for subscribers | unlock this article | continue reading with | weiterlesen mit
jetzt weiterlesen | um weiterzulesen | um diesen artikel zu lesen | dieser artikel ist nur für
dieser artikel ist exklusiv | dieser inhalt ist nur für | exklusiv für abonnenten | nur für abonnenten
sie haben bereits ein abo | sie haben bereits ein digital | sie haben bereits ein konto
sie haben bereits ein benutzerkonto | bereits abonnent | bereits abonniert | bereits registriert? | mit einem abo
jetzt freischalten | lesen sie diesen artikel mit | cet article est réservé | article réservé aux
réservé aux abonnés | contenu réservé | ce contenu est réservé | la suite est réservée | la suite de cet article
pour lire la suite | pour lire cet article | abonnez-vous pour | déjà abonné | déjà inscrit? | déjà inscrit ?
identifiez-vous pour | connectez-vous pour | débloquez cet article | este artículo es exclusivo
contenido exclusivo para | este contenido es exclusivo | exclusivo para suscriptores | solo para suscriptores
suscríbete para | suscríbase para | para seguir leyendo | para continuar leyendo | inicia sesión para
inicie sesión para | ya eres suscriptor | ¿ya eres suscriptor | ¿ya es suscriptor | has alcanzado el límite
regístrate para | regístrate gratis para | articolo riservato | contenuto riservato
questo articolo è riservato | questo contenuto è riservato | riservato agli abbonati | abbonati per
per continuare a leggere | per leggere l'articolo | sei già abbonato | hai già un abbonamento
accedi per continuare | accedi per leggere | conteúdo exclusivo para | este conteúdo é exclusivo
exclusivo para assinantes | assine para | para continuar lendo | para continuar a ler | já é assinante
já é subscritor | este artigo é exclusivo | faça login para | dit artikel is alleen voor
dit artikel is exclusief | alleen voor abonnees | exclusief voor abonnees | lees verder met | om verder te lezen
al abonnee | ben je al abonnee | bent u al abonnee | artykuł dostępny tylko | treść dostępna tylko
tylko dla prenumeratorów | dostęp tylko dla | aby czytać dalej | masz już prenumeratę | masz już konto
kup prenumeratę | zaloguj się, aby czytać | artikeln är låst | den här artikeln är för | läs vidare med
redan prenumerant | för att läsa vidare | för att läsa hela | logga in för att läsa | artiklen er kun for
denne artikel er kun | kun for abonnenter | læs videre med | allerede abonnent | log ind for at læse
for at læse videre | denne artikkelen er for | les videre med | logg inn for å lese | for å lese videre
tämä artikkeli on vain | vain tilaajille | jatka lukemista | oletko jo tilaaja | kirjaudu sisään lukeaksesi
článek je pouze pro | tento článek je pouze | pouze pro předplatitele | pro pokračování ve čtení
už máte předplatné | máte již předplatné | a cikk folytatásához | csak előfizetőink | előfizetőknek
már előfizető | articol exclusiv pentru | conținut exclusiv pentru | abonează-te pentru | ești deja abonat
pentru a citi mai departe | αποκλειστικά για συνδρομητές | μόνο για συνδρομητές | για να συνεχίσετε την ανάγνωση
είστε ήδη συνδρομητής | материал доступен только | статья доступна только | доступно только подписчикам
только для подписчиков | чтобы продолжить чтение | чтобы читать дальше | чтобы дочитать | оформите подписку
уже есть подписка | уже подписаны? | вы уже подписаны | матеріал доступний лише | стаття доступна лише
лише для передплатників | тільки для передплатників | щоб читати далі | щоб продовжити читання
оформіть передплату
вже маєте передплату | само за абонати | съдържанието е достъпно само | за да продължите да четете
вече сте абонат | samo za pretplatnike | sadržaj dostupan samo | za nastavak čitanja | već ste pretplatnik
само за претплатнике | abonelere özel | bu içerik abonelere | okumaya devam etmek için | zaten abone misiniz
هذا المحتوى للمشتركين | هذا المقال للمشتركين | للمشتركين فقط | لمتابعة القراءة | لمواصلة القراءة | هل أنت مشترك
اشترك لقراءة | למנויים בלבד | התוכן למנויים | להמשך קריאה | כבר מנוי | فقط برای مشترکان | این مطلب فقط برای
برای ادامه مطالعه | この記事は会員限定 | この記事は有料会員 | 会員限定記事 | 有料会員限定 | 有料会員になると
続きを読むには | この記事の続きを | 全文を読むには | ログインして続きを | すでに会員の方 | 订阅后继续 | 订阅后可
本文仅限订阅 | 付费后 | 登录后继续阅读 | 此内容仅供订阅 | 已是订户 | 訂閱後 | 本文僅限 | 此內容僅供 | 已訂閱
이 기사는 유료 | 구독자 전용 | 유료 회원 | 계속 읽으려면 | 이미 구독 | पूरी खबर पढ़ने के लिए | आगे पढ़ने के लिए
यह लेख केवल ग्राहकों | artikel ini khusus | khusus pelanggan | untuk melanjutkan membaca | sudah berlangganan
nội dung dành riêng cho | đăng ký để đọc | để tiếp tục đọc
"""

# What is offered at such a door; other things are sold with these words as well.
OFFERS = """
get unlimited access | start your free trial | start your subscription | choose your subscription | cancel anytime
"""

# The same below the lead of an article; such words begin sentences of articles too, so that they alone decide nothing.
NOTICES = """
this article is for members | this story is for members | subscribers-only | subscriber-only | for members only
only for members | this article is available to | this article is available only | this article is free for
this post is for | available to subscribers | available only to subscribers | only available to subscribers
the rest of this article | read the full article with | the full article is available | the full text is available
you need to be a subscriber | you must be a subscriber | you must be logged in to read | you need to log in
please log in to continue | please sign in to continue | please subscribe to | sign up to read
sign up to continue
sign up for free to | dieser artikel ist für | dieser text ist nur | dieser beitrag ist nur | weiterlesen können
loggen sie sich ein, um | melden sie sich an, um | bitte melden sie sich an, um | cet article est exclusivement
pour continuer la lecture | pour continuer à lire | vous devez être abonné | solo suscriptores
sólo para suscriptores | exclusivo suscriptores | este contenido es solo | debes iniciar sesión para
para leer el artículo completo | solo per abbonati | solo per gli abbonati | per leggere tutto
só para assinantes
conteúdo restrito | apenas para assinantes | dit is een premium | log in om verder | aby przeczytać
pozostało do przeczytania | endast för prenumeranter | för dig som är prenumerant | denna artikel är för
kun for medlemmer | vain tilaajille | jen pro předplatitele | pouze pro přihlášené | len pre predplatiteľov
tento článok je | pokračovanie článku | előfizetőinknek | a teljes cikket | doar pentru abonați
για να διαβάσετε τη συνέχεια | полный текст доступен | полная версия доступна | чтобы прочитать полностью
войдите, чтобы читать | повний текст доступний | увійдіть, щоб читати | samo za naročnike | tik prenumeratoriams
tikai abonentiem | ainult tellijale | sadece aboneler | devamını okumak için | لقراءة المزيد اشترك | لمتابعة قراءة
محتوى حصري للمشتركين | حصري للمشتركين | תוכן למנויים | רק למנויים | ویژه مشترکان | ویژه مشترکین
برای خواندن ادامه
会員限定 | 有料会員 | 会員登録すると | 订阅会员 | 会员专享 | 會員專享 | 仅限会员 | 僅限會員 | 请登录后 | 請登入後
登录后查看 | 유료회원 | 회원 전용 | 구독 후 | 로그인 후
শুধুমাত্র গ্রাহকদের | สำหรับสมาชิก | เฉพาะสมาชิก | khusus untuk pelanggan | hanya untuk pelanggan
"""

# Whom it is for, where nothing follows: "for members" closes a lead, "for members of the alliance" begins a sentence.
AUDIENCES = """
for subscribers | for members | members only | members-only | für abonnenten | für mitglieder | nur für mitglieder
pour les abonnés | para suscriptores | para abbonati | para assinantes | voor abonnees | dla prenumeratorów
dla subskrybentów | dla abonentów | för prenumeranter | for abonnenter | for abonnementer | tilaajille
pro předplatitele | pre predplatiteľov | pentru abonați | για συνδρομητές | для подписчиков | для передплатників
за абонати | za pretplatnike | за претплатнике | za naročnike | prenumeratoriams | abonentiem | tellijale
aboneler için | सदस्यों के लिए | dành cho thành viên | dành cho hội viên | kwa wanachama
"""

# What one must do, or be, to read on: beginnings of words.
SUBSCRIBING = """
subscri | members | become a member | log in | login | logged in | sign in | signed in | sign up | register
create an account | free trial | abonn | mit abo | einem abo | ein abo | im abo
mitglied | anmeld | melden sie sich | einlogg | loggen | registrier
inscri | identifi | connect | suscri | suscr | inicia sesi | inicie sesi | iniciar sesi | regístr | registr
abbonat | accedi | assin | subscrit | faça login | inlog | log in | prenum | subskryb | zalog | konto | logga in
log ind | logg inn | tilaa | kirjaud | předpl | přihl | predpl | prihl | előfiz | bejelentk | abona | autentific
συνδρομ | συνδεθ | подпис | войд | зарегистр | передплат | увійд | підпис | абон | pretplat | претплат | prijav
naročn | tellij | abone | üye | giriş yap | مشترك | اشتر | تسجيل | الدخول | سجل | מנוי | התחבר | مشترک | اشتراک
सदस्य | ग्राहक | গ্রাহক | langgan | masuk | đăng ký | đăng nhập | thành viên | hội viên | wanachama
"""

# The same in scripts without spaces.
SUBSCRIBING_UNSPACED = """
会員 | 購読 | ログイン | 会员 | 會員 | 订阅 | 訂閱 | 付费 | 付費 | 登录 | 登入 | 登錄 | 订户 | 구독 | 유료
로그인
회원 | สมาชิก
"""

"""What languages call comments, and how they ask for one."""

# language: nouns, as they head or count comments.
NOUNS = """
en: comment | comments | reply | replies | reader comments | user comments
sq: koment | komente | komentet | komenti | komentim | komentime
ar: تعليق | تعليقات | التعليقات | التعليق | تعليقات القراء
az: şərh | şərhlər | rəylər
be: каментар | каментары | каментарыі
bg: коментар | коментари | коментара
bn: মন্তব্য | মন্তব্যসমূহ | কমেন্ট
bs: komentar | komentari | komentara
ca: comentari | comentaris
cs: komentář | komentáře | komentářů | příspěvky v diskusi
da: kommentar | kommentarer
de: kommentar | kommentare | kommentaren | leserkommentare
el: σχόλιο | σχόλια
es: comentario | comentarios
et: kommentaar | kommentaarid | kommentaari
eu: iruzkin | iruzkinak
fa: نظر | نظرات | دیدگاه | دیدگاه‌ها | نظرات کاربران | نظر شما
fi: kommentti | kommentit | kommenttia
fil: komento | mga komento
fr: commentaire | commentaires | réaction | réactions
gl: comentario | comentarios
he: תגובה | תגובות
hi: टिप्पणी | टिप्पणियां | टिप्पणियाँ | कमेंट | कमेंट्स
hr: komentar | komentari | komentara
hu: hozzászólás | hozzászólások | komment | kommentek
hy: մեկնաբանություն | մեկնաբանություններ
id: komentar | tanggapan | komentar pembaca
is: athugasemd | athugasemdir | ummæli
it: commento | commenti
ja: コメント | コメント一覧 | みんなのコメント
ka: კომენტარი | კომენტარები
kk: пікір | пікірлер
km: មតិយោបល់
ko: 댓글 | 의견 | 전체댓글
ky: пикир | пикирлер | комментарийлер
lt: komentaras | komentarai | komentarų | komentaro
lv: komentārs | komentāri | komentāru
mk: коментар | коментари
mn: сэтгэгдэл
mr: प्रतिक्रिया | टिप्पण्या
ms: komen | ulasan
my: မှတ်ချက် | မှတ်ချက်များ
ne: प्रतिक्रिया | टिप्पणी
nl: reactie | reacties
no: kommentar | kommentarer
pl: komentarz | komentarze | komentarzy
ps: تبصره | تبصرې
pt: comentário | comentários
ro: comentariu | comentarii
ru: комментарий | комментарии | комментариев | комментария
sk: komentár | komentáre | komentárov
sl: komentar | komentarji | komentarjev
sr: коментар | коментари | komentar | komentari
sv: kommentar | kommentarer
sw: maoni
ta: கருத்து | கருத்துகள் | கருத்துக்கள்
te: వ్యాఖ్య | వ్యాఖ్యలు | కామెంట్స్
th: ความคิดเห็น | แสดงความคิดเห็น
tr: yorum | yorumlar | okuyucu yorumları
uk: коментар | коментарі | коментарів
ur: تبصرہ | تبصرے | تبصرہ جات
uz: izoh | izohlar | фикрлар
vi: bình luận | ý kiến | ý kiến bạn đọc
zh: 评论 | 評論 | 留言 | 网友评论 | 最新评论 | 全部评论 | 发表评论 | 查看评论 | 回應
"""

# language: ways to ask for a comment, or to show comments; `~` stands for each noun.
ASKING = """
en: leave a ~ | leave your ~ | write a ~ | add a ~ | add your ~ | post a ~ | make a ~ | submit a ~ | view ~
en: view all ~ | show ~ | show all ~ | hide ~ | see all ~ | read all ~ | load ~ | read the ~ | join the ~
en: ~ closed | be the first to ~ | log in to ~ | login to ~ | sign in to ~
en: you must be logged in to post a ~ | ~ on this article | ~ on this story | join the conversation
en: join the discussion | discussion about this post | discussion about this article
sq: lini një ~ | lër një ~ | shto një ~ | shkruaj një ~ | shkruani një ~
ar: اترك ~ | اترك ~ا | أضف ~ | أضف ~ا | اكتب ~ | شارك ب~
bg: добави ~ | напиши ~ | остави ~ | вашият ~
bs: dodaj ~ | ostavi ~ | ostavite ~ | napiši ~
ca: deixa un ~ | afegeix un ~
cs: přidat ~ | napsat ~ | vstoupit do diskuse | zobrazit ~
da: skriv en ~ | tilføj en ~ | giv en ~
de: schreibe einen ~ | schreiben sie einen ~ | hinterlasse einen ~ | hinterlassen sie einen ~ | ~ schreiben
de: ~ verfassen | ~ hinterlassen | ~ abgeben | ~ hinzufügen | ~ anzeigen | ~ lesen | alle ~
de: ~ zu diesem artikel | jetzt ~
el: αφήστε ένα ~ | γράψτε ένα ~ | προσθήκη ~ | κάντε ένα ~
es: deja un ~ | dejar un ~ | deja tu ~ | escribe un ~ | añadir un ~ | publicar un ~ | ver ~
et: lisa ~ | kirjuta ~
fa: ارسال ~ | ثبت ~ | نوشتن ~ | ~ خود را بنویسید | ~ شما
fi: jätä ~ | kirjoita ~ | lisää ~
fr: laisser un ~ | laissez un ~ | ajouter un ~ | écrire un ~ | poster un ~ | publier un ~ | voir les ~
fr: lire les ~
he: הוסף ~ | כתוב ~ | השאר ~ | השארת ~
hi: अपनी ~ दें | ~ लिखें | ~ करें
hr: dodaj ~ | ostavi ~ | ostavite ~ | napiši ~
hu: szólj hozzá | írj ~t | új ~
id: tulis ~ | kirim ~ | tinggalkan ~ | beri ~ | tinggalkan balasan
it: lascia un ~ | scrivi un ~ | aggiungi un ~ | invia un ~ | vedi i ~ | lascia una risposta
ja: ~を書く | ~を残す | ~を投稿する | ~する | ~を見る
ka: დატოვე ~ | დაამატე ~
ko: ~ 쓰기 | ~ 남기기 | ~ 달기 | ~ 작성 | ~쓰기
lt: rašyti ~ | palikti ~ | parašykite ~ą
lv: pievienot ~ | rakstīt ~
mk: остави ~ | остави ~и | додади ~
nl: geef een ~ | plaats een ~ | schrijf een ~ | laat een ~ achter | ~ plaatsen | bekijk ~
no: skriv en ~ | legg igjen en ~
pl: dodaj ~ | napisz ~ | zostaw ~ | skomentuj | zobacz ~ | pokaż ~
pt: deixe um ~ | deixe seu ~ | escreva um ~ | adicionar ~ | comente | ver ~
pt: deixe uma resposta
ro: lasă un ~ | lăsați un ~ | adaugă un ~ | scrie un ~
ru: оставить ~ | добавить ~ | написать ~ | оставьте ~ | показать ~ | обсудить | читать ~ | все ~
sk: pridať ~ | napísať ~
sl: dodaj ~ | napiši ~ | komentiraj
sr: остави ~ | пошаљи ~ | напиши ~ | pošalji ~ | ostavi ~ | ostavite ~ | напишите ~
sv: skriv en ~ | lämna en ~ | visa ~ | kommentera
sw: toa ~ | andika ~
th: ~ของคุณ | เขียน~
tr: ~ yap | ~ yaz | ~ ekle | ~ gönder | bir ~ yazın | bir ~ yap | bir cevap yazın
uk: залишити ~ | додати ~ | написати ~ | коментувати | залиште ~
ur: ~ کریں | اپنا ~ لکھیں
vi: gửi ~ | viết ~ | để lại ~ | ~ của bạn | gửi ý kiến
zh: 发表~ | 發表~ | 写~ | 我要~ | 查看~ | 我来说两句 | 添加~ | 参与~
"""

# language: ways to say that there are none, which is also what people say who will not speak.
DENYING = """
en: no ~ yet | no ~ | ~ are closed
sq: s'ka ~ | nuk ka ~
ar: لا توجد ~ | لا ~
bg: няма ~
bs: nema ~
cs: žádné ~
da: ingen ~
de: keine ~ | noch keine ~
es: sin ~ | no hay ~ | ningún ~
fi: ei ~
fr: aucun ~
he: אין ~
hr: nema ~
hu: nincs ~
id: belum ada ~
it: nessun ~
ja: ~はありません
nl: geen ~
no: ingen ~
pl: brak ~
pt: sem ~ | nenhum ~
ro: niciun ~
ru: нет ~
sk: žiadne ~
sv: inga ~
tr: ~ yok
uk: немає ~
vi: chưa có ~
zh: 暂无~
"""

# Of the nouns, those that head a part of an article as well: what others answered to the news.
WORDS_OF_ARTICLES = """
reply | replies | réaction | réactions | reactie | reacties | tanggapan | ulasan | ý kiến | maoni | ummæli | 의견
प्रतिक्रिया | 回應 | пікір | пікірлер | תגובה
"""

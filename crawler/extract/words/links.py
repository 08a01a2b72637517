"""What stands before a link to another article, or heads a list of such links."""

# Before a colon, a bar or an arrow, or alone on a line.
LABELS = """
read also | also read | read more | read next | read this | read | see also | also see | see more | more on this
related | related article | related articles | related stories | related story | related content
related coverage | related news | related topics | related posts | recommended | recommended for you
recommended reading | you may also like | you might also like | you may like | don't miss | dont miss
more from | more stories | must read | most read | up next | further reading | in case you missed it | icymi
trending | trending now | keep reading | learn more | also on | watch also | watch more | listen also | read our
more news | latest news | editor's picks | lesen sie auch | lesen sie mehr | lesen sie hier | lies auch
lies mehr | mehr dazu | mehr zum thema | lesen sie dazu | auch interessant | das könnte sie auch interessieren
das könnte dich auch interessieren | weitere artikel | siehe auch | passend dazu | lesetipp | mehr lesen
weiterlesen | lire aussi | à lire aussi | a lire | à lire | voir aussi | lire également | à lire également
lire la suite | sur le même sujet | nos articles | pour aller plus loin | lee también | leé también
lea también | lea además | le puede interesar | te puede interesar | también te puede interesar | puedes leer
ver también | más información | noticias relacionadas | le recomendamos | te recomendamos | vea también
mira también | leggi anche | leggi di più | leggi | guarda anche | vedi anche | articoli correlati
potrebbe interessarti | potrebbe interessarti anche | approfondisci | leia também | leia mais | veja também
saiba mais | ler também | veja mais | notícias relacionadas | llegiu també | llegeix també | le tamén
citește și | citeste si | citiți și | vezi și | pe aceeași temă | articole similare | czytaj też | czytaj także
czytaj również | przeczytaj też | przeczytaj także | zobacz też | zobacz także | zobacz również | czytaj więcej
polecamy | zobacz wideo | czytajcie także | čtěte také | čtěte též | přečtěte si | přečtěte si také | čtěte více
související | čítajte aj | prečítajte si | prečítajte si aj | pročitajte | pročitajte još | pročitajte i
čitajte još | čitajte i | vezane vesti | povezane vijesti | preberite tudi | preberite še | beri tudi
прочитајте | прочитајте још | прочитај и | прочитајте и | прочети още | прочетете още | вижте още
още по темата | виж още | читайте также | читать также | читайте ещё | читайте еще | читайте далее
читать далее | смотрите также | по теме | материалы по теме | см. также | также по теме | подробнее
читайте по теме | читайте також | читати також | дивіться також | за темою | більше | чытайце таксама
чытайце яшчэ | lexo edhe | lexoni edhe | lexo më shumë | lexo gjithashtu | shiko edhe | lexo po ashtu
të ngjashme | διαβάστε επίσης | διαβάστε ακόμη | διαβάστε περισσότερα | δείτε επίσης | olvassa el | olvasd el
olvassa el ezt is | kapcsolódó cikk | kapcsolódó | lees ook | lees verder | lees meer | bekijk ook | läs också
läs även | läs mer | se också | les også | les mer | se også | læs også | læs mere | lue myös | lue lisää
katso myös | loe ka | loe lisaks | loe veel | lasi arī | lasiet arī | lasi vairāk | taip pat skaitykite
skaitykite taip pat | skaitykite daugiau | lesa einnig | lestu líka | ayrıca oku | ayrıca okuyun | bunu da oku
ilgili haber | ilgili haberler | devamını oku | haberin devamı | bunlar da ilginizi çekebilir | həmçinin oxuyun
həmçinin oxu | shuningdek o'qing | тағы оқыңыз | тағы да оқыңыз | ასევე წაიკითხეთ | კითხულობენ | կարդացեք նաև
اقرأ أيضا | اقرأ أيضاً | إقرأ أيضا | اقرأ المزيد | شاهد أيضا | مواضيع ذات صلة | قد يهمك | موضوعات متعلقة
بیشتر بخوانید | همچنین بخوانید | بخوانید | اخبار مرتبط | مطالب مرتبط | یہ بھی پڑھیں | مزید پڑھیں | קראו גם
קראו עוד | यह भी पढ़ें | ये भी पढ़ें | इसे भी पढ़ें | और पढ़ें | हे वाचा | हेही वाचा | আরও পড়ুন | আরো পড়ুন | இதையும் படிங்க
மேலும் படிக்க | ఇది చదవండి | อ่านเพิ่มเติม | อ่านข่าวที่เกี่ยวข้อง | ข่าวที่เกี่ยวข้อง | อ่านต่อ | baca juga | baca | baca selengkapnya
lihat juga | simak juga | artikel terkait | pilihan editor | xem thêm | đọc thêm | tin liên quan
có thể bạn quan tâm | soma pia | soma zaidi | basahin din | irakurri ere | 相关阅读 | 相关新闻 | 相關新聞
延伸阅读 | 延伸閱讀 | 更多新闻 | 推荐阅读 | 推薦閱讀 | 相关报道 | 相關報導 | 热门推荐 | 关连文章 | 関連記事
関連ニュース | あわせて読みたい | おすすめ情報 | おすすめ記事 | 合わせて読みたい | 관련기사 | 관련 기사
관련뉴스 | 추천기사 | 함께 보면 좋은 기사
"""

# Of these, the ones that say too little to go when nothing follows them: headings of articles too.
NEEDING_A_TARGET = """
read | related | leggi | baca | polecamy | à lire
a lire | trending | weiterlesen | подробнее | більше | recommended
learn more | kapcsolódó | بخوانید
"""

"""What names the source of a text."""

# Before a colon.
LABELS = """
source | sources | via | original source | originally published at | originally published on
first published by | article source | original | original article | link | source link | read the original
first published in | first published on | quelle | quellen | originalartikel | source de l'article
sources de l'article | source originale | fuente | fuentes | fuente original | fonte | fonti | fontes
fonte originale | font | kaynak | kaynaklar | źródło | źródła | zdroj | zdroje | izvor | izvori | vir | viri
forrás | források | sursa | surse | sursă | burimi | burimet | bron | bronnen | kilde | kilder | källa | källor
lähde | lähteet | allikas | avots | avoti | šaltinis | šaltiniai | heimild | πηγή | πηγές | источник | источники
первоисточник | джерело | джерела | першоджерело | крыніца | източник | източници | извор | извори | дереккөз
булак | mənbə | manba | эх сурвалж | წყარო | աղբյուր | المصدر | مصدر | المصادر | منبع | منابع | ماخذ | ذریعہ
سرچینه | מקור | מקורות | स्रोत | सूत्र | উৎস | সূত্র | ஆதாரம் | మూలం | ที่มา | แหล่งที่มา | nguồn | theo
nguồn tin
sumber | sumber berita | chanzo | pinagmulan | 来源 | 來源 | 资料来源 | 資料來源 | 稿件来源 | 新闻来源 | 原文
原文链接 | 原文網址 | 出典 | 引用元 | ソース | 情報源 | 출처 | 원문 | iturria | foinse
"""

# How the note begins that tells where a text first stood, or what it was translated from; the address stands behind it.
ORIGIN_NOTES = """
this article was originally published | this article originally appeared | this article was first published
this article first appeared | this article is republished from | this article has been republished
this article is adapted from | this story was originally published | this story originally appeared
this story was first published | this story first appeared | this piece was originally published
this piece first appeared | this piece originally appeared | this post was originally published
this post originally appeared | this post first appeared | this op-ed was originally published
this commentary was originally published | this interview was originally published
this text was first published | this text was originally published | originally published | first published
first appeared in | republished from | republished with permission | reprinted from
reprinted with permission | translated from | translation from | read the original article
a version of this article | an earlier version of this article appeared | dieser artikel erschien zuerst
dieser artikel ist zuerst | dieser artikel wurde zuerst | dieser beitrag erschien zuerst
dieser beitrag ist zuerst | dieser text erschien zuerst | dieser text ist zuerst | zuerst erschienen
zuerst veröffentlicht | ursprünglich erschienen | übersetzt aus | übersetzung aus | aus dem englischen
aus dem französischen | aus dem russischen | aus dem arabischen | cet article a été publié
cet article est paru | cet article a d'abord été publié | cet article est republié
article publié initialement | publié initialement | traduit de | traduit du | traduction de
este artículo fue publicado | este artículo se publicó | este artículo apareció | publicado originalmente
artículo publicado originalmente | traducido del | traducción de | questo articolo è stato pubblicato
questo articolo è apparso | pubblicato originariamente | articolo originale | tradotto dal | traduzione di
este artigo foi publicado | artigo publicado originalmente | traduzido do | dit artikel verscheen eerder
dit artikel is eerder | dit artikel verscheen oorspronkelijk | oorspronkelijk verschenen | vertaald uit
artykuł ukazał się | tekst ukazał się | pierwotnie opublikowano | tłumaczenie z | przekład z
článek původně vyšel | původně publikováno | přeloženo z | artikeln publicerades först
ursprungligen publicerad | översättning från | artiklen blev først | oprindeligt udgivet | oversat fra
artikkelen ble først | opprinnelig publisert | oversatt fra | статья впервые опубликована
статья была впервые | впервые опубликовано | материал впервые опубликован | оригинал статьи
оригинал опубликован | перевод с | перевод статьи | стаття вперше опублікована | вперше опубліковано
переклад з | članak je prvobitno | prvobitno objavljeno | prevedeno sa | prevod sa | чланак је првобитно
bu makale ilk olarak | bu yazı ilk olarak | ilk olarak yayımlandı | bu yazı ilk kez | çeviri
نشر هذا المقال أولا | نشر المقال أولا | نشر هذا المقال في | مترجم عن | ترجمة عن | این مقاله نخستین بار
این مطلب نخستین بار | ترجمه از | この記事は最初に | 本記事は | 初出 | 本文首发于 | 本文原载 | 原载于 | 原載於
首发于 | 译自 | 譯自 | 转载自 | 轉載自
이 기사는 원래 | artikel ini pertama kali | artikel ini pertama | diterjemahkan dari
bài viết được đăng lần đầu
dịch từ
"""

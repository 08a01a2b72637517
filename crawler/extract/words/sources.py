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
سرچینه | מקור | מקורות | स्रोत | सूत्र | উৎস | সূত্র | ஆதாரம் | మూలం | ที่มา | แหล่งที่มา | nguồn | theo | nguồn tin
sumber | sumber berita | chanzo | pinagmulan | 来源 | 來源 | 资料来源 | 資料來源 | 稿件来源 | 新闻来源 | 原文
原文链接 | 原文網址 | 出典 | 引用元 | ソース | 情報源 | 출처 | 원문 | iturria | foinse
"""

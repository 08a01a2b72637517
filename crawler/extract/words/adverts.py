"""What pages call advertisements, in the markers of their slots."""

# As a label that may stand alone.
LABELS = """
advertisement | advertisements | advertising | advertorial | sponsored | sponsored content | promoted
paid content | story continues below advertisement | article continues below advertisement
this is an advertisement | anzeige | anzeigen | werbung | publicité | annonce publicitaire | publicidad
anuncio | anuncios | anunci | publicitat | pubblicità | annuncio pubblicitario | publicidade | anúncio
continua após a publicidade | publicitate | reklama | reklame | oglas | reklam | reklamı | reklám | hirdetés
mainos | reklaam | annonse | annons | annonce | advertentie | advertenties | auglýsing | διαφήμιση | реклама
реклам | оглас | огласи | рэклама | жарнама | reklamë | njoftim reklamues | iklan | patrocinado
contenido patrocinado | contenuto sponsorizzato | quảng cáo | tài trợ | โฆษณา | إعلان | اعلان | إعلانات
إعلان ممول | تبلیغات | آگهی | تبلیغ | اشتہار | פרסומת | פרסום | विज्ञापन | जाहिरात | বিজ্ঞাপন | விளம்பரம் | ప్రకటన
广告 | 廣告 | 広告 | スポンサーリンク | 광고 | რეკლამა | գովազդ | tangazo | ads by google | google ads
"""

# Too short to stand alone, enough within brackets: "[ad_1]", "(pub)".
SHORT_LABELS = """
ad | ads | adv | advert | adsense | pub | publi | rek | inzerát | inzerce | mainos | sponsor | banner
"""

# What asks the reader to go on below the slot.
CONTINUATIONS = """
continue reading | continue reading below | continues below | article continues below | article continues after
scroll to continue | story continues below | story continues | scroll down to continue | read on below
keep reading | skip advertisement | loading | weiterlesen | weiter unten | nach der anzeige weiterlesen
lesen sie nach der anzeige weiter | der artikel wird fortgesetzt | hier geht es weiter
artikel geht unten weiter | la suite après cette publicité | la suite ci-dessous | sigue leyendo
continúa leyendo | continúa abajo | continua a leggere | continua sotto | continua depois da publicidade
continue lendo | lees hieronder verder | artikkelen fortsetter under | artikeln fortsätter efter annonsen
artiklen fortsætter | ciąg dalszy pod reklamą | ciąg dalszy artykułu pod reklamą
dalsza część artykułu pod reklamą | pokračování pod reklamou | článek pokračuje pod reklamou
nastavak teksta ispod oglasa | продолжение ниже | продолжение после рекламы | читайте далее
içeriğin devamı aşağıda | haberin devamı aşağıda | devamı aşağıda | gulir untuk melanjutkan
scroll untuk melanjutkan | baca selanjutnya | tiếp tục đọc bên dưới | 続きは広告の後 | 本文繼續 | 請繼續往下閱讀
继续阅读
"""

"""The words of share bars."""

# Where to.
NETWORKS = """
facebook | twitter | x | whatsapp | telegram | email | e-mail | mail | linkedin | pinterest | reddit | viber
messenger | flipboard | pocket | tumblr | bluesky | threads | instagram | mastodon | line | wechat | weibo | vk
vkontakte | ok | odnoklassniki | skype | xing | sms | print | imprimir | drucken | drukuj | stampa | imprimer
yazdir | tisk | printo | url | qq | kakao | kakaotalk | youtube | tiktok | signal | evernote | instapaper
hatena | note | вконтакте | одноклассники | телеграм | вайбер | ватсап | фейсбук | твиттер | 微信 | 微博
qq空间 | линк | link | rss | pdf | copy | copier | kopieren | copiar
"""

# Sharing, as a verb, a noun or a button.
VERBS = """
share | shares | tweet | pin | post | send | follow | teilen | tweeten | merken | twittern | weitersagen
partager | tweeter | enregistrer | compartir | tuitear | enviar | condividi | twitta | invia | partilhar
compartilhar | tweetar | udostępnij | podziel | wyślij | sdílet | sdílejte | zdieľať | zdieľaj | podijeli
podeli | deli | megosztás | megosztom | distribuie | trimite | сподели | споделете | поделиться | поделитесь
отправить | поширити | поділитися | подели | подијели | падзяліцца | shpërndaje | shpërnda | ndaje | paylaş
paylaşın | delen | deel | dela | del | jaa | jaga | dalies | dalintis | dalīties | deila | kongsi | bagikan
sebarkan | chia sẻ | κοινοποίηση | μοιραστείτε | شارك | مشاركة | اشتراک‌گذاری | شیئر | שתף | שתפו | शेयर | शेयर करें
শেয়ার | แชร์ | 分享 | 分享到 | シェア | シェアする | ツイート | 공유 | 공유하기 | გაზიარება | տարածել | бөлісу
分享让更多人看到 | 分享至 | 转发
"""

# What stands between them.
GLUE = """
on | via | by | to | with | this | article | story | page | post | news | it | link | the | a | an | in | and
or | now | auf | per | mit | bei | von | diesen | artikel | beitrag | sur | par | cet | cette | en | por | con
este | esta | artículo | noticia | su | questo | articolo | no | em | notícia | na | w | przez | ten | artykuł
на | в | через | по | статьей | новостью | эту | статью | новость | цю | статтю | у | за | с | të | në | me
këtë | lajm | artikull | på | med | av | denne | artikeln | den | die | das | een | dit | op | met | berita
ini | ke | bài | viết | haberi | da | de | button | options | copy | url | save | more | sieh | к | и | 到 | 用
扫一扫 | 朋友圈 | 好友 | 将 | 网页 | 本文
"""

# Of the verbs, the ones that are no bar when they stand alone: words of articles in some language.
WORDS_OF_ARTICLES = """
post | pin | send | follow | shares | deli | deel | del | dela | delen | merken | jaga | invia | trimite
"""

"""The names of news agencies, in their own and in other scripts."""

# canonical name: the names it is signed with.
AGENCIES = """
AA: aa | anadolu | anadolu agency | anadolu ajansı | anadolu agentur | وكالة الأناضول | الأناضول
AAP: aap | australian associated press
Adnkronos: adnkronos
AFP: afp | agence france-presse | agence france presse | فرانس برس | أ ف ب | أ.ف.ب | ا ف ب | 法新社 | афп
AFP: afp通信 | france presse
Agerpres: agerpres
AGI: agi
AKIpress: akipress
AA: anadolu images
ANI: ani
ANSA: ansa | анса | 安莎社
Antara: antara | antaranews
AP: ap | associated press | the associated press | أسوشيتد برس | أ ب | 美联社 | 美聯社 | ap通信
AP: ассошиэйтед пресс | асошиейтед прес
APA: apa | apa-ots
ATA: ata
Azertac: azertac | azərtac | азертадж
BELGA: belga
BelTA: belta | белта
Bernama: bernama
BNS: bns
BTA: bta | бта
CNA: central news agency | 中央社
ČTK: čtk | ctk | čtka
DHA: dha | demirören haber ajansı
dpa: dpa | dpa-afx | deutsche presse-agentur | d.p.a. | д-р-а | د ب أ | د.ب.أ | 德新社
EFE: efe | agencia efe | 埃菲社
ELTA: elta
Europa Press: europa press
FENA: fena
HINA: hina
IANS: ians
İHA: iha | i̇ha | ihlas haber ajansı
Interfax: interfax | интерфакс | интерфакс-украина | интерфакс-україна | interfax-ukraine | interfax.ru
Interfax: 国际文传电讯社
IRNA: irna | ایرنا | إرنا
ISNA: isna | ایسنا
JTA: jta
Jiji Press: jiji | jiji press | 時事 | 時事通信
Kazinform: kazinform | казинформ | қазақпарат
KCNA: kcna | 조선중앙통신 | 朝中社
KNA: kna
Kyodo: kyodo | kyodo news | 共同 | 共同通信 | 共同社
Lusa: lusa | agência lusa
MENA: mena | أ ش أ | أ.ش.أ
MIA: mia | миа
MTI: mti
NOTIMEX: notimex
NTB: ntb
PA Media: pa media | press association
PAP: pap
PTI: pti | press trust of india | पीटीआई
Reuters: reuters | thomson reuters | رويترز | رویترز | 路透 | 路透社 | ロイター | рейтер | рейтерс | ройтерс
Reuters: reuter | רויטרס | ρόιτερς | रॉयटर्स | 로이터
RIA Novosti: риа-новости | ria | ria novosti | риа | риа новости | 俄新社
Ritzau: ritzau
SANA: sana | سانا
SDA: sda | keystone-sda | ats | keystone-ats
SID: sid
SITA: sita
SPA: spa | واس
STA: sta
STT: stt | stt-lehtikuva
Tanjug: tanjug | танјуг | танюг
TASR: tasr
TASS: tass | итар-тасс | itar-tass | тасс | تاس | 塔斯社 | タス通信
TT: tt
Ukrinform: ukrinform | укринформ | укрінформ
UNIAN: unian | униан | уніан
UPI: upi | united press international
VNA: vna | ttxvn | vietnam+
VOA: voa | voice of america | zëri i amerikës | glas amerike | голос америки | صوت أمريكا | 美国之音 | 美國之音
VOA: amerikanyň sesi
WAFA: wafa | وفا
WAM: wam | وام
Xinhua: xinhua | 新华社 | 新華社 | 新华网 | 新華網 | شينخوا | синьхуа | 新華 | 新华
Yonhap: yonhap | 연합뉴스 | 聯合通訊社 | 韩联社 | 韓聯社
RFE/RL: radio free europe | rfe/rl | rfe | rferl | радио свобода | радіо свобода
DW: dw | deutsche welle
BBC: bbc
CNN: cnn
RFI: rfi
"""

# Agencies at large, none named.
GENERIC = """
agencies | agency | news agencies | wire services | wire reports | staff and agencies
agency reports | agenturen | agentur | agences | agence | agencias | agencia | agências | agenzie | ajanslar
ajans | агентства | агенції | агенции | агенције | agencije | agencje | agjenci | agjencitë | agentury
ügynökségek | agenții | agentschappen | وكالات | الوكالات | خبرگزاری‌ها | סוכנויות | 通讯社 | 综合外电
"""

"""Names, adjectives and peoples in their forms, and words that only look like them; all sentences are our own."""

import pytest

from crawler.extract.actors import find_actors

STATES = """
pl	Premier Nowej Zelandii rozmawiał z norweskim ministrem.	NZ NO
pl	Irlandzcy i portugalscy dyplomaci pojechali do Czarnogóry.	IE PT ME
pl	Libańska armia i kenijski rząd podpisały umowę.	LB KE
cs	Novozélandský velvyslanec se sešel s jihoafrickou delegací.	NZ ZA
cs	Zástupci Nového Zélandu a severní Makedonie jednali s finskou stranou.	NZ MK FI
sk	Juhokórejský prezident prijal švédsku ministerku.	KR SE
hr	Švedski i meksički veleposlanici razgovarali su o škotskoj granici.	SE MX GB
hr	Vlada Novog Zelanda i irski premijer potpisali su sporazum.	NZ IE
sr	Portugalski premijer i letonska ministarka potpisali su izjavu.	PT LV
sr	Норвешки и фински министри разговарали су са тунижанским послаником.	NO FI TN
sl	Madžarski in slovaški veleposlanik sta obiskala škotsko vlado.	HU SK GB
ru	Новозеландский министр и посол Новой Зеландии говорили с ирландской делегацией.	NZ IE
ru	Кенийские и угандийские войска вошли в южносуданский город.	KE UG SS
uk	Новозеландська делегація зустрілася з португальським послом.	NZ PT
uk	Данські та кенійські дипломати прибули до Камбоджі.	DK KE KH
bg	Норвежкият министър се срещна с кубинския си колега.	NO CU
mk	Норвешкиот амбасадор и португалската влада потпишаа договор.	NO PT
is	Sýrlenskir og írskir fulltrúar ræddu við grænlensku stjórnina.	SY IE GL
en	Sofia recalled its ambassador from Skopje.	BG MK
is	Utanríkisráðherra Georgíu hitti portúgalska sendiherrann.	GE PT
de	Der libanesische und der kenianische Minister trafen die irische Gesandte.	LB KE IE
nl	De Libanese en de Keniaanse minister spraken met de Ierse gezant.	LB KE IE
da	Den libanesiske og den kenyanske minister mødte den irske udsending.	LB KE IE
no	Den libanesiske ministeren møtte irske og sørafrikanske diplomater.	LB IE ZA
sv	Den libanesiske ministern mötte irländska och sydafrikanska diplomater.	LB IE ZA
fr	Les ministres libanais et kényan ont reçu l'émissaire irlandaise.	LB KE IE
es	La ministra noruega y el canciller serbio visitaron la capital checa.	NO RS CZ
pt	O ministro norueguês e a chanceler sérvia visitaram a capital tcheca.	NO RS CZ
it	Il ministro norvegese e quello serbo hanno visitato la capitale ceca.	NO RS CZ
ro	Ministrul norvegian și cel sârb au vizitat capitala cehă.	NO RS CZ
el	Ο Νορβηγός υπουργός συνάντησε τον Πορτογάλο ομόλογό του.	NO PT
hu	A lengyel és az ukrán elnök a horvát kormányfővel tárgyalt.	PL UA HR
fi	Norjalaiset ja puolalaiset diplomaatit tapasivat Viron ministerin.	NO PL EE
lt	Lenkijos ir Čekijos ministrai susitiko su danų pasiuntiniu.	PL CZ DK
tr	Norveçli ve Portekizli bakanlar Çekya'yı ziyaret etti.	NO PT CZ
ar	التقى الوزير النرويجي نظيره البرتغالي والسفير المكسيكي.	NO PT MX
he	השר הנורווגי נפגש עם עמיתו הפורטוגזי ועם השגריר המקסיקני.	NO PT MX
fa	وزیر نروژی با همتای پرتغالی و سفیر مکزیکی دیدار کرد.	NO PT MX
ur	ناروے اور پرتگال کے وزراء نے میکسیکو کے سفیر سے ملاقات کی۔	NO PT MX
hi	नॉर्वे और पुर्तगाल के मंत्रियों ने मेक्सिको के राजदूत से मुलाकात की।	NO PT MX
bn	নরওয়ে ও পর্তুগালের মন্ত্রীরা মেক্সিকোর রাষ্ট্রদূতের সঙ্গে বৈঠক করেছেন।	NO PT MX
zh	中俄外长会晤，美日韩发表联合声明。	CN RU US JP KR
zh	印巴两国军队在边境交火。	IN PK
ja	日朝首脳会談と中ロ外相会談が開かれた。	JP KP CN RU
ko	한미일 외교장관이 만났고 북중 정상회담이 열렸다.	KR US JP KP CN
id	Menteri Norwegia dan Portugal bertemu duta besar Meksiko.	NO PT MX
vi	Bộ trưởng Na Uy và Bồ Đào Nha gặp đại sứ Mexico.	NO PT MX
sw	Mawaziri wa Uholanzi na Ureno walikutana na balozi wa Uswidi.	NL PT SE
sq	Ministri norvegjez dhe ai portugez takuan ambasadorin meksikan.	NO PT MX
sk	V Prištine rokoval veľvyslanec, v Kanade minister a v Berne prezident.	XK CA CH
sr	У Канбери и Исламабаду отворена су посланства.	AU PK
lv	Pekinā un Kanberā sākās sarunas.	CN AU
es	El embajador de EU viajó a Hanói y a Berna.	US VN CH
tr	Düsseldorf'tan kalkan uçak Mısır'a indi.	DE EG
pl	Pociąg z Monachium do Mediolanu i Lipska stanął.	DE IT
ar	أكدت جبهة البوليساريو موقفها.	EH
ka	თბილისში საბერძნეთისა და შვედეთის ელჩები ჩავიდნენ, მადრიდი დუმს.	GE GR SE ES
ta	ஆஸ்திரேலியாவும் எகிப்தும் ஒப்பந்தம் செய்தன.	AU EG
lt	Sudano ir Taivano ministrai kalbėjosi Madride.	SD TW ES
is	Pakistanskir og marokkóskir ráðherrar hittu venesúelska sendiherrann.	PK MA VE
"""

# News of one's own country name towns, parties and leagues, and no state.
AT_HOME = """
sv	Tre skadades vid en brand i Uddevalla.	SE
pl	Pożar strawił dwa domy koło Zakopanego.	PL
tr	Sinop'ta kar yağışı ulaşımı aksattı.	TR
cs	V Třebíči hořelo, hejtman poděkoval hasičům.	CZ
hu	Kigyulladt egy lakás Keszthelyen.	HU
fi	Savonlinnassa alkaa ooppera.	FI
is	Bátur strandaði við Patreksfjörð.	IS
es	La Sedena desplegó elementos en Zacatecas.	MX
es	La Anses pagará el bono a jubilados bonaerenses.	AR
pt	A delegacia registrou boletim de ocorrência em Osasco.	BR
ar	أعلن محافظ بني سويف عن مبادرة جديدة.	EG
ar	انطلق المعرض في ولاية تيزي وزو.	DZ
id	Bupati membuka pasar di Kabupaten Bantul.	ID
el	Φωτιά ξέσπασε κοντά στα Χανιά.	GR
vi	Hỏa hoạn tại chợ ở Lâm Đồng.	VN
hi	लखनऊ में भाजपा की बैठक हुई।	IN
ko	강릉에서 산불이 났다.	KR
fa	زلزله کرمانشاه را لرزاند.	IR
bn	কুমিল্লায় বিএনপির সমাবেশ হয়েছে।	BD
zu	Kushe imoto eSoweto.	ZA
de	Das Bundesligaspiel wurde abgesagt.	DE
en	The naira fell again on Monday.	NG
"""

NO_STATES = """
pl	Ochotnicy przemyśleli to i pragnęli zmian w centralnej komorze.
pl	Katarzyna i Dominika kupiły tonę węgla.
ru	Кубок выиграла команда мальчиков, а доходы клуба выросли.
ru	Королева подписала каталог, и наступило перемирие.
ru	Иванов и Смирнов встретились на Центральном вокзале.
uk	Криміналісти підрахували доходи, перемога була близько.
uk	На узбережжі дослідники зібрали нові дані.
cs	To nevadí, řekl Moravec a svobodně odešel.
sk	Komora dobrovoľníkov ochotne pomáhala.
hr	Mali dječaci vidjeli su kriminalca i kraljevsku palaču.
sl	Vidno je, da imajo mali otroci grozno mrzlo sobo.
bg	Казано накратко, индивидуалната перука беше скъпа.
mk	Малите деца го ослободија познатиот гитарист.
el	Ο σερβιτόρος άφησε την τσάντα στο λιμάνι.
el	Μάλιστα, ο λαός πλήρωσε.
ar	خرج الناس إلى الميدان في المدينة ليلا.
ar	أعلنت الشركة نتائجها المالية وهبطت أسهم البورصة.
he	הכיוון ברור והבנין נמסר לדיירים.
fa	روز دوشنبه مردم به میدان آمدند.
ur	تھانے میں مالی مشکلات پر بات ہوئی۔
hi	माली ने बगीचे में पानी दिया।
ko	그리스도교 신자들이 모여 저지른 일을 뉘우쳤다.
fi	Yleensä oma peruna maistuu, se perustuu kokemukseen.
hu	Minden oroszlán az erdő irányába ment.
ro	Așadar, bursa a fost liberă și suita aștepta.
tr	Maliyeti yüksek olan roman, akrabalarına dağıtıldı.
sv	Kanske kan de minska kostnaden medan de väntar.
no	Man bør kanskje samarbeide mer.
is	Vín og brettið stóðu á borðinu.
lt	Vienas balsas nuskambėjo trumpai.
id	Surat itu dibacakan di bursa kerja.
es	Reunión de vecinos: asado y música hasta tarde.
pt	Reunião de pais vai checar as notas.
fr	Réunion de quartier : Dominique apporte le gâteau.
de	Singen macht Freude, sagt Russell im Letter.
en	King Louis XI kept a diary.
en	The singer Sofia Moran opened the show.
sv	Sofia Lindahl fick priset.
ru	София Петровна дала концерт.
pl	Wiedzieć to nie wszystko, odeszła bez słowa.
cs	Skutečně to slavili, řekla Karolína.
sl	Beljakovine in olimpijske igre so tema dneva.
hr	Javi se kad zadrži vlak, ništa ne kasni.
hu	Szerencsére minden jól ment.
sv	Kriminella sålde hamburgare söderut.
tr	Haşlanmış mısır, hindistan cevizi ve salata hazırladı.
es	Hay una montaña rusa y un cuento chino.
es	La banda de San Martín tocó en la plaza.
sq	Sipas ligjit, mali është i lartë.
ar	نقل الجثمان إلى مسقط رأسه بعد صلاة المغرب.
ar	قال تركي آل الشيخ إن الجدة طبخت العشاء.
ta	சூடான பாக்கெட் பால்.
bn	আসামি আদালতে হাজির হয়েছেন।
ko	원주민 문화와 경주마 이야기.
"""


def rows(table: str) -> list[list[str]]:
    return [line.split("\t") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("language", "text", "states"), rows(STATES))
def test_states_are_found_in_every_form(language: str, text: str, states: str) -> None:
    assert {country.code for country in find_actors(None, text, language).countries} == set(states.split())


@pytest.mark.parametrize(("language", "text", "states"), rows(AT_HOME))
def test_a_text_that_names_no_state_is_of_the_one_it_is_at_home_in(language: str, text: str, states: str) -> None:
    assert {country.code for country in find_actors(None, text, language).countries} == set(states.split())


def test_a_town_is_no_sign_of_home_where_a_state_is_named() -> None:
    assert find_actors(None, "Norges statsminister talade i Uddevalla.", "sv").codes == ("NO",)


def test_a_town_is_no_sign_of_home_within_a_name() -> None:
    assert find_actors(None, "Boken är av Anna Uddevalla.", "sv").countries == ()


@pytest.mark.parametrize(("language", "text"), rows(NO_STATES))
def test_a_word_that_looks_like_a_name_is_no_state(language: str, text: str) -> None:
    assert find_actors(None, text, language).countries == ()

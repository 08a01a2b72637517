"""Words that made-up news is made of, in twelve languages, and the furniture of made-up sites.

``who``, ``did``, ``what``, ``where`` and ``why`` join to sentences in the order of ``order``; ``fixed``, ``turning``,
``slots`` are furniture; ``headings``, ``refrains``, ``closing`` and ``background`` recur and are text. In furniture
``{n}`` is a counter, ``{date}`` a date, ``{name}`` a person, ``{topic}`` a few words.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language's tables; each is parted by bars."""

    who: str
    did: str
    what: str
    where: str
    why: str
    names: str
    places: str
    months: str
    weekdays: str
    fixed: str
    turning: str
    slots: str
    headings: str
    refrains: str
    closing: str
    background: str
    date: str = "{d} {month} {y}"
    sentence: str = "{who} {did} {what} {where} {why}."
    space: str = " "


LANGUAGES = {
    "en": Language(
        who="The foreign minister|A senior envoy|The head of the delegation|Two diplomats|The president's adviser|"
            "The ambassador|An official of the union|The mediator|The defence secretary|A spokeswoman",
        did="defended|rejected|postponed|welcomed|questioned|signed|criticised|announced|withdrew|explained",
        what="the draft of the treaty|the new customs rules|the exchange of prisoners|the fishing agreement|"
             "the mission to the islands|the loan for the ports|the list of sanctions|the visit of the inspectors|"
             "the plan for the corridor|the joint declaration",
        where="in the capital|at the border post|after a night session|during the summit|before the council|"
              "in a closed hearing|on the margins of the fair|in a letter to the press",
        why="because the neighbours had asked for it|although nobody expected a result|while the talks went on|"
            "as the harvest was at stake|since the elections are near|in spite of the warnings|"
            "so that the ships can sail|without naming a date",
        names="Anna Holm|Peter Quist|Mary Odell|John Barrow|Lucy Ferris|Tom Aldous Reed",
        places="Vienna|Kyiv|Geneva|New Delhi|Oslo", weekdays="Monday|Tuesday|Wednesday|Thursday|Friday",
        months="January|February|March|April|May|June|July|August",
        fixed="Our principles: the charter of good reporting of this house|Tell a friend about this page",
        turning="Journalism of this kind costs money and your gift keeps it free for all, so please give what you can.|"
                "If you read us every day, think of becoming a friend of the house for the price of a coffee a month.",
        slots="Last changed on {date} at {n}:30|So far {n} readers have left a word below|"
              "{name} covers the region for this paper and can be reached through the desk for foreign affairs|"
              "More than {n} people follow us on the blue network",
        headings="What is known so far|Background|The view from the other side",
        refrains="We shall not leave this table.",
        closing="Long live the republic!",
        background="The two states broke off relations in 1998 after a dispute about the islands and have talked "
                   "through mediators ever since."),
    "de": Language(
        who="Der Außenminister|Eine Gesandte|Der Leiter der Delegation|Zwei Diplomaten|Die Beraterin der Präsidentin|"
            "Der Botschafter|Ein Beamter der Union|Der Vermittler|Die Staatssekretärin|Ein Sprecher",
        did="verteidigte|verwarf|vertagte|begrüßte|bezweifelte|unterschrieb|rügte|verkündete|widerrief|erklärte",
        what="den Entwurf des Vertrags|die neuen Zollregeln|den Austausch der Gefangenen|das Fischereiabkommen|"
             "die Reise zu den Inseln|den Kredit für die Häfen|die Liste der Sanktionen|den Besuch der Prüfer|"
             "den Plan für den Korridor|die gemeinsame Erklärung",
        where="in der Hauptstadt|am Grenzposten|nach einer Nachtsitzung|während des Gipfels|vor dem Rat|"
              "in einer Anhörung|am Rande der Messe|in einem Brief an die Presse",
        why="weil die Nachbarn darum gebeten hatten|obwohl niemand ein Ergebnis erwartet|solange die Gespräche laufen|"
            "da die Ernte auf dem Spiel steht|weil bald gewählt wird|trotz der Warnungen|"
            "damit die Schiffe auslaufen können|ohne einen Termin zu nennen",
        names="Anna Holm|Peter Quist|Maria Odel|Hans Barro|Lutz Ferris|Tom Alt Ried",
        places="Wien|Kiew|Genf|Neu Delhi|Oslo", weekdays="Montag|Dienstag|Mittwoch|Donnerstag|Freitag",
        months="Januar|Februar|März|April|Mai|Juni|Juli|August",
        fixed="Unsere Grundsätze: die Satzung dieses Hauses für gute Berichte|Zeigen Sie diese Seite Ihren Freunden",
        turning="Berichte wie dieser kosten Geld und Ihre Gabe hält sie frei für alle, also geben Sie, was Sie können.|"
                "Wer uns jeden Tag liest, kann für den Preis eines Kaffees im Monat ein Freund des Hauses werden.",
        slots="Zuletzt geändert am {date} um {n}:30 Uhr|Bisher haben {n} Leser unten ein Wort hinterlassen|"
              "{name} berichtet für dieses Blatt aus der Region und ist über das Ressort Ausland zu erreichen|"
              "Mehr als {n} Menschen folgen uns im blauen Netz",
        headings="Was bisher bekannt ist|Hintergrund|Die Sicht der anderen Seite",
        refrains="Wir verlassen diesen Tisch nicht.", closing="Es lebe die Republik!", date="{d}. {month} {y}",
        background="Die beiden Staaten brachen 1998 nach einem Streit um die Inseln ihre Beziehungen ab und sprechen "
                   "seitdem über Vermittler."),
    "fr": Language(
        who="Le ministre des Affaires étrangères|Une émissaire|Le chef de la délégation|Deux diplomates|"
            "La conseillère du président|L'ambassadeur|Un fonctionnaire de l'Union|Le médiateur|La secrétaire d'État",
        did="a défendu|a rejeté|a reporté|a salué|a contesté|a signé|a critiqué|a annoncé|a retiré|a expliqué",
        what="le projet de traité|les nouvelles règles de douane|l'échange de prisonniers|l'accord de pêche|"
             "la mission dans les îles|le prêt pour les ports|la liste des sanctions|la visite des inspecteurs|"
             "le plan du corridor|la déclaration commune",
        where="dans la capitale|au poste de frontière|après une séance de nuit|pendant le sommet|devant le conseil|"
              "à huis clos|en marge de la foire|dans une lettre à la presse",
        why="parce que les voisins l'avaient demandé|bien que personne n'attende de résultat|tandis que l'on négocie|"
            "car la récolte est en jeu|à l'approche des élections|malgré les mises en garde|"
            "pour que les navires partent|sans donner de date",
        names="Anne Holm|Pierre Quist|Marie Odel|Jean Barrot|Luc Ferris|Tom Aldou Ried",
        places="Vienne|Kiev|Genève|New Delhi|Oslo", weekdays="lundi|mardi|mercredi|jeudi|vendredi",
        months="janvier|février|mars|avril|mai|juin|juillet|août",
        fixed="Nos principes : la charte du bon récit de cette maison|Faites connaître cette page à vos proches",
        turning="Ce journalisme a un prix et votre don le garde ouvert à tous, alors donnez ce que vous pouvez.|"
                "Si vous nous lisez chaque jour, devenez ami de la maison pour le prix d'un café par mois.",
        slots="Dernière modification le {date} à {n}:30|Déjà {n} lecteurs ont laissé un mot plus bas|"
              "{name} suit la région pour ce journal et répond par le bureau des affaires étrangères|"
              "Plus de {n} personnes nous suivent sur le réseau bleu",
        headings="Ce que l'on sait|Le contexte|Le regard de l'autre rive",
        refrains="Nous ne quitterons pas cette table.",
        closing="Vive la république !",
        background="Les deux États ont rompu leurs relations en 1998 après un différend sur les îles et se parlent "
                   "depuis par des médiateurs."),
    "es": Language(
        who="El ministro de Exteriores|Una enviada|El jefe de la delegación|Dos diplomáticos|La asesora del presidente|"
            "El embajador|Un funcionario de la Unión|El mediador|La secretaria de Estado|Un portavoz",
        did="defendió|rechazó|aplazó|celebró|puso en duda|firmó|criticó|anunció|retiró|explicó",
        what="el borrador del tratado|las nuevas reglas de aduana|el canje de presos|el acuerdo de pesca|"
             "la misión a las islas|el préstamo para los puertos|la lista de sanciones|la visita de los inspectores|"
             "el plan del corredor|la declaración conjunta",
        where="en la capital|en el puesto fronterizo|tras una sesión nocturna|durante la cumbre|ante el consejo|"
              "a puerta cerrada|al margen de la feria|en una carta a la prensa",
        why="porque los vecinos lo habían pedido|aunque nadie espera un resultado|mientras siguen las charlas|"
            "pues la cosecha está en juego|ya que hay elecciones pronto|pese a las advertencias|"
            "para que zarpen los barcos|sin dar una fecha",
        names="Ana Holm|Pedro Quist|María Odel|Juan Barro|Lucía Ferris|Tomás Aldo Ried",
        places="Viena|Kiev|Ginebra|Nueva Delhi|Oslo", weekdays="lunes|martes|miércoles|jueves|viernes",
        months="enero|febrero|marzo|abril|mayo|junio|julio|agosto",
        fixed="Nuestros principios: la carta del buen relato de esta casa|Enseñe esta página a sus amigos",
        turning="Este periodismo cuesta dinero y su aporte lo mantiene abierto a todos, así que dé lo que pueda.|"
                "Si nos lee cada día, hágase amigo de la casa por el precio de un café al mes.",
        slots="Último cambio el {date} a las {n}:30|Ya {n} lectores han dejado unas palabras abajo|"
              "{name} cubre la región para este diario y atiende a través de la mesa de asuntos exteriores|"
              "Más de {n} personas nos siguen en la red azul",
        headings="Lo que se sabe|El contexto|La mirada del otro lado", refrains="No dejaremos esta mesa.",
        closing="¡Viva la república!", date="{d} de {month} de {y}",
        background="Los dos Estados rompieron relaciones en 1998 tras una disputa por las islas y desde entonces "
                   "hablan por medio de mediadores."),
    "pl": Language(
        who="Minister spraw zagranicznych|Wysłanniczka|Szef delegacji|Dwaj dyplomaci|Doradczyni prezydenta|Ambasador|"
            "Urzędnik Unii|Mediator|Sekretarz stanu|Rzecznik",
        did="bronił|odrzucił|odłożył|przyjął|podważył|podpisał|skrytykował|ogłosił|wycofał|wyjaśnił",
        what="projekt traktatu|nowe zasady celne|wymianę jeńców|umowę o połowach|misję na wyspy|kredyt dla portów|"
             "listę sankcji|wizytę inspektorów|plan korytarza|wspólną deklarację",
        where="w stolicy|na przejściu granicznym|po nocnym posiedzeniu|podczas szczytu|przed radą|za zamkniętymi "
              "drzwiami|na marginesie targów|w liście do prasy",
        why="bo prosili o to sąsiedzi|choć nikt nie liczy na wynik|póki trwają rozmowy|gdyż chodzi o zbiory|"
            "ponieważ zbliżają się wybory|mimo ostrzeżeń|żeby statki mogły wypłynąć|nie podając terminu",
        names="Anna Holm|Piotr Kwist|Maria Odel|Jan Baro|Łucja Feris|Tomasz Ald Ried",
        places="Wiedeń|Kijów|Genewa|Nowe Delhi|Oslo", weekdays="poniedziałek|wtorek|środa|czwartek|piątek",
        months="stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia",
        fixed="Nasze zasady: karta dobrej relacji tego domu|Pokaż tę stronę swoim bliskim",
        turning="Takie teksty kosztują, a twój datek sprawia, że są otwarte dla wszystkich, więc daj, ile możesz.|"
                "Kto czyta nas co dzień, może za cenę jednej kawy miesięcznie zostać przyjacielem domu.",
        slots="Ostatnia zmiana {date}, godz. {n}:30|Dotąd {n} czytelników zostawiło słowo poniżej|"
              "{name} pisze o regionie dla tej gazety i odpowiada przez redakcję działu zagranicznego|"
              "Ponad {n} osób jest z nami w niebieskiej sieci",
        headings="Co już wiadomo|Tło sprawy|Spojrzenie z drugiej strony", refrains="Nie odejdziemy od tego stołu.",
        closing="Niech żyje republika!",
        background="Oba państwa zerwały stosunki w 1998 roku po sporze o wyspy i od tej pory rozmawiają przez "
                   "pośredników."),
    "ru": Language(
        who="Министр иностранных дел|Посланница|Глава делегации|Два дипломата|Советница президента|Посол|"
            "Чиновник союза|Посредник|Государственный секретарь|Представитель ведомства",
        did="защитил|отверг|отложил|приветствовал|поставил под сомнение|подписал|раскритиковал|объявил|отозвал|"
            "разъяснил",
        what="проект договора|новые таможенные правила|обмен пленными|соглашение о рыболовстве|поездку на острова|"
             "кредит для портов|список санкций|визит инспекторов|план коридора|совместное заявление",
        where="в столице|на пограничном посту|после ночного заседания|во время саммита|перед советом|"
              "на закрытых слушаниях|на полях ярмарки|в письме к печати",
        why="потому что об этом просили соседи|хотя никто не ждёт итога|пока идут переговоры|ведь речь об урожае|"
            "так как близятся выборы|несмотря на предупреждения|чтобы суда могли выйти|не назвав срока",
        names="Анна Холм|Пётр Квист|Мария Одель|Иван Баров|Люся Феррис|Том Ольд Рид",
        places="Вена|Киев|Женева|Нью-Дели|Осло", weekdays="понедельник|вторник|среда|четверг|пятница",
        months="января|февраля|марта|апреля|мая|июня|июля|августа",
        fixed="Наши правила: устав честного рассказа этого дома|Покажите эту страницу близким",
        turning="Такая работа стоит денег, и ваш дар оставляет её открытой для всех, дайте сколько можете.|"
                "Если вы читаете нас каждый день, станьте другом дома по цене одной чашки кофе в месяц.",
        slots="Последнее изменение {date}, {n}:30|Уже {n} читателей оставили слово ниже|"
              "{name} следит за регионом для этой газеты и отвечает через отдел зарубежных новостей|"
              "Больше {n} человек читают нас в синей сети",
        headings="Что известно|Предыстория|Взгляд с другой стороны", refrains="Мы не уйдём из-за этого стола.",
        closing="Да здравствует республика!",
        background="Оба государства разорвали отношения в 1998 году после спора об островах и с тех пор говорят "
                   "через посредников."),
    "uk": Language(
        who="Міністр закордонних справ|Посланниця|Голова делегації|Двоє дипломатів|Радниця президента|Посол|"
            "Урядовець союзу|Посередник|Державний секретар|Речник відомства",
        did="захистив|відкинув|відклав|привітав|піддав сумніву|підписав|розкритикував|оголосив|відкликав|пояснив",
        what="проєкт договору|нові митні правила|обмін полоненими|угоду про рибальство|поїздку на острови|"
             "кредит для портів|перелік санкцій|візит інспекторів|план коридору|спільну заяву",
        where="у столиці|на прикордонному посту|після нічного засідання|під час саміту|перед радою|"
              "на закритих слуханнях|на полях ярмарку|у листі до преси",
        why="бо про це просили сусіди|хоча ніхто не чекає наслідку|доки тривають перемовини|адже йдеться про врожай|"
            "оскільки близько вибори|попри застереження|щоб судна могли вийти|не назвавши строку",
        names="Ганна Голм|Петро Квіст|Марія Одель|Іван Барів|Люся Ферріс|Том Ольд Рід",
        places="Відень|Київ|Женева|Делі|Осло", weekdays="понеділок|вівторок|середа|четвер|п’ятниця",
        months="січня|лютого|березня|квітня|травня|червня|липня|серпня",
        fixed="Наші засади: статут чесної розповіді цього дому|Покажіть цю сторінку рідним",
        turning="Така праця коштує, і ваш дар лишає її відкритою для всіх, тож дайте, скільки можете.|"
                "Якщо ви читаєте нас щодня, станьте другом дому за ціну однієї кави на місяць.",
        slots="Остання зміна {date}, {n}:30|Уже {n} читачів лишили слово нижче|"
              "{name} стежить за регіоном для цієї газети й відповідає через відділ закордонних новин|"
              "Понад {n} людей читають нас у синій мережі",
        headings="Що відомо|Передісторія|Погляд з іншого боку", refrains="Ми не підемо з-за цього столу.",
        closing="Хай живе республіка!",
        background="Обидві держави розірвали відносини 1998 року після суперечки за острови й відтоді говорять через "
                   "посередників."),
    "tr": Language(
        who="Dışişleri bakanı|Bir elçi|Heyet başkanı|İki diplomat|Cumhurbaşkanının danışmanı|Büyükelçi|"
            "Birlik yetkilisi|Arabulucu|Devlet sekreteri|Bir sözcü",
        did="savundu|reddetti|erteledi|övdü|sorguladı|imzaladı|eleştirdi|duyurdu|geri çekti|açıkladı",
        what="antlaşma taslağını|yeni gümrük kurallarını|esir takasını|balıkçılık anlaşmasını|adalara geziyi|"
             "limanlar için krediyi|yaptırım listesini|denetçilerin ziyaretini|koridor planını|ortak bildiriyi",
        where="başkentte|sınır kapısında|gece oturumundan sonra|zirve sırasında|kurul önünde|kapalı oturumda|"
              "fuar sırasında|basına mektubunda",
        why="çünkü komşular istemişti|kimse sonuç beklemese de|görüşmeler sürerken|ürün söz konusu olduğundan|"
            "seçimler yakın olduğu için|uyarılara karşın|gemiler açılabilsin diye|tarih vermeden",
        names="Ayşe Holm|Petro Kuist|Meryem Odel|Can Baro|Lale Feris|Tom Ald Rid",
        places="Viyana|Kiev|Cenevre|Yeni Delhi|Oslo", weekdays="pazartesi|salı|çarşamba|perşembe|cuma",
        months="ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos", sentence="{who} {where} {what} {did}, {why}.",
        fixed="İlkelerimiz: bu evin iyi habercilik sözleşmesi|Bu sayfayı yakınlarınıza gösterin",
        turning="Böyle haberler para ister ve sizin katkınız onları herkese açık tutar, elinizden geleni verin.|"
                "Bizi her gün okuyorsanız ayda bir kahve parasına evin dostu olabilirsiniz.",
        slots="Son değişiklik {date}, saat {n}:30|Şimdiye dek {n} okur aşağıya söz bıraktı|"
              "{name} bu gazete için bölgeyi izliyor ve kendisine dış haberler masasından ulaşılabilir|"
              "Mavi ağda {n} kişiden çoğu bizimle",
        headings="Şimdiye dek bilinenler|Arka plan|Karşı taraftan bakış", refrains="Bu masadan kalkmayacağız.",
        closing="Yaşasın cumhuriyet!",
        background="İki devlet adalar anlaşmazlığından sonra 1998 yılında ilişkilerini kesti ve o günden beri "
                   "arabulucularla konuşuyor."),
    "ar": Language(
        who="وزير الخارجية|مبعوثة رفيعة|رئيس الوفد|دبلوماسيان|مستشارة الرئيس|السفير|مسؤول في الاتحاد|الوسيط|"
            "أمين الدولة|متحدث رسمي",
        did="دافع عن|رفض|أجل|رحب ب|شكك في|وقع|انتقد|أعلن|سحب|شرح",
        what="مسودة المعاهدة|قواعد الجمارك الجديدة|تبادل الأسرى|اتفاق الصيد|بعثة الجزر|قرض الموانئ|قائمة العقوبات|"
             "زيارة المفتشين|خطة الممر|البيان المشترك",
        where="في العاصمة|عند المعبر الحدودي|بعد جلسة ليلية|خلال القمة|أمام المجلس|في جلسة مغلقة|على هامش المعرض|"
              "في رسالة إلى الصحافة",
        why="لأن الجيران طلبوا ذلك|مع أن أحدا لا ينتظر نتيجة|بينما تستمر المحادثات|لأن الموسم على المحك|"
            "مع اقتراب الانتخابات|رغم التحذيرات|كي تبحر السفن|دون أن يحدد موعدا",
        names="آنا هولم|بطرس كويست|مريم أوديل|يحيى بارو|لوسي فيرس|توم ألد ريد",
        places="فيينا|كييف|جنيف|نيودلهي|أوسلو", weekdays="الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة",
        months="يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس",
        fixed="مبادئنا: ميثاق الخبر الجيد في هذا البيت|دل أصدقاءك على هذه الصفحة",
        turning="هذا العمل يكلف مالا وهبتك تبقيه مفتوحا للجميع فأعط ما تستطيع من أجل هذا البيت.|"
                "إذا كنت تقرأنا كل يوم فكن صديقا للبيت بثمن فنجان قهوة واحد في الشهر لا أكثر.",
        slots="آخر تغيير في {date} الساعة {n}:30|حتى الآن ترك {n} قارئا كلمة في الأسفل|"
              "{name} يتابع المنطقة لهذه الصحيفة ويمكن الوصول إليه عبر مكتب الشؤون الخارجية|"
              "أكثر من {n} شخص يتابعوننا على الشبكة الزرقاء",
        headings="ما نعرفه حتى الآن|الخلفية|نظرة من الجانب الآخر", refrains="لن نترك هذه الطاولة.",
        closing="عاشت الجمهورية!",
        background="قطعت الدولتان علاقاتهما عام 1998 بعد خلاف على الجزر وتتحدثان منذ ذلك الحين عبر وسطاء من دول أخرى "
                   "في المنطقة."),
    "zh": Language(
        who="外交部长|高级特使|代表团团长|两名外交官|总统顾问|大使|联盟官员|调解人|国务秘书|女发言人",
        did="维护了|拒绝了|推迟了|欢迎了|质疑了|签署了|批评了|宣布了|撤回了|解释了",
        what="条约草案|新的海关规则|交换战俘一事|渔业协议|前往群岛的任务|港口贷款|制裁名单|检查人员的访问|走廊计划|联合声明",
        where="在首都|在边境口岸|在夜间会议之后|在峰会期间|在理事会面前|在闭门听证会上|在博览会期间|在致媒体的信中",
        why="因为邻国曾提出请求|尽管没有人期待结果|与此同时谈判仍在继续|因为收成受到威胁|由于选举临近|不顾各方警告|以便船只能够出海|但没有说明日期",
        names="安娜霍姆|彼得奎斯特|玛丽奥德|约翰巴罗|露西费里斯|汤姆里德", places="维也纳|基辅|日内瓦|新德里|奥斯陆",
        weekdays="星期一|星期二|星期三|星期四|星期五", months="1|2|3|4|5|6|7|8", date="{y}年{month}月{d}日",
        sentence="{who}{where}{did}{what}，{why}。", space="",
        fixed="本社原则：良好报道章程全文见本社主页|欢迎把本页介绍给身边的亲朋好友们一起阅读",
        turning="这样的报道需要经费，您的捐助让它向所有人开放，请量力而行支持我们的编辑部。|"
                "如果您每天阅读本报，请用每月一杯咖啡的价钱成为本社之友，与我们同行。",
        slots="本文最后一次修改于{date}{n}时30分|到目前为止已有{n}位读者在下方留下了他们的看法|"
              "{name}为本报长期关注该地区，读者可以通过国际新闻部与其取得联系并提出意见|已有超过{n}人在蓝色网络上关注了我们的账号",
        headings="目前所知|背景|另一方的看法", refrains="我们不会离开这张桌子。", closing="共和国万岁！",
        background="两国在一九九八年因群岛争端断绝关系，此后一直通过第三方调解人保持对话，至今没有互派大使。"),
    "ja": Language(
        who="外務大臣は|上級特使は|代表団の団長は|二人の外交官は|大統領の顧問は|大使は|連合の高官は|仲介者は|国務長官は|報道官は",
        did="擁護した|拒否した|延期した|歓迎した|疑問視した|承認した|批判した|発表した|撤回した|説明した",
        what="条約の草案を|新しい関税の規則を|捕虜の交換を|漁業協定を|島々への派遣を|港への融資を|制裁の一覧を|査察官の訪問を|回廊の計画を|共同宣言を",
        where="首都で|国境の検問所で|夜の会議のあとに|首脳会議の間に|理事会の前で|非公開の公聴会で|見本市の場で|報道各社への手紙で",
        why="隣国が求めていたため|誰も結果を期待していないのに|協議が続くなか|収穫がかかっているので|選挙が近いことから|警告にもかかわらず|船が出られるように|期日を示さずに",
        names="ホルム・アンナ|クイスト・ピーター|オデル・メアリ|バロウ・ジョン|フェリス・ルーシー|リード・トム",
        places="ウィーン|キーウ|ジュネーブ|ニューデリー|オスロ", weekdays="月曜日|火曜日|水曜日|木曜日|金曜日",
        months="1|2|3|4|5|6|7|8", date="{y}年{month}月{d}日", sentence="{who}{where}、{why}、{what}{did}。", space="",
        fixed="当社の原則：よい報道のための憲章は当社の案内をご覧ください|このページを身近な方々にもぜひお知らせください",
        turning="このような報道には費用がかかります。皆さまのご支援が誰にでも開かれた紙面を守りますので、ご協力ください。|"
                "毎日お読みの方は、月にコーヒー一杯の値段で当社の友の会に加わり、紙面を支えることができます。",
        slots="この記事が最後に変更されたのは{date}{n}時30分です|これまでに{n}人の読者がこの下に言葉を残しました|"
              "{name}記者は本紙でこの地域を長く担当しており、国際報道部を通じて連絡を取ることができます|"
              "青い網では{n}人を超える方々が当社の知らせを読んでいます",
        headings="これまでの経緯|背景|相手側の見方", refrains="我々はこの席を立たない。", closing="共和国万歳！",
        background="両国は島々をめぐる争いのあと一九九八年に国交を断ち、それ以来、第三国の仲介者を通じて話し合いを続けている。"),
    "hi": Language(
        who="विदेश मंत्री ने|एक वरिष्ठ दूत ने|प्रतिनिधिमंडल के प्रमुख ने|दो राजनयिकों ने|राष्ट्रपति की सलाहकार ने|राजदूत ने|"
            "संघ के अधिकारी ने|मध्यस्थ ने|राज्य सचिव ने|प्रवक्ता ने",
        did="बचाव किया|विरोध किया|स्थगित किया|स्वागत किया|सवाल उठाया|समर्थन किया|खंडन किया|ऐलान किया|विश्लेषण किया|उल्लेख किया",
        what="संधि के मसौदे का|नए सीमा शुल्क नियमों का|बंदियों की अदला-बदली का|मछली समझौते का|द्वीपों की यात्रा का|"
             "बंदरगाहों के ऋण का|प्रतिबंधों की सूची का|निरीक्षकों के दौरे का|गलियारे की योजना का|साझा बयान का",
        where="राजधानी में|सीमा चौकी पर|रात की बैठक के बाद|शिखर सम्मेलन के दौरान|परिषद के सामने|बंद सुनवाई में|"
              "मेले के मौके पर|प्रेस को पत्र में",
        why="क्योंकि पड़ोसियों ने मांगा था|हालांकि किसी को नतीजे की उम्मीद नहीं|जबकि बातचीत जारी है|क्योंकि फसल दांव पर है|"
            "चूंकि चुनाव पास हैं|चेतावनियों के बावजूद|ताकि जहाज निकल सकें|बिना तारीख बताए",
        names="आना होल्म|पीटर क्विस्ट|मैरी ओडेल|जॉन बैरो|लूसी फेरिस|टॉम एल्ड रीड",
        places="वियना|कीव|जिनेवा|काठमांडू|ओस्लो", weekdays="सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार",
        months="जनवरी|फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त", sentence="{who} {where} {what} {did}, {why}।",
        fixed="हमारे सिद्धांत: इस घराने का अच्छी खबर का घोषणापत्र|यह पन्ना अपने मित्रों को दिखाइए",
        turning="ऐसी पत्रकारिता में पैसा लगता है और आपका योगदान उसे सबके लिए खुला रखता है, इसलिए जो हो सके दीजिए।|"
                "अगर आप हमें रोज पढ़ते हैं तो महीने में एक कॉफी के दाम पर इस घराने के मित्र बन सकते हैं।",
        slots="आखिरी बदलाव {date} को {n}:30 बजे|अब तक {n} पाठकों ने नीचे अपनी बात लिखी है|"
              "{name} इस अखबार के लिए इलाके की खबर रखते हैं और विदेश विभाग के जरिए उनसे संपर्क हो सकता है|"
              "नीले नेटवर्क पर {n} से ज्यादा लोग हमारे साथ हैं",
        headings="अब तक जो पता है|पृष्ठभूमि|दूसरे पक्ष की नजर", refrains="हम यह मेज नहीं छोड़ेंगे।",
        closing="गणतंत्र जिंदाबाद!",
        background="दोनों देशों ने द्वीपों के विवाद के बाद 1998 में संबंध तोड़ लिए थे और तब से मध्यस्थों के जरिए बात करते हैं।"),
}

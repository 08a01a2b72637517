"""The names of the months in some 110 languages, in lower case, from CLDR (Unicode licence)."""

import unicodedata
from collections.abc import Iterable

# Each language: twelve groups, January first, parted by spaces; names of one group by bars; an underscore is a space.
MONTHS_BY_LANGUAGE = {
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep "
          "october|oct november|nov december|dec",
    "de": "januar|jan februar|feb märz|mär april|apr mai juni|jun juli|jul august|aug "
          "september|sept|sep oktober|okt november|nov dezember|dez",
    "fr": "janvier|janv février|févr mars avril|avr mai juin juillet|juil août septembre|sept "
          "octobre|oct novembre|nov décembre|déc",
    "es": "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago "
          "septiembre|sept octubre|oct noviembre|nov diciembre|dic",
    "it": "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago "
          "settembre|set ottobre|ott novembre|nov dicembre|dic",
    "pt": "janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun julho|jul agosto|ago "
          "setembro|set outubro|out novembro|nov dezembro|dez",
    "nl": "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug "
          "september|sep oktober|okt november|nov december|dec",
    "da": "januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sep "
          "oktober|okt november|nov december|dec",
    "sv": "januari|jan februari|feb mars april|apr maj juni juli augusti|aug september|sep oktober|okt "
          "november|nov december|dec",
    "nb": "januar|jan februar|feb mars|mar april|apr mai juni|jun juli|jul august|aug september|sep "
          "oktober|okt november|nov desember|des",
    "fi": "tammikuuta|tammi|tammikuu helmikuuta|helmi|helmikuu maaliskuuta|maalis|maaliskuu "
          "huhtikuuta|huhti|huhtikuu toukokuuta|touko|toukokuu kesäkuuta|kesä|kesäkuu "
          "heinäkuuta|heinä|heinäkuu elokuuta|elo|elokuu syyskuuta|syys|syyskuu lokakuuta|loka|lokakuu "
          "marraskuuta|marras|marraskuu joulukuuta|joulu|joulukuu",
    "is": "janúar|jan febrúar|feb mars|mar apríl|apr maí júní|jún júlí|júl ágúst|ágú september|sep "
          "október|okt nóvember|nóv desember|des",
    "et": "jaanuar|jaan veebruar|veebr märts aprill|apr mai juuni juuli august|aug september|sept "
          "oktoober|okt november|nov detsember|dets",
    "lv": "janvāris|janv februāris|febr marts aprīlis|apr maijs jūnijs|jūn jūlijs|jūl augusts|aug "
          "septembris|sept oktobris|okt novembris|nov decembris|dec",
    "lt": "sausio|saus|sausis vasario|vas|vasaris kovo|kov|kovas balandžio|bal|balandis "
          "gegužės|geg|gegužė birželio|birž|birželis liepos|liep|liepa rugpjūčio|rugp|rugpjūtis "
          "rugsėjo|rugs|rugsėjis spalio|spal|spalis lapkričio|lapkr|lapkritis gruodžio|gruod|gruodis",
    "pl": "stycznia|sty|styczeń lutego|lut|luty marca|mar|marzec kwietnia|kwi|kwiecień maja|maj "
          "czerwca|cze|czerwiec lipca|lip|lipiec sierpnia|sie|sierpień września|wrz|wrzesień "
          "października|paź|październik listopada|lis|listopad grudnia|gru|grudzień",
    "cs": "ledna|led|leden února|úno|únor března|bře|březen dubna|dub|duben května|kvě|květen "
          "června|čvn|červen července|čvc|červenec srpna|srp|srpen září|zář října|říj|říjen "
          "listopadu|lis|listopad prosince|pro|prosinec",
    "sk": "januára|jan|január februára|feb|február marca|mar|marec apríla|apr|apríl mája|máj júna|jún "
          "júla|júl augusta|aug|august septembra|sep|september októbra|okt|október "
          "novembra|nov|november decembra|dec|december",
    "sl": "januar|jan februar|feb marec|mar april|apr maj junij|jun julij|jul avgust|avg september|sep "
          "oktober|okt november|nov december|dec",
    "hr": "siječnja|sij|siječanj veljače|velj|veljača ožujka|ožu|ožujak travnja|tra|travanj "
          "svibnja|svi|svibanj lipnja|lip|lipanj srpnja|srp|srpanj kolovoza|kol|kolovoz rujna|ruj|rujan "
          "listopada|lis|listopad studenoga|stu|studeni prosinca|pro|prosinac",
    "bs": "januar|jan februar|feb mart|mar april|apr maj juni|jun juli|jul august|aug septembar|sep "
          "oktobar|okt novembar|nov decembar|dec",
    "sr": "јануар|јан|januar|jan фебруар|феб|februar|feb март|мар|mart|mar април|апр|april|apr мај|maj "
          "јун|jun јул|jul август|авг|avgust|avg септембар|сеп|septembar|sep октобар|окт|oktobar|okt "
          "новембар|нов|novembar|nov децембар|дец|decembar|dec",
    "mk": "јануари|јан февруари|фев март|мар април|апр мај јуни|јун јули|јул август|авг септември|сеп "
          "октомври|окт ноември|ное декември|дек",
    "bg": "януари|яну февруари|фев март април|апр май юни юли август|авг септември|сеп октомври|окт "
          "ноември|ное декември|дек",
    "ru": "января|янв|январь февраля|февр|февраль марта|мар|март апреля|апр|апрель мая|май "
          "июня|июн|июнь июля|июл|июль августа|авг|август сентября|сент|сентябрь октября|окт|октябрь "
          "ноября|нояб|ноябрь декабря|дек|декабрь",
    "uk": "січня|січ|січень лютого|лют|лютий березня|бер|березень квітня|квіт|квітень "
          "травня|трав|травень червня|черв|червень липня|лип|липень серпня|серп|серпень "
          "вересня|вер|вересень жовтня|жовт|жовтень листопада|лист|листопад грудня|груд|грудень",
    "be": "студзеня|сту|студзень лютага|лют|люты сакавіка|сак|сакавік красавіка|кра|красавік мая|май "
          "чэрвеня|чэр|чэрвень ліпеня|ліп|ліпень жніўня|жні|жнівень верасня|вер|верасень "
          "кастрычніка|кас|кастрычнік лістапада|ліс|лістапад снежня|сне|снежань",
    "sq": "janar|jan shkurt|shk mars|mar prill|pri maj qershor|qer korrik|korr gusht|gush shtator|sht "
          "tetor|tet nëntor|nën dhjetor|dhj",
    "ro": "ianuarie|ian februarie|feb martie|mar aprilie|apr mai iunie|iun iulie|iul august|aug "
          "septembrie|sept octombrie|oct noiembrie|nov decembrie|dec",
    "hu": "január|jan február|febr március|márc április|ápr május|máj június|jún július|júl "
          "augusztus|aug szeptember|szept október|okt november|nov december|dec",
    "el": "ιανουαρίου|ιαν|ιανουάριοσ φεβρουαρίου|φεβ|φεβρουάριοσ μαρτίου|μαρ|μάρτιοσ|μάρ "
          "απριλίου|απρ|απρίλιοσ μαΐου|μαΐ|μάιοσ|μάι ιουνίου|ιουν|ιούνιοσ|ιούν "
          "ιουλίου|ιουλ|ιούλιοσ|ιούλ αυγούστου|αυγ|αύγουστοσ|αύγ σεπτεμβρίου|σεπ|σεπτέμβριοσ "
          "οκτωβρίου|οκτ|οκτώβριοσ νοεμβρίου|νοε|νοέμβριοσ|νοέ δεκεμβρίου|δεκ|δεκέμβριοσ",
    "tr": "ocak|oca şubat|şub mart|mar nisan|nis mayıs|may haziran|haz temmuz|tem ağustos|ağu eylül|eyl "
          "ekim|eki kasım|kas aralık|ara",
    "az": "yanvar|yan fevral|fev mart|mar aprel|apr may iyun|iyn iyul|iyl avqust|avq sentyabr|sen "
          "oktyabr|okt noyabr|noy dekabr|dek",
    "kk": "қаңтар|қаң|yan ақпан|ақп|fev наурыз|нау|mar сәуір|сәу|apr мамыр|мам|may маусым|мау|iyn "
          "шілде|шіл|iyl тамыз|там|avq қыркүйек|қыр|sen қазан|қаз|okt қараша|қар|noy желтоқсан|жел|dek",
    "uz": "yanvar|yan fevral|fev mart|mar aprel|apr may iyun|iyn iyul|iyl avgust|avg sentabr|sen "
          "oktabr|okt noyabr|noy dekabr|dek",
    "ky": "январь|янв февраль|фев март|мар апрель|апр май июнь|июн июль|июл август|авг сентябрь|сен "
          "октябрь|окт ноябрь|ноя декабрь|дек",
    "tg": "январ|янв|yanvar|yan феврал|фев|fevral|fev март|мар|mart|mar апрел|апр|aprel|apr май|may "
          "июн|iyun|iyn июл|iyul|iyl август|авг|avqust|avq сентябр|сен|sentyabr|sen "
          "октябр|окт|oktyabr|okt ноябр|ноя|noyabr|noy декабр|дек|dekabr|dek",
    "hy": "հունվարի|հնվ|հունվար|yan փետրվարի|փտվ|փետրվար|fev մարտի|մրտ|մարտ|mar ապրիլի|ապր|ապրիլ|apr "
          "մայիսի|մյս|մայիս|may հունիսի|հնս|հունիս|iyn հուլիսի|հլս|հուլիս|iyl օգոստոսի|օգս|օգոստոս|avq "
          "սեպտեմբերի|սեպ|սեպտեմբեր|sen հոկտեմբերի|հոկ|հոկտեմբեր|okt նոյեմբերի|նոյ|նոյեմբեր|noy "
          "դեկտեմբերի|դեկ|դեկտեմբեր|dek",
    "ka": "იანვარი|იან|yanvar|yan თებერვალი|თებ|fevral|fev მარტი|მარ|mart|mar აპრილი|აპრ|aprel|apr "
          "მაისი|მაი|may ივნისი|ივნ|iyun|iyn ივლისი|ივლ|iyul|iyl აგვისტო|აგვ|avqust|avq "
          "სექტემბერი|სექ|sentyabr|sen ოქტომბერი|ოქტ|oktyabr|okt ნოემბერი|ნოე|noyabr|noy "
          "დეკემბერი|დეკ|dekabr|dek",
    "ar": "يناير|yanvar|yan|كانون_الثاني|جانفي فبراير|fevral|fev|شباط|فيفري مارس|mart|mar|آذار "
          "أبريل|aprel|apr|نيسان|أفريل مايو|may|أيار|ماي يونيو|iyun|iyn|حزيران|جوان "
          "يوليو|iyul|iyl|تموز|جويلية أغسطس|avqust|avq|آب|أوت سبتمبر|sentyabr|sen|أيلول "
          "أكتوبر|oktyabr|okt|تشرين_الأول نوفمبر|noyabr|noy|تشرين_الثاني ديسمبر|dekabr|dek|كانون_الأول",
    "fa": "ژانویهٔ|ژانویه|yan فوریهٔ|فوریه|fev مارس|mar آوریل|apr مهٔ|مه|may ژوئن|iyn ژوئیهٔ|ژوئیه|iyl "
          "اوت|avq سپتامبر|sen اکتبر|okt نوامبر|noy دسامبر|dek",
    "ur": "جنوری|yanvar|yan فروری|fevral|fev مارچ|mart|mar اپریل|aprel|apr مئی|may جون|iyun|iyn "
          "جولائی|iyul|iyl اگست|avqust|avq ستمبر|sentyabr|sen اکتوبر|oktyabr|okt نومبر|noyabr|noy "
          "دسمبر|dekabr|dek",
    "ps": "جنوري فبروري|فېبروري مارچ اپریل مۍ جون جولای اګست سېپتمبر|سپتمبر اکتوبر نومبر دسمبر",
    "he": "ינואר|ינו׳|yanvar|yan פברואר|פבר׳|fevral|fev מרץ|mart|mar אפריל|אפר׳|aprel|apr מאי|may "
          "יוני|iyun|iyn יולי|iyul|iyl אוגוסט|אוג׳|avqust|avq ספטמבר|ספט׳|sentyabr|sen "
          "אוקטובר|אוק׳|oktyabr|okt נובמבר|נוב׳|noyabr|noy דצמבר|דצמ׳|dekabr|dek",
    "hi": "जनवरी|जन॰|yanvar|yan फ़रवरी|फ़र॰|fevral|fev मार्च|mart|mar अप्रैल|aprel|apr मई|may "
          "जून|iyun|iyn जुलाई|जुल॰|iyul|iyl अगस्त|अग॰|avqust|avq सितंबर|सित॰|sentyabr|sen "
          "अक्टूबर|अक्टू॰|oktyabr|okt नवंबर|नव॰|noyabr|noy दिसंबर|दिस॰|dekabr|dek",
    "bn": "জানুয়ারী|জানু|yanvar ফেব্রুয়ারী|ফেব|fevral মার্চ|mart এপ্রিল|এপ্রি|aprel মে|may জুন|iyun "
          "জুলাই|জুল|iyul আগস্ট|আগ|avqust সেপ্টেম্বর|সেপ|sentyabr অক্টোবর|অক্টো|oktyabr "
          "নভেম্বর|নভে|noyabr ডিসেম্বর|ডিসে|dekabr",
    "ta": "ஜனவரி|ஜன|yanvar|yan பிப்ரவரி|பிப்|fevral|fev மார்ச்|மார்|mart|mar ஏப்ரல்|ஏப்|aprel|apr "
          "மே|may ஜூன்|iyun|iyn ஜூலை|iyul|iyl ஆகஸ்ட்|ஆக|avqust|avq செப்டம்பர்|செப்|sentyabr|sen "
          "அக்டோபர்|அக்|oktyabr|okt நவம்பர்|நவ|noyabr|noy டிசம்பர்|டிச|dekabr|dek",
    "te": "జనవరి|జన|yanvar|yan ఫిబ్రవరి|ఫిబ్ర|fevral|fev మార్చి|mart|mar ఏప్రిల్|ఏప్రి|aprel|apr మే|may "
          "జూన్|iyun|iyn జులై|iyul|iyl ఆగస్టు|ఆగ|avqust|avq సెప్టెంబర్|సెప్టెం|sentyabr|sen "
          "అక్టోబర్|అక్టో|oktyabr|okt నవంబర్|నవం|noyabr|noy డిసెంబర్|డిసెం|dekabr|dek",
    "ml": "ജനുവരി|ജനു|yanvar|yan ഫെബ്രുവരി|ഫെബ്രു|fevral|fev മാർച്ച്|മാർ|mart|mar "
          "ഏപ്രിൽ|ഏപ്രി|aprel|apr മേയ്|may ജൂൺ|iyun|iyn ജൂലൈ|iyul|iyl ഓഗസ്റ്റ്|ഓഗ|avqust|avq "
          "സെപ്റ്റംബർ|സെപ്റ്റം|sentyabr|sen ഒക്‌ടോബർ|ഒക്ടോ|oktyabr|okt നവംബർ|നവം|noyabr|noy "
          "ഡിസംബർ|ഡിസം|dekabr|dek",
    "mr": "जानेवारी|जाने|yanvar|yan फेब्रुवारी|फेब्रु|fevral|fev मार्च|mart|mar एप्रिल|एप्रि|aprel|apr "
          "मे|may जून|iyun|iyn जुलै|iyul|iyl ऑगस्ट|ऑग|avqust|avq सप्टेंबर|सप्टें|sentyabr|sen "
          "ऑक्टोबर|ऑक्टो|oktyabr|okt नोव्हेंबर|नोव्हें|noyabr|noy डिसेंबर|डिसें|dekabr|dek",
    "gu": "જાન્યુઆરી|જાન્યુ|yanvar|yan ફેબ્રુઆરી|ફેબ્રુ|fevral|fev માર્ચ|mart|mar એપ્રિલ|aprel|apr "
          "મે|may જૂન|iyun|iyn જુલાઈ|iyul|iyl ઑગસ્ટ|avqust|avq સપ્ટેમ્બર|સપ્ટે|sentyabr|sen "
          "ઑક્ટોબર|ઑક્ટો|oktyabr|okt નવેમ્બર|નવે|noyabr|noy ડિસેમ્બર|ડિસે|dekabr|dek",
    "pa": "ਜਨਵਰੀ|ਜਨ|yanvar|yan ਫ਼ਰਵਰੀ|ਫ਼ਰ|fevral|fev ਮਾਰਚ|mart|mar ਅਪ੍ਰੈਲ|ਅਪ੍ਰੈ|aprel|apr ਮਈ|may "
          "ਜੂਨ|iyun|iyn ਜੁਲਾਈ|ਜੁਲਾ|iyul|iyl ਅਗਸਤ|ਅਗ|avqust|avq ਸਤੰਬਰ|ਸਤੰ|sentyabr|sen "
          "ਅਕਤੂਬਰ|ਅਕਤੂ|oktyabr|okt ਨਵੰਬਰ|ਨਵੰ|noyabr|noy ਦਸੰਬਰ|ਦਸੰ|dekabr|dek",
    "ne": "जनवरी|yanvar|yan फेब्रुअरी|fevral|fev मार्च|mart|mar अप्रिल|aprel|apr मे|may जुन|iyun|iyn "
          "जुलाई|iyul|iyl अगस्ट|avqust|avq सेप्टेम्बर|sentyabr|sen अक्टोबर|oktyabr|okt "
          "नोभेम्बर|noyabr|noy डिसेम्बर|dekabr|dek",
    "si": "ජනවාරි|ජන|yanvar පෙබරවාරි|පෙබ|fevral මාර්තු|mart|මාර් අප්‍රේල්|aprel මැයි|may ජූනි|iyun "
          "ජූලි|iyul අගෝස්තු|අගෝ|avqust සැප්තැම්බර්|සැප්|sentyabr ඔක්තෝබර්|ඔක්|oktyabr "
          "නොවැම්බර්|නොවැ|noyabr දෙසැම්බර්|දෙසැ|dekabr",
    "th": "มกราคม|ม.ค|yanvar|yan กุมภาพันธ์|ก.พ|fevral|fev มีนาคม|มี.ค|mart|mar เมษายน|เม.ย|aprel|apr "
          "พฤษภาคม|พ.ค|may มิถุนายน|มิ.ย|iyun|iyn กรกฎาคม|ก.ค|iyul|iyl สิงหาคม|ส.ค|avqust|avq "
          "กันยายน|ก.ย|sentyabr|sen ตุลาคม|ต.ค|oktyabr|okt พฤศจิกายน|พ.ย|noyabr|noy "
          "ธันวาคม|ธ.ค|dekabr|dek",
    "lo": "ມັງກອນ|ມ.ກ|yanvar|yan ກຸມພາ|ກ.ພ|fevral|fev ມີນາ|ມ.ນ|mart|mar ເມສາ|ມ.ສ|aprel|apr "
          "ພຶດສະພາ|ພ.ພ|may ມິຖຸນາ|ມິ.ຖ|iyun|iyn ກໍລະກົດ|ກ.ລ|iyul|iyl ສິງຫາ|ສ.ຫ|avqust|avq "
          "ກັນຍາ|ກ.ຍ|sentyabr|sen ຕຸລາ|ຕ.ລ|oktyabr|okt ພະຈິກ|ພ.ຈ|noyabr|noy ທັນວາ|ທ.ວ|dekabr|dek",
    "my": "ဇန်နဝါရီ|ဇန်|yanvar|yan ဖေဖော်ဝါရီ|ဖေ|fevral|fev မတ်|mart|mar ဧပြီ|aprel|apr မေ|may "
          "ဇွန်|iyun|iyn ဇူလိုင်|ဇူ|iyul|iyl ဩဂုတ်|avqust|avq စက်တင်ဘာ|စက်|sentyabr|sen "
          "အောက်တိုဘာ|အောက်|oktyabr|okt နိုဝင်ဘာ|နို|noyabr|noy ဒီဇင်ဘာ|ဒီ|dekabr|dek",
    "km": "មករា|yanvar|yan កុម្ភៈ|fevral|fev មីនា|mart|mar មេសា|aprel|apr ឧសភា|may មិថុនា|iyun|iyn "
          "កក្កដា|iyul|iyl សីហា|avqust|avq កញ្ញា|sentyabr|sen តុលា|oktyabr|okt វិច្ឆិកា|noyabr|noy "
          "ធ្នូ|dekabr|dek",
    "id": "januari|jan|yanvar|yan februari|feb|fevral|fev maret|mar|mart april|apr|aprel mei|may "
          "juni|jun|iyun|iyn juli|jul|iyul|iyl agustus|agu|avqust|avq september|sep|sentyabr|sen "
          "oktober|okt|oktyabr november|nov|noyabr|noy desember|des|dekabr|dek",
    "ms": "januari|jan|yanvar|yan februari|feb|fevral|fev mac|mart|mar april|apr|aprel mei|may "
          "jun|iyun|iyn julai|jul|iyul|iyl ogos|ogo|avqust|avq september|sep|sentyabr|sen "
          "oktober|okt|oktyabr november|nov|noyabr|noy disember|dis|dekabr|dek",
    "fil": "enero|ene|yanvar|yan pebrero|peb|fevral|fev marso|mar|mart abril|abr|aprel|apr mayo|may "
          "hunyo|hun|iyun|iyn hulyo|hul|iyul|iyl agosto|ago|avqust|avq setyembre|set|sentyabr|sen "
          "oktubre|okt|oktyabr nobyembre|nob|noyabr|noy disyembre|dis|dekabr|dek",
    "sw": "januari|jan|yanvar|yan februari|feb|fevral|fev machi|mac|mart|mar aprili|apr|aprel mei|may "
          "juni|jun|iyun|iyn julai|jul|iyul|iyl agosti|ago|avqust|avq septemba|sep|sentyabr|sen "
          "oktoba|okt|oktyabr novemba|nov|noyabr|noy desemba|des|dekabr|dek",
    "ha": "janairu|jan|yanvar|yan faburairu|fab|fevral|fev maris|mar|mart afirilu|afi|aprel|apr "
          "mayu|may yuni|yun|iyun|iyn yuli|yul|iyul|iyl agusta|agu|avqust|avq satumba|sat|sentyabr|sen "
          "oktoba|okt|oktyabr nuwamba|nuw|noyabr|noy disamba|dis|dekabr|dek",
    "yo": "oṣù_ṣẹ́rẹ́|yanvar oṣù_èrèlè|fevral oṣù_ẹrẹ̀nà|mart oṣù_ìgbé|aprel oṣù_ẹ̀bibi|may "
          "oṣù_òkúdu|iyun oṣù_agẹmọ|iyul oṣù_ògún|avqust oṣù_owewe|sentyabr oṣù_ọ̀wàrà|oktyabr "
          "oṣù_bélú|noyabr oṣù_ọ̀pẹ̀|dekabr",
    "ig": "jenụwarị|jen|yan febrụwarị|feb|fev maachị|maa|mar epreel|epr|apr mee|may jun|juu|iyn "
          "julaị|jul|iyl ọgọọst|ọgọ|avq septemba|sep|sen ọktoba|ọkt|okt novemba|nov|noy disemba|dis|dek",
    "so": "janaayo|jan|jannaayo|yan febraayo|feb|fev maarso|mar abriil|abr|apr maayo|may juun|jun|iyn "
          "luulyo|lul|iyl agosto|ogs|ogosto|avq sebtembar|seb|sebteembar|sen oktoobar|okt "
          "noofeembar|nof|noy diseembar|dis|dek",
    "am": "ጃንዋሪ|ጃን|yanvar|yan ፌብሩዋሪ|ፌብ|fevral|fev ማርች|mart|mar ኤፕሪል|ኤፕሪ|aprel|apr ሜይ|may ጁን|iyun|iyn "
          "ጁላይ|iyul|iyl ኦገስት|ኦገስ|avqust|avq ሴፕቴምበር|ሴፕቴ|sentyabr|sen ኦክቶበር|ኦክቶ|oktyabr|okt "
          "ኖቬምበር|ኖቬም|noyabr|noy ዲሴምበር|ዲሴም|dekabr|dek",
    "zu": "januwari|jan|yanvar|yan februwari|feb|fevral|fev mashi|mas|mart|mar ephreli|eph|aprel|apr "
          "meyi|mey|may juni|jun|iyun|iyn julayi|jul|iyul|iyl agasti|aga|avqust|avq "
          "septhemba|sep|sentyabr|sen okthoba|okt|oktyabr novemba|nov|noyabr|noy disemba|dis|dekabr|dek",
    "xh": "janyuwari|jan februwari|feb matshi|mat epreli|epr meyi|mey juni|jun julayi|jul agasti|aga "
          "septemba|sept|sep okthobha|okt|okthoba novemba|nov disemba|dis",
    "af": "januarie|jan|yanvar|yan februarie|feb|fevral|fev maart|mrt|mart|mar april|apr|aprel mei|may "
          "junie|jun|iyun|iyn julie|jul|iyul|iyl augustus|aug|avqust|avq september|sep|sentyabr|sen "
          "oktober|okt|oktyabr november|nov|noyabr|noy desember|des|dekabr|dek",
    "eu": "urtarrila|urt|yanvar|yan otsaila|ots|fevral|fev martxoa|mar|mart apirila|api|aprel|apr "
          "maiatza|mai|may ekaina|eka|iyun|iyn uztaila|uzt|iyul|iyl abuztua|abu|avqust|avq "
          "iraila|ira|sentyabr|sen urria|urr|oktyabr|okt azaroa|aza|noyabr|noy abendua|abe|dekabr|dek",
    "ca": "de_gener|de_gen|gener|gen de_febrer|de_febr|febrer|febr de_març|març d’abril|d’abr|abril|abr "
          "de_maig|maig de_juny|juny de_juliol|de_jul|juliol|jul d’agost|d’ag|agost|ag "
          "de_setembre|de_set|setembre|set d’octubre|d’oct|octubre|oct de_novembre|de_nov|novembre|nov "
          "de_desembre|de_des|desembre|des",
    "gl": "xaneiro|xan|yanvar|yan febreiro|feb|fevral|fev marzo|mar|mart abril|abr|aprel|apr maio|may "
          "xuño|iyun|iyn xullo|xul|iyul|iyl agosto|ago|avqust|avq setembro|set|sentyabr|sen "
          "outubro|out|oktyabr|okt novembro|nov|noyabr|noy decembro|dec|dekabr|dek",
    "cy": "ionawr|ion|yanvar chwefror|chwef|fevral|chw mawrth|maw|mart ebrill|ebr|aprel mai|may "
          "mehefin|meh|iyun gorffennaf|gorff|iyul|gor awst|avqust medi|sentyabr hydref|hyd|oktyabr "
          "tachwedd|tach|noyabr rhagfyr|rhag|dekabr",
    "ga": "eanáir|ean|yanvar|yan feabhra|feabh|fevral|fev márta|mart|mar aibreán|aib|aprel|apr "
          "bealtaine|beal|may meitheamh|meith|iyun|iyn iúil|iyul|iyl lúnasa|lún|avqust|avq "
          "meán_fómhair|mfómh|sentyabr|sen deireadh_fómhair|dfómh|oktyabr|okt samhain|samh|noyabr|noy "
          "nollaig|noll|dekabr|dek",
    "mt": "jannar|jan|yanvar|yan frar|fra|fevral|fev marzu|mar|mart april|apr|aprel mejju|mej|may "
          "ġunju|ġun|iyun|iyn lulju|lul|iyul|iyl awwissu|aww|avqust|avq settembru|set|sentyabr|sen "
          "ottubru|ott|oktyabr|okt novembru|nov|noyabr|noy diċembru|diċ|dekabr|dek",
    "mn": "нэгдүгээр_сар|yan хоёрдугаар_сар|fev гуравдугаар_сар|mar дөрөвдүгээр_сар|apr "
          "тавдугаар_сар|may зургаадугаар_сар|iyn долоодугаар_сар|iyl наймдугаар_сар|avq "
          "есдүгээр_сар|sen аравдугаар_сар|okt арван_нэгдүгээр_сар|noy арван_хоёрдугаар_сар|dek",
    "kn": "ಜನವರಿ ಫೆಬ್ರವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್",
    "or": "ଜାନୁଆରୀ ଫେବୃଆରୀ ମାର୍ଚ୍ଚ ଅପ୍ରେଲ ମଇ ଜୁନ ଜୁଲାଇ ଅଗଷ୍ଟ ସେପ୍ଟେମ୍ବର ଅକ୍ଟୋବର ନଭେମ୍ବର ଡିସେମ୍ବର",
    "as": "জানুৱাৰী ফেব্ৰুৱাৰী মাৰ্চ এপ্ৰিল মে’ জুন জুলাই আগষ্ট ছেপ্তেম্বৰ অক্টোবৰ নৱেম্বৰ ডিচেম্বৰ",
    "ku": "rêbendan sibat adar nîsan gulan hezîran tîrmeh tebax îlon cotmeh mijdar berfanbar",
    "ckb": "کانوونی_دووەم شوبات ئازار نیسان ئایار حوزەیران تەمووز ئاب ئەیلوول تشرینی_یەکەم تشرینی_دووەم "
          "کانونی_یەکەم",
    "tk": "ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr",
    "tt": "гыйнвар февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ba": "ғинуар февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "cv": "кӑрлач нарӑс пуш ака ҫу ҫӗртме утӑ ҫурла авӑн юпа чӳк раштав",
    "ug": "يانۋار فېۋرال مارت ئاپرېل ماي ئىيۇن ئىيۇل ئاۋغۇست سېنتەبىر ئۆكتەبىر نويابىر دېكابىر",
    "om": "amajjii guraandhala bitootessa eebila caamsaa waxabajjii adoolessa hagayya fulbaana onkoloolessa "
          "sadaasa mudde",
    "ti": "ጥሪ ለካቲት መጋቢት ሚያዝያ ጉንበት ሰነ ሓምለ ነሓሰ መስከረም ጥቅምቲ ሕዳር ታሕሳስ",
    "mg": "janoary febroary martsa aprily mey jona jolay aogositra septambra oktobra novambra desambra",
    "lb": "januar februar mäerz abrëll mee juni juli august september oktober november dezember",
    "fy": "jannewaris febrewaris maart april maaie juny july augustus septimber oktober novimber desimber",
    "rm": "schaner favrer mars avrigl matg zercladur fanadur avust settember october november december",
    "oc": "genièr febrièr març abril mai junh julhet agost setembre octòbre novembre decembre",
    "gd": "fhaoilleach|faoilleach ghearran|gearran mhàrt|màrt ghiblean|giblean chèitean|cèitean ògmhios iuchar "
          "lùnastal t-sultain|sultain dàmhair t-samhain|samhain dùbhlachd",
    "hsb": "januara|januar februara|februar měrca|měrc apryla|apryl meje|meja junija|junij julija|julij "
          "awgusta|awgust septembra|september oktobra|oktober nowembra|nowember decembra|december",
    "eo": "januaro februaro marto aprilo majo junio julio aŭgusto septembro oktobro novembro decembro",
    "sn": "ndira kukadzi kurume kubvumbi chivabvu chikumi chikunguru nyamavhuvhu gunyana gumiguru mbudzi zvita",
    "st": "pherekgong hlakola hlakubele mmesa motsheanong phupjane phupu phato lwetse mphalane pudungwana "
          "tshitwe",
    "tn": "ferikgong tlhakole mopitlo moranang motsheganong seetebosigo phukwi phatwe lwetse diphalane "
          "ngwanatsele sedimonthole",
    "lg": "janwaliyo febwaliyo marisi apuli maayi juuni julaayi agusito sebuttemba okitobba novemba desemba",
    "sd": "جنوري فيبروري مارچ اپريل مئي جون جولاءِ آگسٽ سيپٽمبر آڪٽوبر نومبر ڊسمبر",
    "yi": "יאַנואַר פֿעברואַר מערץ אַפּריל מיי יוני יולי אויגוסט סעפּטעמבער אקטאבער נאוועמבער דעצעמבער",
    "su": "januari pébruari maret april méi juni juli agustus séptémber oktober nopémber désémber",
    "ht": "janvye fevriye mas avril me - jiyè - septanm oktòb novanm desanm",
}

# Other spellings of the press, and the cases that stand in dates; a dash where there is none.
SPELLINGS = {
    "bn": "জানুয়ারি ফেব্রুয়ারি - - - - - আগষ্ট - - - -",
    "hi": "- फरवरी - - - - - - सितम्बर अक्तूबर नवम्बर दिसम्बर",
    "ta": "- பெப்ரவரி - - - யூன் யூலை ஆகஸ்டு செப்டெம்பர் ஒக்டோபர் நவெம்பர் டிசெம்பர்",
    "te": "- - - - - - జూలై ఆగష్టు సెప్టెంబరు అక్టోబరు నవంబరు డిసెంబరు",
    "ml": "- - - - മെയ് - ജൂലായ് ആഗസ്റ്റ് സെപ്തംബർ ഒക്ടോബർ - -",
    "gu": "- - - - - - - ઓગસ્ટ સપ્ટેમ્બર ઓક્ટોબર - -",
    "mr": "- फेब्रुवारी - - - - - - - - - -",
    "ne": "- फेब्रुवरी - अप्रील मई जून - - - - - -",
    "ar": "كانون_ثاني|يناير_كانون_الثاني فبراير_شباط|شباط_فبراير مارس_آذار|اذار ابريل|إبريل|أبريل_نيسان|افريل "
          "مايو_أيار|ايار يونيو_حزيران|يونية يوليو_تموز|يوليه|يولية اغسطس|أغسطس_آب|غشت سبتمبر_أيلول|شتنبر|ايلول "
          "اكتوبر|أكتوبر_تشرين_الأول|تشرين_أول نوفمبر_تشرين_الثاني|نونبر|تشرين_ثاني ديسمبر_كانون_الأول|دجنبر|كانون_أول",
    "fa": "جنوری|جنوري فبروری|فوریه مارچ اپریل می جون جولای آگست|آگوست|اگست سپتمبر اکتوبر نومبر دسمبر",
    "ps": "- - - - می|مې - جولاي آګست - - - -",
    "ur": "- - - - - - - - - - - -",
    "he": "- - מרס - - - - - - - - -",
    "eu": "urtarrilaren otsailaren martxoaren apirilaren maiatzaren ekainaren uztailaren abuztuaren irailaren urriaren "
          "azaroaren abenduaren",
    "lv": "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    "ka": "იანვარს თებერვალს მარტს აპრილს მაისს ივნისს ივლისს აგვისტოს სექტემბერს ოქტომბერს ნოემბერს დეკემბერს",
    "kk": "қаңтары ақпаны наурызы сәуірі мамыры маусымы шілдесі тамызы қыркүйегі қазаны қарашасы желтоқсаны",
    "sr": "јануара|januara фебруара|februara марта|marta априла|aprila маја|maja јуна|juna|јуни|juni "
          "јула|jula|јули|juli августа|avgusta септембра|septembra октобра|oktobra новембра|novembra децембра|decembra",
    "bs": "januara februara marta aprila maja juna jula augusta|avgust|avgusta septembra oktobra novembra decembra",
    "mk": "- - - - - - - - септември - - -",
    "es": "- - - - - - - - setiembre|sep|set - - -",
    "uz": "январ феврал март апрел май июн июл август сентябр|sentyabr октябр|oktyabr ноябр|noyabr декабр|dekabr",
    "vi": "tháng_một tháng_hai tháng_ba tháng_tư tháng_năm tháng_sáu tháng_bảy tháng_tám tháng_chín tháng_mười "
          "tháng_mười_một tháng_mười_hai",
}


def month_number(name: str, language: str | None = None) -> int | None:
    """Give the number of a month by its name; None if no language, or languages that disagree, know it.

    The language of the page goes first: *listopad* is October in Croatian and November in Polish and Czech. A name
    that nobody knows is looked up once more without its accents: capitals often lack them.
    """
    name = unicodedata.normalize("NFC", name.casefold().replace("i\u0307", "i").strip(". "))
    own = _BY_LANGUAGE.get((language or "").split("-")[0].lower(), {})
    numbers = {own[name]} if name in own else _BY_NAME.get(name) or _BY_PLAIN_NAME.get(_plain(name), set())
    return next(iter(numbers)) if len(numbers) == 1 else None


def _plain(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))


def _read(groups: str) -> dict[str, int]:
    return {unicodedata.normalize("NFC", name.replace("_", " ")): number
            for number, group in enumerate(groups.split(" "), start=1) for name in group.split("|") if name != "-"}


def _collect(names: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    numbers: dict[str, set[int]] = {}
    for name, number in names:
        numbers.setdefault(name, set()).add(number)
    return numbers


_BY_LANGUAGE = {language: _read(SPELLINGS.get(language, "-")) | _read(groups)
                for language, groups in MONTHS_BY_LANGUAGE.items()}
_BY_NAME = _collect(entry for names in _BY_LANGUAGE.values() for entry in names.items())
_BY_PLAIN_NAME = _collect((_plain(name), number) for name, numbers in _BY_NAME.items() for number in numbers)

"""The names of the weekdays, long and short, in lower case, from CLDR (Unicode licence)."""

# Each language: seven groups, Monday first, parted by spaces; names of one group by bars; an underscore is a space.
WEEKDAYS_BY_LANGUAGE = {
    "en": "monday|mon tuesday|tue wednesday|wed thursday|thu friday|fri saturday|sat sunday|sun",
    "de": "montag|mo dienstag|di mittwoch|mi donnerstag|do freitag|fr samstag|sa sonntag|so",
    "fr": "lundi|lun mardi|mar mercredi|mer jeudi|jeu vendredi|ven samedi|sam dimanche|dim",
    "es": "lunes|lun martes|mar miércoles|mié jueves|jue viernes|vie sábado|sáb domingo|dom",
    "it": "lunedì|lun martedì|mar mercoledì|mer giovedì|gio venerdì|ven sabato|sab domenica|dom",
    "pt": "segunda-feira|seg terça-feira|ter quarta-feira|qua quinta-feira|qui sexta-feira|sex "
          "sábado|sáb domingo|dom",
    "nl": "maandag|ma dinsdag|di woensdag|wo donderdag|do vrijdag|vr zaterdag|za zondag|zo",
    "da": "mandag|man tirsdag|tirs onsdag|ons torsdag|tors fredag|fre lørdag|lør søndag|søn",
    "sv": "måndag|mån tisdag|tis onsdag|ons torsdag|tors fredag|fre lördag|lör söndag|sön",
    "nb": "mandag|man tirsdag|tir onsdag|ons torsdag|tor fredag|fre lørdag|lør søndag|søn",
    "fi": "maanantaina|ma|maanantai tiistaina|ti|tiistai keskiviikkona|ke|keskiviikko "
          "torstaina|to|torstai perjantaina|pe|perjantai lauantaina|la|lauantai sunnuntai|su",
    "is": "mánudagur|mán þriðjudagur|þri miðvikudagur|mið fimmtudagur|fim föstudagur|fös "
          "laugardagur|lau sunnudagur|sun",
    "et": "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev",
    "lv": "pirmdiena|pirmd otrdiena|otrd trešdiena|trešd ceturtdiena|ceturtd piektdiena|piektd "
          "sestdiena|sestd svētdiena|svētd",
    "lt": "pirmadienis|pr antradienis|an trečiadienis|tr ketvirtadienis|kt penktadienis|pn "
          "šeštadienis|št sekmadienis|sk",
    "pl": "poniedziałek|pon wtorek|wt środa|śr czwartek|czw piątek|pt sobota|sob niedziela|niedz",
    "cs": "pondělí|po úterý|út středa|st čtvrtek|čt pátek|pá sobota|so neděle|ne",
    "sk": "pondelok|po utorok|ut streda|st štvrtok|št piatok|pi sobota|so nedeľa|ne",
    "sl": "ponedeljek|pon torek|tor sreda|sre četrtek|čet petek|pet sobota|sob nedelja|ned",
    "hr": "ponedjeljak|pon utorak|uto srijeda|sri četvrtak|čet petak|pet subota|sub nedjelja|ned",
    "bs": "ponedjeljak|pon utorak|uto srijeda|sri četvrtak|čet petak|pet subota|sub nedjelja|ned",
    "sr": "понедељак|пон уторак|уто среда|сре четвртак|чет петак|пет субота|суб недеља|нед",
    "mk": "понеделник|пон вторник|вто среда|сре четврток|чет петок|пет сабота|саб недела|нед",
    "bg": "понеделник|пн вторник|вт сряда|ср четвъртък|чт петък|пт събота|сб неделя|нд",
    "ru": "понедельник|пн вторник|вт среда|ср четверг|чт пятница|пт суббота|сб воскресенье|вс",
    "uk": "понеділок|пн вівторок|вт середа|ср четвер|чт пʼятниця|пт субота|сб неділя|нд",
    "be": "панядзелак|пн аўторак|аў серада|ср чацвер|чц пятніца|пт субота|сб нядзеля|нд",
    "sq": "e_hënë|hën e_martë|mar e_mërkurë|mër e_enjte|enj e_premte|pre e_shtunë|sht e_diel|die",
    "ro": "luni|lun marți|mar miercuri|mie joi vineri|vin sâmbătă|sâm duminică|dum",
    "hu": "hétfő kedd szerda|sze csütörtök|cs péntek szombat|szo vasárnap",
    "el": "δευτέρα|δευ τρίτη|τρί τετάρτη|τετ πέμπτη|πέμ παρασκευή|παρ σάββατο|σάβ κυριακή|κυρ",
    "tr": "pazartesi|pzt salı|sal çarşamba|çar perşembe|per cuma|cum cumartesi|cmt pazar|paz",
    "az": "bazar_ertəsi|b.e çərşənbə_axşamı|ç.a çərşənbə cümə_axşamı|c.a cümə şənbə bazar",
    "kk": "дүйсенбі|дс сейсенбі|сс сәрсенбі|ср бейсенбі|бс жұма|жм сенбі|сб жексенбі|жс",
    "uz": "dushanba|dush seshanba|sesh chorshanba|chor payshanba|pay juma|jum shanba|shan "
          "yakshanba|yak",
    "ky": "дүйшөмбү|дүй шейшемби|шейш шаршемби|шарш бейшемби|бейш жума ишемби|ишм жекшемби|жек",
    "tg": "душанбе|дшб сешанбе|сшб чоршанбе|чшб панҷшанбе|пшб ҷумъа|ҷмъ шанбе|шнб якшанбе|яшб",
    "hy": "երկուշաբթի|երկ երեքշաբթի|երք չորեքշաբթի|չրք հինգշաբթի|հնգ ուրբաթ|ուր շաբաթ|շբթ կիրակի|կիր",
    "ka": "ორშაბათი|ორშ სამშაბათი|სამ ოთხშაბათი|ოთხ ხუთშაბათი|ხუთ პარასკევი|პარ შაბათი|შაბ კვირა|კვი",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "fa": "دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه",
    "ur": "پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار",
    "ps": "دونۍ درېنۍ څلرنۍ پينځنۍ جمعه اونۍ يونۍ",
    "he": "יום_שני|יום_ב׳ יום_שלישי|יום_ג׳ יום_רביעי|יום_ד׳ יום_חמישי|יום_ה׳ יום_שישי|יום_ו׳ "
          "יום_שבת|שבת יום_ראשון|יום_א׳",
    "hi": "सोमवार|सोम मंगलवार|मंगल बुधवार|बुध गुरुवार|गुरु शुक्रवार|शुक्र शनिवार|शनि रविवार|रवि",
    "bn": "সোমবার|সোম মঙ্গলবার|মঙ্গল বুধবার|বুধ বৃহস্পতিবার|বৃহস্পতি শুক্রবার|শুক্র শনিবার|শনি "
          "রবিবার|রবি",
    "ta": "திங்கள்|திங் செவ்வாய்|செவ் புதன்|புத வியாழன்|வியா வெள்ளி|வெள் சனி ஞாயிறு|ஞாயி",
    "te": "సోమవారం|సోమ మంగళవారం|మంగళ బుధవారం|బుధ గురువారం|గురు శుక్రవారం|శుక్ర శనివారం|శని "
          "ఆదివారం|ఆది",
    "ml": "തിങ്കളാഴ്‌ച|തിങ്കൾ ചൊവ്വാഴ്ച|ചൊവ്വ|ചൊവ്വാഴ്‌ച ബുധനാഴ്‌ച|ബുധൻ വ്യാഴാഴ്‌ച|വ്യാഴം "
          "വെള്ളിയാഴ്‌ച|വെള്ളി ശനിയാഴ്‌ച|ശനി ഞായറാഴ്‌ച|ഞായർ",
    "mr": "सोमवार|सोम मंगळवार|मंगळ बुधवार|बुध गुरुवार|गुरु शुक्रवार|शुक्र शनिवार|शनि रविवार|रवि",
    "gu": "સોમવાર|સોમ મંગળવાર|મંગળ બુધવાર|બુધ ગુરુવાર|ગુરુ શુક્રવાર|શુક્ર શનિવાર|શનિ રવિવાર|રવિ",
    "pa": "ਸੋਮਵਾਰ|ਸੋਮ ਮੰਗਲਵਾਰ|ਮੰਗਲ ਬੁੱਧਵਾਰ|ਬੁੱਧ ਵੀਰਵਾਰ|ਵੀਰ ਸ਼ੁੱਕਰਵਾਰ|ਸ਼ੁੱਕਰ ਸ਼ਨਿੱਚਰਵਾਰ|ਸ਼ਨਿੱਚਰ "
          "ਐਤਵਾਰ|ਐਤ",
    "ne": "सोमबार|सोम मङ्गलबार|मङ्गल बुधबार|बुध बिहिबार|बिहि शुक्रबार|शुक्र शनिबार|शनि आइतबार|आइत",
    "si": "සඳුදා අඟහරුවාදා|අඟහ බදාදා බ්‍රහස්පතින්දා|බ්‍රහස් සිකුරාදා|සිකු සෙනසුරාදා|සෙන ඉරිදා",
    "th": "วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี|พฤ วันศุกร์ วันเสาร์ วันอาทิตย์|อา",
    "lo": "ວັນຈັນ|ຈັນ ວັນອັງຄານ|ອັງຄານ ວັນພຸດ|ພຸດ ວັນພະຫັດ|ພະຫັດ ວັນສຸກ|ສຸກ ວັນເສົາ|ເສົາ "
          "ວັນອາທິດ|ອາທິດ",
    "my": "တနင်္လာ အင်္ဂါ ဗုဒ္ဓဟူး ကြာသပတေး သောကြာ စနေ တနင်္ဂနွေ",
    "km": "ច័ន្ទ|ចន្ទ អង្គារ ពុធ ព្រហស្បតិ៍|ព្រហ សុក្រ សៅរ៍ អាទិត្យ",
    "id": "senin|sen selasa|sel rabu|rab kamis|kam jumat|jum sabtu|sab minggu|min",
    "ms": "isnin|isn selasa|sel rabu|rab khamis|kha jumaat|jum sabtu|sab ahad|ahd",
    "fil": "lunes|lun martes|mar miyerkules|miy huwebes|huw biyernes|biy sabado|sab linggo|lin",
    "sw": "jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili",
    "ha": "litinin|lit talata|tal laraba|lar alhamis|alh jummaʼa|jum asabar|asa lahadi|lah",
    "yo": "ọjọ́_ajé|ajé ọjọ́_ìsẹ́gun|ìsẹ́gun ọjọ́rú ọjọ́bọ ọjọ́_ẹtì|ẹtì ọjọ́_àbámẹ́ta|àbámẹ́ta "
          "ọjọ́_àìkú|àìkú",
    "ig": "mọnde|mọn tiuzdee|tiu wenezdee|wen tọọzdee|tọọ fraịdee|fraị satọdee|sat sọndee|sọn",
    "so": "isniin|isn talaado|tldo arbaco|arbc khamiis|khms jimco|jmc sabti|sbti axad|axd",
    "am": "ሰኞ ማክሰኞ|ማክሰ ረቡዕ ሐሙስ ዓርብ ቅዳሜ እሑድ",
    "vi": "thứ_hai|th_2 thứ_ba|th_3 thứ_tư|th_4 thứ_năm|th_5 thứ_sáu|th_6 thứ_bảy|th_7 chủ_nhật|cn",
    "zh": "星期一|周一 星期二|周二 星期三|周三 星期四|周四 星期五|周五 星期六|周六 星期日|周日",
    "ja": "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
    "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
    "mn": "даваа|да мягмар|мя лхагва|лх пүрэв|пү баасан|ба бямба|бя ням|ня",
    "ga": "dé_luain|luan dé_máirt|máirt dé_céadaoin|céad déardaoin|déar dé_haoine|aoine "
          "dé_sathairn|sath dé_domhnaigh|domh",
    "cy": "dydd_llun|llun dydd_mawrth|maw dydd_mercher|mer dydd_iau|iau dydd_gwener|gwen|gwe "
          "dydd_sadwrn|sad dydd_sul|sul",
    "ca": "dilluns|dl dimarts|dt dimecres|dc dijous|dj divendres|dv dissabte|ds diumenge|dg",
    "eu": "astelehena|al asteartea|ar asteazkena|az osteguna|og ostirala|or larunbata|lr igandea|ig",
    "gl": "luns martes|mar mércores|mér xoves|xov venres|ven sábado|sáb domingo|dom",
    "mt": "it-tnejn|tne it-tlieta|tli l-erbgħa|erb il-ħamis|ħam il-ġimgħa|ġim is-sibt|sib il-ħadd|ħad",
}

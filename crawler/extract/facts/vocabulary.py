"""The words that bylines are made of, in many languages: what stands before names, joins them, and is none.

Each list is a text of words parted by white space; an underscore stands for a space inside one; regular expressions
are allowed. General words only: no name of a site.
"""


def any_of(words: str) -> str:
    """Build the expression that matches any of the words, the longest first."""
    return "(?:" + "|".join(sorted(words.replace("_", r"\s").split(), key=len, reverse=True)) + ")"


# "Kommentar von Jane Doe", "Words by", "Eine Analyse von"
KINDS = any_of(r"""
    photos?_and_story story_and_photos? text_and_photos? words_and_pictures text_und_fotos?
    story text words written reported reporting posted published authored created reviewed article analysis opinion
    review interview commentary column essay guest_post kommentar analyse gastbeitrag kolumne bericht reportage
    porträt glosse (?:ein|eine)_\w{3,20} propos_recueillis un_article testo texto tekst
    """)
BY = any_of("by von vom par por door przez oleh nga di af av laporan")
# "Author: Jane Doe", "Текст: ...", "記者：..."
LABELS = any_of(r"""
    by von par por door przez oleh nga af av (?:the_)?authors? contributors? writer reporter editor words source
    autor(?:en|in|es|a|ka|zy|/in|in/autor)? auteure?s? autore autori автор(?:ы|и)? текст tekst text testo texto teks
    penulis yazar yazan haber kirjoittaja szerző escrito_por skrevet_av skriven_av skrevet_af redaktion redacción
    fuente foto 文 記者 记者 作者 著者 筆者 撰文 編輯 기자 글 بقلم کاتب نویسنده كتب كتبت
    """)
# As a shared link's card labels the author: "Written by"
WRITTEN_BY = any_of("""
    written_by author geschrieben_von verfasst_von écrit_par auteur escrito_por autor scritto_da geschreven_door
    napisane_przez skrevet_av skriven_av yazan автор написано ditulis_oleh 作者 執筆者
    """)
# What parts a byline's writers from those who did something else
OTHERS_WORK = any_of(r"""
    (?:with_)?(?:additional_)?contributions?_(?:from|by) contributors? additional_reporting_by edited_by editing_by
    (?:medically_|peer_)?reviewed_by fact[\s-]checked_by checked_by photos?_by photography_by photographs_by pictures_by
    illustrat(?:ions?|ed)_by translated_by redigert_av fotos?:? foto_von bearbeitet_von übersetzt_von photos?_de
    traduit_par illustration_de editado_por fotos_de traducido_por fotos_por foto_di foto's_van редактор фото перевод
    """)
AND = any_of("and und et y e i en og och ja ve и та і και dan dhe a with mit con avec")
ROLES = any_of(r"""
    senior junior chief deputy assistant associate managing executive staff contributing freelance special guest
    political foreign diplomatic sports? business news national international digital lead investigative former
    opinion tech(?:nology)? health science white_house washington europe defen[cs]e security economics?
    editor(?:ial)?s? reporters? correspondents? writers? contributors? journalists? columnists? producers? analysts?
    bureau desk editor-in-chief in chief at large director author redakt(?:eur|ør|ör|or)\w* korrespondent\w*
    reporter\w* autor(?:in)? journalist\w* journaliste correspondante? periodista corresponsal redactora? giornalista
    redazione inviat[oa] enviad[oa] especial jornalista repórter kontributor корреспондент обозреватель журналист
    редактор md m\.d phd ph\.d dr msc? ma mba rdn? ld rn jd esq cfp cpa cscs mph bsc?
    """)
# A noun that a role, an outlet or a button has, and a full name has not.
COMMON_NOUNS = any_of(r"""
    officers? head chief vice manager secretary minister ambassador fellow scholar researcher scientist engineer
    economist strategist advis[eo]r member senator dean chair(?:man|woman)? consultants? experts? specialists?
    educators? gardeners? attorneys? lawyers? professors? coach trainers? (?:co-?)?founders? ceo president
    institute? instituto university universität université college center centre reports? times news\w* post
    magazine press media teams? group content agency company inc llc ltd gmbh foundation association department
    ministry office studios? network journal gazette herald tribune zeitung redaktion redazione redacción rédaction
    redakcja staff service editor\w* reporters? correspondents? writers? contributors? journalists? producers?
    analysts? directors? view more posts? profile follow read learn articles? stories updated published written
    share comments? min minutes? subscribe sign log home about contact all our your this photo\w* credit image getty
    advertise\w* disclosure contents by live events? ended breaking exclusive videos?
    """)
NO_NAMES = any_of(r"""
    admin administrator web_?master editor staff author unknown none null undefined anonymous guest by user root false
    true share follow redaktion about_the_author read_more more home contact profile twitter facebook email
    """)
AGENCIES = any_of(r"""
    associated_press (?:thomson_)?reuters agence_france[\s-]?presse deutsche_presse[\s-]?agentur agencia_efe
    europa_press тасс интерфакс риа_новости ria_novosti xinhua
    新华社 新華社 bloomberg(?:_news)? united_press_international
    pa_media press_association kyodo(?:_news)? 共同 共同通信
    時事通信? jiji(?:_press)? yonhap
    연합뉴스 anadolu(?:_agency|_ajansı)?
    interfax(?:-ukraine)? ukrinform укрінформ (?:the_)?canadian_press australian_associated_press voice_of_america
    voa(?:_news)? rfe/rl newswire wire_reports? agenc(?:y|ies) agencias agenturen agences afp dpa(?:-\w+)? a\.p\. tass
    bernama antara agerpres tanjug ritzau keystone-sda
    """)
# Read as agencies in capitals only: Efe, Hina and Mina are people too.
ACRONYMS = any_of("""
    AP APA ANSA EFE UPI AA NTB TT STT PAP ČTK CTK TASR HINA FENA MINA MTI BTA LUSA ANP SDA ATS SID EPD KNA ANI PTI
    IANS IRNA WAM SPA MENA AAP UNIAN BELTA sda ats sid epd kna
    """)
PARTICLES = frozenset("""
    de da do dos das di del della dalla la le el al van von den der ter ten zu zum af av bin ibn ben y e i of the du
    des st abu d'
    """.split())

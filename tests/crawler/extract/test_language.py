"""The language of a text. The sentences were written for these tests."""

import subprocess
import sys

import pytest

from crawler.extract.language import detect_language, primary

TEXTS = {
    "sq": "Ministri i Jashtëm tha se marrëveshja do të nënshkruhet javën e ardhshme në Tiranë.",
    "de": "Der Außenminister sagte, das Abkommen werde in der kommenden Woche nach langen Gesprächen unterzeichnet.",
    "pl": "Minister spraw zagranicznych powiedział, że umowa zostanie podpisana w przyszłym tygodniu w Warszawie.",
    "en": "The foreign minister said that the agreement would be signed next week after long talks in the capital.",
    "mk": "Министерот за надворешни работи изјави дека договорот ќе биде потпишан следната недела во Скопје.",
    "bg": "Външният министър заяви, че споразумението ще бъде подписано следващата седмица след дълги преговори.",
    "uk": "Міністр закордонних справ заявив, що угоду підпишуть наступного тижня після тривалих переговорів у Києві.",
    "ru": "Министр иностранных дел заявил, что соглашение будет подписано на следующей неделе после переговоров.",
    "be": "Міністр замежных спраў заявіў, што пагадненне будзе падпісана на наступным тыдні пасля доўгіх перамоваў.",
    "sr": "Министар спољних послова изјавио је да ће споразум бити потписан следеће недеље после дугих преговора.",
    "fa": "وزیر امور خارجه گفت که این توافق هفته آینده پس از گفتگوهای طولانی در تهران امضا خواهد شد.",
    "ar": "قال وزير الخارجية إن الاتفاق سيوقع الأسبوع المقبل بعد محادثات طويلة في العاصمة.",
    "ur": "وزیر خارجہ نے کہا کہ معاہدے پر اگلے ہفتے دارالحکومت میں طویل مذاکرات کے بعد دستخط کیے جائیں گے۔",
    "zh": "外交部长表示，经过长时间会谈，协议将于下周在首都签署。",
    "ja": "外務大臣は、長い協議の末に合意文書が来週首都で署名されると述べた。",
    "ko": "외교부 장관은 오랜 회담 끝에 다음 주 수도에서 협정이 서명될 것이라고 말했다.",
    "hi": "विदेश मंत्री ने कहा कि लंबी बातचीत के बाद अगले सप्ताह राजधानी में समझौते पर हस्ताक्षर किए जाएंगे।",
    "id": "Menteri luar negeri mengatakan bahwa perjanjian itu akan ditandatangani pekan depan.",
    "tr": "Dışişleri Bakanı, anlaşmanın uzun görüşmelerin ardından gelecek hafta başkentte imzalanacağını söyledi.",
    "el": "Ο υπουργός Εξωτερικών δήλωσε ότι η συμφωνία θα υπογραφεί την επόμενη εβδομάδα.",
    "he": "שר החוץ אמר כי ההסכם ייחתם בשבוע הבא לאחר שיחות ארוכות בעיר הבירה.",
    "ka": "საგარეო საქმეთა მინისტრმა განაცხადა, რომ შეთანხმება მომავალ კვირას მოეწერება ხელი.",
    "th": "รัฐมนตรีต่างประเทศกล่าวว่าข้อตกลงจะลงนามในสัปดาห์หน้า",
    "vi": "Bộ trưởng Ngoại giao cho biết thỏa thuận sẽ được ký kết vào tuần tới sau các cuộc đàm phán kéo dài.",
    "fr": "Le ministre des Affaires étrangères a déclaré que l'accord serait signé la semaine prochaine.",
    "es": "El ministro de Exteriores dijo que el acuerdo se firmará la próxima semana tras largas conversaciones.",
    "sw": "Waziri wa mambo ya nje alisema kwamba makubaliano hayo yatatiwa saini wiki ijayo baada ya mazungumzo.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_sentence_is_told(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


@pytest.mark.parametrize(("language", "declared"),
    [("de", "en-US"), ("uk", "ru"), ("sq", "it"), ("fa", "ar"), ("zh", "ja"), ("en", "hr")])
def test_the_text_has_the_last_word_where_the_page_is_wrong(language: str, declared: str) -> None:
    assert detect_language(TEXTS[language] * 2, declared=declared) == language


@pytest.mark.parametrize("declared", ["hr", "bs", "sr-Latn", "hr_HR"])
def test_the_page_decides_between_languages_written_alike(declared: str) -> None:
    text = "Ministar vanjskih poslova rekao je da će sporazum biti potpisan sljedećeg tjedna nakon dugih razgovora."
    assert detect_language(text, declared=declared) == declared[:2]


def test_malay_and_indonesian_are_told_by_the_page() -> None:
    assert detect_language(TEXTS["id"], declared="ms-MY") == "ms"
    assert detect_language(TEXTS["id"], declared="en") == "id"


def test_the_page_tells_yiddish_from_hebrew_and_nothing_else() -> None:
    yiddish = "דער אױסערן־מיניסטער האָט געזאָגט אַז מען װעט אונטערשרײַבן דעם אָפּמאַך די קומענדיקע װאָך."
    assert detect_language(yiddish, declared="yi") == "yi"
    assert detect_language(TEXTS["he"], declared="ar") == "he"


@pytest.mark.parametrize("text",
    ["", "  ", "12345 67", "OK", "Foto: AP", "https://example.org/what/is/this/language/then", "…—“”", "外"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert detect_language(text, declared="en") is None


def test_a_foreign_name_does_not_turn_the_language() -> None:
    assert detect_language(TEXTS["en"] + " Він сказав: Київ. 外交部. Đorđe.") == "en"
    assert detect_language(TEXTS["zh"] + " (Antony Blinken, US State Department) ") == "zh"
    assert detect_language(TEXTS["zh"] + "「もの」") == "zh"


@pytest.mark.parametrize(("tag", "code"), [
    ("nb_NO", "no"), ("sr-Latn-RS", "sr"), ("EN", "en"), ("zho", "zh"), ("en, de", "en"), ("", None), (None, None),
        ("english", None), ("x", None),
])
def test_a_language_tag_is_reduced_to_the_code_that_we_keep(tag: str | None, code: str | None) -> None:
    assert primary(tag) == code


def test_the_model_is_loaded_at_its_first_use_not_on_import() -> None:
    code = "import crawler.extract.language as l; assert l._model.cache_info().currsize == 0"
    subprocess.run([sys.executable, "-c", code], check=True)  # a process of its own: another test may have loaded it


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_a_long_text_is_told_as_a_short_one_is(language):
    assert detect_language(TEXTS[language] * 30, declared=language) == detect_language(TEXTS[language], declared=language)


def test_the_start_of_a_page_in_two_languages_does_not_decide_alone():
    chinese = "外交部长周四表示，双方将在下周签署协议，此前谈判持续了很长时间。" * 3
    assert detect_language(chinese + TEXTS["en"] * 30) == "en"
    assert detect_language(TEXTS["de"] * 2 + TEXTS["en"] * 30) == "en"

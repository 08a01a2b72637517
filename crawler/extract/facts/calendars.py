"""Calendars beside the Gregorian in which newspapers date: their months, and the day that a date of theirs means."""

from collections.abc import Callable
from datetime import date

BUDDHIST = 543  # years that the Buddhist era is ahead of the common one
MINGUO = 1911  # and those that the Republic of China's is behind it
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}  # the year before each era's first
PERSIAN_LANGUAGES = ("fa", "ps", "prs", "ckb")

# Twelve groups (of the Ethiopic year thirteen), the first month first; names of one group by bars.
PERSIAN_MONTHS = (
    "فروردین|فروردين|حمل|وری|خاکەلێوە اردیبهشت|ارديبهشت|ثور|غویی|گوڵان خرداد|جوزا|غبرګولی|جۆزەردان|جوزەردان "
    "تیر|تير|سرطان|چنګاښ|پووشپەڕ مرداد|امرداد|اسد|زمری|گەلاوێژ شهریور|شهريور|سنبله|وږی|خەرمانان "
    "مهر|میزان|ميزان|تله|ڕەزبەر|رەزبەر آبان|عقرب|لړم|خەزەڵوەر|گەڵاڕێزان آذر|قوس|لیندۍ|سەرماوەز "
    "دی|دي|جدی|مرغومی|بەفرانبار بهمن|دلو|سلواغه|ڕێبەندان|رێبەندان اسفند|حوت|کب|ڕەشەمێ|رەشەمە"
)
HIJRI_MONTHS = (
    "محرم|المحرم|محرّم صفر|صفر_المظفر ربيع_الأول|ربيع_الاول|ربیع_الاول|ربيع_أول|ربیع‌الاول "
    "ربيع_الآخر|ربيع_الاخر|ربيع_الثاني|ربیع_الثانی|ربيع_ثاني|ربیع‌الثانی "
    "جمادى_الأولى|جمادى_الاولى|جمادي_الأولى|جمادي_الاولى|جمادى_الأول|جمادی_الاول|جمادی‌الاول "
    "جمادى_الآخرة|جمادى_الاخرة|جمادي_الآخرة|جمادى_الثانية|جمادى_الثاني|جمادی_الثانی|جمادی‌الثانی رجب|رجب_المرجب "
    "شعبان|شعبان_المعظم رمضان|رمضان_المبارك|رمضان_المبارک شوال|شوّال|شوال_المكرم "
    "ذو_القعدة|ذي_القعدة|ذو_القعده|ذی_القعده|ذوالقعدة|ذیقعده|ذی‌القعده "
    "ذو_الحجة|ذي_الحجة|ذو_الحجه|ذی_الحجه|ذوالحجة|ذیحجه|ذی‌الحجه"
)
ETHIOPIC_MONTHS = (
    "መስከረም|መሥከረም ጥቅምት ኅዳር|ህዳር|ሕዳር|ኀዳር ታኅሣሥ|ታህሳስ|ታሕሳስ|ታህሣሥ|ታኅሳስ ጥር የካቲት መጋቢት ሚያዝያ|ሚያዚያ ግንቦት ሰኔ "
    "ሐምሌ|ሀምሌ|ኃምሌ ነሐሴ|ነሀሴ|ነሃሴ ጳጉሜን|ጳጉሜ|ጷጉሜን|ጳጉሜ"
)
_JULIAN_DAY = 1721425  # of the day before the first of January of the year 1


def buddhist_day(year: int, month: int, day: int) -> date:
    """Give the Gregorian day of a date in the Buddhist era, whose months are ours; or ValueError."""
    return date(year - BUDDHIST, month, day)


def persian_day(year: int, month: int, day: int) -> date:
    """Give the Gregorian day of a Persian date, by the cycle of 33 years of 1304 to 1502; or ValueError."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        raise ValueError(f"no such Persian date: {year}-{month}-{day}")
    leaps = (8 * year + 21) // 33
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return date.fromordinal(226_894 + 365 * (year - 1) + leaps + before + day)


def hijri_day(year: int, month: int, day: int) -> date:
    """Give the Gregorian day of an Islamic date by the tabular calendar, or ValueError: a day off, as the moon is seen.

    R. D. Parisot in the Explanatory Supplement to the Astronomical Almanac (2013), 15.11: the civil epoch.
    """
    if not (1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError(f"no such Islamic date: {year}-{month}-{day}")
    months = 30 * month - (month - 1) // 2
    return date.fromordinal((11 * year + 3) // 30 + 354 * year + months + day + 1_948_055 - _JULIAN_DAY)


def ethiopic_day(year: int, month: int, day: int) -> date:
    """Give the Gregorian day of an Ethiopic date; or ValueError."""
    if not (1 <= month <= 13 and 1 <= day <= (30 if month <= 12 else 6)):
        raise ValueError(f"no such Ethiopic date: {year}-{month}-{day}")
    return date.fromordinal(1_724_220 + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - _JULIAN_DAY)


Reckoning = Callable[[int, int, int], date]


def find_calendar(month: str, language: str | None) -> tuple[Reckoning, int] | None:
    """Find the calendar and the number of a month that has no Gregorian name; None for any other word.

    Eritrea's papers give the Ethiopic names to the Gregorian months, which is how ``months`` reads Tigrinya.
    """
    if (language or "").lower().startswith("ti"):
        return None
    return _MONTHS.get(month.casefold().strip(". "))


def is_year_of(reckoning: Reckoning, year: int) -> bool:
    """Tell whether a year of a calendar is one in which there was a web."""
    return year in YEARS[reckoning]


def find_numeric_calendar(year: int, language: str | None) -> Reckoning | None:
    """Find the calendar of a date in numbers whose year is none of ours; None where it cannot be told."""
    if year in YEARS[buddhist_day]:
        return buddhist_day
    tongue = (language or "").lower().split("-")[0]
    return persian_day if year in YEARS[persian_day] and tongue in PERSIAN_LANGUAGES else None


def _read(groups: str) -> dict[str, int]:
    return {name.replace("_", " "): number
            for number, group in enumerate(groups.split(" "), start=1) for name in group.split("|")}


_MONTHS: dict[str, tuple[Reckoning, int]] = {
    name: (reckoning, number)
    for reckoning, groups in ((hijri_day, HIJRI_MONTHS), (persian_day, PERSIAN_MONTHS), (ethiopic_day, ETHIOPIC_MONTHS))
    for name, number in _read(groups).items()
}

# 1990 to 2099: the ranges are disjoint but for those of Persia and of Islam, whose months differ in name.
YEARS: dict[Reckoning, range] = {
    buddhist_day: range(2533, 2643), persian_day: range(1368, 1479), hijri_day: range(1410, 1524),
    ethiopic_day: range(1982, 2093),
}

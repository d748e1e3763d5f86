"""How well a column's values suit a kind of fact: 0 (impossible) to 1 (surely)."""

import re

from ceasefire.kit.values import Profile, is_unknown, parse_age, parse_flag, parse_number

from . import words

_PRECISE = re.compile(r"-?\d{1,3}[.,]\d{3,}")
_PERSON_NAME = re.compile(r"[A-Z][a-zA-Z'’-]+, [A-Z][a-zA-Z'’-]+(?: .{1,12})?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.I)
_PHONE = re.compile(r"(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")
_SSN = re.compile(r"\d{3}-\d{2}-\d{4}")
_CASE_NUMBER = re.compile(r"(?=.*\d.*\d)[A-Z]{0,4}[- ]?\d{1,4}[-/ ]?[A-Z]{0,3}[-/ ]?\d{3,}", re.I)


def day(profile: Profile) -> float:
    """Dates; less when they also carry a time of day."""
    reading = profile.dates
    return 0.0 if reading is None else reading.share * (1.0 if reading.clock == "day" else 0.6)


def moment(profile: Profile) -> float:
    """Dates that carry a time of day."""
    reading = profile.dates
    return 0.0 if reading is None or reading.clock == "day" else reading.share


def day_alone(profile: Profile) -> float:
    return day(profile) * _telling(profile)


def moment_alone(profile: Profile) -> float:
    return moment(profile) * _telling(profile)


def _telling(profile: Profile) -> bool:
    """Written dates and milliseconds cannot be other things; small whole numbers can."""
    if profile.dates is None:
        return False
    return profile.dates.style in ("written", "epoch_ms") and profile.share(_has_sign) >= 0.9


def _has_sign(text: str) -> bool:
    return not text.isdigit() or len(text) in (12, 13)


def any_date(profile: Profile) -> float:
    return profile.dates.share if profile.dates else 0.0


def clock(profile: Profile) -> float:
    reading = profile.clocks
    if reading is None or (profile.dates and profile.dates.style == "written"):
        return _dummy_dated(profile)
    return reading.share if reading.precision != "hour" else 0.9 * reading.share


def _dummy_dated(profile: Profile) -> float:
    """Times written with a meaningless date in front."""
    reading = profile.clocks
    return 0.8 * reading.share if reading and reading.style == "clock" else 0.0


def clock_alone(profile: Profile) -> float:
    reading = profile.clocks
    if reading is None or reading.style != "clock":
        return 0.0
    return clock(profile) if profile.share(lambda text: ":" in text) >= 0.9 else 0.0


def hour(profile: Profile) -> float:
    return profile.between(-1, 24) * (profile.whole >= 0.9)


def calendar(low: int, high: int):
    """Whole numbers within bounds, such as years or days of the month."""
    return lambda profile: float(profile.between(low, high) >= 0.95 and profile.whole >= 0.95)


def month(profile: Profile) -> float:
    return max(profile.between(1, 12), profile.within(words.MONTH_NAMES))


def degrees(profile: Profile) -> float:
    """Numbers that are degrees, or whole numbers that are degrees times a power of ten."""
    plain = profile.between(-180, 180)
    if plain >= 0.8:
        return plain
    return 0.7 * profile.whole * (profile.share(_scaled) >= 0.8)


def _scaled(text: str) -> bool:
    number = parse_number(text)
    return number is not None and (number == 0 or 1e6 <= abs(number) <= 1.8e9)


def precise(profile: Profile) -> float:
    return profile.share(lambda text: _PRECISE.fullmatch(text.strip()))


def latitude_alone(profile: Profile) -> float:
    """Degrees with decimals, north of the tropics, as in North America."""
    zeros = profile.between(0, 0)
    return float(precise(profile) + zeros >= 0.95 and profile.between(13, 75) + zeros >= 0.98)


def longitude_alone(profile: Profile) -> float:
    zeros = profile.between(0, 0)
    return float(precise(profile) + zeros >= 0.95 and profile.between(-180, -50) + zeros >= 0.98)


def projected(profile: Profile) -> float:
    """Numbers too large to be degrees."""
    if profile.number < 0.8 or profile.between(-180, 180) > 0.9:
        return 0.0
    return profile.number


def point(profile: Profile) -> float:
    return profile.point * (profile.point >= 0.6)


def code(profile: Profile) -> float:
    """An identifier: short, varied, not a date, a flag or a decimal number."""
    if (profile.dates and profile.dates.style == "written") or precise(profile) > 0.5:
        return 0.0
    if _small_numbers(profile):
        return 0.0
    short = profile.share(lambda text: 1 <= len(text) <= 40 and any(c.isdigit() for c in text))
    varied = len(profile.filled) > 1 or profile.total < 3
    return 0.0 if not varied or (profile.flag > 0.9 and profile.total > 3) else short


def _small_numbers(profile: Profile) -> bool:
    """A few whole numbers below 1,000, over and over: counts or codes, not identifiers."""
    return profile.total >= 20 and profile.distinct < 0.3 and profile.between(0, 999) >= 0.99


def case_number_alone(profile: Profile) -> float:
    shaped = profile.share(lambda text: _CASE_NUMBER.fullmatch(text) and not text.isdigit())
    return float(shaped >= 0.95 and profile.distinct > 0.3 and not profile.dates)


def unique_code(profile: Profile) -> float:
    return float(profile.distinct >= 0.99 and profile.total >= 1)


def address(profile: Profile) -> float:
    if profile.point > 0.3 or profile.lettered < 0.5:
        return 0.0
    streets = profile.share(words.STREET.search)
    placed = streets + profile.share(lambda text: any(char.isdigit() for char in text))
    return 0.0 if profile.total >= 20 and placed < 0.05 else 0.3 + 0.7 * streets


def address_alone(profile: Profile) -> float:
    numbered = profile.share(lambda text: words.STREET.search(text) and re.match(r"\d", text))
    return float(numbered >= 0.7 and len(profile.filled) > 5)


def label(most: int, *, text: bool = False):
    """Names or numbers of a limited set (at most `most` of them)."""

    def fits(profile: Profile) -> float:
        if (profile.dates and profile.dates.style == "written") or profile.point > 0.3:
            return 0.0
        if (
            precise(profile) > 0.3
            or len(profile.filled) > most
            or (text and profile.lettered < 0.5)
        ):
            return 0.0
        return 1.0 if profile.distinct < 0.7 or profile.total < 40 else 0.6

    return fits


def area(profile: Profile) -> float:
    """Names or numbers of areas, not yes or no."""
    yes_no = profile.total >= 20 and profile.flag > 0.95 and len(profile.filled) < 3
    return 0.0 if yes_no else label(400)(profile)


def named(most: int):
    """Names of a limited set; their numbers only where there are no names."""
    fits = label(most)
    return lambda profile: fits(profile) * (0.7 + 0.3 * profile.lettered)


def words_label(most: int):
    """Texts of a limited set that are not only yes or no."""
    fits = label(most, text=True)
    return lambda profile: fits(profile) * (profile.flag < 0.9)


def offence(profile: Profile) -> float:
    known = profile.share(
        lambda text: words.outcome(text) is not None or words.is_gun_offence(text)
    )
    return words_label(1500)(profile) * (0.8 + 0.2 * known)


def offence_alone(profile: Profile) -> float:
    return 0.9 * float(profile.share(words.is_gun_offence) >= 0.6 and len(profile.filled) < 200)


def short_code(profile: Profile) -> float:
    brief = profile.share(lambda text: len(text) <= 12 and " " not in text.strip())
    return label(800)(profile) * brief


def weapon(profile: Profile) -> float:
    return words_label(300)(profile) * (0.7 + 0.3 * profile.share(words.WEAPON.search))


def weapon_alone(profile: Profile) -> float:
    return 0.8 * float(profile.share(words.WEAPON.search) >= 0.8 and len(profile.filled) > 2)


def premises(profile: Profile) -> float:
    return words_label(400)(profile) * (1.0 - 0.6 * profile.share(words.STREET.search))


def setting(profile: Profile) -> float:
    named = profile.share(lambda text: text.casefold() in words.INSIDE or is_unknown(text))
    return float(named >= 0.8 or profile.flag >= 0.95)


def setting_alone(profile: Profile) -> float:
    return float(profile.share(lambda text: text.casefold().endswith("side")) >= 0.8)


def flag(profile: Profile) -> float:
    return float(profile.share(_flag_or_unknown) >= 0.95)


def _flag_or_unknown(text: str) -> bool:
    return parse_flag(text) is not None or is_unknown(text)


def outcome(profile: Profile) -> float:
    """A yes-or-no column, or texts that say fatal or not."""
    if flag(profile) or fatal_letters(profile):
        return 0.95
    said = profile.share(lambda text: words.outcome(text) is not None or is_unknown(text))
    return said * (said >= 0.8 and len(profile.filled) <= 60)


def fatal_letters(profile: Profile) -> bool:
    """True for a column of F and NF, where F is no "false"."""
    texts = {text.strip().casefold() for text in profile.filled}
    return "nf" in texts and texts <= {*words.LETTERS, "u"}


def outcome_text(profile: Profile) -> float:
    """Texts of which some say fatal and some say not, and nothing else."""
    said = {words.outcome(text) for text in profile.filled} if len(profile.filled) <= 60 else ()
    both = True in said and False in said
    return outcome(profile) * (not flag(profile)) * (1.0 if both else 0.0)


def outcome_alone(profile: Profile) -> float:
    texts = [text.casefold() for text in profile.filled]
    plain = any("non" in text and "fatal" in text for text in texts)
    return outcome_text(profile) if plain else 0.0


def tally(profile: Profile) -> float:
    """Small whole numbers from zero up."""
    if profile.lettered > 0.05 or not profile.numbers:
        return 0.0
    return float(profile.between(0, 700) >= 0.95 and profile.whole >= 0.95)


def tally_above_one(profile: Profile) -> float:
    return tally(profile) * (profile.numbers[-1] > 1 if profile.numbers else 0)


def age(profile: Profile) -> float:
    exact = profile.share(lambda text: (a := parse_age(text)) and a.exact is not None)
    return exact if exact >= 0.4 else 0.0


def age_alone(profile: Profile) -> float:
    """Whole numbers spread as the ages of people are."""
    values = profile.numbers
    if profile.between(0, 105) < 0.99 or profile.whole < 0.99 or len(values) < 25:
        return 0.0
    middle = sorted(parse_number(t) for t, n in profile.tried.items() for _ in range(n))
    median = middle[len(middle) // 2]
    return 0.7 * (values[-1] >= 55 and 18 <= median <= 40)


def age_band(profile: Profile) -> float:
    banded = profile.share(lambda text: (a := parse_age(text)) and a.exact is None)
    return banded if banded >= 0.4 else 0.0


def age_band_alone(profile: Profile) -> float:
    return 0.9 * float(age_band(profile) >= 0.8 and len(profile.filled) <= 25)


def sex(profile: Profile) -> float:
    known = profile.share(lambda text: text.casefold() in words.SEXES or _unstated(text))
    return known if known >= 0.7 and len(profile.filled) <= 20 else 0.0


def _unstated(text: str) -> bool:
    return is_unknown(text) or text.casefold() in ("u", "x", "n", "o", "other")


def sex_alone(profile: Profile) -> float:
    texts = {text.casefold() for text in profile.filled}
    return sex(profile) * bool(
        texts & {"m", "male", "masculino"} and texts & {"f", "female", "femenino"}
    )


def race(profile: Profile) -> float:
    said = profile.share(lambda t: t.casefold() in words.RACES or words.RACE_WORD.search(t))
    known = max(said, profile.share(lambda t: _unstated(t) or words.RACE_WORD.search(t)))
    return known if known >= 0.6 and len(profile.filled) <= 60 else 0.0


def race_alone(profile: Profile) -> float:
    said = profile.share(words.RACE_WORD.search)
    return said * (said >= 0.7 and 1 < len(profile.filled) <= 60)


def ethnicity(profile: Profile) -> float:
    return 1.0 if flag(profile) else float(len(profile.filled) <= 60 and profile.lettered > 0.5)


def wound(profile: Profile) -> float:
    if flag(profile):
        return 0.0
    return label(400, text=True)(profile) * (0.6 + 0.4 * profile.share(words.BODY.search))


def status(profile: Profile) -> float:
    return 1.0 if profile.within(words.STATUSES) >= 0.6 else 0.5 * flag(profile)


def name_like(profile: Profile) -> float:
    return profile.share(_PERSON_NAME.fullmatch) * (profile.distinct > 0.3)


def contact_like(profile: Profile) -> str | None:
    """The kind of contact or identity number that the values are, if any."""
    for kind, pattern in (("email", _EMAIL), ("SSN", _SSN), ("phone", _PHONE)):
        if profile.share(pattern.fullmatch) >= 0.5:
            return kind
    return None


def free_names(profile: Profile) -> float:
    """Texts of letters that hardly repeat, as names do."""
    return float(profile.lettered > 0.9 and profile.distinct > 0.5 and profile.flag < 0.1)

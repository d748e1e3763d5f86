"""Invented names, built from our own syllables: no list of real people or places is used."""

from itertools import product

from .bits import Stream

_STREET = (
    "Tam Bel Cor Dav Ell Fen Gar Hol Ist Jun Kel Lor Mar Nev Oss Pell Quar Ren Sav Thel Ul Ver "
    "Wyn Zan",
    "arel ando iver oway etta imor unda ashe entry olin ibel adier ossa umber eñal",
)
_HAMLET = (
    "Alder Brack Cinder Drum Ember Fallow Gull Heron Keel Lantern Mallow Netter Osprey Pilot "
    "Quarry Rope Sable Tanner Wharf",
    "wick_Heights stead more_Park hollow ford_Landing gate ley mont _Terrace _Flats _Hill "
    "_Crossing",
)
_SURNAME = (
    "Tol Hask Wend Marl Ders Ost Quill Fenn Cald Brim Thorn Var Ells Gard Holl Pend Sal Rudd "
    "Kest Lamb Orr Strand Ibarr",
    "ander ock ovan umber away inger iston ade emere quist abee owitz uelo ansky ellis orth "
    "ington ero",
)
_GIVEN_START = "Da Ja Ke Ma Ty Ra La Te Co Ro Vi Lo An Sha De Bri Mi Za Eli Na"
_GIVEN_END = {
    "M": "vell ron dric mir shon tavis rell quin len vonte dan",
    "F": "nelle risa dria mira sheena tasia lyn quella vona ressa",
}
_DISTRICTS = "Harbor Northbank Foundry Uplands Saltworks Lakeside Orchard Millrace Gardens Quay"
_CREW = "Set Crew Block Boys Family Line Side"


def _joined(parts: tuple[str, str]) -> list[str]:
    return [(a + b).replace("_", " ") for a, b in product(parts[0].split(), parts[1].split())]


def street_names(stream: Stream, count: int) -> list[str]:
    """Names of streets; when the syllables run out, `East` and then `West` ones follow."""
    plain = stream.sample(_joined(_STREET), count)
    return [*plain, *(f"East {n}" for n in plain), *(f"West {n}" for n in plain)][:count]


def neighbourhood_names(stream: Stream, count: int) -> list[str]:
    return stream.sample(_joined(_HAMLET), count)


def district_names(stream: Stream, count: int) -> list[str]:
    return stream.sample(_DISTRICTS.split(), count)


def group_names(stream: Stream, count: int) -> list[str]:
    """Street names of groups: a street, a number, a word; no two alike."""
    streets, words = _joined(_STREET), _CREW.split()
    stream.shuffle(streets)
    return [
        f"{streets[i % len(streets)]} {i % 89 + 4}{'' if i < 360 else i} {stream.pick(words)}"
        for i in range(count)
    ]


def given_name(stream: Stream, sex: str) -> str:
    return stream.pick(_GIVEN_START.split()) + stream.pick(_GIVEN_END[sex].split())


def surname(stream: Stream) -> str:
    start, end = (part.split() for part in _SURNAME)
    return stream.pick(start) + stream.pick(end)

"""The words of shooting exports: what header words mean, and what texts in the cells say."""

import re

from ceasefire.kit.values import Lexicon
from ceasefire.kit.values.dates import MONTHS

# concept (or concepts): the header words that name it, in English, Spanish and common short forms
_CONCEPTS = {
    "occur": "occur occurred occurence occurrence occurance occured occ happened committed "
    "ocurrencia ocurrido ocurrio",
    "incident": "incident incidents inc inci incidente incidentes event evento hecho hechos "
    "case caso dr dc rms cad rd go cr ir srs complaint cmplnt",
    "offence": "offense offence offenses crime crm ofns off delito delitos crimen charge nature "
    "iucr primary signal violation",
    "shooting": "shooting shootings shots shot tiroteo balacera discharge gunfire",
    "incident number": "ccn folio expediente carpeta casenum caseno incno incnum drno "
    "hundredblockid",
    "report": "report reported reporting rpt rptd reporte denuncia reportado complaintreport "
    "dispatch",
    "update": "update updated modified modify created create edit edited load loaded refresh "
    "refreshed inserted approval approved entry entered publish published",
    "date": "date dates dt dte dat fecha",
    "date time": "datetime timestamp ts dttm dtm datetimestamp fechahora",
    "time": "time tm tme hora clock hrs",
    "hour": "hour hr hh",
    "minute": "minute minutes min mm",
    "year": "year yr yyyy ano anio",
    "month": "month mon mes",
    "day": "day dom",
    "weekday": "weekday dow dayofweek doy week quarter shift season",
    "start": "start from begin beginning first earliest fr inicio",
    "end": "end to through latest last ending thru fin",
    "number": "number no num nbr nr key numero nmbr",
    "id": "id ids identifier uid uuid oid",
    "row id": "objectid fid globalid rowid ogc gid recordid",
    "row": "object global row record system index sequence seq unnamed",
    "unique": "unique",
    "lat": "lat latitude latitud lats",
    "lon": "lon lng long longitude longitud longi",
    "x": "x easting xcoord east xcoordinate",
    "y": "y northing ycoord north ycoordinate",
    "coord": "coord coordinate coordinates coords crd proj projected stateplane",
    "point": "point geom geometry geolocation geocode geocoded georeferenced wkt shape geo "
    "geopoint punto latlon latlong latlng lonlat wkb",
    "mercator": "webmercator mercator",
    "address": "address addr adress addresse direccion domicilio intersection",
    "block": "block blk hundredblock hundred cuadra",
    "street": "street str st calle road avenue streetname",
    "cross": "cross",
    "location": "location loc lctn lugar ubicacion",
    "district": "district dist dst distrito districts",
    "precinct": "precinct pct prec prct",
    "division": "division div command",
    "beat": "beat psa post sector zone zona rda grid patrol scout tract atom",
    "area": "area bureau region",
    "ward": "ward anc boro borough alcaldia delegacion",
    "neighbourhood": "neighborhood neighbourhood nbhd nhood hood neighbor neigh nghbrhd barrio "
    "colonia mcpp ntaname nta vecindario nbrhd",
    "community": "community comm cluster subdivision village",
    "council": "council councilmanic commission councilman house senate congressional voting "
    "school "
    "census legislative fire election supervisor zip zipcode postal postcode",
    "type": "type typ tipo kind class classification classfctn classif",
    "category": "category categ cat group parent hierarchy part",
    "description": "description desc descr descrip dscr descripcion detail details text",
    "code": "code cd cde codigo ucr nibrs ibrs ibr statute",
    "weapon": "weapon weapons weap wpn arma armas gun firearm caliber calibre firearms",
    "method": "method cause means causa mechanism",
    "premises": "premise premises prem premis place property scene",
    "inside": "inside indoor indoors interior",
    "outside": "outside outdoor outdoors outsi exterior out",
    "murder": "murder murdered",
    "fatal": "fatal fatality lethal deceased died dead death deadly mortal homicide "
    "homicidio fatally survived",
    "fatal count": "deaths fatalities homicides murders muertes",
    "killed": "killed kill kld muertos fallecidos defunciones fallecido muerto",
    "wounded": "wounded injured injuries injury injd heridos lesionados hurt inj nonfatal "
    "nonfatally "
    "herido lesionado",
    "non": "non not",
    "victim": "victim victims vic vict vctm victima victimas",
    "person": "person people persons individual individuals subject",
    "struck": "struck hit",
    "count": "count cnt total tot sum qty how many cantidad",
    "multiple": "multi multiple mass",
    "perp": "perp perpetrator suspect susp offender assailant shooter arrest arrested arrestee "
    "arrests defendant sospechoso imputado agresor accused charged",
    "age": "age ages edad",
    "band": "band grp bracket",
    "range": "range bucket bin",
    "sex": "sex gender sexo genero gndr",
    "race": "race raza descent rac",
    "ethnicity": "ethnicity ethnic hispanic latino latina latinx etnia origin",
    "wound": "wound wounds bodypart gsw gunshot",
    "body": "body anatomical",
    "officer": "officer police ois policia offcr cop",
    "involved": "involved involvement invol",
    "self": "self suicide accidental accident unintentional",
    "inflicted": "inflicted",
    "manner": "manner circumstance circumstances motive intent",
    "agency": "agency agencies dept department jurisdiction juris ori lea corporacion",
    "city": "city town municipality municipio ciudad",
    "county": "county parish condado state country estado",
    "status": "status stat disposition dispo clearance cleared outcome resultado condition",
    "verification": "verified verification confirmed founded unfounded validity",
    "ballistic": "ballistic ballistics nibin evidence",
    "casing": "casing casings shells shell rounds cartridge cartridges rnds fired casquillos spent",
    "name": "name nm nombre names nme",
    "given": "given fname firstname forename middle surname lastname lname maiden alias nickname "
    "apellido moniker full",
    "birth": "dob birth birthdate birthday nacimiento born bday",
    "birthplace": "birthplace nativity birthcountry",
    "immigration": "immigration immigrant citizenship citizen alien visa nationality nacionalidad "
    "nationalit undocumented migratorio ciudadania",
    "religion": "religion religious faith religio",
    "politics": "political politics affiliation voter",
    "phone": "phone telephone mobile cell tel telefono phon",
    "email": "email mail correo",
    "ssn": "ssn social security socsec passport license licence sid fbi fbino",
    "noise": "open data the of at a in by is was for col column field var f v s wgs nad value "
    "original raw i p d e b c all on and flag ind indicator yn bool de del la el los las with "
    "public crimes gis",
    "link": "link url href source website",
    "notes": "narrative notes note comments comment synopsis remarks summary operations press",
}

LEXICON = Lexicon({word: concept for concept, text in _CONCEPTS.items() for word in text.split()})

# What a text in a cell says about the outcome. The order matters: "non-fatal" holds "fatal".
_NOT_FATAL = re.compile(
    r"\bnon?[\s_-]*fatal|\bnfs\b|\bnot fatal|\bnf\b|no mortal|\battempt|\bsurviv|\bassault"
    r"(?! *homicide)|\bstable\b|\bcritical\b|\bserious\b|\bno injur|\bno victim|\bprop",
    re.I,
)
_FATAL = re.compile(
    r"\bfatal|homicid|\bmurder|manslaughter|\bdeceas|\bdied?\b|\bdead\b|\bdeath|\bkill|\bmuert|"
    r"\bfallecid|\bdefunci|\basesinat|\bslain\b|\bd\.?o\.?a\b",
    re.I,
)
_HURT = re.compile(
    r"shoot|\bshot\b|wound|injur|assault|\bagg\b|battery|\bgsw\b|robbery|herid|lesion|\bhit\b|"
    r"\bstruck\b|\balive\b",
    re.I,
)
_GUN = re.compile(
    r"shoot|\bshot|gun|firearm|homicid|murder|discharg|weapon law|weapons law|fatal|\bnfs\b|"
    r"\barma de fuego|\bballistic|manslaughter|agg(?:\.|ravated)? ?(?:assault|battery)|"
    r"assault w/?\W*(?:dang|deadly)|\badw\b",
    re.I,
)
_NOT_GUN = re.compile(
    r"knife|vehic|stab|strang|hands|fist|negligent|simple|beat|brandish|replica|no shooting|"
    r"intimidat|\bnot a shoot|\bauto\b(?!.*gun)|cutting|other weapon",
    re.I,
)


def outcome(text: str) -> bool | None:
    """True for a text that says a person died, False for one that says otherwise, else None."""
    if _NOT_FATAL.search(text) and not re.search(r"non?-?neg", text, re.I):
        return False
    if _FATAL.search(text):
        return True
    return False if _HURT.search(text) else None


def is_gun_offence(text: str) -> bool:
    """True for an offence that is, or may well be, a shooting."""
    return bool(_GUN.search(text)) and not _NOT_GUN.search(text)


# How some publishers shorten "fatal" and "non-fatal".
LETTERS = {"f": True, "nf": False}
MONTH_NAMES = frozenset(MONTHS)
_SHOT = re.compile(r"shoot|\bshot|gunfire|discharg|\bnfs\b|firearm|\bgun", re.I)


def says_shooting(text: str) -> bool:
    """True for an offence that is a shooting whatever the weapon column says."""
    return bool(_SHOT.search(text)) and not _NOT_GUN.search(text)


SEXES = {
    "m": "M",
    "male": "M",
    "man": "M",
    "boy": "M",
    "masculino": "M",
    "hombre": "M",
    "h": "M",
    "f": "F",
    "female": "F",
    "woman": "F",
    "girl": "F",
    "femenino": "F",
    "mujer": "F",
    "x": "X",
    "nonbinary": "X",
    "non-binary": "X",
    "transgender": "X",
}
RACES = frozenset(
    [
        "b",
        "w",
        "h",
        "a",
        "i",
        "o",
        "p",
        "u",
        "black",
        "white",
        "asian",
        "hispanic",
        "latino",
        "native",
        "other",
        "blk",
        "whi",
        "api",
        "unk",
        "wh",
        "wwh",
        "asi",
        "s",
        "q",
        "w(h)",
        "b(h)",
        "k",
        "c",
        "f",
        "g",
        "j",
        "z",
        "l",
        "d",
        "v",
        "ami",
        "negro",
        "blanco",
        "afrodescendiente",
        "indigena",
    ]
)
RACE_WORD = re.compile(
    r"black|white|asian|hispanic|latin|indian|alaska|pacific|african|caucasian|native|islander|"
    r"multi.?racial|negr|blanc|indigen",
    re.I,
)
ETHNICITY_WORD = re.compile(r"hispan|latin|\bnon[- ]?h", re.I)
INSIDE = {
    "inside": "inside",
    "indoor": "inside",
    "indoors": "inside",
    "interior": "inside",
    "i": "inside",
    "in": "inside",
    "outside": "outside",
    "outdoor": "outside",
    "outdoors": "outside",
    "exterior": "outside",
    "o": "outside",
    "out": "outside",
}
STREET = re.compile(
    r"\b(?:st|street|ave?|avenue|blvd|boulevard|rd|road|dr|drive|ln|lane|ct|court|pl|place|way|hwy|"
    r"pkwy|ter|terrace|cir|block|blk|bl|xx|calle|av|avenida|colonia|pike|sq|plaza|alley|aly)\b"
    r"|\d+x+\b| & | / | and ",
    re.I,
)
WEAPON = re.compile(
    r"gun|firearm|rifle|pistol|revolver|knife|shot|cutting|blunt|hands|stab|weapon|arma|strang",
    re.I,
)
GUN_WEAPON = re.compile(
    r"gun|firearm|rifle|pistol|revolver|shot|caliber|calibre|arma de fuego|derringer|"
    r"semi-?auto|fully auto|ak-?47|ar-?15|uzi|bullet|\bbala",
    re.I,
)
# Whether a shooting was found to be one; where its case stands is another matter.
STATUSES = frozenset(
    [
        "founded",
        "unfounded",
        "verified",
        "unverified",
        "confirmed",
        "unconfirmed",
        "hold",
        "on hold",
    ]
)
BODY = re.compile(
    r"\bhead|chest|leg\b|\barm\b|torso|abdom|back\b|foot|hand\b|neck|multi|buttock|thigh|groin|"
    r"shoulder|stomach|face|graze|hip\b|knee|ankle|calf|pierna|cabeza|brazo",
    re.I,
)

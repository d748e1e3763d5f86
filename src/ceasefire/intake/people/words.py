"""Header words of files about people, in English, Spanish and common short forms."""

from ceasefire.kit.values import Lexicon
from ceasefire.registry.linkage.columns import CONCEPTS

# concept: the header words that name it, besides those that name a person
_MORE = {
    "person": "person persona subject individual",
    "incident": "incident case event shooting crime occurrence incidente caso tiroteo",
    "report": "report rpt reporte",
    "arrest": "arrest arrested arresto",
    "booking": "booking booked ingreso",
    "release": "release released egreso",
    "contact": "contact stop fi encounter contacto",
    "role": "role involvement involved relationship relation segment rol papel",
    "weapon": "weapon weapons force arma",
    "ethnicity": "ethnicity ethnic etnia",
    "sequence": "sequence seq",
    "plate": "plate plates tag placa placas",
    "vehicle": "vehicle veh vehiculo",
    "lic": "lic",
    "victim": "victim vic victima",
    "outcome": "outcome injury severity fatal killed resultado lesion",
    "died": "died death deceased dod fallecido",
    "age": "age edad",
    "race": "race raza",
    "charge": "charge offence offense statute reason cargo delito",
    "class": "class level degree clase",
    "status": "status type supervision estatus",
    "officer": "officer agent po ppo oficial agente",
    "office": "office division oficina",
    "start": "start begin began inicio effective admitted",
    "end": "end ends until expires expiration expected fin hasta termination",
    "court": "court corte tribunal juzgado",
    "cause": "cause docket causa expediente",
    "disposition": "disposition dispo verdict sentence finding sentencia fallo",
    "lead": "lead hit nibin ballistic pista",
    "other": "b two related linked other match",
    "block": "block location lugar cuadra",
    "agency": "agency local agencia mni rm rms",
}
_ALL = CONCEPTS | {"full": "full complete completo"} | _MORE
LEXICON = Lexicon({word: concept for concept, text in _ALL.items() for word in text.split()})

"""Layouts of public shooting files of many cities, filled with invented rows.

A layout names its columns and how each is written from an incident (`i`) and, in files with a
row per victim, a victim (`v`). `means` is the mapping that a person who knows the file would
make; every field in it must be proposed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

Cell = Callable[..., object]


@dataclass(frozen=True)
class Layout:
    name: str
    unit: str
    columns: dict[str, Cell]
    means: dict[str, str]
    precision: str = "minute"
    left_out: tuple[str, ...] = ()
    lat: float = 39.1
    lon: float = -84.5
    knows_fatal: bool = True
    knows_number: bool = True
    delimiter: str = ","
    never: tuple[str, ...] = field(default=())


def us(moment) -> str:
    return f"{moment.month}/{moment.day}/{moment.year}"


def twelve(moment) -> str:
    return f"{moment:%m/%d/%Y %I:%M:%S %p}"


def millis(moment) -> int:
    from datetime import UTC

    return int(moment.replace(tzinfo=UTC).timestamp() * 1000)


def lat(i) -> object:
    return i.lat if i.placed else ""


def lon(i) -> object:
    return i.lon if i.placed else ""


def band(age: int) -> str:
    edges = ((17, "<18"), (24, "18-24"), (44, "25-44"), (64, "45-64"))
    return next((name for top, name in edges if age <= top), "65+")


LAYOUTS = [
    Layout(
        "cincinnati",
        "victim",
        {
            "RMSNO": lambda i, v: f"19{i.number:06d}",
            "DATEREPORTED": lambda i, v: twelve(i.reported),
            "DATEOCCURRED": lambda i, v: twelve(i.at),
            "STREETBLOCK": lambda i, v: i.address,
            "TYPE": lambda i, v: "FATAL" if v.fatal else "NONFATAL",
            "VICTIMAGE": lambda i, v: v.age,
            "VICTIMSEX": lambda i, v: "MALE" if v.sex == "M" else "FEMALE",
            "VICTIMRACE": lambda i, v: v.race,
            "LATITUDE_X": lambda i, v: lat(i),
            "LONGITUDE_X": lambda i, v: lon(i),
            "CPD_NEIGHBORHOOD": lambda i, v: i.hood,
            "COMMUNITY_COUNCIL_NEIGHBORHOOD": lambda i, v: i.hood.upper(),
        },
        {
            "incident_number": "RMSNO",
            "occurred_at": "DATEOCCURRED",
            "reported_date": "DATEREPORTED",
            "address": "STREETBLOCK",
            "fatal": "TYPE",
            "age": "VICTIMAGE",
            "sex": "VICTIMSEX",
            "race": "VICTIMRACE",
            "latitude": "LATITUDE_X",
            "longitude": "LONGITUDE_X",
            "neighbourhood": "CPD_NEIGHBORHOOD",
        },
    ),
    Layout(
        "washington",
        "incident",
        {
            "X": lambda i: round(398_000 + i.lon * 10, 2),
            "CCN": lambda i: f"19{i.number:06d}",
            "REPORT_DAT": lambda i: f"{i.reported:%Y/%m/%d %H:%M:%S}+00",
            "SHIFT": lambda i: "EVENING",
            "METHOD": lambda i: "GUN",
            "OFFENSE": lambda i: "HOMICIDE" if i.killed else "ASSAULT W/DANGEROUS WEAPON",
            "BLOCK": lambda i: i.address,
            "WARD": lambda i: i.district,
            "DISTRICT": lambda i: i.district,
            "PSA": lambda i: i.district * 100 + 1,
            "NEIGHBORHOOD_CLUSTER": lambda i: f"Cluster {i.district}",
            "VOTING_PRECINCT": lambda i: f"Precinct {i.district + 20}",
            "LATITUDE": lat,
            "LONGITUDE": lon,
            "START_DATE": lambda i: f"{i.at:%Y/%m/%d %H:%M:%S}+00",
            "END_DATE": lambda i: f"{i.at:%Y/%m/%d %H:%M:%S}+00",
            "OBJECTID": lambda i: i.number * 3,
        },
        {
            "incident_number": "CCN",
            "reported_date": "REPORT_DAT",
            "occurred_at": "START_DATE",
            "weapon": "METHOD",
            "offence": "OFFENSE",
            "fatal": "OFFENSE",
            "address": "BLOCK",
            "district": "DISTRICT",
            "neighbourhood": "NEIGHBORHOOD_CLUSTER",
            "latitude": "LATITUDE",
            "longitude": "LONGITUDE",
            "row_id": "OBJECTID",
        },
        lat=38.9,
        lon=-77.0,
    ),
    Layout(
        "boston shootings",
        "victim",
        {
            "incident_num": lambda i, v: f"I{i.number:09d}",
            "shooting_date": lambda i, v: f"{i.at:%Y-%m-%d %H:%M:%S}+00",
            "district": lambda i, v: f"B{i.district}",
            "shooting_type_v2": lambda i, v: "Fatal" if v.fatal else "Non-Fatal",
            "victim_gender": lambda i, v: "Male" if v.sex == "M" else "Female",
            "victim_race": lambda i, v: v.race.title(),
            "victim_ethnicity_nibrs": lambda i, v: "Not Hispanic or Latinx",
            "multi_victim": lambda i, v: "t" if len(i.victims) > 1 else "f",
        },
        {
            "incident_number": "incident_num",
            "occurred_at": "shooting_date",
            "district": "district",
            "fatal": "shooting_type_v2",
            "sex": "victim_gender",
            "race": "victim_race",
            "ethnicity": "victim_ethnicity_nibrs",
        },
    ),
    Layout(
        "boston shots fired",
        "incident",
        {
            "incident_num": lambda i: f"I{i.number:09d}",
            "incident_date": lambda i: f"{i.at:%Y-%m-%d %H:%M:%S}",
            "district": lambda i: f"C{i.district}",
            "ballistics_evidence": lambda i: "t" if i.number % 3 else "f",
        },
        {
            "incident_number": "incident_num",
            "occurred_at": "incident_date",
            "district": "district",
            "ballistic_evidence": "ballistics_evidence",
        },
    ),
    Layout(
        "rochester",
        "victim",
        {
            "X": lambda i, v: lon(i),
            "Y": lambda i, v: lat(i),
            "OBJECTID": lambda i, v: id(v) % 10**9,
            "Case_Number": lambda i, v: f"2019-{i.number:08d}",
            "Address": lambda i, v: i.address,
            "Occurred_Date": lambda i, v: f"{i.at:%Y/%m/%d} 05:00:00+00",
            "Occurred_Month": lambda i, v: i.at.month,
            "Occurred_Year": lambda i, v: i.at.year,
            "Crime_Type": lambda i, v: "Homicide" if v.fatal else "Shooting",
            "Multiple_Shooting": lambda i, v: "Yes" if len(i.victims) > 1 else "No",
            "Gender": lambda i, v: v.sex,
            "Race": lambda i, v: v.race,
            "Ethnicity": lambda i, v: "Non-Hispanic",
            "Victim_Age": lambda i, v: v.age,
            "Victim_Age_Band": lambda i, v: band(v.age),
        },
        {
            "incident_number": "Case_Number",
            "address": "Address",
            "occurred_date": "Occurred_Date",
            "fatal": "Crime_Type",
            "sex": "Gender",
            "race": "Race",
            "ethnicity": "Ethnicity",
            "age": "Victim_Age",
            "age_band": "Victim_Age_Band",
            "latitude": "Y",
            "longitude": "X",
        },
        precision="day",
        lat=43.15,
        lon=-77.6,
    ),
    Layout(
        "los angeles",
        "victim",
        {
            "DR_NO": lambda i, v: f"19{i.number:07d}",
            "Date Rptd": lambda i, v: f"{i.reported:%m/%d/%Y} 12:00:00 AM",
            "DATE OCC": lambda i, v: f"{i.at:%m/%d/%Y} 12:00:00 AM",
            "TIME OCC": lambda i, v: f"{i.at:%H%M}",
            "AREA": lambda i, v: f"{i.district:02d}",
            "AREA NAME": lambda i, v: i.hood,
            "Rpt Dist No": lambda i, v: 300 + i.district,
            "Part 1-2": lambda i, v: 1,
            "Crm Cd": lambda i, v: 110 if v.fatal else 230,
            "Crm Cd Desc": lambda i, v: (
                "CRIMINAL HOMICIDE" if v.fatal else "ASSAULT WITH DEADLY WEAPON, AGGRAVATED ASSAULT"
            ),
            "Mocodes": lambda i, v: "0416 1822 0334",
            "Vict Age": lambda i, v: v.age,
            "Vict Sex": lambda i, v: v.sex,
            "Vict Descent": lambda i, v: v.race[0],
            "Premis Cd": lambda i, v: 101,
            "Premis Desc": lambda i, v: i.premises,
            "Weapon Used Cd": lambda i, v: 102,
            "Weapon Desc": lambda i, v: "HAND GUN",
            "Status": lambda i, v: "IC",
            "Status Desc": lambda i, v: "Invest Cont",
            "LOCATION": lambda i, v: i.address,
            "Cross Street": lambda i, v: "",
            "LAT": lambda i, v: lat(i) or 0,
            "LON": lambda i, v: lon(i) or 0,
        },
        {
            "incident_number": "DR_NO",
            "reported_date": "Date Rptd",
            "occurred_date": "DATE OCC",
            "occurred_time": "TIME OCC",
            "offence": "Crm Cd Desc",
            "fatal": "Crm Cd Desc",
            "age": "Vict Age",
            "sex": "Vict Sex",
            "race": "Vict Descent",
            "premises": "Premis Desc",
            "weapon": "Weapon Desc",
            "address": "LOCATION",
            "latitude": "LAT",
            "longitude": "LON",
        },
        lat=34.05,
        lon=-118.25,
    ),
    Layout(
        "oakland",
        "incident",
        {
            "CRIMETYPE": lambda i: "HOMICIDE" if i.killed else "FELONY ASSAULT - SHOOTING",
            "DATETIME": lambda i: twelve(i.at),
            "CASENUMBER": lambda i: f"19-{i.number:06d}",
            "DESCRIPTION": lambda i: "SHOOT AT PERSON",
            "POLICEBEAT": lambda i: f"{i.district:02d}X",
            "ADDRESS": lambda i: i.address,
            "CITY": lambda i: "Oakland",
            "STATE": lambda i: "CA",
            "LOCATION": lambda i: f"POINT ({i.lon} {i.lat})" if i.placed else "",
        },
        {
            "incident_number": "CASENUMBER",
            "occurred_at": "DATETIME",
            "offence": "CRIMETYPE",
            "district": "POLICEBEAT",
            "address": "ADDRESS",
            "point": "LOCATION",
            "jurisdiction": "CITY",
        },
        lat=37.8,
        lon=-122.2,
    ),
    Layout(
        "detroit",
        "incident",
        {
            "crime_id": lambda i: i.number * 2,
            "report_number": lambda i: f"19{i.number:08d}",
            "address": lambda i: i.address,
            "offense_description": lambda i: "MURDER - GUN" if i.killed else "NON-FATAL SHOOTING",
            "offense_category": lambda i: "HOMICIDE" if i.killed else "AGGRAVATED ASSAULT",
            "state_offense_code": lambda i: "1302",
            "incident_timestamp": lambda i: f"{i.at:%Y-%m-%dT%H:%M:%S}.000Z",
            "incident_time": lambda i: f"{i.at:%H:%M:%S}",
            "day_of_week": lambda i: i.at.isoweekday(),
            "hour_of_day": lambda i: i.at.hour,
            "incident_year": lambda i: i.at.year,
            "scout_car_area": lambda i: f"0{i.district}02",
            "precinct": lambda i: i.district,
            "neighborhood": lambda i: i.hood,
            "council_district": lambda i: i.district,
            "zip_code": lambda i: 48200 + i.district,
            "longitude": lon,
            "latitude": lat,
        },
        {
            "incident_number": "report_number",
            "address": "address",
            "offence": "offense_description",
            "occurred_at": "incident_timestamp",
            "district": "precinct",
            "neighbourhood": "neighborhood",
            "latitude": "latitude",
            "longitude": "longitude",
        },
        lat=42.35,
        lon=-83.05,
    ),
    Layout(
        "indianapolis",
        "victim",
        {
            "caseNumber": lambda i, v: f"IP19{i.number:07d}",
            "incidentDate": lambda i, v: us(i.at),
            "incidentTime": lambda i, v: f"{i.at.hour}:{i.at:%M}",
            "shootingType": lambda i, v: "Fatal" if v.fatal else "Nonfatal",
            "victimAge": lambda i, v: v.age,
            "victimSex": lambda i, v: v.sex,
            "victimRace": lambda i, v: v.race[0],
            "victimName": lambda i, v: f"Doe, Sample{v.age}",
            "policeDistrict": lambda i, v: f"{i.hood} District",
            "beat": lambda i, v: f"ED{i.district}0",
            "blockAddress": lambda i, v: i.address,
            "latitude": lambda i, v: lat(i),
            "longitude": lambda i, v: lon(i),
        },
        {
            "incident_number": "caseNumber",
            "occurred_date": "incidentDate",
            "occurred_time": "incidentTime",
            "fatal": "shootingType",
            "age": "victimAge",
            "sex": "victimSex",
            "race": "victimRace",
            "district": "policeDistrict",
            "address": "blockAddress",
            "latitude": "latitude",
            "longitude": "longitude",
        },
        left_out=("victimName",),
    ),
    Layout(
        "hartford",
        "incident",
        {
            "Case_Number": lambda i: f"19{i.number:06d}",
            "Date": lambda i: f"{i.at:%m/%d/%Y}",
            "Time_24HR": lambda i: f"{i.at:%H%M}",
            "Address": lambda i: i.address,
            "UCR_1_Category": lambda i: "24* - SHOTS FIRED",
            "UCR_1_Description": lambda i: "ASSAULT WITH FIREARM",
            "UCR_1_Code": lambda i: "0412",
            "Neighborhood": lambda i: i.hood,
            "geom": lambda i: f"({i.lat}, {i.lon})" if i.placed else "",
        },
        {
            "incident_number": "Case_Number",
            "occurred_date": "Date",
            "occurred_time": "Time_24HR",
            "address": "Address",
            "offence_code": "UCR_1_Code",
            "neighbourhood": "Neighborhood",
            "point": "geom",
        },
        lat=41.76,
        lon=-72.68,
    ),
]

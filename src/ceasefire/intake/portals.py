"""Fetching a dataset from an open-data portal: a Socrata dataset or an ArcGIS layer.

A portal hands a dataset out page by page and may change it meanwhile, so its mark (how many rows,
last change) is read before the first page and after the last, and what was fetched is kept only
where the two agree. Pages stay in the folder until then: a fetch that was interrupted goes on.
"""

import json
import math
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from ceasefire.access.identity import current
from ceasefire.access.policies import require_change
from ceasefire.intake.models import Feed
from ceasefire.kit.fetching import Client, FetchFault

PAGE_ROWS = 1_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATASET = re.compile(r"/([a-z0-9]{4}-[a-z0-9]{4})(?=[/.?]|$)")
_LAYER = re.compile(r"^(.*/(?:FeatureServer|MapServer)/\d+)(?:/|$)")
Row = dict[str, Any]


class PortalFault(Exception):
    """The portal's data cannot be fetched, with the reason and the remedy in words."""


class Portal(Protocol):
    """One dataset: `key` names its file, `base` is its address without questions."""

    key: str
    base: str

    def mark(self, client: Client) -> dict: ...

    def page(self, client: Client, offset: int, mark: dict) -> list[Row]: ...


def fetch(address: str, folder: Path) -> Path:
    """Fetch a whole dataset as a file of JSON lines in the folder, and return its path.

    address: of a Socrata dataset (its page, /resource/xxxx-xxxx, /api/views/xxxx-xxxx) or of an
    ArcGIS layer (.../FeatureServer/0). Raises PortalFault; what has been fetched by then is kept,
    and the next fetch goes on from there, unless the dataset has changed.
    """
    portal = portal_at(address)
    client = Client(portal.base)
    try:
        return _fetch(portal, client, folder)
    except FetchFault as fault:
        raise PortalFault(str(fault)) from fault


def _fetch(portal: Portal, client: Client, folder: Path) -> Path:
    mark = portal.mark(client)
    if not mark["rows"]:
        raise PortalFault(_("The dataset has no rows. Check the address."))
    pages = Pages(folder / f"{portal.key}.pages", mark)
    while pages.rows < mark["rows"]:
        rows = portal.page(client, pages.rows, mark)
        if not rows:
            break
        pages.keep(rows)
    if portal.mark(client) != mark or pages.rows != mark["rows"]:
        pages.forget()
        raise PortalFault(
            _("The dataset changed while it was being fetched. Nothing is kept; fetch it again.")
        )
    return pages.joined(folder / f"{portal.key}.jsonl")


class Pages:
    """The pages fetched so far of one state of a dataset, each a file of JSON lines."""

    def __init__(self, folder: Path, mark: dict) -> None:
        self._folder = folder
        self._mark = folder / "mark.json"
        self._begin(mark)

    def _begin(self, mark: dict) -> None:
        held = json.loads(self._mark.read_text()) if self._mark.exists() else None
        if held != mark:
            self.forget()
            self._folder.mkdir(parents=True)
            self._mark.write_text(json.dumps(mark))

    @property
    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.jsonl"))

    @property
    def rows(self) -> int:
        """How many rows are held; each page's name ends with its own number of rows."""
        return sum(int(page.stem.rpartition("-")[2]) for page in self._files)

    def keep(self, rows: list[Row]) -> None:
        """Keep a page, whole or not at all."""
        path = self._folder / f"{self.rows:010d}-{len(rows)}.jsonl"
        part = path.with_suffix(".part")
        part.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        part.rename(path)

    def joined(self, path: Path) -> Path:
        part = path.with_suffix(".part")
        with open(part, "wb") as target:
            for page in self._files:
                with open(page, "rb") as source:
                    shutil.copyfileobj(source, target)
        part.rename(path)
        self.forget()
        return path

    def forget(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def portal_at(address: str) -> Portal:
    """The dataset at an address; PortalFault where it is none that can be fetched."""
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PortalFault(
            _("'%(address)s' is no web address; one begins with https://.") % {"address": address}
        )
    if parts.username or parts.password:
        raise PortalFault(_("The address holds a password; open data needs none."))
    root = f"{parts.scheme}://{parts.netloc}"
    if layer := _LAYER.match(parts.path):
        return ArcgisLayer(_key(parts.hostname, layer[1]), root + layer[1])
    if dataset := _DATASET.search(parts.path):
        base = f"{root}/resource/{dataset[1]}.json"
        return SocrataDataset(_key(parts.hostname, dataset[1]), base)
    raise PortalFault(
        _(
            "This is neither a Socrata dataset (an address with a code such as ab12-cd34) nor an "
            "ArcGIS layer (an address that ends with /FeatureServer/0 or /MapServer/0)."
        )
    )


def _key(host: str, path: str) -> str:
    words = [word for word in path.split("/") if word not in ("arcgis", "rest", "services", "")]
    return re.sub(r"[^A-Za-z0-9._-]+", "_", "-".join([host, *words]))[:150]


@dataclass(frozen=True)
class SocrataDataset:
    """A dataset of the SODA 2.1 interface, in the order of its own row ids."""

    key: str
    base: str

    def mark(self, client: Client) -> dict:
        found = self._ask(
            client, {"$select": "count(*) as how_many, max(:updated_at) as last_change"}
        )
        if not found or "how_many" not in found[0]:
            raise PortalFault(_("The portal does not say how many rows the dataset has."))
        return {"rows": int(found[0]["how_many"]), "changed": found[0].get("last_change")}

    def page(self, client: Client, offset: int, mark: dict) -> list[Row]:
        asked = {"$order": ":id", "$limit": PAGE_ROWS, "$offset": offset}
        return [dict(_socrata_cells(row)) for row in self._ask(client, asked)]

    def _ask(self, client: Client, words: dict) -> list[Row]:
        answer = client.json(f"{self.base}?{urlencode(words)}")
        if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
            raise PortalFault(_("The portal's answer is not a list of rows."))
        return answer


def _socrata_cells(row: Row) -> Iterator[tuple[str, Any]]:
    """Without the columns the portal works out for its own maps; points as two columns."""
    for name, value in row.items():
        if name.startswith(":@"):
            continue
        if isinstance(value, dict) and value.get("type") == "Point":
            longitude, latitude, *_ = [*value.get("coordinates", []), None, None]
            yield f"{name} longitude", longitude
            yield f"{name} latitude", latitude
        else:
            yield name, value


@dataclass(frozen=True)
class ArcgisLayer:
    """A layer or table of an ArcGIS server, in the order of its object ids."""

    key: str
    base: str

    def mark(self, client: Client) -> dict:
        layer = self._ask(client, self.base, {})
        dates = [f["name"] for f in layer.get("fields", []) if f["type"] == "esriFieldTypeDate"]
        if not layer.get("advancedQueryCapabilities", {}).get("supportsPagination", True):
            raise PortalFault(_("This server cannot hand the layer out page by page; export it."))
        found = self._query(client, {"returnCountOnly": "true"})
        if "count" not in found:
            raise PortalFault(_("The server does not say how many rows the layer has."))
        return {
            "rows": found["count"],
            "changed": layer.get("editingInfo", {}).get("lastEditDate"),
            "id": _object_id(layer),
            "dates": dates,
            "most": min(PAGE_ROWS, layer.get("maxRecordCount") or PAGE_ROWS),
        }

    def page(self, client: Client, offset: int, mark: dict) -> list[Row]:
        asked = {
            "outFields": "*",
            "orderByFields": mark["id"],
            "resultOffset": offset,
            "resultRecordCount": mark["most"],
            "outSR": 4326,
        }
        features = self._query(client, asked).get("features", [])
        return [_feature_row(feature, mark["dates"]) for feature in features]

    def _query(self, client: Client, words: dict) -> Row:
        return self._ask(client, f"{self.base}/query", {"where": "1=1", **words})

    def _ask(self, client: Client, url: str, words: dict) -> Row:
        answer = client.json(f"{url}?{urlencode({**words, 'f': 'json'})}")
        if not isinstance(answer, dict):
            raise PortalFault(_("The server's answer is not what an ArcGIS layer gives."))
        if error := answer.get("error"):
            raise PortalFault(
                _("The server refuses: %(reason)s.") % {"reason": error.get("message", "")}
            )
        return answer


def _object_id(layer: Row) -> str:
    """The name of the column that orders the layer for good."""
    fields = layer.get("fields") or []
    by_type = (field["name"] for field in fields if field.get("type") == "esriFieldTypeOID")
    name = layer.get("objectIdField") or next(by_type, None)
    if name is None:
        raise PortalFault(_("This is no layer with rows. Does the address end with its number?"))
    return name


def _feature_row(feature: Row, dates: list[str]) -> Row:
    """The attributes with dates as text in UTC, and the place of a point in degrees."""
    row = dict(feature.get("attributes") or {})
    for name in dates:
        row[name] = _moment(row.get(name))
    geometry = feature.get("geometry") or {}
    if "x" in geometry and "y" in geometry:
        longitude, latitude = (_degrees(geometry[axis]) for axis in ("x", "y"))
        row |= {"geometry longitude": longitude, "geometry latitude": latitude}
    return row


def _moment(milliseconds: int | None) -> str | None:
    """Milliseconds since 1970 (before it: negative) as a date and time in UTC."""
    if not isinstance(milliseconds, int | float):
        return milliseconds
    try:
        moment = EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return str(milliseconds)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _degrees(value: Any) -> float | None:
    """ArcGIS writes a place that is not known as the text "NaN"."""
    return value if isinstance(value, int | float) and math.isfinite(value) else None


@transaction.atomic
def portal_follow(*, feed: Feed, address: str) -> Feed:
    """Fetch a dataset for this feed every night from now on, in the name of who asks."""
    require_change(Feed)
    portal_at(address)
    feed.portal = {"address": address}
    feed.scheduled_by_id = current().user_id
    feed.save(update_fields=["portal", "scheduled_by"])
    return feed


def address_of(feed: Feed) -> str:
    """The portal that a feed follows; empty where it follows none."""
    return (feed.portal or {}).get("address", "")

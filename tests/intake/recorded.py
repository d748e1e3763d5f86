"""Portals on this machine that answer in the shapes that Socrata and ArcGIS answer in.

The shapes were written down from the two makers' published interfaces; the rows are invented.
"""

import json
import threading
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Portal:
    """Rows behind an address. `trouble` holds answers to give first: (status, headers)."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.changed = "2024-06-01T00:00:00.000Z"
        self.trouble: list[tuple[int, dict]] = []
        self.asked: list[dict] = []
        self.agents: set[str] = set()
        self.at_once = 0
        self.most_at_once = 0
        self.after_page: Callable[[], None] = lambda: None
        self.broken_after: int | None = None

    def answer(self, path: str, words: dict) -> object:
        raise NotImplementedError


class Socrata(Portal):
    path = "/resource/ab12-cd34.json"

    def answer(self, path, words):
        if path != self.path:
            return None
        if "$select" in words:
            return [{"how_many": str(self.rows), "last_change": self.changed}]
        assert words["$order"] == ":id", "without an order, pages overlap"
        first, size = int(words["$offset"]), int(words["$limit"])
        return [self.row(n) for n in range(first, min(first + size, self.rows))]

    @staticmethod
    def row(number: int) -> dict:
        row = {
            "incident_number": f"S-{number}",
            "occurred": "2024-03-14T22:05:00.000",
            "place": {"type": "Point", "coordinates": [-83.0, 40.0 + number / 10_000]},
            ":@computed_region_ab12": "7",
        }
        # Socrata leaves out a cell that is empty.
        return row | ({} if number % 3 else {"weapon": "HANDGUN"})


class Arcgis(Portal):
    path = "/arcgis/rest/services/Public/Shootings/FeatureServer/0"
    most = 25

    def answer(self, path, words):
        assert words["f"] == "json"
        if path == self.path:
            return self.layer()
        if path != f"{self.path}/query":
            return {"error": {"code": 404, "message": "Service not found"}}
        if words.get("returnCountOnly") == "true":
            return {"count": self.rows}
        return self.features(words)

    def layer(self) -> dict:
        return {
            "name": "Shootings",
            "geometryType": "esriGeometryPoint",
            "objectIdField": "OBJECTID",
            "maxRecordCount": self.most,
            "advancedQueryCapabilities": {"supportsPagination": True},
            "editingInfo": {"lastEditDate": self.changed},
            "fields": [
                {"name": "OBJECTID", "type": "esriFieldTypeOID"},
                {"name": "CASE_NO", "type": "esriFieldTypeString"},
                {"name": "OCCURRED", "type": "esriFieldTypeDate"},
            ],
        }

    def features(self, words: dict) -> dict:
        assert words["orderByFields"] == "OBJECTID", "without an order, pages overlap"
        assert words["outSR"] == "4326", "else the places come in the server's own system"
        first = int(words["resultOffset"])
        last = min(first + min(int(words["resultRecordCount"]), self.most), self.rows)
        return {
            "features": [self.feature(n) for n in range(first, last)],
            "exceededTransferLimit": last < self.rows,
        }

    @staticmethod
    def feature(number: int) -> dict:
        return {
            "attributes": {
                "OBJECTID": number + 1,
                "CASE_NO": f"A-{number}",
                "OCCURRED": 1_710_453_900_000 if number else None,
            },
            "geometry": {"x": -83.0, "y": 40.0} if number else {"x": "NaN", "y": "NaN"},
        }


@contextmanager
def served(portal: Portal):
    """The portal on 127.0.0.1; yields the address of its dataset."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            words = {name: values[0] for name, values in parse_qs(parts.query).items()}
            portal.at_once += 1
            portal.most_at_once = max(portal.most_at_once, portal.at_once)
            try:
                self._answer(parts.path, words)
            finally:
                portal.at_once -= 1

        def _answer(self, path, words):
            portal.agents.add(self.headers["User-Agent"])
            if portal.trouble:
                status, headers = portal.trouble.pop(0)
                return self._send(status, b"", headers)
            portal.asked.append(words)
            paged = "$offset" in words or "resultOffset" in words
            if paged and portal.broken_after is not None:
                portal.broken_after -= 1
                if portal.broken_after < 0:
                    return self._send(400, b"{}", {})
            found = portal.answer(path, words)
            if paged:
                portal.after_page()
            if found is None:
                return self._send(404, b"", {})
            return self._send(200, json.dumps(found).encode(), {})

        def _send(self, status, body, headers):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{portal.path}"
    finally:
        server.shutdown()
        server.server_close()

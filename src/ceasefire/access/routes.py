"""Every address of the product with its gate: what `./ceasefire routes` prints and tests walk."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

from ceasefire.access.gates import Gate, gate_of


@dataclass(frozen=True)
class Route:
    pattern: str
    name: str
    app: str
    view: object
    gate: Gate | None

    def as_dict(self) -> dict:
        return {
            "pattern": self.pattern,
            "name": self.name,
            "app": self.app,
            "room": self.gate.room.value if self.gate else None,
            "methods": self.methods(),
            "roles": self.gate.grants() if self.gate else {},
        }

    def methods(self) -> list[str]:
        allowed = getattr(self.view, "methods", None)
        if allowed is None and hasattr(self.view, "view_class"):
            names = self.view.view_class.http_method_names
            allowed = [name.upper() for name in names if hasattr(self.view.view_class, name)]
        return sorted(allowed or ["GET"])


def all_routes() -> Iterator[Route]:
    return _walk(get_resolver(), "", "")


def _walk(resolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = entry.name or ""
            yield Route(
                pattern="/" + pattern,
                name=f"{namespace}:{name}" if namespace else name,
                app=entry.callback.__module__.split(".")[1],
                view=entry.callback,
                gate=gate_of(entry.callback, name),
            )
        else:
            yield from _walk(entry, pattern, entry.namespace or namespace)

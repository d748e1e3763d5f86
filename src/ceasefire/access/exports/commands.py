"""`./ceasefire export who FILE`: who took this table out, and when."""

from pathlib import Path

from ceasefire.config.running import Refused


class Exports:
    def add_verbs(self, verbs, common):
        who = verbs.add_parser("who", parents=[common], help="whose export a file came from")
        who.add_argument("file", type=Path)

    def run(self, arguments) -> dict:
        from ceasefire.access import identity
        from ceasefire.access.exports.tracing import exports_in, identifiers_in
        from ceasefire.access.roles import Role

        actor = identity.current()
        if not (actor.is_operator or actor.role in (Role.AUDITOR, Role.ADMINISTRATOR)):
            raise Refused(f"{actor.name} may not trace exports; an auditor may.")
        if not arguments.file.is_file():
            raise Refused(f"There is no file {arguments.file}.")
        found = [_as_dict(export) for export in exports_in(arguments.file)]
        if not found:
            raise Refused(_nothing(arguments.file, identifiers_in(arguments.file)))
        if not arguments.json:
            for export in found:
                print("{identifier}: {made_by}, {agency}, {made_at}; {purpose}".format(**export))
        return {"exports": found}


def _as_dict(export) -> dict:
    return {
        "identifier": export.identifier,
        "made_by": export.made_by,
        "agency": export.agency.name if export.agency else "",
        "made_at": export.made_at.isoformat(timespec="seconds"),
        "taken_at": export.taken_at.isoformat(timespec="seconds") if export.taken_at else None,
        "table": export.table,
        "columns": export.columns,
        "rows": export.rows,
        "purpose": export.purpose,
        "sha256": export.sha256,
    }


def _nothing(file: Path, identifiers: set[str]) -> str:
    if identifiers:
        return f"This home made none of the exports that {file.name} names: {sorted(identifiers)}."
    return f"{file.name} holds no identifier of an export: its last column has been cut out."

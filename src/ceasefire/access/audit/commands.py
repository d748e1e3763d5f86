"""`./ceasefire audit`: seal, verify."""

from dataclasses import asdict


class Audit:
    def add_verbs(self, verbs, common):
        verbs.add_parser("verify", parents=[common], help="whether the audit log is whole")
        verbs.add_parser("seal", parents=[common], help="seal what is not sealed yet")

    def run(self, arguments) -> dict:
        return getattr(self, f"_{arguments.verb}")(arguments)

    @staticmethod
    def _verify(arguments) -> dict:
        from ceasefire.access.audit.verifying import verify_and_note

        report = verify_and_note()
        answer = asdict(report) | {"ok": report.ok}
        if not arguments.json:
            _print_report(answer)
        return answer

    @staticmethod
    def _seal(arguments) -> dict:
        from ceasefire.access.audit.sealing import seal
        from ceasefire.access.audit.seals import SealConflict
        from ceasefire.config.running import Refused

        try:
            batches = seal()
        except SealConflict as conflict:
            raise Refused(str(conflict)) from conflict
        if not arguments.json:
            print(f"Seals made: {len(batches)}.")
        return {"seals": batches}


def _print_report(answer: dict) -> None:
    print(f"{answer['rows']:,} rows in {answer['seals']:,} seals; {answer['unsealed']} not sealed.")
    if answer["first_bad_row"] is not None:
        print(f"The first bad row is {answer['first_bad_row']}.")
    if tail := answer["missing_tail"]:
        print(f"Rows {tail['first_id']} to {tail['last_id']} are missing ({tail['rows']}).")
    for fault in answer["faults"]:
        print(fault)
    if answer["ok"]:
        print("The log is whole.")

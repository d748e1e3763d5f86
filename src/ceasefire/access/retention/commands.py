"""`./ceasefire retention`: due, purge, report, replay."""

from dataclasses import asdict

from ceasefire.config.running import Refused


class Retention:
    def add_verbs(self, verbs, common):
        verbs.add_parser("due", parents=[common], help="how much goes when, by table and class")
        verbs.add_parser("purge", parents=[common], help="destroy what is due, and certify it")
        verbs.add_parser("report", parents=[common], help="holds, orders and certificates")
        verbs.add_parser(
            "replay", parents=[common],
            help="after a restore of an older copy: purge again what the ledger says is gone",
        )  # fmt: skip

    def run(self, arguments) -> dict:
        from ceasefire.access.roles import Role

        reading = arguments.verb in ("due", "report")
        _require(Role.ADMINISTRATOR, *([Role.AUDITOR] if reading else []))
        return getattr(self, f"_{arguments.verb}")(arguments)

    @staticmethod
    def _due(arguments) -> dict:
        from ceasefire.access.retention.selectors import queue

        rows = queue()
        if not arguments.json:
            for row in rows:
                print(
                    f"{row.month:%Y-%m}  {row.label:<32}{row.record_class:<22}"
                    f"due {row.due:,}, coming {row.coming:,}, silent {row.silent:,}"
                )
            print(f"Due now: {sum(row.due for row in rows):,}.")
        return {"rows": [asdict(row) for row in rows]}

    @staticmethod
    def _purge(arguments) -> dict:
        from ceasefire.access.retention.purging import purge_due

        return _certified(arguments, purge_due())

    @staticmethod
    def _replay(arguments) -> dict:
        from ceasefire.access.retention.purging import purge_replay

        return _certified(arguments, purge_replay())

    @staticmethod
    def _report(arguments) -> dict:
        from ceasefire.access.retention import purging, selectors

        answer = {
            "holds": [_hold(hold) for hold in selectors.holds_standing()],
            "orders": [_order(order) for order in selectors.orders_open()],
            "certificates": [_run(run) for run in selectors.certificates()],
            "broken_certificates": purging.certificates_check(),
        }
        if not arguments.json:
            _print_report(answer)
        return answer


def _require(*roles) -> None:
    from ceasefire.access import identity

    actor = identity.current()
    if not (actor.is_operator or actor.role in roles):
        wanted = " or ".join(str(role.label).lower() for role in roles)
        raise Refused(f"{actor.name} may not do this; a {wanted} may.")


def _certified(arguments, certificate) -> dict:
    if not arguments.json:
        for each in certificate.counts:
            words = " ".join(filter(None, (each["what"], each["record_class"], each["rule"])))
            print(f"{each['rows']:>8,}  {words} ({each['way']})")
        print(f"Certificate {certificate.id}: {certificate.hash}")
    return asdict(certificate)


def _hold(hold) -> dict:
    return {
        "hold": hold.pk, "agency": hold.agency_name, "cause": hold.cause, "records": hold.named,
        "approved": bool(hold.approved_by_id), "review_on": hold.review_on.isoformat(),
    }  # fmt: skip


def _order(order) -> dict:
    from django.utils import timezone

    return {
        "order": order.pk, "agency": order.agency_name, "kind": order.kind, "state": order.state,
        "records": order.named, "day": order.day(timezone.localdate()),
        "due_on": order.due_on.isoformat(), "breached": bool(order.breached_at),
    }  # fmt: skip


def _run(run) -> dict:
    counts = run.tallies.values("what", "record_class", "rule", "way", "rows")
    return {
        "certificate": run.pk, "kind": run.kind, "finished_at": run.finished_at.isoformat(),
        "hash": run.hash, "counts": list(counts),
    }  # fmt: skip


def _print_report(answer: dict) -> None:
    for hold in answer["holds"]:
        state = "approved" if hold["approved"] else "NOT APPROVED YET"
        print(f"Hold {hold['hold']} ({hold['agency']}): {hold['records']} records, {state},"
              f" lapses after {hold['review_on']}")  # fmt: skip
    for order in answer["orders"]:
        late = " BREACHED" if order["breached"] else ""
        print(f"Order {order['order']} ({order['agency']}): {order['state']}, day {order['day']},"
              f" due {order['due_on']}{late}")  # fmt: skip
    print(f"Certificates: {len(answer['certificates'])}, broken: {answer['broken_certificates']}.")

"""`./ceasefire search rebuild`: make the numbers by which people are found anew."""

from ceasefire.config.running import Refused


class Search:
    def add_arguments(self, parser):
        parser.add_argument("what", choices=("rebuild",), help="make all numbers anew")

    def run(self, arguments) -> dict:
        from ceasefire.access import purposes
        from ceasefire.registry.search.indexing import rebuild

        if not purposes.current():
            raise Refused("Say what for, for example --purpose registry.incident:12.")
        answer = {"records": rebuild()}
        if not arguments.json:
            print(f"Made anew: {answer['records']:,} records.")
        return answer

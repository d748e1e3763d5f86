"""`./ceasefire serve`."""

from ceasefire.config.running import Refused, product
from ceasefire.kit.progress import say


class Serve:
    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web processes")

    def run(self, arguments) -> int:
        with product(arguments.home):
            from ceasefire.access.audit.checks import advice
            from ceasefire.access.models import User
            from ceasefire.web import serving

            if not User.objects.exists():
                raise Refused("This home has no accounts yet. Open one: ./ceasefire account --help")
            for problem in advice():
                say(f"{problem.id}: {problem.msg} {problem.hint}")
            serving.prepare()
            say(f"Serving on http://{arguments.host}:{arguments.port}/  (Ctrl-C stops it)")
            return serving.serve(
                host=arguments.host, port=arguments.port, workers=arguments.workers
            )

from django.apps import AppConfig


class ProblemAnalysisConfig(AppConfig):
    name = "ceasefire.problem_analysis"
    label = "problem_analysis"

    def ready(self):
        from ceasefire.problem_analysis import purposes  # noqa: F401
        from ceasefire.problem_analysis.sessions import policies  # noqa: F401
        from ceasefire.problem_analysis.study import policies as studies  # noqa: F401

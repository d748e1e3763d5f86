from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "ceasefire.oversight"
    label = "oversight"

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "ceasefire.demo"
    label = "demo"

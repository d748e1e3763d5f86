from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "ceasefire.administration"
    label = "administration"

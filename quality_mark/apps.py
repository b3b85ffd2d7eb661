from django.apps import AppConfig


class QualityMarkConfig(AppConfig):
    name = "quality_mark"
    verbose_name = "Znak Zakup Prospołeczny"

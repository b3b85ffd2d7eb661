from celery import shared_task

from open_data.use_cases import changes


@shared_task
def look_again(**_):
    """Every night, after the catalogue was brought to the new day."""
    changes.look_again()

"""Once a night, what no longer counts against anybody's budget goes."""

from django.db import connection
from procrastinate.contrib.django import app


@app.periodic(cron="20 5 * * *")
@app.task(name="readings.forget", queueing_lock="forget old readings")
def forget(timestamp: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.readings_forget()")

"""Every hour: exports that nobody took in time."""

from procrastinate.contrib.django import app

from ceasefire.access.exports import services


@app.periodic(cron="5 * * * *")
@app.task(name="exports.expire", queueing_lock="note the exports that lapsed")
def expire(timestamp: int) -> None:
    services.exports_expire()

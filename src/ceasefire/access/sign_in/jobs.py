"""What signing in does by the calendar."""

from procrastinate.contrib.django import app

from ceasefire.access.sign_in import drafts, passwords


@app.periodic(cron="17 * * * *")
@app.task(name="sign_in.purge_drafts", queueing_lock="purge kept drafts")
def purge_drafts(timestamp: int) -> None:
    drafts.purge()


@app.periodic(cron="40 4 1 1,4,7,10 *")
@app.task(name="sign_in.recheck_passwords", queueing_lock="recheck passwords")
def recheck_passwords(timestamp: int) -> None:
    """Once a quarter the lists are newer than the passwords that they were asked about."""
    passwords.mark_all_due()

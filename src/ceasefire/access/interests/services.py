"""Verbs on declarations, and the reviewer's on what came near one."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.interests.models import DeclaredInterest, InterestFlag, InterestToken
from ceasefire.access.interests.tokens import ROOM, declared_tokens
from ceasefire.access.models import User
from ceasefire.access.policies import require_change
from ceasefire.access.sealing.keyring import KeyMissing
from ceasefire.access.sealing.services import record_key_make
from ceasefire.access.sealing.tokens import MOST_WORDS, fold


@transaction.atomic
def interest_declare(
    *, name: str, relation: DeclaredInterest.Relation, address: str = ""
) -> DeclaredInterest:
    """Declare, as oneself, somebody not to be looked up. Raises ValidationError by field."""
    actor = require_change(DeclaredInterest)
    words = len(fold(name).split())
    if not 1 <= words <= MOST_WORDS:
        raise ValidationError({"name": _("Write the name in letters, at most twelve words.")})
    try:
        key, tokens = record_key_make(room=ROOM), list(declared_tokens(name, address))
    except KeyMissing:
        raise ValidationError(
            _("Nothing can be sealed here yet: ask your system administrator for this room's key.")
        ) from None
    declared = DeclaredInterest.objects.create(
        account_id=actor.user_id, relation=relation, name=name.strip(),
        address=address.strip() or None, words=words, record_key=key,
    )  # fmt: skip
    InterestToken.objects.bulk_create(
        InterestToken(
            interest=declared, account_id=actor.user_id, record_key=key, word=word, near=near,
            token=token,
        )
        for word, near, token in tokens
    )  # fmt: skip
    audit.record("interests.declared", declared, result="done")
    return declared


@transaction.atomic
def interest_take_back(*, interest: DeclaredInterest) -> None:
    """Ask the reviewer to let a declaration of one's own go; until then it stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wall.interest_met(%s, %s)",
            [audit.key_of(interest), InterestFlag.Found.TAKE_BACK],
        )
    audit.record("interests.take_back", interest, result="done")


@transaction.atomic
def flag_decide(
    *, flag: InterestFlag, decision: InterestFlag.Decision, because: str
) -> InterestFlag:
    """The reviewer's decision, which may be changed later by another.

    Raises NotPermitted, and ValidationError without words or on a flag of one's own account.
    """
    actor = require_change(InterestFlag)
    held = InterestFlag.objects.select_for_update(of=["self"]).get(pk=flag.pk)
    _require_reason(held.account_id, actor.user_id, because)
    held.decision, held.because = decision, because.strip()
    held.decided_by_id, held.decided_at = actor.user_id, timezone.now()
    held.save(update_fields=["decision", "because", "decided_by", "decided_at"])
    _recorded(held)
    return held


@transaction.atomic
def record_close(*, account: User, record: str, because: str) -> InterestFlag:
    """Close a record to an account that declared nothing, or once more after it was opened.

    Raises NotPermitted, and ValidationError without words or for one's own account.
    """
    require_change(InterestFlag)
    held, _new = InterestFlag.objects.get_or_create(
        account_id=account.pk, record=record, defaults={"found": InterestFlag.Found.REVIEWER}
    )
    return flag_decide(flag=held, decision=InterestFlag.Decision.CLOSED, because=because)


def _require_reason(account_id: int, reviewer_id: int | None, because: str) -> None:
    if reviewer_id == account_id:
        raise ValidationError(_("This is about your own account; another reviewer decides."))
    if not because.strip():
        raise ValidationError({"because": _("Say in words why.")})


def _recorded(flag: InterestFlag) -> None:
    audit.record("interests.decided", flag, subjects=[flag.record], result="done",
                 detail={"account": flag.account_id, "decision": flag.decision})  # fmt: skip

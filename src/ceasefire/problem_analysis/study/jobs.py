"""Building a study in the background, in the name and for the purpose of whoever asked for it."""

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ceasefire.access.asking import actor_of_user
from ceasefire.access.identity import acting
from ceasefire.access.models import User
from ceasefire.access.purposes import NoSuchReference
from ceasefire.access.purposes.services import stating
from ceasefire.access.walls import proof
from ceasefire.kit.jobs import enqueue
from ceasefire.problem_analysis.study import services
from ceasefire.problem_analysis.study.models import Study
from ceasefire.registry.services import CityNotSet


@app.task(name="problem_analysis.build_study")
def build_study(study_id: int, purpose: str, as_user: str) -> None:
    person = User.objects.get(pk=proof.errand_bearer(as_user, build_study.name, study_id))
    actor = actor_of_user(person)
    if actor is None:
        raise PermissionError(f"{person.username} has no current role.")
    with acting(actor), stating(purpose):
        study = Study.objects.get(pk=study_id)
        try:
            services.edition_build(study=study)
        except (CityNotSet, NoSuchReference) as refusal:
            services.study_trouble(study=study, words=str(refusal))
        except Exception:
            words = _("The work stopped at a fault of the product itself; its log says more.")
            services.study_trouble(study=study, words=words)
            raise


def send(*, study: Study, purpose: str, user_id: int) -> None:
    """Queue the building of a study."""
    enqueue(
        build_study, study_id=study.pk, purpose=purpose,
        as_user=proof.errand(user_id, build_study.name, study.pk),
    )  # fmt: skip

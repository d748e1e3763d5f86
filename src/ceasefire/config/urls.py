"""Every address of the web application, in the order of the programme's cycle."""

from django.urls import include, path

urlpatterns = [
    path("", include("ceasefire.web.urls")),
    path("account/", include("ceasefire.access.sign_in.urls")),
    path("intake/", include("ceasefire.intake.urls")),
    path("shootings/", include("ceasefire.registry.urls")),
    path("people/", include("ceasefire.registry.people.urls")),
    path("people/lists/", include("ceasefire.registry.prior_lists.urls")),
    path("groups/", include("ceasefire.registry.groups.urls")),
    path("sources/", include("ceasefire.registry.sources.urls")),
    path("ties/", include("ceasefire.registry.affiliations.urls")),
    path("conflicts/", include("ceasefire.registry.conflicts.urls")),
    path("links/", include("ceasefire.registry.links.urls")),
    path("review/", include("ceasefire.shooting_review.urls")),
    path("analysis/", include("ceasefire.problem_analysis.urls")),
    path("published/", include("ceasefire.problem_analysis.study.public_urls")),
    path("consents/", include("ceasefire.access.consent.urls")),
    path("interests/", include("ceasefire.access.interests.urls")),
    path("your-records/", include("ceasefire.rights.urls")),
    path("immigration/", include("ceasefire.access.federal.urls")),
    path("exceptional/", include("ceasefire.access.exceptional.urls")),
    path("exports/", include("ceasefire.access.exports.urls")),
    path("oversight/", include("ceasefire.oversight.urls")),
    path("administration/", include("ceasefire.administration.urls")),
]

"""The city's public page and the clerks' pages; a holder's own; contested entries; copies."""

from django.urls import include, path

from ceasefire.rights.views import clerks, contests, holders, public, reviews

asking = [
    path("", public.ask, name="ask"),
    path("state/", public.state, name="state"),
    path("requests/", clerks.requests, name="requests"),
    path("requests/new/", clerks.new, name="new"),
    path("requests/<int:pk>/", clerks.one, name="one"),
    path("requests/<int:pk>/identity/", clerks.identify, name="identify"),
    path("requests/<int:pk>/close/", clerks.close, name="close"),
    path("requests/<int:pk>/review/", clerks.review, name="review"),
    path("requests/<int:pk>/address/", clerks.cover, name="cover"),
]
answering = [
    path("", holders.owed, name="owed"),
    path("<int:pk>/", holders.answer, name="answer"),
    path("<int:pk>/letter/", holders.letter, name="letter"),
    path("<int:pk>/contest/", holders.contest, name="contest"),
    *(
        path(f"reviews/{room.value}/", view, name=f"reviews_{room.value}")
        for room, view in reviews.LISTS.items()
    ),
    *(
        path(f"reviews/{room.value}/<int:pk>/", view, name=f"review_{room.value}")
        for room, view in reviews.PAGES.items()
    ),
]
contesting = [
    path("", contests.contests, name="list"),
    path("<int:pk>/", contests.contest_one, name="one"),
    path("<int:pk>/letter/", contests.contest_letter, name="letter"),
    path("appeals/", contests.appeals, name="appeals"),
    path("appeals/<int:pk>/", contests.appeal, name="appeal"),
]
copies = [
    path("", clerks.corrections, name="list"),
    path("<int:pk>/", clerks.corrected, name="done"),
]
urlpatterns = [
    path("", include((asking, "rights"))),
    path("answers/", include((answering, "answers"))),
    path("contests/", include((contesting, "contests"))),
    path("copies/", include((copies, "copies"))),
]

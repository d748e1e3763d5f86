from django.urls import path

from ceasefire.problem_analysis.sessions.views import auditing, coding, results, sessions

urlpatterns = [
    path("", sessions.sessions, name="sessions"),
    path("new/", sessions.plan, name="plan"),
    path("<int:pk>/", sessions.session, name="session"),
    path("<int:pk>/open/", sessions.open_it, name="open"),
    path("<int:pk>/close/", sessions.close, name="close"),
    path("<int:pk>/attended/", sessions.attended, name="attended"),
    path("<int:pk>/guest/", sessions.guest, name="guest"),
    path("<int:pk>/minutes/", results.minutes, name="minutes"),
    path("<int:pk>/agreement/", results.agreement, name="agreement"),
    path("<int:pk>/contested/", results.contested, name="contested"),
    path("<int:pk>/groups/", auditing.groups, name="groups"),
    path("<int:pk>/groups/<int:group>/", auditing.walk, name="walk"),
    path("shootings/<int:pk>/", coding.code, name="code"),
    path("shootings/<int:pk>/contest/", coding.contest, name="contest"),
    path("shootings/<int:pk>/settle/", coding.settle, name="settle"),
]

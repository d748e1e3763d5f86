from django.urls import path

from ceasefire.administration.views import agencies, due, history, opening, people

app_name = "administration"
urlpatterns = [
    path("", due.accounts, name="accounts"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/new/", agencies.agency_new, name="agency_new"),
    path("agencies/<int:pk>/", agencies.agency, name="agency"),
    path("agencies/<int:pk>/agreement/", agencies.agreement_new, name="agreement_new"),
    path("agreements/<int:pk>/end/", agencies.agreement_end, name="agreement_end"),
    path("people/", people.people, name="people"),
    path("people/new/", opening.choose, name="person_new"),
    path("people/new/<slug:role>/", opening.account_new, name="account_new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/role/", opening.choose_another, name="role_choose"),
    path("people/<int:pk>/role/<slug:role>/", opening.role_new, name="role_new"),
    path("people/<int:pk>/history/", history.certify, name="history_certify"),
    path("people/<int:pk>/passphrase/", opening.passphrase, name="passphrase"),
    path("people/<int:pk>/release/", people.release, name="release"),
    path("people/<int:pk>/invite/", opening.invite, name="invite"),
    path("held/<int:pk>/certify/", people.certify, name="certify"),
    path("held/<int:pk>/wake/", people.wake, name="wake"),
    path("held/<int:pk>/end/", people.role_end, name="role_end"),
    path("history/<int:pk>/end/", history.end, name="history_end"),
    path("roles/", due.roles, name="roles"),
]

"""The pages of signing in: the library's that the product uses, and no others."""

from allauth.account import views as account
from allauth.socialaccount import views as social
from django.urls import include, path

from ceasefire.access.federal import views as federal
from ceasefire.access.sign_in import views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("sessions/", include("allauth.usersessions.urls")),
    path("security/", include("allauth.mfa.urls")),
    path("attest/", federal.attest, name="account_attest"),
    path("still-here/", views.still_here, name="account_still_here"),
    path("invited/<str:token>/", views.invited, name="account_invited"),
    path("sign-on/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-on/error/", social.login_error, name="socialaccount_login_error"),
    path("sign-on/<str:provider_id>/", views.sign_on, name="openid_connect_login"),
    path("sign-on/<str:provider_id>/answer/", views.sign_on_answer, name="openid_connect_callback"),
]

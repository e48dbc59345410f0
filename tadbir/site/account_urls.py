"""Sign-in addresses: those of allauth that an agent needs, without registration and without e-mail pages."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.urls import include, path

from tadbir.site.account import views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", views.password, name="account_change_password"),
    path("enrol/<str:token>/", views.enrolment, name="enrolment"),
    path("demo/<str:token>/", views.demo_sign_in, name="demo-sign-in"),
    path("second-factor/", views.second_factor, name="second-factor"),
    path("kept/", views.kept_form, name="kept-form"),
    path("security/", mfa.index, name="mfa_index"),
    path("security/code/", mfa.authenticate, name="mfa_authenticate"),
    path("security/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("security/totp/", include("allauth.mfa.totp.urls")),
    path("security/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("security/passkeys/", include("allauth.mfa.webauthn.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]

"""Addresses of the desk. All but the pages are for its own script; signing in is config/sign_in/."""

from django.urls import path

from reporting.desk import data, pause, views, writing
from reporting.desk.sign_out import sign_out

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("sign-out/", sign_out, name="sign_out"),
    path("pause/", pause.pause, name="pause"),
    path("pause/lift/", pause.lift, name="lift"),
    # Sealed data, for the script:
    path("keyring/", data.keyring, name="keyring"),
    path("concerns/", data.concerns, name="concerns"),
    path("reports/", data.reports, name="reports"),
    path("reports/<uuid:report_id>/", data.report, name="report"),
    path("reports/<uuid:report_id>/opened/", writing.opened, name="opened"),
    path("reports/<uuid:report_id>/unmarked/", writing.unmarked, name="unmarked"),
    path("reports/<uuid:report_id>/draft/", writing.draft, name="draft"),
    path("reports/<uuid:report_id>/replies/<uuid:reply_id>/", writing.reply, name="reply"),
    path("reports/<uuid:report_id>/decisions/<uuid:letter_id>/", writing.decision, name="decision"),
]

"""Addresses of the desk. All but the pages are for its own script; signing in is config/sign_in/."""

from django.urls import path

from reporting.desk import audit, bundles, counts, data, keys, pause, preserving, restrict, signs, views, work, writing
from reporting.desk.sign_out import sign_out

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("sign-out/", sign_out, name="sign_out"),
    path("audit/", audit.audit, name="audit"),
    path("counts/", counts.counts, name="counts"),
    path("counts.csv", counts.table, name="counts_csv"),
    path("pause/", pause.pause, name="pause"),
    path("pause/lift/", pause.lift, name="lift"),
    # Who holds which key
    path("keys/", keys.page, name="keys"),
    path("keys/cards/", keys.cards, name="cards"),
    path("keys/recovery-sheet/", keys.recovery_sheet, name="recovery_sheet"),
    path("keys/state/", keys.state, name="keys_state"),
    path("keys/mine/", keys.mine, name="my_key"),
    path("keys/mine/passphrase/", keys.passphrase, name="my_passphrase"),
    path("keys/vouches/", keys.vouches, name="vouches"),
    path("keys/disabled/", keys.disabled, name="disabled"),
    path("keys/inbox/", keys.inbox_key, name="inbox_key"),
    path("keys/inbox/extended/", keys.extended, name="extended"),
    path("keys/inbox/exported/", keys.exported, name="exported"),
    path("keys/recovery/", keys.recovery_key, name="recovery_key"),
    path("keys/letters/", keys.letters, name="letters"),
    path("keys/test-report/", keys.opening_test, name="opening_test"),
    # Sealed data, for the script:
    path("keyring/", data.keyring, name="keyring"),
    path("concerns/", data.concerns, name="concerns"),
    path("reports/", data.reports, name="reports"),
    path("reports/<uuid:report_id>/", data.report, name="report"),
    path("reports/<uuid:report_id>/opened/", writing.opened, name="opened"),
    path("reports/<uuid:report_id>/preserved/", preserving.preserve, name="preserve"),
    path("reports/<uuid:report_id>/unmarked/", writing.unmarked, name="unmarked"),
    path("reports/<uuid:report_id>/draft/", writing.draft, name="draft"),
    path("reports/<uuid:report_id>/assignee/", work.assign, name="assign"),
    path("reports/<uuid:report_id>/known/", work.exclude, name="exclude"),
    path("reports/<uuid:report_id>/notes/<uuid:letter_id>/", work.note, name="note"),
    path("reports/<uuid:report_id>/restricted/", restrict.restricted, name="restricted"),
    path("reports/<uuid:report_id>/replies/<uuid:reply_id>/", writing.reply, name="reply"),
    path("reports/<uuid:report_id>/decisions/<uuid:letter_id>/", writing.decision, name="decision"),
    # What leaves the desk by hand, and what to look for in what people wrote:
    path("reports/<uuid:report_id>/audit/", bundles.lines, name="lines"),
    path("reports/<uuid:report_id>/copied/", bundles.copied, name="copied"),
    path("reports/<uuid:report_id>/bundled/", bundles.bundled, name="bundled"),
    path("disclosed/", bundles.disclosed, name="disclosed"),
    path("signs/", signs.signs, name="signs"),
]

"""The whole site as one table."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import path, re_path

from debate.views import (
    about,
    accounts,
    argument_map,
    authors,
    ballots,
    claims,
    comparison,
    errors,
    essays,
    forecasts,
    health,
    insights,
    leaderboard,
    ledger,
    matrix,
    motions,
    predictions,
    standing,
    tags,
    timeline,
    votes,
)

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", motions.home, name="home"),
    path("motions/", motions.index, name="motions"),
    path("motions/<slug:slug>/", motions.detail, name="motion"),
    path("motions/<slug:slug>/ballot/", ballots.cast, name="ballot"),
    path("motions/<slug:slug>/reveal/", votes.reveal_motion, name="reveal-motion"),
    path("stand/", standing.page, name="stand"),
    path("stand/<slug:slug>/", standing.cast, name="stand-vote"),
    path("essays/", essays.index, name="essays"),
    path("essays/<slug:slug>/", essays.detail, name="essay"),
    path("essays/<slug:slug>/ballot/", ballots.cast_on_essay, name="essay-ballot"),
    path("authors/", authors.index, name="authors"),
    path("authors/<slug:slug>/", authors.detail, name="author"),
    path("claims/", claims.index, name="claims"),
    path("claims/<slug:slug>/", claims.detail, name="claim"),
    path("claims/<slug:slug>/vote/", votes.cast, name="vote"),
    path("claims/<slug:slug>/reveal/", votes.reveal_claim, name="reveal-claim"),
    path("claims/<slug:slug>/tags/", tags.propose, name="propose-tag"),
    path("predictions/", predictions.index, name="predictions"),
    path("predictions/<slug:slug>/", predictions.detail, name="prediction"),
    path("predictions/<slug:slug>/forecast/", forecasts.make, name="forecast"),
    path("predictions/<slug:slug>/reveal/", forecasts.reveal_prediction, name="reveal-prediction"),
    path("leaderboard/", leaderboard.index, name="leaderboard"),
    path("leaderboard/me/", leaderboard.enlist, name="enlist"),
    path("leaderboard/<int:key>/", leaderboard.detail, name="forecaster"),
    path("tags/", tags.index, name="tags"),
    path("tags/<str:slug>/", tags.detail, name="tag"),
    path("compare/", comparison.page, name="compare"),
    path("matrix/", matrix.page, name="matrix"),
    path("map/", argument_map.page, name="map"),
    path("timeline/", timeline.page, name="timeline"),
    path("unanswered/", ledger.page, name="unanswered"),
    path("feeds/unanswered.atom", ledger.feed, name="unanswered-feed"),
    path("insights/", insights.page, name="insights"),
    path("about/", about.about, name="about"),
    path("about/method/", about.method, name="method"),
    path("robots.txt", about.robots, name="robots"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("accounts/signup/", accounts.sign_up, name="account_signup"),
    path("accounts/login/", accounts.sign_in, name="account_login"),
    path("accounts/logout/", accounts.sign_out, name="account_logout"),
    path("accounts/inactive/", accounts.inactive, name="account_inactive"),
    path("accounts/reauthenticate/", accounts.again, name="account_reauthenticate"),
    path("accounts/email/", accounts.address, name="account_email"),
    path("accounts/confirm-email/", accounts.confirm_sent, name="account_email_verification_sent"),
    re_path(r"^accounts/confirm-email/(?P<key>[-:\w]+)/$", accounts.confirm, name="account_confirm_email"),
    path("accounts/password/change/", accounts.password, name="account_change_password"),
    path("accounts/password/set/", accounts.first_password, name="account_set_password"),
    path("accounts/password/reset/", accounts.forgotten, name="account_reset_password"),
    path("accounts/password/reset/done/", accounts.forgotten_sent, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.new_password,
        name="account_reset_password_from_key",
    ),
    path("accounts/password/reset/key/done/", accounts.new_password_set, name="account_reset_password_from_key_done"),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many
handler500 = errors.server_error

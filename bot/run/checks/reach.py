"""How people come in: public address, messengers, the neutral page, and a proxy before the product."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bot.run.checks.finding import Finding
from bot.run.config import Config

PROXY = Path("/etc/nginx/nginx.conf")
MUST = ("access_log off;", "proxy_request_buffering off;", "proxy_buffering off;", "client_body_temp_path /run/")
"""What deploy/nginx.conf says and no other may leave out."""
NAMES_WHO = re.compile(r"\$remote_addr|\$proxy_add_x_forwarded_for|\$http_x_forwarded_for")
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
"""A bot's token as @BotFather writes it: number, colon, secret."""
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What Telegram takes as a webhook's secret (Bot API, setWebhook)."""
PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


def findings(config: Config, *, real: bool) -> Iterator[Finding]:
    """Everything about ways in and out."""
    if real:
        fix = "set HOPTHU_PUBLIC_URL to the https address that the proxy answers on"
        yield Finding(config.web.startswith("https://"), "residents and officers come by https", fix)
    yield from _exit(config)
    yield from _telegram(config)
    yield from _proxy()
    connected = config.telegram_token is not None or config.telegram_desk_token is not None
    if connected and any(os.environ.get(name) for name in PROXIES):
        fix = "take HTTPS_PROXY out of the service's environment, unless that proxy is your own"
        yield Finding(False, "nobody stands between the product and Telegram", fix, advice=True)


def _exit(config: Config) -> Iterator[Finding]:
    if config.exit_url is None:
        yield Finding(True, "quick exit leads to the board of numbers")
        return
    there, here = urlsplit(config.exit_url), urlsplit(config.web)
    fine = there.scheme == "https" and bool(there.hostname) and there.hostname != here.hostname
    fix = "set HOPTHU_EXIT_URL to an everyday https page of somebody else's, such as a weather page, or unset it"
    yield Finding(fine, "quick exit leads to a page of somebody else's", fix)


def _telegram(config: Config) -> Iterator[Finding]:
    bots = {"residents": config.telegram_token, "officers": config.telegram_desk_token}
    tokens = {whose: token.get_secret_value() for whose, token in bots.items() if token is not None}
    if "residents" not in tokens:
        yield Finding(True, "no Telegram bot is connected")
    if "officers" not in tokens:
        fix = "set HOPTHU_TELEGRAM_DESK_TOKEN, so that officers are told of urgent tips on their phones"
        yield Finding(not tokens, "officers are told on their phones", fix, advice=True)
    for whose, token in tokens.items():
        form = TOKEN.fullmatch(token) is not None
        yield Finding(form, f"the {whose}' Telegram token has a token's form", "copy it from @BotFather")
    if len(tokens) > len({token.partition(":")[0] for token in tokens.values()}):
        fix = "have @BotFather make another bot for HOPTHU_TELEGRAM_DESK_TOKEN"
        yield Finding(False, "residents and officers have bots of their own", fix)
    if tokens and config.telegram_mode == "webhook":
        secret = config.telegram_webhook_secret
        named = secret is not None and SECRET.fullmatch(secret.get_secret_value()) is not None
        fine = named and config.web.startswith("https://")
        fix = "set HOPTHU_PUBLIC_URL to an https address and HOPTHU_TELEGRAM_WEBHOOK_SECRET (letters, digits, _ and -)"
        yield Finding(fine, "the webhook has a public address and a secret", fix)


def _proxy() -> Iterator[Finding]:
    try:
        lines = PROXY.read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    said = "\n".join(line.partition("#")[0] for line in lines)
    missing = [words for words in MUST if words not in re.sub(r"[ \t]+", " ", said)]
    fine = not missing and not NAMES_WHO.search(said)
    fix = "use deploy/nginx.conf" + (f"; it lacks: {' '.join(missing)}" if missing else "; it names who comes")
    yield Finding(fine, f"{PROXY} keeps no address and stores no request", fix)

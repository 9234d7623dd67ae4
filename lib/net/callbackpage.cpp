// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/callbackpage.h"

#include <QCoreApplication>
#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("CallbackPage", text); }

const QByteArray Style = R"(
:root{color-scheme:light dark;--back:#f6f5f2;--card:#fff;--text:#1d1d1f;--soft:#5c5c66;--line:#e3e1dc;--good:#1a7f4b;--bad:#b3261e;--note:#8a5a00}
@media(prefers-color-scheme:dark){:root{--back:#17171a;--card:#212126;--text:#f2f2f5;--soft:#a9a9b4;--line:#33333a;--good:#4cc38a;--bad:#ff8a80;--note:#f0b952}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--back);color:var(--text);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{width:100%;max-width:30rem;padding:2.5rem 2rem;background:var(--card);border:1px solid var(--line);border-radius:1rem;text-align:center}
svg{width:3.5rem;height:3.5rem;fill:none;stroke:currentColor;stroke-width:2.25;stroke-linecap:round;stroke-linejoin:round}
.good{color:var(--good)}.bad{color:var(--bad)}.note{color:var(--note)}
h1{margin:1rem 0 .5rem;font-size:1.5rem;line-height:1.25;color:var(--text)}
p{margin:.5rem 0;color:var(--soft)}
footer{margin-top:1.75rem;font-size:.875rem;color:var(--soft)}
)";

constexpr QLatin1StringView Tick
    = R"(<circle cx="12" cy="12" r="10"/><path d="m7.5 12.5 3 3 6-6.5"/>)"_L1;
constexpr QLatin1StringView Cross
    = R"(<circle cx="12" cy="12" r="10"/><path d="m8.5 8.5 7 7m0-7-7 7"/>)"_L1;
constexpr QLatin1StringView Clock
    = R"(<circle cx="12" cy="12" r="10"/><path d="M12 6.5V12l3.5 2"/>)"_L1;
constexpr QLatin1StringView Dot
    = R"(<circle cx="12" cy="12" r="10"/><path d="M12 7v6m0 3.5v.1"/>)"_L1;

struct Content
{
    QLatin1StringView tone;
    QLatin1StringView drawing;
    QString heading;
    QString text;
};

Content contentOf(CallbackPage page)
{
    switch (page) {
    case CallbackPage::SignedIn:
        return {"good"_L1, Tick, tr("You are signed in"),
                tr("Maestro has everything it needs. You can close this tab and go back to it.")};
    case CallbackPage::SignedInWithoutKey:
        return {"note"_L1, Dot, tr("You are signed in, but there is no API key"),
                tr("This account has no organization that can get one. Maestro shows the ways "
                   "forward; you can close this tab.")};
    case CallbackPage::Denied:
        return {"note"_L1, Cross, tr("The sign-in was not allowed"),
                tr("Nothing was stored. If that was not meant, go back to Maestro and start the "
                   "sign-in again.")};
    case CallbackPage::Failed:
        return {"bad"_L1, Cross, tr("The sign-in did not work"),
                tr("Nothing was stored. Maestro says what went wrong and what you can do; you can "
                   "close this tab.")};
    case CallbackPage::StillWorking:
        return {"note"_L1, Clock, tr("Still working"),
                tr("The sign-in takes longer than usual. Maestro shows how it ends; you can close "
                   "this tab.")};
    case CallbackPage::OtherAttempt:
        return {
            "note"_L1, Dot, tr("This page belongs to another sign-in"),
            tr("Maestro is still waiting. Finish the sign-in in the page that it opened last.")};
    case CallbackPage::AlreadyUsed:
        return {"note"_L1, Dot, tr("This sign-in has been used already"),
                tr("Maestro shows how it ended. You can close this tab.")};
    case CallbackPage::NothingHere:
        return {"note"_L1, Dot, tr("There is nothing here"),
                tr("Maestro is waiting here for a sign-in to come back from the browser.")};
    }
    Q_UNREACHABLE();
}

QByteArray toHtml(const Content &content)
{
    //: The language of these pages as a BCP 47 tag: that of the translation.
    const QString language = tr("en");
    return uR"(<!DOCTYPE html>
<html lang="%1"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>%2 – Maestro</title><style>%3</style></head>
<body><main class="%4"><svg viewBox="0 0 24 24" aria-hidden="true">%5</svg><h1>%2</h1><p>%6</p><footer>Maestro</footer></main></body></html>
)"_s.arg(language.toHtmlEscaped(), content.heading.toHtmlEscaped(), QString::fromLatin1(Style),
         content.tone, content.drawing, content.text.toHtmlEscaped())
        .toUtf8();
}

QByteArray reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 303:
        return "See Other";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 410:
        return "Gone";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 421:
        return "Misdirected Request";
    case 431:
        return "Request Header Fields Too Large";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Error";
    }
}

QByteArray headOf(int status, qsizetype length)
{
    static const QByteArray styleHash
        = QCryptographicHash::hash(Style, QCryptographicHash::Sha256).toBase64();
    // One inline style, known by its hash, and nothing else: no script, image, font, frame or form.
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status)
        + "\r\nContent-Length: " + QByteArray::number(length)
        + "\r\nContent-Security-Policy: default-src 'none'; style-src 'sha256-" + styleHash
        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
          "\r\nX-Content-Type-Options: nosniff"
          "\r\nX-Frame-Options: DENY"
          "\r\nReferrer-Policy: no-referrer"
          "\r\nCache-Control: no-store"
          "\r\nCross-Origin-Resource-Policy: same-origin"
          "\r\nConnection: close\r\n";
    if (status == 405) {
        head += "Allow: GET\r\n"; // RFC 9110 §15.5.6
    }
    return head;
}

} // namespace

QByteArray toResponse(CallbackPage page, int status)
{
    const QByteArray html = toHtml(contentOf(page));
    return headOf(status, html.size()) + "Content-Type: text/html; charset=utf-8\r\n\r\n" + html;
}

QByteArray toRedirect(const QByteArray &path)
{
    return headOf(303, 0) + "Location: " + path + "\r\n\r\n";
}

QByteArray headOnly(const QByteArray &response)
{
    constexpr qsizetype BlankLine = 4;
    return response.first(response.indexOf("\r\n\r\n") + BlankLine);
}

} // namespace Maestro

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practicepages.h"

#include "practice/practicetext.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Maestro::Practice::Pages", text);
}

struct OutcomeText
{
    QString name;
    QString meaning;
};

OutcomeText textOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Success:
        return {tr("Nothing"), tr("The sign-in works.")};
    case Outcome::AdministratorDenied:
        return {tr("Administrator refuses"), tr("The workspace forbids this app.")};
    case Outcome::CodeRefused:
        return {tr("Code refused"), tr("“invalid_grant” for the tokens.")};
    case Outcome::TokenServerError:
        return {tr("Token server fails"), tr("Status 500 for the tokens.")};
    case Outcome::NoOrganization:
        return {tr("No organization"), tr("Signed in, but without an API key.")};
    case Outcome::WrongState:
        return {tr("Wrong state"), tr("A redirect that is not yours.")};
    }
    Q_UNREACHABLE();
}

//! `formTarget`: where the form may lead, beside this server. Browsers hold the redirect that
//! answers a form to form-action, too.
HttpHeaders pageHeaders(const QString &css, const QByteArray &formTarget = {})
{
    const QByteArray cssHash
        = QCryptographicHash::hash(css.toUtf8(), QCryptographicHash::Sha256).toBase64();
    const QByteArray formAction
        = formTarget.isEmpty() ? QByteArray("'none'") : "'self' " + formTarget;
    return {
        {"Content-Type", "text/html; charset=utf-8"},
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'sha256-" + cssHash + "'; form-action " + formAction
             + "; base-uri 'none'; frame-ancestors 'none'"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    };
}

//! CSP has no way to write an IPv6 address (CSP3 §2.3.1): its scheme stands for it.
QByteArray formTargetFor(const QString &redirectUri)
{
    const QUrl url(redirectUri);
    return url.host().contains(u':')
        ? QByteArray("http:")
        : QByteArray("http://" + url.host().toLatin1() + ':' + QByteArray::number(url.port()));
}

TextValues commonValues(const QString &title)
{
    return {
        //: The language of the translation, as HTML names it.
        {u"language"_s, tr("en")},
        {u"title"_s, title},
        {u"banner"_s,
         tr("Practice provider – not OpenAI, no account, nothing leaves this computer")},
        {u"css"_s, readText(u"pages/practice.css"_s)},
    };
}

struct Message
{
    int status = 200;
    QString kind;
    QString heading;
    QString lead;
    QStringList lines;
    QString advice;
};

HttpReply messagePage(const Message &message)
{
    TextValues values = commonValues(tr("Practice provider"));
    values.insert({{u"kind"_s, message.kind},
                   {u"heading"_s, message.heading},
                   {u"lead"_s, message.lead},
                   {u"advice"_s, message.advice}});
    QList<TextValues> lines;
    for (const QString &line : message.lines) {
        lines.append({{u"line"_s, line}});
    }
    const QString html = fillHtml(readText(u"pages/message.html"_s), values, {{u"lines"_s, lines}});
    return {message.status, pageHeaders(values.value(u"css"_s)), html.toUtf8()};
}

} // namespace

HttpReply authorizePage(const AuthorizationRequest &request, const QString &ticket)
{
    TextValues values = commonValues(tr("Practice provider – not OpenAI"));
    values.insert({
        {u"heading"_s, tr("Practise signing in")},
        {u"lead"_s, tr("Maestro asks to sign you in to its practice provider.")},
        {u"explanation"_s,
         tr("This page is served by Maestro itself. It stands in for a real provider’s sign-in, so "
            "that you can "
            "see every step of it, and what happens when a step fails.")},
        {u"clientLabel"_s, tr("Client")},
        {u"client"_s, request.clientId},
        {u"redirectLabel"_s, tr("Sends you back to")},
        {u"redirect"_s, request.redirectUri},
        {u"scopeLabel"_s, tr("Asks for")},
        {u"scope"_s, request.scope.isEmpty() ? tr("nothing in particular") : request.scope},
        {u"ticket"_s, ticket},
        {u"choiceLabel"_s, tr("What shall go wrong?")},
        {u"allow"_s, tr("Allow")},
        {u"deny"_s, tr("Deny")},
        {u"footer"_s, tr("This page never asks for a password.")},
    });
    QList<TextValues> choices;
    for (const Outcome outcome : outcomes()) {
        const OutcomeText text = textOf(outcome);
        choices.append({{u"value"_s, toString(outcome)},
                        {u"checked"_s, outcome == Outcome::Success ? u"checked"_s : QString()},
                        {u"name"_s, text.name},
                        {u"meaning"_s, text.meaning}});
    }
    const QString html
        = fillHtml(readText(u"pages/authorize.html"_s), values, {{u"outcomes"_s, choices}});
    return {200, pageHeaders(values.value(u"css"_s), formTargetFor(request.redirectUri)),
            html.toUtf8()};
}

HttpReply devicePage(const QString &problem)
{
    TextValues values = commonValues(tr("Practice provider – not OpenAI"));
    values.insert({
        {u"heading"_s, tr("Practise signing in with a code")},
        {u"lead"_s, tr("Type the code that Maestro shows.")},
        {u"explanation"_s,
         tr("This page is served by Maestro itself. On the page of a real provider, type a code "
            "only if you started the sign-in yourself.")},
        {u"codeLabel"_s, tr("Code")},
        {u"next"_s, tr("Continue")},
        {u"footer"_s, tr("This page never asks for a password.")},
    });
    const QList<TextValues> problems
        = problem.isEmpty() ? QList<TextValues>() : QList<TextValues>{{{u"line"_s, problem}}};
    const QString html
        = fillHtml(readText(u"pages/device.html"_s), values, {{u"problems"_s, problems}});
    HttpHeaders headers = pageHeaders(values.value(u"css"_s), "'self'");
    return {200, headers, html.toUtf8()};
}

HttpReply deviceDonePage()
{
    return messagePage({.status = 200,
                        .kind = u"welcome"_s,
                        .heading = tr("The code was taken"),
                        .lead = tr("Maestro goes on by itself now."),
                        .lines = {tr("Nothing is left to do in the browser.")},
                        .advice = tr("You can close this page.")});
}

HttpReply badRequestPage(const QStringList &problems)
{
    return messagePage({.status = 400,
                        .kind = u"wrong"_s,
                        .heading = tr("This sign-in request is not right"),
                        .lead = tr("The practice provider did not accept its address."),
                        .lines = problems,
                        .advice = tr("Close this page and start the sign-in again.")});
}

HttpReply decidedPage()
{
    return messagePage(
        {.status = 400,
         .kind = u"wrong"_s,
         .heading = tr("This sign-in was decided before"),
         .lead = tr("A sign-in is allowed or denied once."),
         .lines
         = {tr("The form was sent a second time, or the practice provider was started anew.")},
         .advice = tr("Close this page and start the sign-in again.")});
}

HttpReply welcomePage(const QString &apiAddress)
{
    return messagePage({.status = 200,
                        .kind = u"welcome"_s,
                        .heading = tr("The practice provider is running"),
                        .lead = tr("It answers Maestro on this computer, and nobody else."),
                        .lines = {apiAddress},
                        .advice = tr("You can close this page.")});
}

} // namespace Maestro::Practice

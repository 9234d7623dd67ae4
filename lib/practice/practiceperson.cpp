// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceperson.h"

#include "practice/practiceform.h"

#include <QMetaObject>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr int MaxRedirects = 5;
constexpr qint64 MaxPage = 1024 * 1024;
//! A callback may answer only when the code has been exchanged.
constexpr int TransferTimeoutMs = 60'000;

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    return url.isValid() && url.scheme() == "http"_L1 && url.userInfo().isEmpty()
        && (host == "localhost"_L1 || host == "127.0.0.1"_L1 || host == "::1"_L1);
}

QString firstMatch(const QByteArray &page, const QString &pattern)
{
    return QRegularExpression(pattern).match(QString::fromUtf8(page)).captured(1);
}

} // namespace

PracticePerson::PracticePerson(QObject *parent)
    : QObject(parent)
    , m_network(std::make_unique<QNetworkAccessManager>())
{
    m_network->setProxy(QNetworkProxy::NoProxy);
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network->setTransferTimeout(TransferTimeoutMs);
    connect(m_network.get(), &QNetworkAccessManager::finished, this,
            &PracticePerson::onReplyFinished);
}

PracticePerson::~PracticePerson()
{
    m_network->disconnect(this); // Replies that are dropped still say that they finished.
}

void PracticePerson::visit(const QUrl &authorizationUrl, Decision decision)
{
    m_decision = decision;
    open(authorizationUrl);
}

void PracticePerson::typeCode(const QUrl &where, const QString &userCode, Decision decision)
{
    m_step = Step::DevicePage;
    m_decision = decision;
    m_userCode = userCode;
    open(where);
}

void PracticePerson::open(const QUrl &url, const QByteArray &form)
{
    if (!isLoopback(url)) {
        const QString problem = tr("The practice person goes to addresses of this computer only.");
        QMetaObject::invokeMethod(
            this, [this, problem] { finish(false, problem); }, Qt::QueuedConnection);
        return;
    }
    QNetworkRequest request(url);
    QNetworkReply *reply = nullptr;
    if (form.isEmpty()) {
        reply = m_network->get(request);
    } else {
        request.setHeader(QNetworkRequest::ContentTypeHeader,
                          "application/x-www-form-urlencoded"_L1);
        reply = m_network->post(request, form);
    }
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received) {
        if (received > MaxPage) {
            reply->abort();
        }
    });
}

void PracticePerson::onReplyFinished(QNetworkReply *reply)
{
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QUrl redirect = reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    if (status == 0) {
        finish(false, reply->errorString());
        return;
    }
    // Only what says that it is the practice provider gets as far as its form.
    const bool isPractice = reply->rawHeader("X-Maestro-Practice") == "provider";
    if (m_step != Step::Callback && !isPractice) {
        finish(false, tr("The page is not the practice provider’s."));
        return;
    }
    const bool isBeforeDecision = m_step == Step::DevicePage || m_step == Step::AuthorizePage;
    if (!redirect.isEmpty() && !isBeforeDecision) {
        m_step = Step::Callback;
        if (++m_redirects > MaxRedirects) {
            finish(false, tr("The callback redirects without end."));
            return;
        }
        open(reply->url().resolved(redirect));
        return;
    }
    const QByteArray page = reply->read(MaxPage);
    if (m_step == Step::DevicePage && status == 200) {
        m_step = Step::AuthorizePage;
        open(reply->url(), Practice::writeForm({{u"user_code"_s, m_userCode}}));
        return;
    }
    if (m_step == Step::AuthorizePage && status == 200) {
        onAuthorizePage(reply->url(), page);
        return;
    }
    const QString title = firstMatch(page, u"<title>([^<]{0,200})</title>"_s).simplified();
    const bool ok
        = m_step == Step::Callback && status == 200 && reply->error() == QNetworkReply::NoError;
    finish(ok, !title.isEmpty() ? title : tr("The page answered with status %1.").arg(status));
}

void PracticePerson::onAuthorizePage(const QUrl &url, const QByteArray &page)
{
    const QString ticket = firstMatch(page, u"name=\"request\" value=\"([A-Za-z0-9_-]{1,100})\""_s);
    if (ticket.isEmpty()) {
        finish(false, tr("The practice provider’s page has no form."));
        return;
    }
    m_step = Step::Decision;
    const QString decision = m_decision == Decision::Allow ? u"allow"_s : u"deny"_s;
    open(url.resolved(QUrl(u"/oauth/authorize/decision"_s)),
         Practice::writeForm(
             {{u"request"_s, ticket}, {u"outcome"_s, u"success"_s}, {u"decision"_s, decision}}));
}

void PracticePerson::finish(bool ok, const QString &detail)
{
    if (!m_finished) {
        m_finished = true;
        Q_EMIT finished(ok, detail);
    }
}

} // namespace Maestro

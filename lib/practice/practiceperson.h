// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QUrl>

#include <memory>

QT_FORWARD_DECLARE_CLASS(QNetworkAccessManager)
QT_FORWARD_DECLARE_CLASS(QNetworkReply)

namespace Maestro {

//! Does over HTTP what a person does in the browser: opens the authorise page, presses Allow (or
//! Deny), and follows the redirect to the callback and on to its last page. It goes to addresses of
//! this computer alone, and presses a button only on a page that the practice provider made, so it
//! can never sign in anywhere else.
//!
//! Make, connect, visit() once; `finished` follows exactly once, never before visit() returns.
//! Dropping it ends the visit silently.
class PracticePerson : public QObject
{
    Q_OBJECT

public:
    enum class Decision { Allow, Deny };

    explicit PracticePerson(QObject *parent = nullptr);
    ~PracticePerson() override;

    void visit(const QUrl &authorizationUrl, Decision decision = Decision::Allow);
    //! Types a code at the page for it, instead of visit(), and goes on from there.
    void typeCode(const QUrl &where, const QString &userCode, Decision decision = Decision::Allow);

Q_SIGNALS:
    //! Whether the last page was shown without an error. `detail` is the title of that page, or
    //! what was wrong; never an address with its query.
    void finished(bool ok, const QString &detail);

private:
    enum class Step { DevicePage, AuthorizePage, Decision, Callback };

    void open(const QUrl &url, const QByteArray &form = {});
    void onReplyFinished(QNetworkReply *reply);
    void onAuthorizePage(const QUrl &url, const QByteArray &page);
    void finish(bool ok, const QString &detail);

    std::unique_ptr<QNetworkAccessManager> m_network;
    Step m_step = Step::AuthorizePage;
    Decision m_decision = Decision::Allow;
    QString m_userCode;
    int m_redirects = 0;
    bool m_finished = false;
};

} // namespace Maestro

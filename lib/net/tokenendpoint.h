// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/tokenreply.h"
#include "auth/tokenrequest.h"
#include "core/httpmessage.h"

#include <QNetworkAccessManager>
#include <QPointer>

#include <chrono>

class QNetworkReply;

namespace Maestro {

//! Posts to a token endpoint, one request at a time, under the rules that hold for a body full of
//! secrets: no redirect is followed, the answer is bounded in size and in time. Deleting it ends
//! what is under way.
class TokenEndpoint final
{
public:
    struct Limits
    {
        std::chrono::milliseconds time = std::chrono::minutes(2);
        qint64 body = OAuth::LongestTokenReply;
    };

    //! The network must outlive it.
    TokenEndpoint(QNetworkAccessManager &network, Limits limits);
    ~TokenEndpoint();
    Q_DISABLE_COPY_MOVE(TokenEndpoint)

    //! The reply belongs to the endpoint and lives until the next post.
    QNetworkReply *post(const OAuth::TokenRequest &token);

    //! What else of a sign-in goes to the same place.
    QNetworkAccessManager &network() const { return m_network; }

    //! What a finished reply brought. Every HTTP status is an answer; an Error is a request that
    //! was not answered, or answered at too great length.
    static Result<HttpReply> take(QNetworkReply &reply);

private:
    QNetworkAccessManager &m_network;
    Limits m_limits;
    QPointer<QNetworkReply> m_reply;
};

//! The network that QtNetworkAuth is given: its one POST goes through the endpoint, and nothing
//! else goes anywhere.
class TokenNetwork final : public QNetworkAccessManager
{
    Q_OBJECT

public:
    explicit TokenNetwork(TokenEndpoint &endpoint, QObject *parent = nullptr);

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *outgoing) override;

private:
    TokenEndpoint &m_endpoint;
};

} // namespace Maestro

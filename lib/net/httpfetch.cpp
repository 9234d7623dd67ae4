// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpfetch.h"

#include "net/networkerror.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPromise>
#include <QTimer>

#include <chrono>
#include <memory>

using namespace std::chrono_literals;

namespace Maestro {

namespace {

//! Without a byte for so long, a small answer does not come any more.
constexpr auto SilenceLimit = 30s;
constexpr auto NoLimit = 0ms;

Error tooLarge(const QUrl &url, qint64 limit)
{
    return {Error::Kind::TooLarge,
            QCoreApplication::translate("HttpFetch",
                                        "%1 sent more than the %2 KiB such an answer may have.")
                .arg(url.host())
                .arg(limit / 1024)};
}

} // namespace

QNetworkRequest toNetworkRequest(const HttpRequest &request, const HttpHeaders &authorization)
{
    QNetworkRequest networkRequest(request.url);
    for (const HttpHeader &header : request.headers) {
        networkRequest.setRawHeader(header.name, header.value);
    }
    for (const HttpHeader &header : authorization) {
        networkRequest.setRawHeader(header.name, header.value);
    }
    return networkRequest;
}

HttpReply headOf(const QNetworkReply &reply)
{
    HttpReply head;
    head.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto &pairs = reply.rawHeaderPairs();
    for (const auto &[name, value] : pairs) {
        head.headers.append({name, value});
    }
    return head;
}

QFuture<Result<HttpReply>> fetch(QNetworkAccessManager &network, const HttpRequest &request,
                                 const HttpHeaders &authorization, qint64 bodyLimit)
{
    const QNetworkRequest networkRequest = toNetworkRequest(request, authorization);
    return fetch(network, networkRequest, request.method, request.body, bodyLimit, NoLimit);
}

QFuture<Result<HttpReply>> fetch(QNetworkAccessManager &network, QNetworkRequest request,
                                 const QByteArray &method, const QByteArray &requestBody,
                                 qint64 bodyLimit, std::chrono::milliseconds timeLimit)
{
    request.setTransferTimeout(static_cast<int>(std::chrono::milliseconds(SilenceLimit).count()));
    QNetworkReply *reply = network.sendCustomRequest(request, method, requestBody);
    if (timeLimit != NoLimit) {
        QTimer::singleShot(timeLimit, reply, [reply] { reply->abort(); });
    }

    auto promise = std::make_shared<QPromise<Result<HttpReply>>>();
    auto body = std::make_shared<QByteArray>();
    promise->start();
    const auto drain = [reply, body, bodyLimit] {
        body->append(reply->readAll());
        if (body->size() > bodyLimit) {
            reply->abort();
        }
    };
    QObject::connect(reply, &QNetworkReply::readyRead, reply, drain);
    QObject::connect(reply, &QNetworkReply::finished, reply, [reply, promise, body, bodyLimit] {
        if (reply->isReadable()) {
            body->append(reply->readAll());
        }
        HttpReply answer = headOf(*reply);
        if (body->size() > bodyLimit) {
            promise->addResult(Result<HttpReply>(tooLarge(reply->url(), bodyLimit)));
        } else if (answer.status == 0 || reply->error() == QNetworkReply::OperationCanceledError) {
            promise->addResult(Result<HttpReply>(describeNetworkError(*reply)));
        } else {
            answer.body = *body;
            promise->addResult(Result<HttpReply>(std::move(answer)));
        }
        promise->finish();
        reply->deleteLater();
    });
    return promise->future();
}

} // namespace Maestro

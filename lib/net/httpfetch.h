// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/httpmessage.h"
#include "core/result.h"

#include <QFuture>
#include <QNetworkRequest>

#include <chrono>

class QNetworkAccessManager;
class QNetworkReply;

namespace Maestro {

//! A request as Qt sends it, with the headers of `authorization` added to its own.
QNetworkRequest toNetworkRequest(const HttpRequest &request, const HttpHeaders &authorization);

//! Status and headers as they have arrived; the body is empty.
HttpReply headOf(const QNetworkReply &reply);

//! Sends a request whose answer is small and read as a whole. Every HTTP status is an answer; an
//! Error is a request that was not answered, or whose answer is longer than `bodyLimit` bytes.
QFuture<Result<HttpReply>> fetch(QNetworkAccessManager &network, const HttpRequest &request,
                                 const HttpHeaders &authorization, qint64 bodyLimit);

//! The same with a request of Qt's, as it is, and a limit of time for the whole of it (none if 0).
QFuture<Result<HttpReply>> fetch(QNetworkAccessManager &network, QNetworkRequest request,
                                 const QByteArray &method, const QByteArray &requestBody,
                                 qint64 bodyLimit, std::chrono::milliseconds timeLimit);

} // namespace Maestro

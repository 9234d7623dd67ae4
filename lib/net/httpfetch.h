// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/httpmessage.h"
#include "core/result.h"

#include <QFuture>
#include <QNetworkRequest>

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

} // namespace Maestro

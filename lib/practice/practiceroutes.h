// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/httprequestreader.h"
#include "practice/practiceauthorization.h"
#include "practice/practicedevices.h"

namespace Maestro::Practice {

//! What a request is answered with. No sockets.
class Routes
{
public:
    //! `authorization` must outlive it.
    explicit Routes(Authorization &authorization);

    //! Requests must be addressed to this port of this computer, or a page from anywhere could have
    //! its own name point here (DNS rebinding).
    void setPort(quint16 port);
    void setCharactersPerDelta(int characters) { m_charactersPerDelta = characters; }

    Reply answer(const HttpRequestReader::Request &request);

    //! "POST /v1/responses" for a log: method and path if they are ours, else "other"; never a
    //! query.
    static QString nameOf(const HttpRequestReader::Request &request);

private:
    using Request = HttpRequestReader::Request;
    struct Route
    {
        QByteArray method;
        QByteArray path;
        Reply (Routes::*answer)(const Request &request);
    };
    static const QList<Route> &routes();

    bool isForUs(const Request &request) const;
    Reply welcome(const Request &request);
    Reply authorize(const Request &request);
    Reply decide(const Request &request);
    Reply token(const Request &request);
    Reply makeUserCode(const Request &request);
    Reply askAboutDevice(const Request &request);
    Reply showDevice(const Request &request);
    Reply takeUserCode(const Request &request);
    Reply settleDevice(const Request &request);
    Reply deviceDone(const Request &request);
    Reply revoke(const Request &request);
    Reply listModels(const Request &request);
    Reply respond(const Request &request);
    //! The refusal, if the request carries no key that was issued here.
    std::optional<HttpReply> unauthorized(const Request &request) const;

    Authorization &m_authorization;
    Devices m_devices;
    quint16 m_port = 0;
    int m_charactersPerDelta = 1;
};

} // namespace Maestro::Practice

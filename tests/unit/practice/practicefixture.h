// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sseparser.h"
#include "practice/practiceprovider.h"
#include "rawclient.h"

#include <QJsonDocument>
#include <QJsonObject>

//! A practice provider that answers as fast as it can, and requests to it as bytes.
namespace PracticeFixture {

using namespace Maestro;
using namespace std::chrono_literals;

constexpr PracticeProvider::Pace AtOnce{.charactersPerDelta = 20, .between = 0ms};
inline const QByteArray Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
inline const QByteArray Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
inline const QByteArray AuthorizeQuery
    = "response_type=code&client_id=app_test&redirect_uri=http%3A%2F%2Flocalhost%3A1455"
      "%2Fauth%2Fcallback&scope=openid%20email&code_challenge="
    + Challenge + "&code_challenge_method=S256&state=xyz";

struct Fixture
{
    PracticeProvider provider{AtOnce};
    quint16 port = *provider.listen();

    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(port); }
    QByteArray get(const QByteArray &target, const QByteArray &headers = {}) const
    {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n" + headers + "\r\n";
    }
    QByteArray post(const QByteArray &target, const QByteArray &type, const QByteArray &body,
                    const QByteArray &headers = {}) const
    {
        return "POST " + target + " HTTP/1.1\r\nHost: " + host() + "\r\nContent-Type: " + type
            + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n"
            + body;
    }
    QByteArray form(const QByteArray &target, const QByteArray &body) const
    {
        return post(target, "application/x-www-form-urlencoded", body);
    }
    QByteArray ask(const QByteArray &model, const QByteArray &key = "practice") const
    {
        return post("/v1/responses", "application/json",
                    R"({"model": ")" + model + R"(", "input": "Hello", "stream": true})",
                    "Authorization: Bearer " + key + "\r\n");
    }
    RawAnswer exchange(const QByteArray &request) const
    {
        return RawClient(port).exchange(request);
    }
};

inline QJsonObject jsonOf(const RawAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

inline QList<QByteArray> eventTypes(const QByteArray &body)
{
    QList<QByteArray> types;
    SseParser parser(SseParser::AtEnd::Discard);
    for (const SseParser::Item &item : parser.feed(body)) {
        types.append(std::get<ServerSentEvent>(item).type);
    }
    return types;
}

} // namespace PracticeFixture

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What anybody may send to the loopback listener, or paste: no request is read otherwise for being
// cut elsewhere, what is let through is plain, and no attempt ends without its state.

#include "auth/callback.h"

#include "auth/fields.h"
#include "core/httprequestreader.h"
#include "fuzz.h"

#include <algorithm>

using namespace Maestro;
using namespace Maestro::Fuzz;
using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView State = "fuzz-state";

HttpRequestReader::State read(QByteArrayView bytes, Cut cut,
                              const HttpRequestReader::Limits &limits)
{
    HttpRequestReader reader(limits);
    HttpRequestReader::State state;
    forEachPiece(bytes, cut, [&](QByteArrayView piece) { state = reader.feed(piece); });
    return state;
}

//! All that a request's head may hold: printable ASCII and tabs, in lines that end with CRLF.
bool isPlainHead(QByteArrayView head)
{
    for (qsizetype i = 0; i < head.size(); ++i) {
        const bool isLineEnd = head[i] == '\r' && i + 1 < head.size() && head[i + 1] == '\n';
        if (isLineEnd) {
            ++i;
        } else if (head[i] != '\t' && (head[i] < ' ' || head[i] > '~')) {
            return false;
        }
    }
    return true;
}

void judge(const HttpRequestReader::Request &request, QByteArrayView bytes,
           const HttpRequestReader::Limits &limits)
{
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    require(headEnd >= 0 && headEnd < limits.head, "a request has a head, within the limit");
    require(isPlainHead(bytes.first(headEnd + 4)), "a head is plain text");
    require(bytes.startsWith(request.method + ' ' + request.target + " HTTP/1."),
            "a request is what its first line says");
    require(request.headers.size() <= limits.headers, "there are no more headers than allowed");
    require(request.body.size() <= limits.body, "a body is within the limit");
    require(request.body.size() == headerValue(request.headers, "content-length").toLongLong(),
            "a body is as long as it says");
    require(request.headerCount("transfer-encoding") == 0, "no body has an encoding");

    // Written down again and read, it is the same.
    QByteArray again = request.method + ' ' + request.target + " HTTP/1.1\r\n";
    for (const HttpHeader &header : request.headers) {
        again += header.name + ": " + header.value + "\r\n";
    }
    again += "\r\n" + request.body;
    HttpRequestReader::Limits generous = limits;
    generous.head = generous.requestLine = again.size();
    require(read(again, Cut::Whole, generous) == HttpRequestReader::State(request),
            "what was read can be written");
}

//! A parameter that is percent-encoded can say the state in many ways; none of them without what
//! stands behind its name.
void judge(const OAuth::Callback &callback, QByteArrayView source)
{
    if (const auto *foreign = std::get_if<OAuth::ForeignCallback>(&callback)) {
        require(!foreign->error.message.isEmpty(), "an error has a sentence");
        return;
    }
    const QByteArray decoded = source.toByteArray().percentDecoded();
    // Qt takes any two characters behind a % for digits.
    require(decoded.contains(State) || source.contains(State),
            "no attempt ends without its state");
    if (const auto *authorized = std::get_if<OAuth::AuthorizedCallback>(&callback)) {
        require(!authorized->code.isEmpty(), "there is a code");
        require(OAuth::isVisibleAscii(authorized->code.reveal()), "a code fits into a header");
        for (const OAuth::OAuthProfile &profile :
             {OAuth::openAiProfile(), OAuth::chatGptProfile()}) {
            const auto clientId = OAuth::readIssuedClientId(profile, *authorized);
            require(!clientId || OAuth::isVisibleAscii(clientId->toUtf8()),
                    "a client id fits into a header");
        }
    } else {
        const Error &error = std::get<OAuth::RefusedCallback>(callback).error;
        require(!error.message.isEmpty(), "a refusal has a sentence");
        require(isShowable(error.message) && isShowable(error.advice) && isShowable(error.detail),
                "a refusal can be shown");
    }
}

void readQuery(QByteArrayView query)
{
    const Secret state(State.toByteArray());
    for (const QString &issuer : {QString(), u"https://auth.openai.com"_s}) {
        judge(OAuth::readCallback(query, state, issuer), query);
    }
    require(
        std::holds_alternative<OAuth::ForeignCallback>(OAuth::readCallback(query, Secret(), {})),
        "where there is no state, nothing fits it");
    constexpr int AnyNumber = 1000;
    if (const auto fields = OAuth::decodeFields(query, AnyNumber)) {
        require(OAuth::decodeFields(OAuth::encodeFields(*fields), AnyNumber) == fields,
                "what was decoded can be encoded");
    }
}

void readPasted(QByteArrayView bytes)
{
    const Secret state(State.toByteArray());
    const QString pasted = QString::fromUtf8(bytes);
    judge(OAuth::readPastedAddress(pasted, OAuth::openAiProfile(),
                                   u"http://localhost:1455/auth/callback"_s, state),
          bytes);
    judge(OAuth::readPastedAddress(pasted, OAuth::anthropicProfile(u"client"_s),
                                   u"https://console.anthropic.com/oauth/code/callback"_s, state),
          bytes);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes = viewOf(data, size);
    const HttpRequestReader::Limits small{.requestLine = 64, .head = 160, .headers = 4, .body = 16};
    for (const auto &limits : {HttpRequestReader::Limits(), small}) {
        const HttpRequestReader::State whole = read(bytes, Cut::Whole, limits);
        require(read(bytes, Cut::EveryByte, limits) == whole, "byte by byte, it is the same");
        require(read(bytes, Cut::AnyPieces, limits) == whole, "in any pieces, it is the same");
        if (const auto *request = std::get_if<HttpRequestReader::Request>(&whole)) {
            judge(*request, bytes, limits);
            readQuery(request->target.mid(request->target.indexOf('?') + 1));
        } else if (const auto *rejection = std::get_if<HttpRequestReader::Rejection>(&whole)) {
            require(rejection->status >= 400 && rejection->status < 600, "a rejection says why");
        }
    }
    readQuery(bytes);
    readPasted(bytes);
    return 0;
}

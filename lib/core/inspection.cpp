// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspection.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Inspection)
};

//! Files in base64 say nothing to a person; texts do, for a good many pages.
constexpr qsizetype LongestBase64 = 200;
constexpr qsizetype LongestText = 100'000;
constexpr qsizetype ShownOfBase64 = 60;
//! A shell takes 128 KiB in one word; what is longer goes in by its standard input.
constexpr qsizetype LongestWord = 100'000;

bool isBase64(const QString &text)
{
    const qsizetype begin = text.startsWith("data:"_L1) ? text.indexOf(u',') + 1 : 0;
    return std::all_of(text.begin() + begin, text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
            || c == u'+' || c == u'/' || c == u'=' || c == u'-' || c == u'_';
    });
}

QString lengthText(qsizetype characters)
{
    return Tr::tr(" … (%1 characters in all)").arg(QLocale().toString(characters));
}

//! Cuts what a screen has no use for. Files are cut before the request is made of them: base64 of
//! many megabytes is written for nobody.
class Shortening
{
public:
    void cutFiles(Conversation &conversation)
    {
        for (Turn &turn : conversation.turns) {
            if (auto *prompt = std::get_if<Prompt>(&turn)) {
                for (Attachment &attachment : prompt->attachments) {
                    cut(attachment);
                }
            }
        }
    }

    //! The recursion is as deep as what we wrote ourselves.
    QJsonValue of(const QJsonValue &value) const
    {
        if (value.isString()) {
            return of(value.toString());
        }
        if (value.isArray()) {
            QJsonArray array = value.toArray();
            for (QJsonValueRef element : array) {
                element = of(QJsonValue(element));
            }
            return array;
        }
        if (value.isObject()) {
            QJsonObject object = value.toObject();
            for (auto member = object.begin(); member != object.end(); ++member) {
                *member = of(QJsonValue(*member));
            }
            return object;
        }
        return value;
    }

private:
    void cut(Attachment &attachment)
    {
        const qsizetype whole = (attachment.bytes.size() + 2) / 3 * 4;
        if (!attachment.isText() && whole > LongestBase64) {
            attachment.bytes = attachment.bytes.first(ShownOfBase64 / 4 * 3);
            m_cut.insert(QString::fromLatin1(attachment.bytes.toBase64()), whole);
        }
    }

    QString of(const QString &text) const
    {
        for (auto cut = m_cut.begin(); cut != m_cut.end(); ++cut) {
            if (text.endsWith(cut.key())) {
                return text + lengthText(cut.value() + text.size() - cut.key().size());
            }
        }
        if (text.size() > LongestBase64 && isBase64(text)) {
            return text.first(ShownOfBase64) + lengthText(text.size());
        }
        return text.size() > LongestText ? text.first(LongestText) + lengthText(text.size()) : text;
    }

    QHash<QString, qsizetype> m_cut; // what is left of a file in base64, and how much it was
};

//! In single quotes, where nothing but their own kind means anything to a shell.
QString quoted(const QString &text)
{
    QString inside = text;
    return u'\'' + inside.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString headerWord(const HttpHeader &header, const QByteArray &credential)
{
    const QString line = QString::fromUtf8(header.name + ": " + header.value);
    const QString variable = QString::fromLatin1(credential);
    const qsizetype at = credential.isEmpty() ? -1 : line.indexOf(variable);
    // The variable has to be outside of single quotes to be one.
    return at < 0 ? quoted(line)
                  : quoted(line.first(at)) + u'"' + variable + u'"'
            + (at + variable.size() < line.size() ? quoted(line.sliced(at + variable.size()))
                                                  : QString());
}

} // namespace

std::optional<InspectedRequest> inspect(const AskedQuestion &asked, InspectedLength length)
{
    if (!asked.provider.makeChatRequest || asked.request.model.isEmpty()) {
        return std::nullopt;
    }
    InspectedRequest inspected;
    if (length == InspectedLength::Whole) {
        inspected.request = asked.provider.makeChatRequest(asked.provider, asked.request);
    } else {
        Shortening shortening;
        ChatRequest request = asked.request;
        shortening.cutFiles(request.conversation);
        inspected.request = asked.provider.makeChatRequest(asked.provider, request);
        const QJsonObject body = QJsonDocument::fromJson(inspected.request.body).object();
        inspected.request.body
            = QJsonDocument(shortening.of(body).toObject()).toJson(QJsonDocument::Compact);
    }
    inspected.credential = asked.account.type == AccountKey::Type::OAuth ? "$TOKEN" : "$API_KEY";
    const Credential stand{asked.account.type == AccountKey::Type::OAuth
                               ? Credential::Type::OAuthToken
                               : Credential::Type::ApiKey,
                           Secret(inspected.credential)};
    if (asked.provider.authorize) {
        inspected.request.headers += asked.provider.authorize(stand);
    }
    return inspected;
}

QString inspectedJson(const InspectedRequest &inspected)
{
    return QString::fromUtf8(
        QJsonDocument::fromJson(inspected.request.body).toJson(QJsonDocument::Indented));
}

QString inspectedCurl(const InspectedRequest &inspected)
{
    const HttpRequest &request = inspected.request;
    QString text = u"curl --no-buffer -X "_s + QString::fromLatin1(request.method) + u' '
        + quoted(QString::fromLatin1(request.url.toEncoded()));
    for (const HttpHeader &header : request.headers) {
        text += u" \\\n  -H "_s + headerWord(header, inspected.credential);
    }
    const QString body = QString::fromUtf8(request.body);
    // JSON on one line holds no line of its own that could end the document early.
    return body.size() <= LongestWord
        ? text + u" \\\n  --data-raw "_s + quoted(body) + u'\n'
        : text + u" \\\n  --data-binary @- <<'END_OF_REQUEST'\n"_s + body + u"\nEND_OF_REQUEST\n"_s;
}

} // namespace Maestro

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Somebody else's words on their way to the screen and into the log: sound, bounded, and without
// the secret that stood among them.

#include "auth/redact.h"
#include "core/utf8.h"
#include "fuzz.h"
#include "providers/plaintext.h"

#include <array>

using namespace Maestro;
using namespace Maestro::Fuzz;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype Limit = 60;

void judgeUtf8(QByteArrayView bytes)
{
    const QString text = decodeUtf8(bytes);
    require(text.isValidUtf16(), "decoded text is sound");
    const QByteArray repaired = repairUtf8(bytes);
    require(repaired == text.toUtf8(), "both readers of UTF-8 agree");
    require(repairUtf8(repaired) == repaired, "what is sound stays as it is");
}

void judgeWords(const QString &text)
{
    const QString plain = plainText(text, Limit);
    require(isShowable(plain) && plain.size() <= Limit + 1, "plain text is plain, and bounded");
    require(plain.isValidUtf16(), "plain text is sound");
    const QString quoted = OAuth::quoted(text, Limit);
    require(isShowable(quoted) && !quoted.contains(u'\n') && quoted.size() <= Limit,
            "a quotation is a line, and bounded");
    require(quoted.isValidUtf16(), "a quotation is sound");
}

//! A secret as it stands in logs, between whatever else.
void judgeRedaction(const QString &before, const QString &after)
{
    const QString canary = u"CANARYcanary0123456789"_s;
    const std::array<QString, 6> forms{
        u" sk-proj-%1 "_s,
        u" Authorization: Bearer %1 "_s,
        u" {\"access_token\":\"%1\"} "_s,
        u" x-api-key: %1\n"_s,
        u" https://example.com/cb?code=%1&state=x "_s,
        u" refresh_token=%1&grant_type=refresh_token "_s,
    };
    for (const QString &form : forms) {
        const QString text
            = before + u'\n' + QString(form).replace("%1"_L1, canary) + u'\n' + after;
        require(!OAuth::redacted(text).contains(canary),
                qPrintable(u"no secret is in what is redacted: "_s + OAuth::redacted(text)));
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes = viewOf(data, size);
    judgeUtf8(bytes);
    const QString text = decodeUtf8(bytes);
    judgeWords(text);
    judgeRedaction(text.left(text.size() / 2), text.mid(text.size() / 2));
    return 0;
}

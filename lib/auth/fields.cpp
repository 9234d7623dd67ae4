// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/fields.h"

#include <QStringDecoder>

#include <algorithm>

namespace Maestro::OAuth {

namespace {

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes); // decoding is what finds the error
    return !text.isNull() && !decoder.hasError();
}

std::optional<QByteArray> decode(QByteArrayView raw)
{
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i] == '%'
            && (i + 2 >= raw.size() || !isHexDigit(raw[i + 1]) || !isHexDigit(raw[i + 2]))) {
            return std::nullopt;
        }
    }
    const QByteArray decoded = raw.toByteArray().replace('+', ' ').percentDecoded();
    const bool hasControl = std::any_of(decoded.begin(), decoded.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
    if (hasControl || (!decoded.isEmpty() && !isUtf8(decoded))) {
        return std::nullopt;
    }
    return decoded;
}

} // namespace

QByteArray encodeFields(const Fields &fields)
{
    QByteArray encoded;
    for (const Field &field : fields) {
        if (!encoded.isEmpty()) {
            encoded += '&';
        }
        encoded += field.name.toPercentEncoding() + '=' + field.value.toPercentEncoding();
    }
    return encoded;
}

std::optional<Fields> decodeFields(QByteArrayView raw, int limit)
{
    Fields fields;
    while (!raw.isEmpty()) {
        const qsizetype ampersand = raw.indexOf('&');
        const QByteArrayView pair = ampersand < 0 ? raw : raw.first(ampersand);
        raw = ampersand < 0 ? QByteArrayView() : raw.sliced(ampersand + 1);
        if (fields.size() == limit) {
            return std::nullopt;
        }
        const qsizetype equals = pair.indexOf('=');
        const auto name = decode(equals < 0 ? pair : pair.first(equals));
        const auto value = equals < 0 ? QByteArray() : decode(pair.sliced(equals + 1));
        if (!name || !value) {
            return std::nullopt;
        }
        fields.append({*name, *value});
    }
    return fields;
}

std::optional<QByteArray> findField(const Fields &fields, QByteArrayView name)
{
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [name](const Field &field) { return field.name == name; });
    return found == fields.end() ? std::nullopt : std::optional(found->value);
}

bool hasDuplicates(const Fields &fields)
{
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        if (std::any_of(fields.begin(), field,
                        [field](const Field &other) { return other.name == field->name; })) {
            return true;
        }
    }
    return false;
}

bool isVisibleAscii(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

} // namespace Maestro::OAuth

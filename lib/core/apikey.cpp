// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/apikey.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>

namespace Maestro {

namespace {

//! Keys are some dozens to some hundreds of characters; a pasted file is not one.
constexpr qsizetype LongestKey = 4096;
constexpr qsizetype DigestBytes = 4;

QString tr(const char *text) { return QCoreApplication::translate("ApiKey", text); }

Error noKey(const QString &message)
{
    return {Error::Kind::InvalidRequest, message,
            tr("Copy the key again, whole and without anything around it.")};
}

} // namespace

Result<Secret> readTypedKey(const Secret &typed)
{
    const QByteArray key = typed.reveal().trimmed();
    if (key.isEmpty()) {
        return noKey(tr("No API key was given."));
    }
    if (key.size() > LongestKey) {
        return noKey(tr("That is longer than any API key."));
    }
    const bool hasSpace = std::any_of(key.begin(), key.end(), [](char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    });
    if (hasSpace) {
        return noKey(tr("That is not an API key: there is a space or a line break in it."));
    }
    // A header value with anything else would be refused, or split the request.
    if (!std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; })) {
        return noKey(tr("That is not an API key: it holds a character that no key has."));
    }
    return Secret(key);
}

QString accountIdOf(const Secret &apiKey)
{
    return QString::fromLatin1(QCryptographicHash::hash(apiKey.reveal(), QCryptographicHash::Sha256)
                                   .first(DigestBytes)
                                   .toHex());
}

QString doubtAboutKey(const Provider &provider, const QList<Provider> &providers,
                      const Secret &apiKey)
{
    const QByteArray key = apiKey.reveal().trimmed();
    const Provider *owner = nullptr; // the longest beginning: "sk-ant-" begins with "sk-", too
    for (const Provider &candidate : providers) {
        if (!candidate.keyPrefix.isEmpty() && key.startsWith(candidate.keyPrefix)
            && (!owner || candidate.keyPrefix.size() > owner->keyPrefix.size())) {
            owner = &candidate;
        }
    }
    return !owner || owner->id == provider.id || provider.keyPrefix.isEmpty()
        ? QString()
        : tr("This looks like a key of %1.").arg(owner->name);
}

} // namespace Maestro

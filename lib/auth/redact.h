// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

namespace Maestro::OAuth {

//! The text without what could be a secret: authorization values, keys, tokens, the values of
//! sensitive parameters in queries, forms and JSON; and every address without user information,
//! query and fragment. For logs and for Error::detail.
QString redacted(const QString &text);

//! The address as it may be logged: no user information, query or fragment.
QString redacted(const QUrl &url);

//! Somebody else's words as they may be shown: redacted, on one line, without control and direction
//! characters, at most `limit` characters.
QString quoted(const QString &text, qsizetype limit = 200);

} // namespace Maestro::OAuth

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"
#include "core/httpmessage.h"
#include "core/streammessage.h"

#include <QJsonObject>

namespace Maestro {

//! An error as a provider or a gateway reported it, whatever its shape.
struct ReportedError
{
    QJsonValue type = QJsonValue::Null;
    QJsonValue code = QJsonValue::Null;
    QString message = {};
    QString requestId = {};
    //! Google's typed details.
    QJsonArray details = {};
    //! The message is what could be read of a page, which is nobody's sentence.
    bool isExcerpt = false;

    //! The code or, failing that, the type as a word.
    QString word() const;

    friend bool operator==(const ReportedError &, const ReportedError &) = default;
};

//! What an error means for one provider; `status` is 0 inside a stream.
using ErrorKindOf = Error::Kind (*)(const ReportedError &error, int status);

//! How a provider's errors read: one for answers with an error status and for errors inside of
//! streams, so that both say the same.
struct ErrorReading
{
    QString provider; //!< its name, as people call it
    ErrorKindOf kindOf = nullptr;
    //! Says better what the kind alone says too generally; may be null.
    void (*refine)(Error &error, const ReportedError &reported, const QString &provider) = nullptr;
};

//! Reads {"error": {…}}, {"error": "…"}, an array around them, and the flat forms. Nothing if the
//! value reports no error.
std::optional<ReportedError> reportedError(const QJsonValue &value);
//! The error in bytes that stood in a stream outside of any event, if there is one.
std::optional<ReportedError> strayError(QByteArrayView stray);

//! The fault that ends an answer.
StreamFault fatalFault(const ReportedError &error, const ErrorReading &reading);
//! What an HTTP reply with an error status says, whatever its shape; with what it shows of its body
//! if that is no report.
ReportedError reportedErrorOf(const HttpReply &reply);
//! What such a reply means. The content type is not looked at.
Error readErrorReply(const HttpReply &reply, const ErrorReading &reading);

//! What a status says by itself.
Error::Kind kindOfStatus(int status);
//! Whether a message says in its words that the prompt does not fit the model.
bool saysTooLong(const QString &message);

} // namespace Maestro

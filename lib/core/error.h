// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace Maestro {

//! What went wrong, for code to branch on and for a person to read.
//! Cancelling is not an error: what was cancelled simply ends.
struct Error
{
    enum class Kind {
        Unknown,
        // Reaching the other side
        Network, //!< no connection: name not found, refused, reset, no route
        Offline, //!< this computer has no network; the request has reached nobody
        Timeout,
        Tls,
        Proxy,
        // Sign-in
        PortInUse,
        BrowserUnavailable,
        AccessDenied, //!< the person, or an administrator, said no
        StateMismatch, //!< a callback that belongs to another attempt
        InvalidGrant, //!< the code or refresh token is not (or no longer) valid
        InvalidClient,
        NoOrganization, //!< signed in, but no API key is to be had for this account
        ConsentRequired, //!< signed in, but not allowed what is needed: to be asked in the browser
        AuthenticationRequired, //!< 401: no key, or one that is not (or no longer) accepted
        // Asking
        PermissionDenied,
        ModelNotFound,
        InvalidRequest,
        ContextTooLong,
        RateLimited,
        QuotaExceeded, //!< no credit, or the plan's limit is used up: waiting does not help
        ContentFiltered,
        Overloaded,
        ServerFailure,
        // What came back
        InvalidResponse,
        Interrupted, //!< a stream that closed without its provider's final event
        TooLarge,
        // Here
        Configuration,
        Unsupported,
    };

    Kind kind = Kind::Unknown;
    //! What happened, one sentence for a person.
    QString message;
    //! What the person can do about it; may be empty.
    QString advice = {};
    //! The other side's own words, codes and request id. Redacted and bounded: safe to show and
    //! copy.
    QString detail = {};
    //! How long the other side asked us to wait.
    std::optional<std::chrono::milliseconds> retryAfter = {};
    //! Why, as the other side's own sentence; redacted and bounded, to be shown as a quotation and
    //! never as markup. Empty where it gave none.
    QString reason = {};

    friend bool operator==(const Error &, const Error &) = default;
};

//! The kind as a stable word for JSON output and reports, such as "rate_limited". (Not toString:
//! QCOMPARE would take it for its own.)
QString toWord(Error::Kind kind);

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::Error)

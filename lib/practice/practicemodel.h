// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace Maestro::Practice {

//! What goes wrong with an answer. It is chosen by the name of the model.
enum class Fault {
    None,
    Slow, //!< a twelfth of the pace
    Tools, //!< calls functions although the request declares none
    Drop, //!< the connection is cut inside a chunk
    Cut, //!< the body ends well, without the terminal event
    Stall, //!< nothing more is sent, and the connection stays
    RateLimited, //!< 429 with Retry-After
    Quota, //!< 429, insufficient_quota
    Unauthorized, //!< 401
    ServerError, //!< 500
    StreamError, //!< an error event, then response.failed
    Malformed, //!< events that cannot be read among the good ones, of which none is missing
    Incomplete, //!< response.incomplete for max_output_tokens
};

struct Model
{
    QString id;
    Fault fault = Fault::None;

    friend bool operator==(const Model &, const Model &) = default;
};

//! The default comes first.
const QList<Model> &models();
std::optional<Model> findModel(const QString &id);

} // namespace Maestro::Practice

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace Maestro {

//! One server-sent event. The data is the bytes as they came, line ends between data lines as LF;
//! invalid UTF-8 is left for whoever decodes it.
struct ServerSentEvent
{
    QByteArray type; //!< "message" where the stream names none
    QByteArray data;
    QByteArray lastEventId;
    //! The digits of a `retry` field that came since the last event; empty if there was none. Text,
    //! since the standard sets no limit to the number.
    QByteArray retry = {};

    friend bool operator==(const ServerSentEvent &, const ServerSentEvent &) = default;
};

} // namespace Maestro

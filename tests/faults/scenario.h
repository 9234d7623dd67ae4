// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credential.h"
#include "faults/wire.h"
#include "net/httpchatclient.h"
#include "support/faultserver.h"

namespace Maestro::Faults {

//! How a question ends.
struct Expectation
{
    //! What is kept of the answer.
    QString text = {};
    //! Nothing where there was no answer at all.
    std::optional<Done::Ending> ending = {};
    //! Nothing where it is no error.
    std::optional<Error::Kind> kind = {};
    //! In the sentence that says what happened.
    QString words = {};
    int requests = 1;
    //! The pauses announced, from and to, before they were shortened for the test.
    struct Pause
    {
        std::chrono::milliseconds least;
        std::chrono::milliseconds most;
    };
    QList<Pause> pauses = {};
    //! In what a person may show to a support desk.
    QString detail = {};
    //! Events that are told to have been skipped.
    int skipped = 0;
    //! In the head of the last request.
    QByteArray secret = {};
};

//! What a server does, one script a connection, and what comes of it. What follows is the same for
//! all of them: the next question, to a server that is well again, is answered, and tells the
//! provider what was kept.
struct Scenario
{
    QByteArray name;
    QList<FaultScript> scripts;
    Expectation expected;
    Credential::Type credential = Credential::Type::ApiKey;
    StreamExchange::Limits limits = {};
};
using Scenarios = QList<Scenario>;

Expectation complete(const QString &text = HelloWorld);
Expectation cutOff(const QString &text, Error::Kind kind = Error::Kind::Interrupted,
                   const QString &words = QStringLiteral("middle of the answer"));
//! No answer at all.
Expectation refused(Error::Kind kind, const QString &words = {});

//! Connections that break: R01, R02, R03, R14, R30.
Scenarios brokenConnections(const Wire &wire);
//! Answers that are none, or are packed wrongly: R15, R18, R19, R21.
Scenarios falseAnswers(const Wire &wire);
//! Events of every form: R20.
Scenarios oddEvents(const Wire &wire);
//! Refusals, and what follows them: R04, R05, R06, R07.
Scenarios refusals(const Wire &wire);

} // namespace Maestro::Faults

Q_DECLARE_METATYPE(Maestro::Faults::Scenario)

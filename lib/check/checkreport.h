// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/error.h"
#include "core/streammessage.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Maestro {

//! One thing a check looks at, and what came of it.
struct CheckStep
{
    enum class Status { Pending, Running, Passed, Failed, Skipped };

    QString id; //!< a stable word for JSON
    QString title; //!< for people
    Status status = Status::Pending;
    qint64 startedMs = 0; //!< since the check began
    qint64 durationMs = 0;
    //! Facts: ports, sizes, counts, ids. Never a secret.
    QString detail = {};
    //! Why it failed.
    std::optional<Error> error = {};

    friend bool operator==(const CheckStep &, const CheckStep &) = default;
};

//! What a whole check found; everything that a report shows.
struct CheckReport
{
    QString providerName;
    QString providerId;
    bool isPractice = false;
    QString host; //!< where the requests went
    QString model;
    QString prompt;
    QDateTime startedAt; //!< UTC
    qint64 durationMs = 0;
    QList<CheckStep> steps;
    std::optional<Account> account = {};
    std::optional<Usage> usage = {};
    // The answer, in figures.
    QString responseId = {};
    QByteArray requestId = {};
    QString answeringModel = {};
    QString stopReason = {};
    qint64 bytes = 0;
    qint64 events = 0;
    qint64 characters = 0;
    qint64 reasoningCharacters = 0;
    int functionCalls = 0;
    int skippedEvents = 0;
    std::optional<qint64> firstTokenMs = {}; //!< after the request was sent
    std::optional<qint64> answerMs = {};

    //! Every step passed or did not apply, and at least one passed.
    bool passed() const;
    int count(CheckStep::Status status) const;
};

//! For people: Markdown.
QString toMarkdown(const CheckReport &report);
//! For programs.
QJsonObject toJson(const CheckReport &report);

//! A step's status as a stable word.
QString toWord(CheckStep::Status status);

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::CheckReport)

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMetaType>
#include <QObject>
#include <QString>

namespace Maestro {

//! What a probe found out about this computer or the way to a provider.
struct ProbeResult
{
    enum class Status {
        Ok,
        Problem,
        Skipped, //!< it does not apply here
    };

    QString id; //!< a stable word for JSON
    QString title; //!< for people
    Status status = Status::Skipped;
    //! What was found, in plain words. Never a secret.
    QString finding = {};
    //! What the person can do; may be empty.
    QString advice = {};

    friend bool operator==(const ProbeResult &, const ProbeResult &) = default;
};

//! Looks at one thing that Maestro depends on. A port: what is looked at is behind it. Make,
//! connect, start(); `finished` exactly once, never before start() returns. Dropping it ends it
//! silently.
class Probe : public QObject
{
    Q_OBJECT

public:
    Probe(const QString &id, const QString &title, QObject *parent = nullptr);

    virtual void start() = 0;
    const QString &id() const { return m_id; }
    const QString &title() const { return m_title; }

Q_SIGNALS:
    void finished(const Maestro::ProbeResult &result);

protected:
    //! Says what came of it, at the next turn of the event loop. Only the first call counts.
    void conclude(ProbeResult::Status status, const QString &finding, const QString &advice = {});

private:
    QString m_id;
    QString m_title;
    bool m_isConcluded = false;
};

//! A status as a stable word for JSON.
QString toWord(ProbeResult::Status status);

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::ProbeResult)

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/probes/clockprobe.h"

#include <QDateTime>
#include <QLocale>
#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr std::chrono::seconds Patience{10};

//! The form that servers send (RFC 9110 §5.6.7); invalid for anything else.
QDateTime readHttpDate(const QByteArray &text)
{
    const QDateTime local = QLocale::c().toDateTime(QString::fromLatin1(text.left(64)).trimmed(),
                                                    u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    return {local.date(), local.time(), Qt::UTC};
}

//! In the unit that a person would say it in.
QString roughly(qint64 seconds)
{
    constexpr qint64 Minute = 60;
    constexpr qint64 Hour = 60 * Minute;
    constexpr qint64 Day = 24 * Hour;
    if (seconds < 2 * Minute) {
        return ClockProbe::tr("%1 seconds").arg(seconds);
    }
    if (seconds < 2 * Hour) {
        return ClockProbe::tr("%1 minutes").arg(seconds / Minute);
    }
    return seconds < 2 * Day ? ClockProbe::tr("%1 hours").arg(seconds / Hour)
                             : ClockProbe::tr("%1 days").arg(seconds / Day);
}

} // namespace

ClockProbe::ClockProbe(const QList<QUrl> &servers, const QList<QSslCertificate> &authorities,
                       QObject *parent)
    : Probe(u"clock"_s, tr("Clock"), parent)
    , m_servers(servers)
    , m_network(authorities)
{ }

void ClockProbe::start()
{
    m_open = m_servers.size();
    if (m_servers.isEmpty()) {
        conclude(ProbeResult::Status::Skipped, tr("there is no server to compare it with"));
    }
    for (QUrl server : std::as_const(m_servers)) {
        server.setPath(u"/"_s);
        QNetworkRequest request(server);
        request.setTransferTimeout(std::chrono::milliseconds(Patience).count());
        QNetworkReply *reply = m_network.head(request);
        connect(reply, &QNetworkReply::finished, this, [this, reply] { onFinished(*reply); });
    }
}

void ClockProbe::onFinished(QNetworkReply &reply)
{
    --m_open;
    const QDateTime there = readHttpDate(reply.rawHeader("Date"));
    if (there.isValid()) {
        const qint64 ahead = there.secsTo(QDateTime::currentDateTimeUtc());
        const QString host = reply.url().host();
        if (qAbs(ahead) < std::chrono::seconds(Tolerance).count()) {
            conclude(ProbeResult::Status::Ok,
                     tr("%1 from that of %2").arg(roughly(qAbs(ahead)), host));
        } else {
            conclude(ProbeResult::Status::Problem,
                     (ahead > 0 ? tr("%1 ahead of that of %2") : tr("%1 behind that of %2"))
                         .arg(roughly(qAbs(ahead)), host),
                     tr("Set date and time of this computer, best of all automatically."));
        }
    } else if (m_open == 0) {
        conclude(ProbeResult::Status::Skipped, tr("no server told the time"));
    }
}

} // namespace Maestro

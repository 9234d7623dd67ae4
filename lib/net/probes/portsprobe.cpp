// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/probes/portsprobe.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

using Attempt = LoopbackServer::Attempt;

QString describe(const PortFinding &finding)
{
    const auto text = [&finding](const QString &words) { return words.arg(finding.port); };
    switch (finding.attempt) {
    case Attempt::Listening:
        return text(PortsProbe::tr("%1 is free"));
    case Attempt::Taken:
        return finding.holder
            ? text(PortsProbe::tr("%1 is taken by %2")).arg(Maestro::describe(*finding.holder))
            : text(PortsProbe::tr("%1 is taken by another program"));
    case Attempt::Forbidden:
        return text(PortsProbe::tr("%1 is denied by the system"));
    case Attempt::Failed:
        return text(PortsProbe::tr("%1 cannot be listened on"));
    }
    Q_UNREACHABLE();
}

bool has(const QList<PortFinding> &findings, Attempt attempt)
{
    return std::any_of(findings.begin(), findings.end(), [attempt](const PortFinding &finding) {
        return finding.attempt == attempt;
    });
}

QString adviceFor(const QList<PortFinding> &findings)
{
    if (has(findings, Attempt::Taken)) {
        return PortsProbe::tr("Close the program that holds a port, then try again. An API key "
                              "needs no port.");
    }
    if (has(findings, Attempt::Forbidden)) {
        return PortsProbe::tr("The ports are reserved, or a security program forbids them. On "
                              "Windows, \"netsh interface ipv4 show excludedportrange tcp\" lists "
                              "reserved ports; restarting the computer often frees them. An API "
                              "key needs no port.");
    }
    return PortsProbe::tr("Check that the loopback network works. An API key needs no port.");
}

} // namespace

PortsProbe::PortsProbe(const QList<quint16> &ports, QObject *parent)
    : Probe(u"ports"_s, tr("Ports for the sign-in"), parent)
    , m_ports(ports)
{ }

void PortsProbe::start()
{
    QList<PortFinding> findings;
    for (const quint16 port : std::as_const(m_ports)) {
        LoopbackServer server({});
        PortFinding finding{port, server.listenOn(port)};
        if (finding.attempt == Attempt::Taken) {
            finding.holder = findPortHolder(port);
        }
        findings.append(finding);
    }
    const ProbeResult result = judge(findings);
    conclude(result.status, result.finding, result.advice);
}

ProbeResult PortsProbe::judge(const QList<PortFinding> &findings)
{
    ProbeResult result;
    if (findings.isEmpty()) {
        result.finding = tr("no sign-in needs one");
        return result;
    }
    QStringList texts;
    for (const PortFinding &finding : findings) {
        texts.append(describe(finding));
    }
    result.finding = texts.join(u", "_s);
    // The sign-in tries them in turn, so that one is enough.
    result.status = has(findings, Attempt::Listening) ? ProbeResult::Status::Ok
                                                      : ProbeResult::Status::Problem;
    if (result.status == ProbeResult::Status::Problem) {
        result.advice = adviceFor(findings);
    }
    return result;
}

} // namespace Maestro

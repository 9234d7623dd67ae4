// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/probes/browserprobe.h"

#include "auth/redact.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QString adviceByHand()
{
    return BrowserProbe::tr("Maestro shows the address of a sign-in: open it in any browser, on "
                            "any machine, and paste the address that it ends at.");
}

} // namespace

BrowserProbe::BrowserProbe(const QProcessEnvironment &environment, QObject *parent)
    : Probe(u"browser"_s, tr("Browser"), parent)
    , m_environment(environment)
{ }

void BrowserProbe::start()
{
    const QStringList commands = m_environment.value(u"BROWSER"_s).split(u':', Qt::SkipEmptyParts);
    if (!commands.isEmpty()) {
        judgeVariable(commands);
        return;
    }
#ifdef Q_OS_UNIX
    const QString opener = find(u"xdg-open"_s);
    if (opener.isEmpty()) {
        conclude(ProbeResult::Status::Problem, tr("xdg-open is not installed"),
                 tr("Install the package xdg-utils, or set the variable BROWSER.") + u' '
                     + adviceByHand());
        return;
    }
    const bool hasDesktop = !m_environment.value(u"WAYLAND_DISPLAY"_s).isEmpty()
        || !m_environment.value(u"DISPLAY"_s).isEmpty();
    if (!hasDesktop) {
        conclude(ProbeResult::Status::Problem, tr("there is no desktop session to open one in"),
                 adviceByHand());
        return;
    }
    conclude(ProbeResult::Status::Ok, tr("opened by %1").arg(OAuth::quoted(opener)));
#else
    conclude(ProbeResult::Status::Ok, tr("opened by the system"));
#endif
}

//! $BROWSER is a list of commands, of which the first that starts is taken.
void BrowserProbe::judgeVariable(const QStringList &commands)
{
    for (const QString &command : commands) {
        const QString program = find(QProcess::splitCommand(command).value(0));
        if (!program.isEmpty()) {
            conclude(ProbeResult::Status::Ok,
                     tr("opened by %1, as the variable BROWSER says").arg(OAuth::quoted(program)));
            return;
        }
    }
    conclude(ProbeResult::Status::Problem,
             tr("no program that the variable BROWSER names is there"),
             tr("Correct the variable, or remove it.") + u' ' + adviceByHand());
}

QString BrowserProbe::find(const QString &program) const
{
    if (program.isEmpty()) {
        return {};
    }
    const QStringList folders
        = m_environment.value(u"PATH"_s).split(QDir::listSeparator(), Qt::SkipEmptyParts);
    return QStandardPaths::findExecutable(program, folders);
}

} // namespace Maestro

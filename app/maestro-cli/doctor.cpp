// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "check/doctor.h"

#include "command.h"
#include "commandline.h"
#include "commands.h"
#include "compose.h"
#include "interrupt.h"
#include "probes.h"
#include "providerids.h"
#include "providers/registry.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

//! A line that is written over while the check runs, for a person at a terminal alone.
void showProgress(int done, qsizetype all)
{
    if (stderrIsTerminal()) {
        writeNote(done < all ? u"\rLooking: %1 of %2 …"_s.arg(done).arg(all) : u"\r\x1b[K"_s);
    }
}

} // namespace

int runDoctor(const QStringList &arguments)
{
    CommandLine line(
        u"doctor"_s, u"[--provider P] [--json]"_s,
        u"Looks at what Maestro needs of this computer and its network: names, proxy, secure "
        u"connections, clock,\n"
        "ports, browser, keyring and data directory. It sends no credential and changes nothing. "
        "The report may\n"
        "be shown to others. Exit code 0 says that no problem was found."_s,
        {u"maestro-cli doctor"_s, u"maestro-cli doctor --provider openai"_s,
         u"maestro-cli doctor --json | jq '.probes[] | select(.status == \"problem\")'"_s});
    line.addOption({u"provider"_s,
                    u"Only the way to this one: %1. Without it, to all."_s.arg(providerIds()),
                    u"P"_s});
    line.addOption({u"json"_s, u"Print the report as JSON."_s});
    if (const auto code = line.parse(arguments, 0, 0)) {
        return *code;
    }
    const std::unique_ptr<Composition> composition = composeUnopened();
    if (!composition) {
        return WrongUsage;
    }
    const QString provider = line.value(u"provider"_s);
    if (line.isSet(u"provider"_s) && !findProvider(composition->providers(), provider)) {
        return misused(line.command(), wrongProvider(providerIds()));
    }

    Doctor doctor(makeProbes(*composition, provider));
    int done = 0;
    QObject::connect(&doctor, &Doctor::probeFinished, &doctor,
                     [&done, all = doctor.titles().size()] { showProgress(++done, all); });
    QObject::connect(&doctor, &Doctor::finished, &doctor,
                     [isJson = line.isSet(u"json"_s)](const DoctorReport &report) {
                         write(isJson ? QString::fromUtf8(QJsonDocument(toJson(report)).toJson())
                                      : toPlainText(report));
                         QCoreApplication::exit(report.passed() ? Succeeded : Failed);
                     });
    const Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::requested, qApp, [] {
        note(u"\nmaestro-cli: Cancelled."_s);
        QCoreApplication::exit(Failed);
    });
    showProgress(0, doctor.titles().size());
    doctor.start();
    return QCoreApplication::exec();
}

} // namespace Maestro::Cli

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "browser.h"

#include "auth/devicecode.h"
#include "command.h"

#include <QLocale>
#include <QProcess>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

bool startDetached(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProgram(program);
    process.setArguments(arguments);
    // What a browser prints is none of our output.
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    return process.startDetached();
}

} // namespace

bool openBrowser(const QUrl &url)
{
    const QString address = url.toString(QUrl::FullyEncoded);
    const QStringList commands = qEnvironmentVariable("BROWSER").split(u':', Qt::SkipEmptyParts);
    for (const QString &command : commands) {
        QStringList words = QProcess::splitCommand(command);
        if (words.isEmpty()) {
            continue;
        }
        const QString program = words.takeFirst();
        const bool hasPlace = words.contains(u"%s"_s);
        words.replaceInStrings(u"%s"_s, address);
        if (!hasPlace) {
            words.append(address);
        }
        if (startDetached(program, words)) {
            return true;
        }
    }
    const QString opener = QStandardPaths::findExecutable(u"xdg-open"_s);
    return commands.isEmpty() && !opener.isEmpty() && startDetached(opener, {address});
}

void presentAddress(const QUrl &url, Browser browser)
{
    note(u"Open this address in a browser and sign in there:"_s);
    print(url.toString(QUrl::FullyEncoded));
    if (browser == Browser::Open) {
        note(openBrowser(url)
                 ? u"Your browser has been asked to open it."_s
                 : u"No browser could be started from here; open the address yourself."_s);
    }
    note(u"Is the browser on another machine? Paste the address it ends at here, and press Enter.\n"
         "There is no time limit. Ctrl-C cancels."_s);
}

void presentCode(const QUrl &where, const QString &userCode, const QDateTime &expiresAt)
{
    note(u"Open this address in a browser, on any machine, and sign in there:"_s);
    print(where.toString(QUrl::FullyEncoded));
    note(u"Type this code on the page, and confirm it:"_s);
    print(userCode);
    note(OAuth::deviceCodeWarning());
    note(u"The code is valid until %1. Ctrl-C cancels."_s.arg(
        QLocale::c().toString(expiresAt.toLocalTime(), u"hh:mm"_s)));
}

} // namespace Maestro::Cli

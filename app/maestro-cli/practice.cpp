// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "command.h"
#include "commandline.h"
#include "commands.h"
#include "interrupt.h"
#include "practice/practiceprovider.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

void explain(const PracticeProvider &practice)
{
    print(u"The practice provider listens on %1 (Ctrl-C ends it)."_s.arg(
        practice.apiUrl().toString()));
    print(u"\nSign in to it and ask, from another terminal:"_s);
    print(u"  OPENAI_OAUTH_AUTHORIZE_URL=%1 \\\n  OPENAI_OAUTH_TOKEN_URL=%2 \\\n  "
          u"OPENAI_BASE_URL=%3 \\\n"
          "  maestro-cli check --provider openai --model %4"_s.arg(
              practice.authorizeUrl().toString(), practice.tokenUrl().toString(),
              practice.apiUrl().toString(), PracticeProvider::models().value(0)));
    print(u"\nOr without signing in, with the key \"practice\":"_s);
    print(
        u"  OPENAI_API_KEY=practice OPENAI_BASE_URL=%1 \\\n  maestro-cli ask --provider openai --model %2 \"Hello\""_s
            .arg(practice.apiUrl().toString(), PracticeProvider::models().value(0)));
    print(u"\nThe model's name chooses what goes wrong: %1."_s.arg(
        PracticeProvider::models().join(u", "_s)));
}

} // namespace

int runPractice(const QStringList &arguments)
{
    CommandLine line(
        u"practice"_s, u"[--port N]"_s,
        u"Runs the practice provider: OpenAI's sign-in and streaming, on this computer, without an account."_s,
        {u"maestro-cli practice"_s, u"maestro-cli practice --port 8090"_s});
    line.addOption({u"port"_s, u"The port to listen on; without it any free one."_s, u"N"_s});
    if (const auto code = line.parse(arguments, 0, 0)) {
        return *code;
    }
    bool isNumber = true;
    const uint port = line.isSet(u"port"_s) ? line.value(u"port"_s).toUInt(&isNumber) : 0;
    if (!isNumber || port > 65535) {
        return misused(line.command(), u"--port must be a number up to 65535."_s);
    }
    PracticeProvider practice;
    if (const Result<quint16> listening = practice.listen(static_cast<quint16>(port)); !listening) {
        return fail(listening.error());
    }
    explain(practice);
    QObject::connect(&practice, &PracticeProvider::answered, qApp,
                     [](const QString &request, int status) {
                         note(dim(u"%1 %2"_s.arg(status).arg(request), stderrShowsColours()));
                     });
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::requested, qApp, &QCoreApplication::quit);
    return QCoreApplication::exec();
}

} // namespace Maestro::Cli

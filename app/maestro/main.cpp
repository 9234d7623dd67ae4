// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "corefiles.h"
#include "interrupt.h"
#include "maestroapp.h"
#include "net/logredaction.h"
#include "ui/common/desktopmotion.h"
#include "ui/common/icons.h"
#include "ui/common/themestyle.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QProcessEnvironment>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    Maestro::forbidCoreFiles();
    Maestro::installLogRedaction();
    const auto quiet = qScopeGuard(&Maestro::silenceLog);

    QApplication app(argc, argv);
    QApplication::setApplicationName(u"Maestro"_s);
    QApplication::setApplicationVersion(QStringLiteral(MAESTRO_VERSION));
    QApplication::setDesktopFileName(QStringLiteral(MAESTRO_APP_ID));
    QApplication::setWindowIcon(Maestro::applicationIcon());
    QApplication::setStyle(
        new Maestro::ThemeStyle(Maestro::Appearance::System, Maestro::desktopMotion()));

    QCommandLineParser parser;
    parser.setApplicationDescription(u"A native chat client for language models."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption practice(
        u"practice"_s, u"Go straight to the practice provider; no account is needed."_s);
    parser.addOption(practice);
    parser.process(app);

    const auto configuration = Maestro::readConfiguration(QProcessEnvironment::systemEnvironment());
    Maestro::forgetSecretsOfEnvironment();
    Maestro::MaestroApp maestro(configuration ? *configuration : Maestro::Configuration(),
                                configuration ? std::nullopt
                                              : std::optional(configuration.error()));
    // A logout or a shutdown says so in this way.
    const Maestro::Interrupt interrupt;
    QObject::connect(&interrupt, &Maestro::Interrupt::requested, &maestro,
                     &Maestro::MaestroApp::terminate);
    maestro.show();
    if (parser.isSet(practice)) {
        maestro.signIn(u"practice"_s);
    }
    return QApplication::exec();
}

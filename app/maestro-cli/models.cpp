// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "command.h"
#include "commandline.h"
#include "commands.h"
#include "compose.h"
#include "providers/registry.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

int runModels(const QStringList &arguments)
{
    CommandLine line(u"models"_s, u"--provider P [--json]"_s,
                     u"Lists the models that the key in the environment may ask."_s,
                     {u"OPENAI_API_KEY=… maestro-cli models --provider openai"_s});
    line.addOption({u"provider"_s, u"openai, anthropic or gemini."_s, u"P"_s});
    line.addOption({u"json"_s, u"A JSON array instead of lines."_s});
    if (const auto code = line.parse(arguments, 0, 0)) {
        return *code;
    }
    const std::unique_ptr<Composition> composition = compose();
    if (!composition) {
        return WrongUsage;
    }
    const auto provider = findProvider(composition->providers(), line.value(u"provider"_s));
    if (!provider) {
        return misused(line.command(), u"--provider must be openai, anthropic or gemini."_s);
    }
    if (const auto missing = composition->missingKey(provider->id)) {
        return fail(*missing);
    }
    composition->chatClient()
        .listModels(*provider, {provider->id, AccountKey::Type::ApiKey})
        .then(qApp, [&line](const Result<QStringList> &models) {
            // Queued: a list that cannot be asked for is refused before exec() has begun.
            QMetaObject::invokeMethod(
                qApp,
                [models, asJson = line.isSet(u"json"_s)] {
                    if (!models) {
                        QCoreApplication::exit(fail(models.error()));
                        return;
                    }
                    print(asJson ? QString::fromUtf8(
                                       QJsonDocument(QJsonArray::fromStringList(*models)).toJson())
                                       .trimmed()
                                 : models->join(u'\n'));
                    QCoreApplication::exit(Succeeded);
                },
                Qt::QueuedConnection);
        });
    return QCoreApplication::exec();
}

} // namespace Maestro::Cli

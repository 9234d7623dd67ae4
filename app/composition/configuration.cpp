// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "configuration.h"

#include "net/authorities.h"
#include "net/policynam.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! What may be asked of a person's patience, in seconds.
constexpr int ShortestSilence = 10;
constexpr int LongestSilence = 24 * 60 * 60;
constexpr const char *SecretVariables[] = {"OPENAI_API_KEY", "OPENAI_OAUTH_CLIENT_SECRET",
                                           "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY"};
//! Longer than any key, id or address; a file that went astray.
constexpr qsizetype LongestValue = 8 * 1024;
//! All that a system trusts is less than a quarter of it.
constexpr qint64 LargestFile = 1024 * 1024;

QString tr(const char *text) { return QCoreApplication::translate("Configuration", text); }

//! Reads variables until one is wrong, and remembers what was wrong with it.
class Reader
{
public:
    explicit Reader(const QProcessEnvironment &environment)
        : m_environment(environment)
    { }

    const std::optional<Error> &error() const { return m_error; }

    std::optional<QString> text(const QString &variable)
    {
        if (!m_environment.contains(variable)) {
            return std::nullopt;
        }
        const QString value = m_environment.value(variable).trimmed();
        if (value.isEmpty()) {
            refuse(variable, tr("The environment variable %1 is set but empty."));
            return std::nullopt;
        }
        const bool isPlain = std::all_of(value.begin(), value.end(),
                                         [](QChar c) { return c >= u' ' && c <= u'~'; });
        if (!isPlain || value.size() > LongestValue) {
            refuse(variable,
                   tr("The environment variable %1 holds something that cannot be its value."));
            return std::nullopt;
        }
        return value;
    }

    //! No spaces inside: a header or parameter value.
    std::optional<QString> word(const QString &variable)
    {
        const auto value = text(variable);
        if (value && value->contains(u' ')) {
            refuse(variable, tr("The environment variable %1 has a space in its value."));
            return std::nullopt;
        }
        return value;
    }

    std::optional<QUrl> address(const QString &variable)
    {
        const auto value = text(variable);
        if (!value) {
            return std::nullopt;
        }
        QUrl url(*value, QUrl::StrictMode);
        if (!isAllowedAddress(url) || url.hasQuery() || url.hasFragment()) {
            refuse(variable,
                   tr("The environment variable %1 is not an address that may be used: it must "
                      "begin with https, or with http on this computer."));
            return std::nullopt;
        }
        while (url.path().endsWith(u'/')) {
            url.setPath(url.path().chopped(1));
        }
        return url;
    }

    std::optional<std::chrono::seconds> seconds(const QString &variable, int least, int most)
    {
        const auto value = text(variable);
        if (!value) {
            return std::nullopt;
        }
        bool isNumber = false;
        const int number = value->toInt(&isNumber);
        if (!isNumber || number < least || number > most) {
            refuse(variable,
                   tr("The environment variable %1 is not a whole number of seconds from %2 to %3.")
                       .arg(u"%1"_s)
                       .arg(least)
                       .arg(most));
            return std::nullopt;
        }
        return std::chrono::seconds(number);
    }

    Secret secret(const QString &variable)
    {
        const auto value = word(variable);
        return value ? Secret(value->toLatin1()) : Secret();
    }

    QList<QSslCertificate> authorities(const QString &variable)
    {
        if (!m_environment.contains(variable)) {
            return {};
        }
        const QString path = m_environment.value(variable); // in any letters
        QFile file(path);
        if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
            refuse(variable, tr("The environment variable %1 names a file that cannot be read."));
            return {};
        }
        const auto certificates = readAuthorities(file.read(LargestFile));
        if (!certificates || !file.atEnd()) {
            refuse(variable,
                   tr("The file that the environment variable %1 names, %2, does not hold "
                      "certificates in PEM form and nothing else.")
                       .arg(u"%1"_s, QFileInfo(path).fileName()));
            return {};
        }
        return *certificates;
    }

private:
    void refuse(const QString &variable, const QString &message)
    {
        if (!m_error) {
            m_error = Error{Error::Kind::Configuration, message.arg(variable),
                            tr("Correct it or unset it, and start again.")};
        }
    }

    const QProcessEnvironment &m_environment;
    std::optional<Error> m_error;
};

ProviderConfiguration readProvider(Reader &reader, const QString &baseVariable,
                                   const QStringList &keyVariables)
{
    ProviderConfiguration configuration;
    configuration.baseUrl = reader.address(baseVariable);
    for (const QString &variable : keyVariables) {
        const Secret key = reader.secret(variable);
        if (configuration.apiKey.isEmpty() && !key.isEmpty()) {
            configuration.apiKey = key;
            configuration.apiKeyVariable = variable;
        }
    }
    return configuration;
}

OAuthConfiguration readOAuth(Reader &reader, const QString &prefix)
{
    OAuthConfiguration configuration;
    configuration.clientId = reader.word(prefix + u"_OAUTH_CLIENT_ID"_s);
    configuration.authorizeUrl = reader.address(prefix + u"_OAUTH_AUTHORIZE_URL"_s);
    configuration.tokenUrl = reader.address(prefix + u"_OAUTH_TOKEN_URL"_s);
    configuration.revokeUrl = reader.address(prefix + u"_OAUTH_REVOKE_URL"_s);
    configuration.deviceUrl = reader.address(prefix + u"_OAUTH_DEVICE_URL"_s);
    return configuration;
}

//! The client is the provider's to name.
OAuthConfiguration readSignedOAuth(Reader &reader, const QString &prefix)
{
    OAuthConfiguration configuration;
    configuration.issuer = reader.address(prefix + u"_OAUTH_ISSUER"_s);
    configuration.authorizeUrl = reader.address(prefix + u"_OAUTH_AUTHORIZE_URL"_s);
    configuration.tokenUrl = reader.address(prefix + u"_OAUTH_TOKEN_URL"_s);
    configuration.revokeUrl = reader.address(prefix + u"_OAUTH_REVOKE_URL"_s);
    configuration.keysUrl = reader.address(prefix + u"_OAUTH_KEYS_URL"_s);
    return configuration;
}

} // namespace

Result<Configuration> readConfiguration(const QProcessEnvironment &environment)
{
    Reader reader(environment);
    Configuration configuration;
    configuration.openAi = readProvider(reader, u"OPENAI_BASE_URL"_s, {u"OPENAI_API_KEY"_s});
    for (const auto &[variable, header] :
         {std::pair{u"OPENAI_ORGANIZATION"_s, QByteArray("OpenAI-Organization")},
          std::pair{u"OPENAI_PROJECT"_s, QByteArray("OpenAI-Project")}}) {
        if (const auto value = reader.word(variable)) {
            configuration.openAi.headers.append({header, value->toLatin1()});
        }
    }
    configuration.openAiOAuth = readOAuth(reader, u"OPENAI"_s);
    configuration.openAiOAuth.clientSecret = reader.secret(u"OPENAI_OAUTH_CLIENT_SECRET"_s);
    if (const auto scopes = reader.text(u"OPENAI_OAUTH_SCOPES"_s)) {
        configuration.openAiOAuth.scopes = scopes->split(u' ', Qt::SkipEmptyParts);
    }
    configuration.chatGpt = readProvider(reader, u"CHATGPT_BASE_URL"_s, {});
    configuration.chatGptOAuth = readSignedOAuth(reader, u"CHATGPT"_s);
    configuration.anthropic
        = readProvider(reader, u"ANTHROPIC_BASE_URL"_s, {u"ANTHROPIC_API_KEY"_s});
    configuration.anthropicOAuth = readOAuth(reader, u"ANTHROPIC"_s);
    configuration.gemini
        = readProvider(reader, u"GEMINI_BASE_URL"_s, {u"GEMINI_API_KEY"_s, u"GOOGLE_API_KEY"_s});
    configuration.authorities = reader.authorities(u"MAESTRO_CA_FILE"_s);
    configuration.silenceLimit
        = reader.seconds(u"MAESTRO_SILENCE_LIMIT"_s, ShortestSilence, LongestSilence);
    if (reader.error()) {
        return *reader.error();
    }
    return configuration;
}

void forgetSecretsOfEnvironment()
{
    for (const char *variable : SecretVariables) {
        qunsetenv(variable);
    }
}

} // namespace Maestro

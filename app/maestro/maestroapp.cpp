// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "maestroapp.h"

#include "core/after.h"
#include "probes.h"
#include "providers/registry.h"
#include "refusedsignin.h"
#include "ui/check/doctordialog.h"
#include "ui/signin/signinwizard.h"

#include <QCoreApplication>
#include <QDesktopServices>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

const QString OpenAiChoice = u"openai"_s;
const QString PracticeChoice = u"practice"_s;
const QString KeySuffix = u"-key"_s;

//! The provider's own list, with the models we know for good first.
QStringList ordered(const QStringList &known, const QStringList &listed)
{
    QStringList models;
    for (const QString &model : known) {
        if (listed.contains(model)) {
            models.append(model);
        }
    }
    for (const QString &model : listed) {
        if (!models.contains(model)) {
            models.append(model);
        }
    }
    return models;
}

} // namespace

MaestroApp::MaestroApp(const Configuration &configuration, const std::optional<Error> &problem,
                       PracticeProvider::Pace practicePace, QObject *parent)
    : QObject(parent)
    , m_practicePace(practicePace)
    , m_composition(configuration)
    , m_session(m_composition.chatClient())
    , m_window(m_session)
{
    connectWindow();
    showTargets();
    if (problem) {
        m_window.showError(*problem);
    }
    const QList<Account> accounts = m_composition.credentials().accounts();
    for (const Account &account : accounts) {
        fetchModels(account.key);
    }
}

MaestroApp::~MaestroApp() = default;

void MaestroApp::connectWindow()
{
    connect(&m_window, &ChatWindow::targetChosen, this, &MaestroApp::onTargetChosen);
    connect(&m_window, &ChatWindow::signInRequested, this, [this] { signIn(); });
    connect(&m_window, &ChatWindow::openAiSignInRequested, this, [this] { signIn(OpenAiChoice); });
    connect(&m_window, &ChatWindow::apiKeyRequested, this,
            [this] { signIn(OpenAiChoice + KeySuffix); });
    connect(&m_window, &ChatWindow::practiceRequested, this, [this] { signIn(PracticeChoice); });
    connect(&m_window, &ChatWindow::signOutRequested, this, &MaestroApp::signOut);
    connect(&m_window, &ChatWindow::connectionCheckRequested, this, &MaestroApp::checkConnection);
    connect(&m_window, &ChatWindow::quitRequested, qApp, &QCoreApplication::quit);
}

void MaestroApp::show()
{
    m_window.show();
    m_window.focusComposer();
}

void MaestroApp::signIn(const QString &choiceId)
{
    if (!m_wizard) {
        m_wizard = new SignInWizard(
            choices(),
            [this](const SignInChoice &choice, const Secret &apiKey) {
                return makeSignIn(choice, apiKey);
            },
            [](const QUrl &address) { return QDesktopServices::openUrl(address); }, &m_window);
        m_wizard->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_wizard, &SignInWizard::accountAdded, this, &MaestroApp::onAccountAdded);
        connect(m_wizard, &QDialog::finished, this, [this] { m_window.focusComposer(); });
        m_wizard->open();
    }
    if (!choiceId.isEmpty()) {
        m_wizard->choose(choiceId);
    }
    m_wizard->raise();
    m_wizard->activateWindow();
}

QList<SignInChoice> MaestroApp::choices() const
{
    using Kind = SignInChoice::Kind;
    QList<SignInChoice> choices{{OpenAiChoice, tr("Sign in with OpenAI"),
                                 tr("In your browser, with your OpenAI account."), Kind::Browser,
                                 u"OpenAI"_s}};
    if (m_composition.profile(u"anthropic"_s)) { // only with a client id of one's own
        choices.append({u"anthropic"_s, tr("Sign in with Anthropic"),
                        tr("In your browser, with the client id from your configuration."),
                        Kind::Browser, u"Anthropic"_s});
    }
    const QString keyTitle = tr("API key for %1");
    choices += {
        {OpenAiChoice + KeySuffix, keyTitle.arg(u"OpenAI"_s),
         tr("From platform.openai.com; paid by use."), Kind::ApiKey, u"OpenAI"_s, u"sk-…"_s},
        {u"anthropic"_s + KeySuffix, keyTitle.arg(u"Anthropic"_s),
         tr("From the Claude Console; paid by use."), Kind::ApiKey, u"Anthropic"_s, u"sk-ant-…"_s},
        {u"gemini"_s + KeySuffix, keyTitle.arg(u"Google Gemini"_s), tr("From Google AI Studio."),
         Kind::ApiKey, u"Google Gemini"_s, u"AIza…"_s},
        {PracticeChoice, tr("Try without an account"),
         tr("A practice provider on this computer. Nothing leaves it, nothing costs anything."),
         Kind::Practice, tr("Practice provider")},
    };
    return choices;
}

std::unique_ptr<SignIn> MaestroApp::makeSignIn(const SignInChoice &choice, const Secret &apiKey)
{
    switch (choice.kind) {
    case SignInChoice::Kind::Browser:
        return makeBrowserSignIn(choice.id);
    case SignInChoice::Kind::Practice:
        if (const Result<Provider> practice = m_composition.startPractice(m_practicePace);
            !practice) {
            return std::make_unique<RefusedSignIn>(practice.error());
        }
        return makeBrowserSignIn(PracticeChoice);
    case SignInChoice::Kind::ApiKey:
        return m_composition.makeSignIn(
            findProvider(m_composition.providers(), QString(choice.id).remove(KeySuffix)).value(),
            apiKey);
    }
    Q_UNREACHABLE();
}

std::unique_ptr<SignIn> MaestroApp::makeBrowserSignIn(const QString &providerId)
{
    const Result<OAuth::OAuthProfile> profile = m_composition.profile(providerId);
    if (!profile) {
        return std::make_unique<RefusedSignIn>(profile.error());
    }
    return m_composition.makeSignIn(*profile);
}

void MaestroApp::onAccountAdded(const Account &account, const std::optional<Error> &noKey)
{
    if (noKey) {
        m_unavailable.insert(account.key, *noKey);
    } else {
        m_unavailable.remove(account.key);
    }
    showTargets();
    m_window.chooseTarget(account.key);
    if (!noKey) {
        fetchModels(account.key);
    }
}

void MaestroApp::onTargetChosen(const AccountKey &account, const QString &api, const QString &model)
{
    if (const auto provider = m_composition.providerOf(account, api)) {
        m_session.setTarget(*provider, account, model);
    }
}

void MaestroApp::signOut(const AccountKey &account)
{
    m_composition.credentials().remove(account).then(
        this, [this, account](const std::optional<Error> &error) {
            if (error) {
                m_window.showError(*error);
                return;
            }
            m_models.remove(account);
            m_unavailable.remove(account);
            showTargets();
        });
}

void MaestroApp::fetchModels(const AccountKey &account)
{
    const auto provider = m_composition.providerOf(account);
    if (!provider) {
        return;
    }
    after(this, m_composition.chatClient().listModels(*provider, account),
          [this, account, known = provider->models](const Result<QStringList> &models) {
              if (models) { // without a list the picker offers the models we know
                  m_models.insert(account, ordered(known, *models));
                  showTargets();
              }
          });
}

void MaestroApp::checkConnection()
{
    if (!m_doctor) {
        m_doctor = new DoctorDialog(
            [this] { return std::make_unique<Doctor>(makeProbes(m_composition)); }, &m_window);
        m_doctor->setAttribute(Qt::WA_DeleteOnClose);
        m_doctor->show();
    }
    m_doctor->raise();
    m_doctor->activateWindow();
}

void MaestroApp::showTargets()
{
    QList<ChatTarget> targets;
    const QList<Account> accounts = m_composition.credentials().accounts();
    for (const Account &account : accounts) {
        const auto provider = m_composition.providerOf(account.key);
        if (!provider) {
            continue;
        }
        ChatTarget target{account, provider->api, provider->name, provider->isPractice,
                          m_models.value(account.key, provider->models)};
        if (const auto problem = m_unavailable.constFind(account.key);
            problem != m_unavailable.constEnd()) {
            target.unavailable = *problem;
        }
        targets.append(target);
    }
    m_window.setTargets(targets);
}

} // namespace Maestro

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "maestroapp.h"

#include "core/after.h"
#include "probes.h"
#include "ui/chat/modelpicker.h"
#include "ui/check/doctordialog.h"
#include "ui/signin/signinwizard.h"
#include "ui/vault/vaultpanel.h"

#include <QDesktopServices>
#include <QGuiApplication>

namespace Maestro {

namespace {

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
                       PracticeProvider::Pace practicePace, const QString &dataDirectory,
                       QObject *parent)
    : QObject(parent)
    , m_composition(configuration, dataDirectory)
    , m_waysIn(m_composition, practicePace)
    , m_rates(m_composition.settings().tokenRates())
    , m_chats(m_composition.chatClient(), m_composition.chats(),
              [this](OpenChat &chat) { furnish(chat); })
    , m_window(m_chats, m_composition.chats())
    , m_kept(m_composition.chats(), m_chats, m_composition.settings(), m_window)
    , m_network(QDBusConnection::sessionBus(), &QDBusConnection::systemBus,
                m_composition.networkPresence())
    , m_desktop(QDBusConnection::sessionBus())
    , m_look(m_composition.settings(), m_desktop, m_window)
    , m_accountPages(m_composition, m_window)
    , m_vaultPanel(new VaultPanel(m_composition.vault(), VaultPanel::UntilQuit::Offered, &m_window))
{
    m_window.addNotice(m_vaultPanel);
    connectWindow();
    connectAccounts();
    showModelFacts();
    m_window.setToolsAllowed(m_composition.settings().areToolsAllowed());
    m_window.showOpening();
    if (problem) {
        m_window.showError(*problem);
    }
    m_kept.open();
    // What it says of the vault, the panel shows.
    after(this, m_composition.open(), [this](const std::optional<Error> &) {
        m_isOpen = true;
        onVaultChanged();
    });
}

MaestroApp::~MaestroApp() = default;

void MaestroApp::connectWindow()
{
    connect(&m_window, &ChatWindow::targetChosen, this, &MaestroApp::onTargetChosen);
    connect(&m_window, &ChatWindow::accountPicked, this, &MaestroApp::onAccountPicked);
    connect(&m_window, &ChatWindow::signInRequested, this, [this] { signIn(); });
    connect(&m_window, &ChatWindow::openAiSignInRequested, this,
            [this] { signIn(WaysIn::openAi()); });
    connect(&m_window, &ChatWindow::apiKeyRequested, this, [this] { signIn(WaysIn::openAiKey()); });
    connect(&m_window, &ChatWindow::practiceRequested, this,
            [this] { signIn(WaysIn::practice()); });
    connect(&m_window, &ChatWindow::signInAgainRequested, this, &MaestroApp::signInAgain);
    connect(&m_window, &ChatWindow::signOutRequested, &m_accountPages, &AccountPages::signOut);
    connect(&m_window, &ChatWindow::accountsRequested, &m_accountPages,
            &AccountPages::showAccounts);
    connect(&m_window, &ChatWindow::connectionCheckRequested, this, &MaestroApp::checkConnection);
    for (const auto page : {&ChatWindow::usagePageRequested, &ChatWindow::linkOpened}) {
        connect(&m_window, page, this, [](const QUrl &url) { QDesktopServices::openUrl(url); });
    }
    connect(&m_window, &ChatWindow::toolsToggled, this, &MaestroApp::onToolsToggled);
    connect(&m_window, &ChatWindow::quitRequested, &m_kept, &KeptConversations::leave);
    // Not quit(): that asks the windows, which have been asked.
    connect(&m_kept, &KeptConversations::canLeave, qApp, [] { QCoreApplication::exit(); });
}

void MaestroApp::connectAccounts()
{
    connect(&m_composition.credentials(), &VaultCredentials::accountsChanged, this,
            &MaestroApp::showTargets);
    connect(&m_composition.vault(), &CredentialVault::stateChanged, this,
            &MaestroApp::onVaultChanged);
    connect(&m_accountPages, &AccountPages::addRequested, this, [this] { signIn(); });
    connect(&m_accountPages, &AccountPages::signInAgainRequested, this, &MaestroApp::signInAgain);
    connect(&m_accountPages, &AccountPages::signedOut, this, &MaestroApp::onSignedOut);
    connect(&m_accountPages, &AccountPages::defaultChosen, this, [this](const AccountKey &account) {
        m_window.chooseTarget(account);
        onAccountPicked(account);
    });
    connect(&m_window, &ChatWindow::unlockRequested, m_vaultPanel, &VaultPanel::attend);
    connect(qApp, &QGuiApplication::applicationStateChanged, this,
            &MaestroApp::onApplicationStateChanged);
    connect(&m_composition.networkPresence(), &NetworkPresence::changed, this,
            &MaestroApp::onNetworkChanged);
    connect(m_vaultPanel, &VaultPanel::untilQuitChosen, this, &MaestroApp::onUntilQuitChosen);
}

void MaestroApp::show()
{
    m_window.show();
    m_window.focusComposer();
}

SignInWizard *MaestroApp::makeWizard()
{
    SignInMeans means = m_waysIn.means();
    means.fetchModels = [this](const AccountKey &account) { return fetchModels(account); };
    auto *wizard = new SignInWizard(m_waysIn.choices(), std::move(means), &m_window);
    wizard->setAttribute(Qt::WA_DeleteOnClose);
    connect(wizard, &SignInWizard::accountAdded, this, &MaestroApp::onAccountAdded);
    connect(wizard, &QDialog::finished, this, [this] { m_window.focusComposer(); });
    return wizard;
}

void MaestroApp::signIn(const QString &choiceId)
{
    if (!m_wizard) {
        m_wizard = makeWizard();
        m_wizard->open();
    }
    if (!choiceId.isEmpty()) {
        m_wizard->choose(choiceId);
    }
    m_wizard->raise();
    m_wizard->activateWindow();
}

void MaestroApp::signInAgain(const AccountKey &account)
{
    signIn();
    if (const QString choiceId = m_waysIn.choiceFor(account); !choiceId.isEmpty()) {
        m_wizard->chooseAgain(choiceId, account);
    }
}

void MaestroApp::onAccountAdded(const Account &account, const std::optional<Error> &noKey)
{
    if (noKey) {
        m_unavailable.insert(account.key, *noKey);
    } else {
        m_unavailable.remove(account.key);
    }
    showTargets();
    const std::optional<ChosenTarget> chosen = m_window.chosenTarget();
    const bool isUpdate = chosen && chosen->account == account.key;
    m_window.chooseTarget(account.key, isUpdate ? chosen->api : QString(),
                          isUpdate ? chosen->model : QString());
    onAccountPicked(account.key);
}

//! Whoever was chosen last is asked at the next start.
void MaestroApp::onAccountPicked(const AccountKey &account)
{
    const auto provider = m_composition.providerOf(account);
    if (provider && !provider->isPractice && m_composition.settings().defaultAccount() != account) {
        m_composition.settings().setDefaultAccount(account);
        showTargets();
    }
}

void MaestroApp::onTargetChosen(const AccountKey &account, const QString &api, const QString &model)
{
    if (const auto provider = m_composition.providerOf(account, api)) {
        m_chats.shown().session.setTarget(*provider, account, model);
        m_chats.shown().ledger->refresh();
    }
}

void MaestroApp::onVaultChanged()
{
    showTargets();
    fetchMissingModels();
}

//! Meanwhile the terminal program may have signed somebody in, or the keyring been unlocked.
void MaestroApp::onApplicationStateChanged(Qt::ApplicationState state)
{
    if (m_isOpen && state == Qt::ApplicationActive) {
        m_composition.vault().refresh();
        m_kept.refresh();
        fetchMissingModels(); // of a server that was not running before
    }
}

void MaestroApp::onNetworkChanged(NetworkPresence::State state)
{
    if (state == NetworkPresence::State::Online) {
        m_window.showOnline();
        fetchMissingModels();
    }
}

void MaestroApp::onUntilQuitChosen()
{
    m_composition.credentials().setKeep(VaultCredentials::Keep::UntilQuit);
    signIn();
}

void MaestroApp::onSignedOut(const AccountKey &account)
{
    m_models.remove(account);
    m_asked.remove(account);
    m_unavailable.remove(account);
    showTargets();
}

QFuture<ModelCount> MaestroApp::fetchModels(const AccountKey &account)
{
    const auto provider = m_composition.providerOf(account);
    if (!provider) {
        return QtFuture::makeReadyFuture(ModelCount(0));
    }
    m_asked.insert(account);
    return after(
        this, m_composition.chatClient().listModels(*provider, account),
        [this, account, known = provider->models](const Result<QStringList> &models) -> ModelCount {
            if (!models) { // the picker offers the models we know
                if (models.error().kind == Error::Kind::Offline) {
                    m_asked.remove(account); // nobody was
                }
                if (known.isEmpty()) { // there is nothing to ask, so far
                    m_unavailable.insert(account, models.error());
                    m_asked.remove(account);
                    showTargets();
                }
                return models.error();
            }
            if (known.isEmpty()) {
                m_unavailable.remove(account);
            }
            m_models.insert(account, ordered(known, *models));
            showTargets();
            return static_cast<int>(models->size());
        });
}

void MaestroApp::fetchMissingModels()
{
    if (!m_isOpen) {
        return;
    }
    const QList<Account> accounts = m_composition.credentials().accounts();
    for (const Account &account : accounts) {
        if (!m_asked.contains(account.key) && !isLocked(account)) {
            fetchModels(account.key);
        }
    }
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

void MaestroApp::onToolsToggled(bool allowed)
{
    m_chats.setToolsAllowed(allowed);
    if (allowed != m_composition.settings().areToolsAllowed()) {
        if (const auto error = m_composition.settings().setToolsAllowed(allowed)) {
            m_window.showError(*error);
        }
    }
}

//! A model reads the files of its own conversation, and of no other.
void MaestroApp::furnish(OpenChat &chat)
{
    m_composition.addTools(chat.tools, [&chat] {
        QList<Attachment> all;
        const QList<Turn> &turns = chat.session.conversation().turns;
        for (const Turn &turn : turns) {
            if (const auto *prompt = std::get_if<Prompt>(&turn)) {
                all += prompt->attachments;
            }
        }
        return all;
    });
    chat.ledger = std::make_unique<Ledger>(chat.session, m_composition.pricing(), m_rates, m_plans);
    chat.ledger->follow(chat.record, m_composition.chats());
    // A rate that is not kept is learnt again.
    connect(chat.ledger.get(), &Ledger::learnt, this,
            [this] { (void)m_composition.settings().setTokenRates(m_rates); });
}

void MaestroApp::showModelFacts()
{
    ModelPicker &picker = m_window.modelPicker();
    picker.setFavourites(m_composition.settings().favouriteModels());
    picker.setFactsOf([this](const QString &provider, const QString &model) {
        return m_composition.pricing().factsOf(provider, model);
    });
    connect(&picker, &ModelPicker::favouritesChanged, this, [this](const QStringList &models) {
        if (const auto error = m_composition.settings().setFavouriteModels(models)) {
            m_window.showError(*error);
        }
    });
    if (m_composition.pricesProblem()) {
        m_window.showError(*m_composition.pricesProblem());
    }
}

bool MaestroApp::isLocked(const Account &account)
{
    return (account.keeping == Account::Keeping::Keyring
            || account.keeping == Account::Keeping::Passphrase)
        && m_composition.vault().state() != CredentialVault::State::Ready;
}

ChatTarget MaestroApp::targetOf(const Account &account, const Provider &provider)
{
    ChatTarget target{account, provider.api, provider.name, provider.isPractice,
                      m_models.value(account.key, provider.models)};
    target.isLocked = isLocked(account);
    target.usagePage = WaysIn::usagePageOf(account.key.provider);
    if (const auto problem = m_unavailable.constFind(account.key);
        problem != m_unavailable.constEnd()) {
        target.unavailable = *problem;
    }
    return target;
}

QList<ChatTarget> MaestroApp::targets()
{
    QList<ChatTarget> targets;
    const QList<Account> accounts = m_composition.credentials().accounts();
    for (const Account &account : accounts) {
        if (const auto provider = m_composition.providerOf(account.key)) {
            targets.append(targetOf(account, *provider));
        }
    }
    return targets;
}

void MaestroApp::showTargets()
{
    // Before, who there is may be half of the truth.
    if (m_isOpen) {
        const QList<ChatTarget> all = targets();
        m_window.setTargets(all, m_composition.settings().defaultAccount());
        m_accountPages.setTargets(all);
    }
}

} // namespace Maestro

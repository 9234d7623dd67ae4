// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/signinwizard.h"

#include "core/after.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/signin/apikeypage.h"
#include "ui/signin/choicepage.h"
#include "ui/signin/keepingpage.h"
#include "ui/signin/progresspage.h"
#include "ui/signin/resultpage.h"
#include "ui/signin/serverpage.h"
#include "ui/signin/signinunderway.h"

#include <QAbstractButton>
#include <QLayout>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace Maestro {

namespace {

//! So long the list of models is waited for; the result can be shown without it.
constexpr int ListPatienceMs = 6000;

} // namespace

SignInWizard::SignInWizard(const QList<SignInChoice> &choices, SignInMeans means, QWidget *parent)
    : QWizard(parent)
    , m_choices(choices)
    , m_means(std::move(means))
    , m_choicePage(new ChoicePage(choices, this))
    , m_keyPage(new ApiKeyPage(this))
    , m_serverPage(new ServerPage(this))
    , m_progressPage(new ProgressPage(this))
    , m_resultPage(new ResultPage(this))
    , m_signIn(new SignInUnderWay(m_means, *m_progressPage, this))
{
    setWindowTitle(tr("Sign in"));
    setWindowIcon(applicationIcon());
    // One look on every desktop; the pages bring their own headings.
    setWizardStyle(QWizard::ClassicStyle);
    setOption(QWizard::NoBackButtonOnStartPage);
    addPages();
    setButtonText(BackButton, tr("&Back"));
    setButtonText(CancelButton, tr("Cancel"));
    setButtonText(FinishButton, tr("&Finish"));
    setMinimumSize(gridSteps(68), gridSteps(74));
    resize(gridSteps(68), gridSteps(84));
    connectPages();
}

SignInWizard::~SignInWizard() = default;

void SignInWizard::addPages()
{
    setPage(ChoosePage, m_choicePage);
    if (m_means.vault) {
        m_keepingPage = new KeepingPage(*m_means.vault, this);
        setPage(KeepPage, m_keepingPage);
        connect(m_keepingPage, &KeepingPage::settled, this, &SignInWizard::goOn);
        connect(m_keepingPage, &KeepingPage::untilQuitChosen, this, &SignInWizard::keepUntilQuit);
        connect(m_keepingPage, &KeepingPage::keyringWanted, this, &SignInWizard::prepare);
    }
    setPage(KeyPage, m_keyPage);
    setPage(AddressPage, m_serverPage);
    setPage(SignInPage, m_progressPage);
    setPage(EndPage, m_resultPage);
    setStartId(ChoosePage);
    // What they have stands in one line with the buttons.
    for (const int id : pageIds()) {
        page(id)->layout()->setContentsMargins(0, 0, 0, 0);
    }
}

void SignInWizard::connectPages()
{
    connect(this, &QWizard::currentIdChanged, this, &SignInWizard::onPageChanged);
    connect(m_choicePage, &ChoicePage::chosen, this, &SignInWizard::onChosen);
    connect(m_signIn, &SignInUnderWay::succeeded, this, &SignInWizard::onSucceeded);
    connect(m_signIn, &SignInUnderWay::restartRequested, this, &SignInWizard::startSignIn);
    connect(m_progressPage, &ProgressPage::codeRequested, this, &SignInWizard::startWithCode);
    const auto open = [this](const QUrl &page) { m_means.openBrowser(page); };
    connect(m_progressPage, &ProgressPage::openPageRequested, this, open);
    connect(m_resultPage, &ResultPage::usagePageRequested, this, open);
    connect(m_resultPage, &ResultPage::organizationPageRequested, this, open);
    connect(m_resultPage, &ResultPage::signInAgainRequested, this, [this] {
        QWizard::restart();
        chooseAgain(m_choice.id, m_signedIn.account.key);
    });
    connect(m_resultPage, &ResultPage::apiKeyRequested, this,
            [this] { leaveFor(m_choice.keyChoice); });
    connect(m_resultPage, &ResultPage::planRequested, this,
            [this] { leaveFor(m_choice.planChoice); });
}

void SignInWizard::choose(const QString &choiceId)
{
    if (const SignInChoice *choice = findChoice(choiceId)) {
        begin(*choice, std::nullopt);
    }
}

void SignInWizard::chooseAgain(const QString &choiceId, const AccountKey &expected)
{
    if (const SignInChoice *choice = findChoice(choiceId)) {
        begin(*choice, expected);
    }
}

const SignInChoice *SignInWizard::findChoice(const QString &choiceId) const
{
    const auto it
        = std::find_if(m_choices.begin(), m_choices.end(),
                       [&choiceId](const SignInChoice &choice) { return choice.id == choiceId; });
    return it == m_choices.end() ? nullptr : &*it;
}

void SignInWizard::leaveFor(const QString &choiceId)
{
    QWizard::restart();
    choose(choiceId);
}

void SignInWizard::onChosen(int index) { begin(m_choices[index], std::nullopt); }

void SignInWizard::begin(const SignInChoice &choice, const std::optional<AccountKey> &expected)
{
    m_choice = choice;
    m_route = SignInInput::Route::Browser;
    m_expected = expected;
    m_keyPage->setChoice(m_choice);
    m_serverPage->setChoice(m_choice);
    // Nothing of the practice provider is worth keeping.
    if (m_keepingPage && m_choice.kind != SignInChoice::Kind::Practice) {
        prepare();
    } else {
        goOn();
    }
}

int SignInWizard::pageAfterChoice() const
{
    switch (m_choice.kind) {
    case SignInChoice::Kind::ApiKey:
        return KeyPage;
    case SignInChoice::Kind::Server:
        return AddressPage;
    case SignInChoice::Kind::Browser:
    case SignInChoice::Kind::Practice:
        return SignInPage;
    }
    Q_UNREACHABLE();
}

int SignInWizard::nextId() const
{
    // What was typed is tried out; pages are not numbered in the order they come.
    return currentId() == KeyPage || currentId() == AddressPage ? SignInPage : QWizard::nextId();
}

void SignInWizard::prepare()
{
    if (m_isPreparing) {
        return;
    }
    const QFuture<std::optional<Error>> prepared = m_means.prepareKeeping();
    if (prepared.isFinished() && prepared.resultCount() > 0) {
        onPrepared(prepared.result());
        return;
    }
    m_isPreparing = true;
    m_choicePage->setBusy(true);
    after(this, prepared, [this](const std::optional<Error> &problem) {
        m_isPreparing = false;
        m_choicePage->setBusy(false);
        if (isVisible()) {
            onPrepared(problem);
        }
    });
}

void SignInWizard::onPrepared(const std::optional<Error> &problem)
{
    if (!problem) {
        goOn();
        return;
    }
    m_keepingPage->showProblem(*problem);
    if (currentId() == ChoosePage) {
        m_choicePage->setNextId(KeepPage);
        next();
        m_keepingPage->showProblem(*problem); // now it can take the focus
    }
}

void SignInWizard::goOn()
{
    const int following = pageAfterChoice();
    m_keyPage->setKeeping(m_means.describeKeeping ? m_means.describeKeeping() : QString());
    if (currentId() == ChoosePage) {
        m_choicePage->setNextId(following);
        next();
    } else if (currentId() == KeepPage) {
        // The question is settled, and stands in nobody's way back.
        m_choicePage->setNextId(following);
        back();
        next();
    }
}

void SignInWizard::keepUntilQuit()
{
    m_means.keepUntilQuit();
    goOn();
}

void SignInWizard::onPageChanged(int page)
{
    if (page == SignInPage) {
        startSignIn();
    } else if (page != EndPage) {
        m_signIn->drop();
    }
    showButtonsOf(page);
    nameButtons();
}

void SignInWizard::showButtonsOf(int page)
{
    switch (page) {
    case ChoosePage:
        setButtonLayout({Stretch, CancelButton});
        break;
    case KeyPage:
    case AddressPage:
        setButtonText(NextButton, page == KeyPage ? tr("Use this key") : tr("Use this server"));
        setButtonLayout({BackButton, Stretch, CancelButton, NextButton});
        break;
    // They go on by themselves once it has worked.
    case KeepPage:
    case SignInPage:
        setButtonLayout({BackButton, Stretch, CancelButton});
        break;
    case EndPage:
        setButtonLayout({Stretch, FinishButton});
        break;
    default:
        break;
    }
}

void SignInWizard::nameButtons()
{
    for (const WizardButton which : {BackButton, NextButton, CancelButton, FinishButton}) {
        if (QAbstractButton *each = button(which)) {
            each->setAccessibleName(each->text().remove(u'&'));
        }
    }
}

void SignInWizard::startSignIn() { m_signIn->start(m_choice, input()); }

void SignInWizard::startWithCode()
{
    m_route = SignInInput::Route::Code;
    startSignIn();
}

SignInInput SignInWizard::input() const
{
    SignInInput input;
    if (m_choice.kind == SignInChoice::Kind::ApiKey) {
        input.apiKey = m_keyPage->key();
    } else if (m_choice.kind == SignInChoice::Kind::Server) {
        input = m_serverPage->input();
    }
    input.route = m_route;
    input.again = m_expected;
    return input;
}

void SignInWizard::onSucceeded(const SignedIn &signedIn)
{
    m_keyPage->clearKey();
    m_serverPage->clearKey();
    m_signedIn = signedIn;
    if (m_means.asKept) {
        m_signedIn.account = m_means.asKept(m_signedIn.account);
    }
    m_progressPage->accountReached();
    Q_EMIT accountAdded(m_signedIn.account, m_signedIn.noKey);
    takeModels(m_signedIn.account);
}

//! The account is there whatever becomes of the list, so nobody waits long for it.
void SignInWizard::takeModels(const Account &account)
{
    if (m_signedIn.noKey || !m_means.fetchModels) {
        showResult(std::nullopt);
        return;
    }
    m_isListing = true;
    after(this, m_means.fetchModels(account.key), [this](const ModelCount &models) {
        if (std::exchange(m_isListing, false)) {
            showResult(models);
        }
    });
    QTimer::singleShot(ListPatienceMs, this, [this] {
        if (std::exchange(m_isListing, false)) {
            showResult(std::nullopt);
        }
    });
}

void SignInWizard::showResult(const std::optional<ModelCount> &models)
{
    if (currentId() != SignInPage) {
        return; // closed, or gone back: the account is there all the same
    }
    m_progressPage->succeed();
    m_resultPage->showResult(
        {.choice = m_choice,
         .result = m_signedIn,
         .models = models,
         .keyringName = m_means.vault ? m_means.vault->keyringName() : QString(),
         .offersPlan = findChoice(m_choice.planChoice) != nullptr});
    next();
    button(FinishButton)->setFocus();
}

void SignInWizard::done(int result)
{
    m_signIn->drop();
    m_isListing = false;
    m_keyPage->clearKey();
    m_serverPage->clearKey();
    QWizard::done(result);
}

} // namespace Maestro

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "signingin.h"

#include "asking.h"
#include "command.h"
#include "keeping.h"

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

void describe(const Account &account, const CredentialStore &store)
{
    note(u"Signed in%1."_s.arg(account.email.isEmpty() ? QString() : u" as "_s + account.email));
    if (!account.plan.isEmpty()) {
        note(u"  Plan: "_s + account.plan);
    }
    if (!account.organization.isEmpty()) {
        note(u"  Organization: "_s + account.organization);
    }
    const QList<Account> kept = store.accounts();
    for (const Account &candidate : kept) {
        if (candidate.key == account.key) {
            note(u"  Kept: "_s + whereKept(candidate));
        }
    }
}

int failWithoutKey(const SignedIn &signedIn)
{
    Error error = *signedIn.noKey;
    error.advice = u"There are three ways forward."_s;
    const int code = fail(error);
    note(u"  1. Create an organization at %1 and sign in again.\n"
         "  2. Paste an API key: maestro-cli login --provider openai --api-key\n"
         "  3. Continue with ChatGPT: maestro-cli login --profile chatgpt"_s.arg(
             signedIn.organizationPage.toString()));
    return code;
}

} // namespace

SigningIn::SigningIn(Composition &composition, Wish wish, std::unique_ptr<SignIn> signIn,
                     QObject *parent)
    : QObject(parent)
    , m_composition(composition)
    , m_wish(std::move(wish))
    , m_interrupt(std::make_unique<Interrupt>())
    , m_lines(std::make_unique<PastedLines>())
    , m_signIn(std::move(signIn))
{
    connect(m_signIn.get(), &SignIn::stageReached, this, &SigningIn::onStage);
    connect(m_signIn.get(), &SignIn::browserRequested, this,
            [this](const QUrl &url) { presentAddress(url, m_wish.browser); });
    connect(m_signIn.get(), &SignIn::codeOffered, this, &presentCode);
    connect(m_signIn.get(), &SignIn::finished, this, &SigningIn::onFinished);
    connect(m_lines.get(), &PastedLines::pasted, this, &SigningIn::onPasted);
    connect(m_interrupt.get(), &Interrupt::requested, this, [this] {
        note(u"\nmaestro-cli: Cancelled. Nothing was kept."_s);
        Q_EMIT finished(Failed);
    });
}

SigningIn::~SigningIn() = default;

void SigningIn::start() { m_signIn->start(); }

void SigningIn::onStage(SignInStage stage, const QString &detail)
{
    const QString fact = detail.isEmpty() ? QString() : u" (%1)"_s.arg(detail);
    note(dim(toText(stage) + fact, stderrShowsColours()));
}

void SigningIn::onPasted(const QString &line)
{
    if (const auto refused = m_signIn->submitAddress(line)) {
        fail(*refused);
        note(u"The sign-in goes on waiting."_s);
    }
}

void SigningIn::onFinished(const Result<SignedIn> &result)
{
    m_lines.reset();
    if (!result) {
        note(u"The sign-in ended at this stage: %1."_s.arg(toText(m_signIn->stage())));
        Q_EMIT finished(fail(result.error()));
        return;
    }
    describe(result->account, m_composition.credentials());
    if (!m_wish.provider.usageNotice.isEmpty()) {
        note(u"%1 Manage usage: %2"_s.arg(m_wish.provider.usageNotice,
                                          m_wish.provider.usageUrl.toString()));
    }
    if (result->noKey) {
        Q_EMIT finished(failWithoutKey(*result));
    } else if (m_wish.prompt.isEmpty()) {
        Q_EMIT finished(Succeeded);
    } else {
        ask(result->account.key);
    }
}

void SigningIn::ask(const AccountKey &account)
{
    m_interrupt.reset(); // the question has one of its own
    m_asking = std::make_unique<Asking>(m_composition.chatClient(), m_wish.provider, account,
                                        ChatRequest{m_wish.model, {{}, {Prompt{m_wish.prompt}}}},
                                        AnswerPrinter::Form::Text);
    connect(m_asking.get(), &Asking::finished, this, &SigningIn::finished);
    m_asking->start();
}

} // namespace Maestro::Cli

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/oauthprofile.h"
#include "auth/tokenreply.h"
#include "auth/tokenrequest.h"
#include "core/credentialstore.h"
#include "core/httpmessage.h"
#include "core/signin.h"
#include "net/idtokencheck.h"

#include <QElapsedTimer>

#include <functional>
#include <memory>

namespace Maestro {

class TokenEndpoint;

//! The second half of a sign-in, however its code came: the code for tokens, who signed in, the
//! id_token for an API key where the profile wants one, and the store. Make, connect, start();
//! `finished` exactly once. Dropping it ends it silently.
class CodeRedemption final : public QObject
{
    Q_OBJECT

public:
    //! The references must outlive it.
    CodeRedemption(const OAuth::OAuthProfile &profile, CredentialStore &store,
                   TokenEndpoint &endpoint, QObject *parent = nullptr);

    //! What was sent for the id_token to repeat, where its signature is checked. Before start().
    void expectNonce(const Secret &nonce) { m_nonce = nonce; }
    //! As SignIn::expect(), keepOther(), canRetry(), retry().
    void expect(const AccountKey &account) { m_expected = account; }
    void keepOther();
    bool canRetry() const { return m_again != nullptr; }
    void retry();

    //! Posts the code.
    void start(const OAuth::TokenRequest &exchange);
    //! For a flow that posts the code itself, and hands over what came: take() must follow.
    //! `exchange` is for retry().
    void startWithFlow(const OAuth::TokenRequest &exchange);
    void take(const Result<OAuth::Tokens> &tokens);

Q_SIGNALS:
    //! As SignIn::stageReached; `next` is under way now. Whoever listens may drop this.
    void stageReached(Maestro::SignInStage reached, Maestro::SignInStage next,
                      const QString &detail);
    void otherAccountFound(const Maestro::Account &account);
    void finished(const Maestro::Result<Maestro::SignedIn> &result);

private:
    //! Ends it for now; `again` is what retry() does, if that may help against such an error.
    void fail(const Error &error, std::function<void()> again = {});
    void goOn();
    //! `read` gets the answer, or why there is none.
    void post(const OAuth::TokenRequest &request,
              void (CodeRedemption::*read)(const Result<HttpReply> &));
    void readTokensReply(const Result<HttpReply> &reply);
    void readKeyReply(const Result<HttpReply> &reply);
    Result<OAuth::Identity> readIdentity() const;
    void checkIdToken();
    void onIdTokenChecked(const IdTokenCheck::Outcome &outcome);
    void onIdentity(const Result<OAuth::Identity> &identity);
    QString describeTokens() const;
    void onApiKey(const Result<Secret> &key);
    void keep(const Secret &apiKey, const std::optional<Error> &noKey);
    void save(const SignedIn &signedIn, const AccountSecrets &secrets);
    Account account() const;
    //! False if whoever listens dropped this: then nothing of it may be touched any more.
    [[nodiscard]] bool reach(SignInStage reached, SignInStage next, const QString &detail);

    const OAuth::OAuthProfile &m_profile;
    CredentialStore &m_store;
    TokenEndpoint &m_endpoint;
    QElapsedTimer m_clock; // since the last stage
    OAuth::Tokens m_tokens;
    OAuth::Identity m_identity;
    Secret m_nonce;
    std::unique_ptr<IdTokenCheck> m_idTokenCheck;
    std::optional<AccountKey> m_expected;
    std::function<void()> m_again; // holds secrets, until it went well or this ends
    OAuth::TokenRequest m_exchange;
};

} // namespace Maestro

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/result.h"

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QUrl>

#include <optional>

namespace Maestro {

//! The stages of a sign-in, in their order.
enum class SignInStage {
    AuthorizationUrl, //!< generated and checked
    Listener, //!< waiting on loopback
    Person, //!< the browser has it, or the person a code to type there
    Code, //!< the redirect was caught, or its address pasted
    Tokens, //!< the code was exchanged
    ApiKey, //!< the id_token was exchanged for a key, or a key that was typed was tested
};

//! How a sign-in ended well. The secrets went to the CredentialStore; none of them is here.
struct SignedIn
{
    Account account;
    //! Set when the sign-in worked but no API key was to be had (no organization on the account,
    //! for one): the account is signed in, and cannot ask yet. Says why, and the ways forward.
    std::optional<Error> noKey = {};
    //! With noKey: where the person makes the organization that a key needs. A new sign-in must
    //! follow.
    QUrl organizationPage = {};

    friend bool operator==(const SignedIn &, const SignedIn &) = default;
};

//! One sign-in. Make, connect, start(); then `stageReached` for each stage in order and `finished`
//! exactly once (and once more for each retry()), never before start() returns. What it learns is
//! durable in the CredentialStore before `finished`. Dropping it cancels: the listener closes,
//! nothing is kept, nothing more is said.
class SignIn : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start() = 0;
    //! The address the browser ended at, copied by hand from another machine. It is checked like a
    //! caught one. What is wrong with it is returned, and the attempt goes on; no error means that
    //! it was taken.
    [[nodiscard]] virtual std::optional<Error> submitAddress(const QString &address) = 0;
    //! The stage that is under way, or that failed.
    virtual SignInStage stage() const = 0;
    //! What has been made so far; empty before the first stage. See browserRequested().
    virtual QUrl authorizationUrl() const = 0;

    //! Whom the person means to sign in as. Somebody else is told by otherAccountFound(), and goes
    //! no further before keepOther(). For before start(); ways in that cannot tell keep whoever
    //! comes.
    virtual void expect(const AccountKey &) { }
    virtual void keepOther() { }

    //! After `finished` with an error: whether what failed may go well with what the person has
    //! already done, since the network or the server, and not the answer, was at fault.
    virtual bool canRetry() const { return false; }
    //! Does that: stageReached() goes on, and `finished` comes once more.
    virtual void retry() { }

Q_SIGNALS:
    //! `detail` is a fact for a report (a port, a size, a duration); never a secret.
    void stageReached(Maestro::SignInStage stage, const QString &detail);
    //! To be opened in a browser by whoever shows the sign-in. Holds state and challenge, so it is
    //! for this person's browser and no log.
    void browserRequested(const QUrl &authorizationUrl);
    //! In a sign-in with a code: what to type at which address, on any machine, and until when. It
    //! is for the person alone, and no log: whoever has it typed elsewhere is signed in.
    void codeOffered(const QUrl &where, const QString &userCode, const QDateTime &expiresAt);
    //! It is not the one that was expected. Nothing was stored, and no key was made.
    void otherAccountFound(const Maestro::Account &account);
    void finished(const Maestro::Result<Maestro::SignedIn> &result);
};

//! A sign-in that ended well and could not be kept: the store's error, told to whoever signed in.
Error describeUnkept(const Error &error);

//! A stage as people read it: "Code captured".
QString toText(SignInStage stage);
//! A stage as a stable word for JSON: "code".
QString toWord(SignInStage stage);

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::SignedIn)
Q_DECLARE_METATYPE(Maestro::Result<Maestro::SignedIn>)

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "signingout.h"

#include "command.h"

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

QString nameOf(const AccountKey &key)
{
    return key.accountId.isEmpty() ? key.provider : key.provider + u", account "_s + key.accountId;
}

void describe(const AccountKey &key, const SignedOut &signedOut)
{
    switch (signedOut.revocation) {
    case SignedOut::Revocation::NotAsked:
        if (key.type == AccountKey::Type::OAuth) {
            note(u"  It still holds at the provider; --revoke would have ended it there, too."_s);
        }
        break;
    case SignedOut::Revocation::Confirmed:
        note(u"  The provider confirmed that the sign-in is ended."_s);
        break;
    case SignedOut::Revocation::NotConfirmed:
        note(u"  The provider did not confirm that the sign-in is ended: "_s
             + signedOut.doubt.value_or(Error()).message);
        break;
    }
    if (signedOut.leavesKey) {
        note(u"  The API key it had made lives on; delete it at platform.openai.com/api-keys."_s);
    }
}

} // namespace

SigningOut::SigningOut(Composition &composition, QList<AccountKey> accounts, SignOut::Reach reach,
                       QObject *parent)
    : QObject(parent)
    , m_composition(composition)
    , m_accounts(std::move(accounts))
    , m_reach(reach)
    , m_exitCode(Succeeded)
{ }

SigningOut::~SigningOut() = default;

void SigningOut::signOutNext()
{
    if (m_accounts.isEmpty()) {
        Q_EMIT finished(m_exitCode);
        return;
    }
    m_signOut = m_composition.makeSignOut(m_accounts.first(), m_reach);
    // Queued: the next one takes the place of the one that is telling us.
    connect(m_signOut.get(), &SignOut::finished, this, &SigningOut::onSignedOut,
            Qt::QueuedConnection);
    m_signOut->start();
}

void SigningOut::onSignedOut(const Result<SignedOut> &result)
{
    const AccountKey key = m_accounts.takeFirst();
    if (result) {
        note(u"Signed out of %1 on this computer."_s.arg(nameOf(key)));
        describe(key, *result);
    } else {
        m_exitCode = fail(result.error());
    }
    signOutNext();
}

} // namespace Maestro::Cli

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace Maestro {

//! What the person sees in the browser when it comes back to Maestro. The pages are constant:
//! nothing that came with a request is in them.
enum class CallbackPage {
    SignedIn,
    SignedInWithoutKey,
    Denied,
    Failed,
    StillWorking,
    OtherAttempt, //!< the address is not this attempt's
    AlreadyUsed,
    NothingHere,
};

//! The page as a whole HTTP response that closes the connection.
QByteArray toResponse(CallbackPage page, int status);

//! Sends the browser on to an address that holds neither code nor state, so that neither stays in
//! its history. 303: always with GET.
QByteArray toRedirect(const QByteArray &path);

//! The response without its body, for HEAD.
QByteArray headOnly(const QByteArray &response);

} // namespace Maestro

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "practice/practiceauthorization.h"

namespace Maestro::Practice {

//! The pages a person sees in the browser. They hold no script and load nothing; their headers say
//! so, too. Every one of them says on top that this is not OpenAI.

//! Allow, Deny, and what shall go wrong.
HttpReply authorizePage(const AuthorizationRequest &request, const QString &ticket);
//! Where the code is typed; `problem` is what was wrong with the last one, empty at first.
HttpReply devicePage(const QString &problem = {});
//! The code was allowed or denied, and whoever asked for it knows.
HttpReply deviceDonePage();
//! What is wrong with an authorization request; it is not redirected anywhere.
HttpReply badRequestPage(const QStringList &problems);
//! The form was sent twice, or long after.
HttpReply decidedPage();
//! For whoever opens the bare address.
HttpReply welcomePage(const QString &apiAddress);

} // namespace Maestro::Practice

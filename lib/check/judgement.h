// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answer.h"
#include "core/error.h"

#include <QUrl>

#include <optional>

namespace Maestro {

//! What is wrong with an authorization address, judged from outside by RFC 6749 §4.1.1, RFC 7636
//! §4.3 and RFC 8252 §7.3; nothing if it is right.
std::optional<Error> faultOf(const QUrl &authorizationUrl);

//! An address that an attempt must take for its own and the provider must refuse: the right state
//! with a code that nobody issued.
QString forgedCallback(const QUrl &authorizationUrl);

//! What is wrong with how an answer came, judged by structure: text or calls there, final event
//! seen, everything readable. Nothing if it is right.
std::optional<Error> faultOf(const Answer &answer);

//! What is wrong with the provider's counts; nothing if they are there and agree with each other.
std::optional<Error> faultOf(const std::optional<Usage> &usage);

} // namespace Maestro

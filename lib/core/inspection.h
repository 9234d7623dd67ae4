// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatsession.h"

namespace Maestro {

//! A request as a person may read and copy it: exactly what is sent, but for the credential, in
//! whose place a name stands.
struct InspectedRequest
{
    HttpRequest request = {}; //!< with all headers, those of the credential included
    QByteArray credential = {}; //!< what stands in its place, as a shell's variable is written

    friend bool operator==(const InspectedRequest &, const InspectedRequest &) = default;
};

//! How much of it there is to see.
enum class InspectedLength {
    Whole, //!< as it is sent
    Shortened, //!< files and long texts are cut, and say so: for a screen
};

//! The request that was made of the question; nothing if nothing was asked. Reads no credential.
//! Shortened, it costs the same however large the files are.
std::optional<InspectedRequest> inspect(const AskedQuestion &asked, InspectedLength length);

//! Its body as indented JSON.
QString inspectedJson(const InspectedRequest &inspected);
//! A line of a shell that sends the same. Nothing of it can end its quotes.
QString inspectedCurl(const InspectedRequest &inspected);

} // namespace Maestro

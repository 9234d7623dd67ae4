// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/attachment.h"

namespace Maestro {

//! Reads a file, no further than an attachment may go. Errors are makeAttachment()'s, and
//! InvalidRequest for a file that cannot be read.
Result<Attachment> readAttachment(const QString &path);

} // namespace Maestro

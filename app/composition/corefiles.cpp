// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "corefiles.h"

#include <sys/resource.h>

namespace Maestro {

void forbidCoreFiles()
{
    // Both limits: a child process cannot raise it again. Where the kernel hands cores to a program
    // (a pipe in core_pattern), that program sees the limit; the keys are in pages that are never
    // dumped, whatever it does.
    const rlimit none{0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
}

} // namespace Maestro

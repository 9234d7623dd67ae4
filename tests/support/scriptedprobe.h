// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/probe.h"

namespace Maestro::Test {

//! A probe that finds what the test tells it to, when it tells it to.
class ScriptedProbe final : public Probe
{
public:
    using Probe::Probe;

    void start() override { ++starts; }
    void end(ProbeResult::Status status, const QString &finding, const QString &advice = {})
    {
        conclude(status, finding, advice);
    }

    int starts = 0;
};

} // namespace Maestro::Test

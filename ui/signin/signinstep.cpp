// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/signinstep.h"

#include <QCoreApplication>

#include <optional>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(SignInStep)
};

std::optional<SignInStage> stageOf(SignInStep step)
{
    return step >= SignInStep::Account ? std::nullopt
                                       : std::optional(static_cast<SignInStage>(step));
}

static_assert(static_cast<int>(SignInStep::ApiKey) == static_cast<int>(SignInStage::ApiKey));

} // namespace

SignInStep stepOf(SignInStage stage) { return static_cast<SignInStep>(stage); }

QString toText(SignInStep step)
{
    if (const auto stage = stageOf(step)) {
        return toText(*stage);
    }
    return step == SignInStep::Account ? Tr::tr("Account kept") : Tr::tr("Models listed");
}

QString toWord(SignInStep step)
{
    if (const auto stage = stageOf(step)) {
        return toWord(*stage);
    }
    return step == SignInStep::Account ? u"account"_s : u"models"_s;
}

} // namespace Maestro

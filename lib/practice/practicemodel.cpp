// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practicemodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

const QList<Model> &models()
{
    static const QList<Model> list{
        {u"practice"_s, Fault::None},
        {u"practice-slow"_s, Fault::Slow},
        {u"practice-tools"_s, Fault::Tools},
        {u"practice-drop"_s, Fault::Drop},
        {u"practice-cut"_s, Fault::Cut},
        {u"practice-stall"_s, Fault::Stall},
        {u"practice-429"_s, Fault::RateLimited},
        {u"practice-quota"_s, Fault::Quota},
        {u"practice-401"_s, Fault::Unauthorized},
        {u"practice-500"_s, Fault::ServerError},
        {u"practice-error"_s, Fault::StreamError},
        {u"practice-malformed"_s, Fault::Malformed},
        {u"practice-incomplete"_s, Fault::Incomplete},
    };
    return list;
}

std::optional<Model> findModel(const QString &id)
{
    const auto found = std::find_if(models().begin(), models().end(),
                                    [&id](const Model &model) { return model.id == id; });
    return found == models().end() ? std::nullopt : std::optional(*found);
}

} // namespace Maestro::Practice

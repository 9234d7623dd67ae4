// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatrequest.h"
#include "core/credential.h"
#include "core/error.h"
#include "core/httpmessage.h"
#include "core/planlimits.h"
#include "core/streamhandler.h"

#include <QStringList>
#include <QUrl>

#include <memory>

namespace Maestro {

//! A provider as data: one row of the registry. Where it differs from another in behaviour, the row
//! holds a function; everything else in the program is the same for all of them.
struct Provider
{
    //! "openai", "anthropic", "gemini", …: what the command line and the storage call it.
    QString id;
    //! Which of the provider's interfaces this row speaks ("responses", "chat"); empty where it has
    //! one.
    QString api;
    //! What people call it.
    QString name;
    //! As the provider's own SDK has it (OpenAI's with the version, Anthropic's and Google's
    //! without), without a trailing slash. https, or http on loopback.
    QUrl baseUrl;
    //! Headers of every request, beside the credential: versions, organization, project.
    HttpHeaders headers;
    //! Offered before the provider's own list is known; the first is the default.
    QStringList models;
    //! What a person must know who uses this account, said after each sign-in, and the page where
    //! what was used is seen and limited; empty where there is nothing to say.
    QString usageNotice = {};
    QUrl usageUrl = {};
    //! How its API keys begin; empty where they may begin with anything.
    QByteArray keyPrefix = {};
    //! Never a real provider: the UI marks everything that comes from it.
    bool isPractice = false;

    //! Why this provider cannot be asked such a question, found before anything is sent; null if it
    //! takes them all. What is no obstacle is never left out silently.
    std::optional<Error> (*findObstacle)(const Provider &provider, const ChatRequest &request)
        = nullptr;
    //! The streaming request for a question, without a credential.
    HttpRequest (*makeChatRequest)(const Provider &provider, const ChatRequest &request) = nullptr;
    //! The request for the list of models, which is also a free test of a credential.
    HttpRequest (*makeModelsRequest)(const Provider &provider) = nullptr;
    //! The header that carries this credential.
    HttpHeaders (*authorize)(const Credential &credential) = nullptr;
    //! A handler for one answer. An error inside the stream reads as readError says it.
    std::unique_ptr<StreamHandler> (*makeStreamHandler)(const Provider &provider) = nullptr;
    //! What an answer with an error status means.
    Error (*readError)(const Provider &provider, const HttpReply &reply) = nullptr;
    //! What the head of an answer that arrived at `now` says of the limits of the person's plan.
    //! Null where what is asked is paid for.
    PlanLimits (*readPlanLimits)(const HttpHeaders &headers, const QDateTime &now) = nullptr;
    //! The ids of the models in an answer to makeModelsRequest; those that cannot chat left out.
    QStringList (*readModels)(const QByteArray &body) = nullptr;
    //! The request for the page of models after the one in `body`; nothing after the last. Null for
    //! a provider whose list has one page.
    std::optional<HttpRequest> (*makeNextModelsRequest)(const Provider &provider,
                                                        const QByteArray &body)
        = nullptr;
};

} // namespace Maestro

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/logredaction.h"

#include "auth/redact.h"

#include <QLoggingCategory>

#include <cstring>

namespace Maestro {

namespace {

// Both are asked from any thread and without a context, so there is no object to keep them in.
QtMessageHandler previousHandler = nullptr;
QLoggingCategory::CategoryFilter previousFilter = nullptr;

void filter(QLoggingCategory *category)
{
    previousFilter(category);
    if (std::strncmp(category->categoryName(), "qt.networkauth", qstrlen("qt.networkauth")) == 0) {
        for (const QtMsgType type : {QtDebugMsg, QtInfoMsg, QtWarningMsg, QtCriticalMsg}) {
            category->setEnabled(type, false);
        }
    }
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    previousHandler(type, context, OAuth::redacted(message));
}

void drop(QtMsgType, const QMessageLogContext &, const QString &) { }

} // namespace

void silenceLog() { qInstallMessageHandler(drop); }

void installLogRedaction()
{
    if (previousHandler) {
        return;
    }
    // Qt asks a new filter about every category before it returns the old one.
    previousFilter = QLoggingCategory::installFilter(nullptr);
    QLoggingCategory::installFilter(filter);
    previousHandler = qInstallMessageHandler(handle);
}

} // namespace Maestro

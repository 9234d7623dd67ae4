// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>
#include <QList>
#include <QString>

//! The examples of a markdown specification, in the form that specifications have them in.
struct SpecificationExample
{
    QString name; //!< of its section, and its number
    QString markdown;
};

inline QList<SpecificationExample> readSpecification(const QString &fileName)
{
    using namespace Qt::StringLiterals;
    QFile file(QStringLiteral(MAESTRO_RECORDINGS "/markdown/") + fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QString fence(32, u'`');
    enum { Outside, Markdown, Html } where = Outside;
    QList<SpecificationExample> examples;
    QString section;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &line : lines) {
        if (line.startsWith(fence)) {
            where = where == Outside ? Markdown : Outside;
            if (where == Markdown) {
                examples.append({section + u' ' + QString::number(examples.size() + 1), {}});
            }
        } else if (where == Markdown && line == "."_L1) {
            where = Html;
        } else if (where == Markdown) {
            examples.last().markdown += QString(line).replace(u'\u2192', u'\t') + u'\n';
        } else if (where == Outside && line.startsWith(u'#')) {
            section = line.section(u' ', 1);
        }
    }
    return examples;
}

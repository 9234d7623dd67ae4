// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/texline.h"

#include <optional>

namespace Maestro::Markdown {

//! Reads TeX from the left to the right. `m_failed` says that it is no TeX.
class TexReader
{
public:
    explicit TexReader(QStringView tex)
        : m_tex(tex)
    { }

    std::optional<QString> read();

private:
    enum class Until { End, Brace, Bracket, Cell };

    static bool isLetter(QChar character);
    bool isAtEnd() const { return m_at >= m_tex.size(); }
    QChar next() const { return isAtEnd() ? QChar() : m_tex.at(m_at); }
    bool takeIf(QStringView text);
    void skipSpace();
    QString takeName();

    QString sequence(Until until);
    void readCharacter(TexLine &line);
    void readCommand(TexLine &line);
    void readScript(TexLine &line);
    bool readSign(TexLine &line, QChar sign);
    bool readStructure(TexLine &line, const QString &name);
    void readUnknown(TexLine &line, const QString &name);
    void readEnvironment(TexLine &line);
    bool ends(Until until);
    QString argument();
    QString rawArgument();
    std::optional<QString> option();
    QString fraction();
    QString root();
    QString accented(const QString &name);

    QStringView m_tex;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_failed = false;
};

} // namespace Maestro::Markdown

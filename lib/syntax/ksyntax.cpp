// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Languages by KDE's KSyntaxHighlighting.

#include "syntax/difflanguage.h"
#include "syntax/languagenames.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>
#include <optional>

namespace Maestro::Syntax {

namespace {

std::optional<Role> roleOf(KSyntaxHighlighting::Theme::TextStyle style)
{
    using KSyntaxHighlighting::Theme;
    switch (style) {
    case Theme::Keyword:
    case Theme::ControlFlow:
    case Theme::Constant:
        return Role::Keyword;
    case Theme::DataType:
    case Theme::BuiltIn:
    case Theme::Extension:
        return Role::Type;
    case Theme::Char:
    case Theme::SpecialChar:
    case Theme::String:
    case Theme::VerbatimString:
    case Theme::SpecialString:
        return Role::String;
    case Theme::DecVal:
    case Theme::BaseN:
    case Theme::Float:
        return Role::Number;
    case Theme::Comment:
    case Theme::Documentation:
    case Theme::Annotation:
    case Theme::CommentVar:
    case Theme::RegionMarker:
    case Theme::Information:
    case Theme::Warning:
        return Role::Comment;
    case Theme::Function:
        return Role::Function;
    case Theme::Preprocessor:
    case Theme::Import:
        return Role::Preprocessor;
    case Theme::Variable:
    case Theme::Attribute:
    case Theme::Others:
        return Role::Variable;
    default:
        return {};
    }
}

//! With nothing in it that is no text. The library has its expressions matched unchecked, and what
//! matches them crashes at half a letter.
QString wellFormed(QString line)
{
    if (line.isValidUtf16()) {
        return line;
    }
    for (qsizetype i = 0; i < line.size(); ++i) {
        const bool isPair
            = line[i].isHighSurrogate() && i + 1 < line.size() && line[i + 1].isLowSurrogate();
        if (isPair) {
            ++i;
        } else if (line[i].isSurrogate()) {
            line[i] = QChar::ReplacementCharacter;
        }
    }
    return line;
}

class KSyntaxLanguage : public Language, private KSyntaxHighlighting::AbstractHighlighter
{
public:
    explicit KSyntaxLanguage(const KSyntaxHighlighting::Definition &definition)
    {
        setDefinition(definition);
    }

    ReadLine read(const QString &line, const State &before) override
    {
        if (line.size() > LongestLine) {
            return {{}, before};
        }
        m_runs.clear();
        const auto *known = static_cast<const KSyntaxHighlighting::State *>(before.get());
        const KSyntaxHighlighting::State state = known ? *known : KSyntaxHighlighting::State();
        const KSyntaxHighlighting::State after = highlightLine(wellFormed(line), state);
        // Most lines leave all as it was: then they share it.
        return {m_runs,
                after == state ? before
                               : std::make_shared<const KSyntaxHighlighting::State>(after)};
    }

private:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override
    {
        const std::optional<Role> role = roleOf(format.textStyle());
        if (!role || length <= 0) {
            return;
        }
        Run *last = m_runs.isEmpty() ? nullptr : &m_runs.last();
        if (last && last->role == *role && last->from + last->length == offset) {
            last->length += length;
        } else {
            m_runs.append({offset, length, *role});
        }
    }

    Runs m_runs;
};

class KSyntaxLanguages : public Languages
{
public:
    std::shared_ptr<Language> load(const QString &name) override
    {
        const LanguageNames *names = findLanguageNames(name);
        if (!names || *names->kSyntax == '\0') {
            return nullptr;
        }
        if (names->isDiff) {
            return std::make_shared<DiffLanguage>();
        }
        const KSyntaxHighlighting::Definition definition
            = m_repository.definitionForName(QString::fromLatin1(names->kSyntax));
        return definition.isValid() ? std::make_shared<KSyntaxLanguage>(definition) : nullptr;
    }

private:
    KSyntaxHighlighting::Repository m_repository;
};

} // namespace

std::unique_ptr<Languages> Languages::make() { return std::make_unique<KSyntaxLanguages>(); }

bool mayKnow(const QString &name)
{
    const LanguageNames *names = findLanguageNames(name);
    return names != nullptr && *names->kSyntax != '\0';
}

} // namespace Maestro::Syntax

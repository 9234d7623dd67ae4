// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Languages by libsource-highlight, where KDE's library is not to be had for Qt 6.

#include "syntax/difflanguage.h"
#include "syntax/languagenames.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <optional>
#include <srchilite/formatter.h>
#include <srchilite/formattermanager.h>
#include <srchilite/formatterparams.h>
#include <srchilite/highlightstate.h>
#include <srchilite/langdefmanager.h>
#include <srchilite/regexrulefactory.h>
#include <srchilite/sourcehighlighter.h>

namespace Maestro::Syntax {

namespace {

struct Element
{
    const char *name;
    Role role;
};

// The names that the library's language files give to what they find. Symbols and brackets stay as
// they are: an answer is read more easily without. So do its user types, which it takes to go on
// over half a declaration.
constexpr Element Elements[] = {
    {"keyword", Role::Keyword},
    {"cuetag", Role::Keyword},
    {"type", Role::Type},
    {"classname", Role::Type},
    {"selector", Role::Type},
    {"section", Role::Type},
    {"string", Role::String},
    {"valquote", Role::String},
    {"regexp", Role::String},
    {"specialchar", Role::String},
    {"value", Role::String},
    {"path", Role::String},
    {"url", Role::String},
    {"number", Role::Number},
    {"math", Role::Number},
    {"atom", Role::Number},
    {"comment", Role::Comment},
    {"todo", Role::Comment},
    {"function", Role::Function},
    {"predef_func", Role::Function},
    {"special_fun", Role::Function},
    {"preproc", Role::Preprocessor},
    {"variable", Role::Variable},
    {"predef_var", Role::Variable},
    {"attribute", Role::Variable},
    {"property", Role::Variable},
    {"argument", Role::Variable},
    {"key", Role::Variable},
    {"keyquote", Role::Variable},
    {"name", Role::Variable},
};

//! Where the reader is after a line: in a comment that is open, for example.
struct Place
{
    srchilite::HighlightStatePtr state;
    srchilite::HighlightStateStack stack;
};

//! Collects what the library says about one line.
class Collector : public srchilite::Formatter
{
public:
    Collector(Runs &runs, std::optional<Role> role)
        : m_runs(runs)
        , m_role(role)
    { }

    void format(const std::string &text, const srchilite::FormatterParams *params) override
    {
        if (!m_role || !params || params->start < 0) {
            return;
        }
        const auto from = static_cast<qsizetype>(params->start);
        const auto length = static_cast<qsizetype>(text.size());
        Run *last = m_runs.isEmpty() ? nullptr : &m_runs.last();
        if (last && last->role == *m_role && last->from + last->length == from) {
            last->length += length;
        } else if (length > 0) {
            m_runs.append({from, length, *m_role});
        }
    }

private:
    Runs &m_runs;
    std::optional<Role> m_role;
};

//! One byte for every UTF-16 unit, so that offsets stay what they are. The library knows no
//! Unicode; what it must know of it is what is part of a word.
std::string bytesOf(const QString &line)
{
    std::string bytes;
    bytes.reserve(static_cast<size_t>(line.size()));
    for (const QChar c : line) {
        constexpr char16_t FirstBeyondAscii = 0x80;
        bytes += c.unicode() < FirstBeyondAscii && c.unicode() > 0 ? c.toLatin1()
            : c.isLetterOrNumber()                                 ? 'Q'
                                                                   : '?';
    }
    return bytes;
}

class SourceHighlightLanguage : public Language
{
public:
    explicit SourceHighlightLanguage(const srchilite::HighlightStatePtr &main)
        : m_main(main)
        , m_highlighter(main)
        , m_formatters(collector(std::nullopt))
    {
        m_highlighter.setOptimize(false);
        for (const Element &element : Elements) {
            m_formatters.addFormatter(element.name, collector(element.role));
        }
        m_highlighter.setFormatterManager(&m_formatters);
        m_highlighter.setFormatterParams(&m_params);
    }

    ReadLine read(const QString &line, const State &before) override
    {
        if (line.size() > LongestLine) {
            return {{}, before};
        }
        m_runs.clear();
        m_params.start = 0;
        enter(before);
        try {
            m_highlighter.highlightParagraph(bytesOf(line));
        } catch (const std::exception &) {
            // Its expressions may need more stack, or steps, than they are allowed.
            return {{}, before};
        }
        // Expressions of the library that look ahead may report a stretch out of its order.
        const bool inOrder
            = std::is_sorted(m_runs.begin(), m_runs.end(), [](const Run &a, const Run &b) {
                  return a.from + a.length <= b.from && a.from < b.from;
              });
        return {inOrder ? m_runs : Runs(), placeAfter(before)};
    }

private:
    srchilite::FormatterPtr collector(std::optional<Role> role)
    {
        return srchilite::FormatterPtr(new Collector(m_runs, role));
    }

    void enter(const State &before)
    {
        const auto *place = static_cast<const Place *>(before.get());
        m_highlighter.setCurrentState(place ? place->state : m_main);
        m_highlighter.setStateStack(
            srchilite::HighlightStateStackPtr(new srchilite::HighlightStateStack(
                place ? place->stack : srchilite::HighlightStateStack())));
    }

    //! Most lines leave all as it was: then they share it.
    State placeAfter(const State &before)
    {
        const auto *place = static_cast<const Place *>(before.get());
        const Place after{m_highlighter.getCurrentState(), *m_highlighter.getStateStack()};
        if (place ? after.state == place->state && after.stack == place->stack
                  : after.state == m_main && after.stack.empty()) {
            return before;
        }
        return std::make_shared<const Place>(after);
    }

    srchilite::HighlightStatePtr m_main;
    srchilite::SourceHighlighter m_highlighter;
    Runs m_runs;
    srchilite::FormatterParams m_params;
    srchilite::FormatterManager m_formatters;
};

class SourceHighlightLanguages : public Languages
{
public:
    std::shared_ptr<Language> load(const QString &name) override
    {
        const LanguageNames *names = findLanguageNames(name);
        if (!names || *names->sourceHighlight == '\0') {
            return nullptr;
        }
        if (names->isDiff) {
            return std::make_shared<DiffLanguage>();
        }
        // Its parser of language files is one for the whole program.
        static std::mutex parsing;
        const std::lock_guard lock(parsing);
        try {
            srchilite::RegexRuleFactory rules;
            srchilite::LangDefManager files(&rules);
            return std::make_shared<SourceHighlightLanguage>(files.getHighlightState(
                MAESTRO_SOURCE_HIGHLIGHT_DATA, std::string(names->sourceHighlight) + ".lang"));
        } catch (const std::exception &) {
            return nullptr; // the files are not there, or not as this version of it knows them
        }
    }
};

} // namespace

std::unique_ptr<Languages> Languages::make()
{
    return std::make_unique<SourceHighlightLanguages>();
}

bool mayKnow(const QString &name)
{
    const LanguageNames *names = findLanguageNames(name);
    return names != nullptr && *names->sourceHighlight != '\0';
}

} // namespace Maestro::Syntax

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/html.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace Maestro::Markdown {

using namespace Qt::StringLiterals;

namespace {

struct Mark
{
    Style style;
    QLatin1StringView tag;
};

//! From the outside in.
constexpr std::array Marks{Mark{Style::Emphasis, QLatin1StringView("em")},
                           Mark{Style::Strong, QLatin1StringView("strong")},
                           Mark{Style::Strikethrough, QLatin1StringView("s")},
                           Mark{Style::Code, QLatin1StringView("code")}};

QString escaped(QStringView text)
{
    QString html = text.toString().toHtmlEscaped();
    return html.replace(QChar(u'\u2028'), "<br>"_L1);
}

QString spanHtml(const Inline &text, const Span &span)
{
    QString html = escaped(QStringView(text.text).sliced(span.from, span.length));
    for (auto mark = Marks.crbegin(); mark != Marks.crend(); ++mark) {
        if (span.styles.testFlag(mark->style)) {
            html = u"<%1>%2</%1>"_s.arg(mark->tag, html);
        }
    }
    return html;
}

QString openLink(const Address &address)
{
    const QByteArray href = linkAddress(address.url);
    if (href.isEmpty()) {
        return {};
    }
    QString html = "<a href=\""_L1 + QString::fromLatin1(href).toHtmlEscaped() + u'"';
    if (!address.title.isEmpty()) {
        html += " title=\""_L1 + address.title.toHtmlEscaped() + u'"';
    }
    return html + u'>';
}

QString inlineHtml(const Inline &text)
{
    QString html;
    qsizetype done = 0;
    for (qsizetype index = 0; index < text.spans.size(); ++index) {
        const Span &span = text.spans.at(index);
        html += escaped(QStringView(text.text).sliced(done, span.from - done));
        // One link over all the spans that it has.
        const auto isInLink = [&](qsizetype other) {
            return other >= 0 && other < text.spans.size() && span.address >= 0
                && text.spans.at(other).address == span.address;
        };
        const QString link = span.address >= 0 ? openLink(text.addresses.at(span.address)) : u""_s;
        html += isInLink(index - 1) ? u""_s : link;
        html += spanHtml(text, span);
        html += link.isEmpty() || isInLink(index + 1) ? ""_L1 : "</a>"_L1;
        done = span.from + span.length;
    }
    return html + escaped(QStringView(text.text).sliced(done));
}

//! Writes blocks, and the lists and quotes around them.
class Writer
{
public:
    QString write(const QList<Block> &blocks);

private:
    void enter(const QList<Container> &containers);
    void open(const Container &container);
    void openItem(const Container &item);
    void closeDownTo(qsizetype depth);
    void writeBlock(const Block &block);
    void writeTable(const Block &table);
    void writeCell(const Block &table, QLatin1StringView tag, const QList<Inline> &row,
                   qsizetype column);

    QString m_html;
    QList<Container> m_open;
};

QString Writer::write(const QList<Block> &blocks)
{
    for (const Block &block : blocks) {
        enter(block.containers);
        writeBlock(block);
    }
    closeDownTo(0);
    return m_html;
}

void Writer::enter(const QList<Container> &containers)
{
    qsizetype kept = 0;
    while (kept < std::min(m_open.size(), containers.size()) && !containers.at(kept).begins
           && containers.at(kept).kind == m_open.at(kept).kind) {
        ++kept;
    }
    const bool isNextItem = kept < std::min(m_open.size(), containers.size())
        && containers.at(kept).begins && containers.at(kept).kind == m_open.at(kept).kind
        && (containers.at(kept).kind == Container::Kind::Bullet
            || containers.at(kept).number == m_open.at(kept).number + 1);
    if (isNextItem) {
        closeDownTo(kept + 1);
        m_html += "</li>"_L1;
        m_open[kept] = containers.at(kept);
        openItem(containers.at(kept));
        ++kept;
    }
    closeDownTo(kept);
    for (; kept < containers.size(); ++kept) {
        open(containers.at(kept));
    }
}

void Writer::open(const Container &container)
{
    m_open.append(container);
    switch (container.kind) {
    case Container::Kind::Quote:
        m_html += "<blockquote>"_L1;
        return;
    case Container::Kind::Bullet:
        m_html += "<ul>"_L1;
        break;
    case Container::Kind::Number:
        m_html += container.number == 1 ? u"<ol>"_s : u"<ol start=\"%1\">"_s.arg(container.number);
        break;
    }
    openItem(container);
}

void Writer::openItem(const Container &item)
{
    m_html += "<li>"_L1;
    if (item.done) {
        m_html += *item.done ? u"\u2611 " : u"\u2610 ";
    }
}

void Writer::closeDownTo(qsizetype depth)
{
    while (m_open.size() > depth) {
        switch (m_open.takeLast().kind) {
        case Container::Kind::Quote:
            m_html += "</blockquote>"_L1;
            break;
        case Container::Kind::Bullet:
            m_html += "</li></ul>"_L1;
            break;
        case Container::Kind::Number:
            m_html += "</li></ol>"_L1;
            break;
        }
    }
}

void Writer::writeBlock(const Block &block)
{
    switch (block.kind) {
    case Block::Kind::Paragraph:
        // The first paragraph of an item stands beside its bullet.
        m_html += !block.containers.isEmpty() && block.containers.last().begins
            ? inlineHtml(block.text)
            : "<p>"_L1 + inlineHtml(block.text) + "</p>"_L1;
        break;
    case Block::Kind::Heading:
        m_html += u"<h%1>%2</h%1>"_s.arg(QString::number(block.level), inlineHtml(block.text));
        break;
    case Block::Kind::Code:
        m_html += "<pre><code>"_L1 + block.lines.join(u'\n').toHtmlEscaped() + "</code></pre>"_L1;
        break;
    case Block::Kind::Table:
        writeTable(block);
        break;
    case Block::Kind::Rule:
        m_html += "<hr>"_L1;
        break;
    }
}

void Writer::writeTable(const Block &table)
{
    m_html += "<table>"_L1;
    for (qsizetype row = 0; row < table.rows.size(); ++row) {
        m_html += "<tr>"_L1;
        for (qsizetype column = 0; column < table.rows.at(row).size(); ++column) {
            writeCell(table, row == 0 ? "th"_L1 : "td"_L1, table.rows.at(row), column);
        }
        m_html += "</tr>"_L1;
    }
    m_html += "</table>"_L1;
}

void Writer::writeCell(const Block &table, QLatin1StringView tag, const QList<Inline> &row,
                       qsizetype column)
{
    QLatin1StringView align("");
    switch (table.columns.value(column)) {
    case Alignment::None:
        break;
    case Alignment::Left:
        align = " align=\"left\""_L1;
        break;
    case Alignment::Center:
        align = " align=\"center\""_L1;
        break;
    case Alignment::Right:
        align = " align=\"right\""_L1;
        break;
    }
    m_html += u'<' + tag + align + u'>' + inlineHtml(row.at(column)) + "</"_L1 + tag + u'>';
}

} // namespace

QString toHtml(const QList<Block> &blocks) { return Writer().write(blocks); }

QByteArray linkAddress(const QString &url)
{
    const QUrl parsed(url, QUrl::TolerantMode);
    const QString scheme = parsed.scheme();
    const bool isWeb = (scheme == "http"_L1 || scheme == "https"_L1) && !parsed.host().isEmpty();
    const bool isMail = scheme == "mailto"_L1 && !parsed.path().isEmpty();
    return parsed.isValid() && (isWeb || isMail) ? parsed.toEncoded() : QByteArray();
}

} // namespace Maestro::Markdown

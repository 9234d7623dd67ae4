// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/document.h"
#include "support/specification.h"
#include "support/wholemarkdown.h"

#include <QDebug>
#include <QTest>

using namespace Maestro::Markdown;
using namespace Qt::StringLiterals;

//! However a text arrives, its blocks are those of the whole.
class tst_MarkdownDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsSpecificationsAsMd4cDoes_data();
    void readsSpecificationsAsMd4cDoes();
    void isTheWholeAtEveryPrefix_data();
    void isTheWholeAtEveryPrefix();
};

namespace {

//! A block as text, for comparison and for people who read the failure.
QString described(const Inline &text)
{
    QString result = text.text;
    for (const Span &span : text.spans) {
        result += u" {%1+%2 %3"_s.arg(span.from).arg(span.length).arg(span.styles.toInt());
        if (span.address >= 0) {
            const Address &address = text.addresses.at(span.address);
            result += u" <%1> \"%2\""_s.arg(address.url, address.title);
        }
        result += u'}';
    }
    return result;
}

QString described(const Block &block)
{
    QString result;
    for (const Container &container : block.containers) {
        result += container.kind == Container::Kind::Quote ? u"> "_s
            : container.kind == Container::Kind::Bullet    ? u"- "_s
                                                           : u"%1. "_s.arg(container.number);
        if (container.done) {
            result += *container.done ? u"[x] "_s : u"[ ] "_s;
        }
        result += container.begins ? u"! "_s : QString();
    }
    result += QStringList{u"p"_s, u"h"_s, u"code"_s, u"table"_s, u"rule"_s}.at(
        static_cast<int>(block.kind));
    result += block.level > 0 ? QString::number(block.level) : QString();
    result += u' ' + described(block.text);
    if (block.kind == Block::Kind::Code) {
        result += block.language + u'|' + block.lines.join(u'|') + u'|';
    }
    for (const Alignment column : block.columns) {
        result += QString::number(static_cast<int>(column));
    }
    for (const QList<Inline> &row : block.rows) {
        result += u"\n  "_s;
        for (const Inline &cell : row) {
            result += u'|' + described(cell);
        }
    }
    return result;
}

QString described(const QList<Block> &blocks)
{
    QStringList lines;
    for (const Block &block : blocks) {
        lines.append(described(block));
    }
    return lines.join(u'\n');
}

void addSpecifications()
{
    QTest::addColumn<QString>("markdown");
    for (const QString &name : {u"commonmark-0.31.2.txt"_s, u"gfm-0.29.txt"_s}) {
        const QList<SpecificationExample> examples = readSpecification(name);
        QVERIFY(examples.size() > 600);
        for (const SpecificationExample &example : examples) {
            QTest::newRow(qPrintable(name.section(u'-', 0, 0) + u": "_s + example.name))
                << example.markdown;
        }
    }
}

} // namespace

void tst_MarkdownDocument::readsSpecificationsAsMd4cDoes_data() { addSpecifications(); }

void tst_MarkdownDocument::readsSpecificationsAsMd4cDoes()
{
    QFETCH(QString, markdown);
    static const QStringList others{
        // A tab at either end of a heading's text
        u"#\tFoo\n"_s, u"  Foo *bar\nbaz*\t\n====\n"_s,
        // An entity in the language of a fence
        u"``` f&ouml;&ouml;\nfoo\n```\n"_s,
        // A bar in a cell's code
        u"| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |\n"_s,
        // A head with other columns than the line below it
        u"| abc | def |\n| --- |\n| bar |\n"_s};
    if (others.contains(markdown)) {
        QVERIFY(Document::parse(markdown) != readWhole(markdown));
        QEXPECT_FAIL("", "md4c 0.4.8 is not as the specification says", Continue);
    }
    QCOMPARE(described(Document::parse(markdown)), described(readWhole(markdown)));
}

void tst_MarkdownDocument::isTheWholeAtEveryPrefix_data() { addSpecifications(); }

void tst_MarkdownDocument::isTheWholeAtEveryPrefix()
{
    QFETCH(QString, markdown);
    Document document;
    for (qsizetype size = 1; size <= markdown.size(); ++size) {
        const QList<Block> before = document.blocks();
        const qsizetype changed = document.append(QStringView(markdown).sliced(size - 1, 1));
        const QList<Block> whole = Document::parse(QStringView(markdown).first(size));
        if (document.blocks() != whole) {
            QCOMPARE(described(document.blocks()), described(whole));
            QFAIL("positions differ");
        }
        QVERIFY(changed <= before.size());
        QCOMPARE(before.first(changed), whole.first(changed));
    }
}

QTEST_GUILESS_MAIN(tst_MarkdownDocument)
#include "tst_markdowndocument.moc"

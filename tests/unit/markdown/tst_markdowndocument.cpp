// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/document.h"
#include "support/specification.h"
#include "support/wholemarkdown.h"

#include <QDebug>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

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
    void readsLikeThis_data();
    void readsLikeThis();
    void isTheWholeHoweverItIsCut_data();
    void isTheWholeHoweverItIsCut();
    void isTheWholeOfNonsense();
    void isTheWholeOfGarbage();
    void resolvesReferencesThatComeLate();
    void takesBackWhatAnUnfinishedLineDefined();
    void tellsTheFirstBlockThatChanged();
    void knowsWhereABlockStands();
    void keepsWhatAnAnswerEndsWith();
    void limitsWhatATextCanBecome();
    void readsALongParagraphAsAWhole();
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
        QSKIP("md4c 0.4.8 differs from the specification; see readsLikeThis()");
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

void tst_MarkdownDocument::readsLikeThis_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QList<Block>>("blocks");

    using Kind = Block::Kind;
    using Where = Container::Kind;
    const auto plain = [](const QString &text) { return Inline{.text = text}; };
    const auto marked = [](const QString &text, QList<Span> spans, QList<Address> addresses = {}) {
        return Inline{.text = text, .spans = spans, .addresses = addresses};
    };
    const auto row = [](const char *name, const QString &markdown, const QList<Block> &blocks) {
        QTest::newRow(name) << markdown << blocks;
    };

    row("nothing", {}, {});
    row("blank lines", u"\n  \n\t\n"_s, {});
    row("a paragraph", u"one\ntwo  \nthree\\\nfour"_s,
        {{.text = plain(u"one two\u2028three\u2028four"_s), .to = 21}});
    row("marks", u"a **b** *c* ~~d~~ `e` ***f***"_s,
        {{.text = marked(u"a b c d e f"_s,
                         {{2, 1, Style::Strong},
                          {4, 1, Style::Emphasis},
                          {6, 1, Style::Strikethrough},
                          {8, 1, Style::Code},
                          {10, 1, Style::Strong | Style::Emphasis}}),
          .to = 29}});
    row("a word with underscores", u"snake_case_name and __init__"_s,
        {{.text = marked(u"snake_case_name and init"_s, {{20, 4, Style::Strong}}), .to = 28}});
    row("half of a mark", u"half **bold"_s, {{.text = plain(u"half **bold"_s), .to = 11}});
    row("entities", u"&amp; &copy; &#x41; &nosuch; &#0;"_s,
        {{.text = plain(u"& © A &nosuch; \uFFFD"_s), .to = 33}});
    row("raw HTML", u"<b>x</b>\n\n<div>\n*y*\n</div>"_s,
        {{.text = plain(u"<b>x</b>"_s), .to = 8},
         {.text = marked(u"<div> y </div>"_s, {{6, 1, Style::Emphasis}}), .from = 10, .to = 26}});
    row("a link", u"[t *u*](https://a.org \"v\")"_s,
        {{.text
          = marked(u"t u"_s, {{0, 2, Style::Link, 0}, {2, 1, Style::Link | Style::Emphasis, 0}},
                   {{u"https://a.org"_s, u"v"_s}}),
          .to = 26}});
    row("an image", u"![alt](a.png) ![](b.png)"_s,
        {{.text = marked(u"alt b.png"_s, {{0, 3, Style::Image, 0}, {4, 5, Style::Image, 1}},
                         {{u"a.png"_s}, {u"b.png"_s}}),
          .to = 24}});
    row("an image in a link", u"[![alt](a.png)](https://a.org)"_s,
        {{.text = marked(u"alt"_s, {{0, 3, Style::Image | Style::Link, 0}},
                         {{u"https://a.org"_s}, {u"a.png"_s}}),
          .to = 30}});
    row("bare addresses", u"www.a.org https://b.org. me@c.org"_s,
        {{.text
          = marked(u"www.a.org https://b.org. me@c.org"_s,
                   {{0, 9, Style::Link, 0}, {10, 13, Style::Link, 1}, {25, 8, Style::Link, 2}},
                   {{u"http://www.a.org"_s}, {u"https://b.org"_s}, {u"mailto:me@c.org"_s}}),
          .to = 33}});
    row("headings", u"# One #\n\nTwo\n---\n#\t3\n####### seven"_s,
        {{.kind = Kind::Heading, .level = 1, .text = plain(u"One"_s), .to = 7},
         {.kind = Kind::Heading, .level = 2, .text = plain(u"Two"_s), .from = 9, .to = 16},
         {.kind = Kind::Heading, .level = 1, .text = plain(u"3"_s), .from = 17, .to = 20},
         {.text = plain(u"####### seven"_s), .from = 21, .to = 34}});
    row("code", u"~~~c++ title=\"x\"\n\tint a;\n\n  b\n~~~\n\n    c\n\n    d\n"_s,
        {{.kind = Kind::Code,
          .language = u"c++"_s,
          .lines = {u"\tint a;"_s, QString(), u"  b"_s},
          .to = 33},
         {.kind = Kind::Code, .lines = {u"c"_s, QString(), u"d"_s}, .from = 35, .to = 47}});
    row("an open fence", u"```py\nprint(\"*a*\")"_s,
        {{.kind = Kind::Code, .language = u"py"_s, .lines = {u"print(\"*a*\")"_s}, .to = 18}});
    row("an entity in a fence's language", u"``` f&ouml;\nfoo\n```"_s,
        {{.kind = Kind::Code, .language = u"fö"_s, .lines = {u"foo"_s}, .to = 19}});
    row("a rule", u"a\n\n* * *\nb"_s,
        {{.text = plain(u"a"_s), .to = 1},
         {.kind = Kind::Rule, .from = 3, .to = 8},
         {.text = plain(u"b"_s), .from = 9, .to = 10}});
    row("a list", u"- a\n\n  b\n- c\n  1. d\n  2. e\n"_s,
        {{.containers = {{.kind = Where::Bullet, .begins = true}}, .text = plain(u"a"_s), .to = 3},
         {.containers = {{.kind = Where::Bullet}}, .text = plain(u"b"_s), .from = 5, .to = 8},
         {.containers = {{.kind = Where::Bullet, .begins = true}},
          .text = plain(u"c"_s),
          .from = 9,
          .to = 12},
         {.containers
          = {{.kind = Where::Bullet}, {.kind = Where::Number, .number = 1, .begins = true}},
          .text = plain(u"d"_s),
          .from = 13,
          .to = 19},
         {.containers
          = {{.kind = Where::Bullet}, {.kind = Where::Number, .number = 2, .begins = true}},
          .text = plain(u"e"_s),
          .from = 20,
          .to = 26}});
    row("a list that counts by itself", u"3. a\n3. b\n\n7. c"_s,
        {{.containers = {{.kind = Where::Number, .number = 3, .begins = true}},
          .text = plain(u"a"_s),
          .to = 4},
         {.containers = {{.kind = Where::Number, .number = 4, .begins = true}},
          .text = plain(u"b"_s),
          .from = 5,
          .to = 9},
         {.containers = {{.kind = Where::Number, .number = 5, .begins = true}},
          .text = plain(u"c"_s),
          .from = 11,
          .to = 15}});
    row("tasks", u"- [ ] a\n- [x] b\n- [y] c"_s,
        {{.containers = {{.kind = Where::Bullet, .done = false, .begins = true}},
          .text = plain(u"a"_s),
          .to = 7},
         {.containers = {{.kind = Where::Bullet, .done = true, .begins = true}},
          .text = plain(u"b"_s),
          .from = 8,
          .to = 15},
         {.containers = {{.kind = Where::Bullet, .begins = true}},
          .text = plain(u"[y] c"_s),
          .from = 16,
          .to = 23}});
    row("an item without text", u"- a\n-\n- b"_s,
        {{.containers = {{.kind = Where::Bullet, .begins = true}}, .text = plain(u"a"_s), .to = 3},
         {.containers = {{.kind = Where::Bullet, .begins = true}}, .from = 4, .to = 5},
         {.containers = {{.kind = Where::Bullet, .begins = true}},
          .text = plain(u"b"_s),
          .from = 6,
          .to = 9}});
    row("an item that begins with code", u"1. ```\n   x\n   ```"_s,
        {{.kind = Kind::Code,
          .containers = {{.kind = Where::Number, .number = 1, .begins = true}},
          .lines = {u"x"_s},
          .to = 18}});
    row("a quote", u"> a\nlazy\n> > b\n\nc"_s,
        {{.containers = {{.kind = Where::Quote}}, .text = plain(u"a lazy"_s), .to = 8},
         {.containers = {{.kind = Where::Quote}, {.kind = Where::Quote}},
          .text = plain(u"b"_s),
          .from = 9,
          .to = 14},
         {.text = plain(u"c"_s), .from = 16, .to = 17}});
    row("a table", u"| a | b |\n|:--|--:|\n| `\\|` | **2** | 3 |\n| 4 |\n\nc"_s,
        {{.kind = Kind::Table,
          .columns = {Alignment::Left, Alignment::Right},
          .rows = {{plain(u"a"_s), plain(u"b"_s)},
                   {marked(u"|"_s, {{0, 1, Style::Code}}), marked(u"2"_s, {{0, 1, Style::Strong}})},
                   {plain(u"4"_s), plain(QString())}},
          .to = 46},
         {.text = plain(u"c"_s), .from = 48, .to = 49}});
    row("a table right below text", u"Text\na|b\n-|-\n1|2"_s,
        {{.text = plain(u"Text"_s), .to = 4},
         {.kind = Kind::Table,
          .columns = {Alignment::None, Alignment::None},
          .rows = {{plain(u"a"_s), plain(u"b"_s)}, {plain(u"1"_s), plain(u"2"_s)}},
          .from = 5,
          .to = 16}});
    row("no table", u"| abc | def |\n| --- |\n| bar |"_s,
        {{.text = plain(u"| abc | def | | --- | | bar |"_s), .to = 29}});
    row("references", u"[a]: <http://x y> 'T'\n[B c]:\n  /u\n\n[a] [t][b C] [no]"_s,
        {{.text = marked(u"a t [no]"_s, {{0, 1, Style::Link, 0}, {2, 1, Style::Link, 1}},
                         {{u"http://x y"_s, u"T"_s}, {u"/u"_s}}),
          .from = 35,
          .to = 52}});
    row("line ends of other systems", u"a\r\n\r\nb\r\rc"_s,
        {{.text = plain(u"a"_s), .to = 1},
         {.text = plain(u"b"_s), .from = 5, .to = 6},
         {.text = plain(u"c"_s), .from = 8, .to = 9}});
    row("a byte order mark", u"\uFEFF# a"_s,
        {{.kind = Kind::Heading, .level = 1, .text = plain(u"a"_s), .from = 1, .to = 4}});
    row("letters of other scripts",
        u"**日本語**、*ру́сский* \u202Eabc 👩‍🚀 é"_s,
        {{.text = marked(u"日本語、ру́сский \u202Eabc 👩‍🚀 é"_s,
                         {{0, 3, Style::Strong}, {4, 8, Style::Emphasis}}),
          .to = 31}});
}

void tst_MarkdownDocument::readsLikeThis()
{
    QFETCH(QString, markdown);
    QFETCH(QList<Block>, blocks);
    const QList<Block> read = Document::parse(markdown);
    QCOMPARE(described(read), described(blocks));
    for (qsizetype index = 0; index < blocks.size(); ++index) {
        QCOMPARE(read.at(index).from, blocks.at(index).from);
        QCOMPARE(read.at(index).to, blocks.at(index).to);
    }
    QCOMPARE(read, blocks);
}

namespace {

//! An answer with everything in it.
QString longAnswer(int sections)
{
    QString text;
    for (int section = 0; section < sections; ++section) {
        text += u"# Section %1\n\nSome **bold _and_ more** text, `code`, [a link][ref%1], "
                "https://example.org and $x_%1^2$.\nA [late] one and costs of $5.\n\n"
                "1. one\n\n   two [ref%1]\n   > quoted\n   > - deep\n2. three\n   ```js\n   let a "
                "= \"[ref%1]\";\n\n   ```\n\n| a | [ref%1] |\r\n|---|:-:|\r\n| *x* | y |\r\n"
                "| z |\r\n\n\\[\n- a\n+ \\frac{1}{2}\n\\]\n\nSetext *heading*\n===\n\n"
                "    indented\n\n    code\n- [ ] task\n- [x] done\n***\n"
                "[ref%1]: https://example.org/%1 \"Title\"\n👩‍🚀 ende\n\n"_s.arg(section);
    }
    return text + u"[late]: /late\n  'of the\n  end'\n"_s;
}

void compareAtCuts(const QString &text, const QList<qsizetype> &cuts)
{
    Document document;
    qsizetype from = 0;
    for (const qsizetype cut : cuts) {
        document.append(QStringView(text).sliced(from, cut - from));
        from = cut;
        const QList<Block> whole = Document::parse(QStringView(text).first(cut));
        if (document.blocks() != whole) {
            qDebug() << text.first(cut);
            QCOMPARE(described(document.blocks()), described(whole));
            QFAIL("positions differ");
        }
    }
}

QList<qsizetype> cutsOf(qsizetype size, QRandomGenerator &random, int longest)
{
    QList<qsizetype> cuts;
    for (qsizetype at = 0; at < size;) {
        at = std::min(size, at + 1 + random.bounded(longest));
        cuts.append(at);
    }
    return cuts;
}

} // namespace

void tst_MarkdownDocument::isTheWholeHoweverItIsCut_data()
{
    QTest::addColumn<int>("longest");
    for (const int longest : {1, 2, 3, 12, 40, 500}) {
        QTest::addRow("pieces of %d at most", longest) << longest;
    }
}

void tst_MarkdownDocument::isTheWholeHoweverItIsCut()
{
    QFETCH(int, longest);
    QRandomGenerator random(static_cast<quint32>(longest));
    const QString text = longAnswer(3);
    compareAtCuts(text, cutsOf(text.size(), random, longest));
}

//! What markdown is made of, in an order that nobody would write it in.
void tst_MarkdownDocument::isTheWholeOfNonsense()
{
    static const QStringList words{
        u"a"_s,     u"b "_s,    u"\n"_s,    u"\n"_s,        u"\n\n"_s,   u"\r"_s,      u" "_s,
        u"  "_s,    u"    "_s,  u"\t"_s,    u"- "_s,        u"* "_s,     u"1. "_s,     u"2) "_s,
        u"> "_s,    u">"_s,     u"#"_s,     u"# "_s,        u"```"_s,    u"~~~\n"_s,   u"`"_s,
        u"---"_s,   u"==="_s,   u"***"_s,   u"*"_s,         u"**"_s,     u"_"_s,       u"~~"_s,
        u"|"_s,     u"|-|-|"_s, u"|a|b|"_s, u"\n|-|-|\n"_s, u"[a]"_s,    u"[a]: /u"_s, u"[a]: "_s,
        u"\"t\""_s, u"["_s,     u"]"_s,     u"("_s,         u")"_s,      u"!["_s,      u"[x] "_s,
        u"[ ] "_s,  u"$"_s,     u"$$"_s,    u"\\("_s,       u"\\)"_s,    u"\\["_s,     u"\\]"_s,
        u"\\"_s,    u"&amp;"_s, u"<"_s,     u"http://a"_s,  u"\u2028"_s, u"😀"_s,       u":"_s};
    QRandomGenerator random(20);
    for (int round = 0; round < 300; ++round) {
        QString text;
        while (text.size() < 60) {
            text += words.at(random.bounded(static_cast<int>(words.size())));
        }
        compareAtCuts(text, cutsOf(text.size(), random, 1 + random.bounded(4)));
        if (QTest::currentTestFailed()) {
            return;
        }
    }
}

void tst_MarkdownDocument::isTheWholeOfGarbage()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 60; ++round) {
        QString text;
        for (int unit = 0; unit < 120; ++unit) {
            const quint32 kind = random.bounded(4U);
            text += QChar(static_cast<char16_t>(kind == 0       ? random.bounded(0x80U)
                                                    : kind == 1 ? 0xD7F0U + random.bounded(0x820U)
                                                    : kind == 2 ? 0xFDC0U + random.bounded(0x240U)
                                                                : random.bounded(0x10000U)));
        }
        compareAtCuts(text, cutsOf(text.size(), random, 5));
        if (QTest::currentTestFailed()) {
            return;
        }
    }
    // Halves of characters and NUL do not get through.
    const QList<Block> blocks = Document::parse(
        QString(u'a') + QChar(0xD83D) + u"b\0*c*\uFDD0\n\n```\n"_s + QChar(0xDE00) + u"\0\n"_s);
    QCOMPARE(blocks.at(0).text.text, u"a\uFFFDb\uFFFDc\uFFFD"_s);
    QCOMPARE(blocks.at(1).lines, QStringList{u"\uFFFD\uFFFD"_s});
}

void tst_MarkdownDocument::resolvesReferencesThatComeLate()
{
    Document document;
    document.append(u"# See [One]\n\n- [one]\n\n|[two]|[x](y)|\n|--|--|\n|[one]|\n\nplain\n\n");
    QVERIFY(document.blocks().at(0).text.spans.isEmpty());
    QCOMPARE(document.append(u"[one]: http://1.org\n"), 0);
    QCOMPARE(document.blocks().at(0).text.addresses, QList<Address>{{u"http://1.org"_s}});
    QCOMPARE(document.blocks().at(1).text.addresses, QList<Address>{{u"http://1.org"_s}});
    QCOMPARE(document.blocks().at(2).rows.at(1).at(0).addresses,
             QList<Address>{{u"http://1.org"_s}});
    QCOMPARE(document.blocks().at(2).rows.at(0).at(0).text, u"[two]"_s);
    QCOMPARE(document.append(u"[two]: http://2.org\n"), 2);
    QCOMPARE(document.blocks().at(2).rows.at(0).at(0).addresses,
             QList<Address>{{u"http://2.org"_s}});
    // The first one holds.
    QCOMPARE(document.append(u"[one]: http://other.org\n"), document.blocks().size());
    QCOMPARE(document.blocks(), Document::parse(document.source()));
}

void tst_MarkdownDocument::takesBackWhatAnUnfinishedLineDefined()
{
    Document document;
    document.append(u"[a]\n\n[a]: htt");
    QCOMPARE(document.blocks().size(), 1);
    QCOMPARE(document.blocks().first().text.addresses, QList<Address>{{u"htt"_s}});
    QCOMPARE(document.append(u"p://x"), 0);
    QCOMPARE(document.blocks().first().text.addresses, QList<Address>{{u"http://x"_s}});
    QCOMPARE(document.append(u" no"), 0);
    QCOMPARE(document.blocks().size(), 2);
    QVERIFY(document.blocks().first().text.addresses.isEmpty());
    QCOMPARE(document.blocks().last().text.text, u"[a]: http://x no"_s);
}

void tst_MarkdownDocument::tellsTheFirstBlockThatChanged()
{
    Document document;
    QCOMPARE(document.append(u""), 0);
    QCOMPARE(document.append(u"one"), 0);
    QCOMPARE(document.append(u" more"), 0);
    QCOMPARE(document.append(u"\n"), 1);
    QCOMPARE(document.append(u"\n"), 1);
    QCOMPARE(document.append(u"```\nint"), 1);
    QCOMPARE(document.append(u" a;"), 1);
    QCOMPARE(document.append(u"\n```\n\n"), 1);
    QCOMPARE(document.append(u"- a\n"), 2);
    QCOMPARE(document.append(u"- b\n"), 3);
    QCOMPARE(document.append(u"\n|a|b|\n"), 4);
    QCOMPARE(document.append(u"|-|-|\n"), 4);
    QCOMPARE(document.append(u"|1"), 4);
    QCOMPARE(document.append(u"\n\n"), 5);
    document.finish();
    QCOMPARE(document.blocks().size(), 5);
}

void tst_MarkdownDocument::knowsWhereABlockStands()
{
    const QString text = longAnswer(2);
    const Document document = [&] {
        Document whole;
        whole.append(text);
        return whole;
    }();
    QCOMPARE(document.source(), text);
    qsizetype end = 0;
    for (const Block &block : document.blocks()) {
        QVERIFY(block.from >= end);
        QVERIFY(block.to > block.from);
        QVERIFY(block.from == 0 || u"\r\n"_s.contains(text.at(block.from - 1)));
        QVERIFY(block.to == text.size() || u"\r\n"_s.contains(text.at(block.to)));
        end = block.to;
    }
    // A block's own source reads as the block, but for references and what stands around it.
    const Block heading = document.blocks().first();
    QCOMPARE(text.mid(heading.from, heading.to - heading.from), u"# Section 0"_s);
}

void tst_MarkdownDocument::keepsWhatAnAnswerEndsWith()
{
    Document document;
    document.append(u"a\r");
    QCOMPARE(document.append(u"\nb"), 0);
    QCOMPARE(described(document.blocks()), u"p a b"_s);
    document.append(u"\r");
    document.append(u"\r");
    QCOMPARE(document.append(u"c"), 1);
    QCOMPARE(described(document.blocks()), u"p a b\np c"_s);
}

void tst_MarkdownDocument::limitsWhatATextCanBecome()
{
    constexpr qsizetype Size = 100'000;
    const QStringList units{u"["_s,      u"*"_s,           u"`"_s,     u"` `` "_s,    u"*a **b "_s,
                            u">"_s,      u"> "_s,          u"- "_s,    u"1. "_s,      u"![["_s,
                            u"[a](("_s,  u"$a "_s,         u"|"_s,     u"\\("_s,      u"[a]\n\n"_s,
                            u"<a "_s,    u"&amp;"_s,       u"_a"_s,    u"|a\n|-\n"_s, u"[a]: "_s,
                            u"[a]: <"_s, u"[a]: b\n\"c"_s, u"\t- \n"_s};
    for (const QString &unit : units) {
        const QList<Block> blocks = Document::parse(unit.repeated(Size / unit.size()));
        for (const Block &block : blocks) {
            QVERIFY(block.containers.size() <= 100);
            QVERIFY(block.columns.size() <= 128);
        }
    }
    QString definitions;
    for (int index = 0; index < 10'000; ++index) {
        definitions += u"[%1]: /%1\n"_s.arg(index);
    }
    QCOMPARE(Document::parse(definitions + u"\n[1] [9999]"_s).last().text.addresses.size(), 2);
    // Wide heads with short rows do not fill the memory.
    QVERIFY(Document::parse(u"|"_s.repeated(20'001) + u'\n' + u"|-"_s.repeated(20'000) + u"|\n"_s
                            + u"|a\n"_s.repeated(2'000))
                .first()
                .rows.isEmpty());
}

//! Read in pieces, and yet as if it were read at once.
void tst_MarkdownDocument::readsALongParagraphAsAWhole()
{
    QString text;
    for (int index = 0; text.size() < 30'000; ++index) {
        text += u"Sentence %1 has **bold _and_ text**, `code *x*`, snake_case, 2 * 3 * 4, "
                "a [link](http://a.org/%1), a [note], [1], $x_%1$ and costs of $%1 million. "_s.arg(
                    index);
    }
    text = text.trimmed();
    const QList<Block> blocks = Document::parse(text);
    QCOMPARE(blocks.size(), 1);
    // md4c knows no mathematics.
    QString ordinary = text;
    ordinary.replace(u'$', u'%');
    QCOMPARE(described(Document::parse(ordinary)), described(readWhole(ordinary)));

    QRandomGenerator random(3);
    Document document;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype size = std::min<qsizetype>(text.size() - at, 1 + random.bounded(300));
        document.append(QStringView(text).sliced(at, size));
        at += size;
    }
    QCOMPARE(document.blocks(), blocks);
    document.append(u"\n\n[note]: http://note.org\n");
    QCOMPARE(document.blocks(), Document::parse(document.source()));
    QCOMPARE(document.blocks().first().text.addresses.count(Address{u"http://note.org"_s}),
             text.count("[note]"_L1));
}

QTEST_GUILESS_MAIN(tst_MarkdownDocument)
#include "tst_markdowndocument.moc"

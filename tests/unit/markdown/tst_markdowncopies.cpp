// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/document.h"
#include "markdown/html.h"
#include "markdown/plaintext.h"

#include <QTest>

using namespace Maestro::Markdown;
using namespace Qt::StringLiterals;

//! What blocks are copied as: plain text, HTML, cells.
class tst_MarkdownCopies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesBlocks_data();
    void writesBlocks();
    void linksOnlyWhereItIsSafe_data();
    void linksOnlyWhereItIsSafe();
    void escapesWhateverItIsGiven();
    void writesATableForASpreadsheet();
};

void tst_MarkdownCopies::writesBlocks_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("plain");
    QTest::addColumn<QString>("html");

    QTest::newRow("nothing") << QString() << QString() << QString();
    QTest::newRow("paragraphs") << u"one\n\ntwo  \nthree"_s << u"one\n\ntwo\nthree"_s
                                << u"<p>one</p><p>two<br>three</p>"_s;
    QTest::newRow("a heading and a rule")
        << u"## A *b*\n\n---"_s << u"A b\n\n---"_s << u"<h2>A <em>b</em></h2><hr>"_s;
    QTest::newRow("marks") << u"**b** ~~s~~ `c<` ***both***"_s << u"b s c< both"_s
                           << u"<p><strong>b</strong> <s>s</s> <code>c&lt;</code> "
                              "<em><strong>both</strong></em></p>"_s;
    QTest::newRow("code") << u"```html\n<b>\n\n&\n```"_s << u"<b>\n\n&"_s
                          << u"<pre><code>&lt;b&gt;\n\n&amp;</code></pre>"_s;
    QTest::newRow("a list") << u"Text\n\n- a\n- b\n  more\n\n  c\n- d"_s
                            << u"Text\n\n- a\n- b more\n\n  c\n- d"_s
                            << u"<p>Text</p><ul><li>a</li><li>b more<p>c</p></li><li>d</li></ul>"_s;
    QTest::newRow("lists in lists")
        << u"1. a\n   - b\n   - c\n2. d"_s << u"1. a\n   - b\n   - c\n2. d"_s
        << u"<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>"_s;
    QTest::newRow("a list from seven on")
        << u"7. a\n8. b"_s << u"7. a\n8. b"_s << u"<ol start=\"7\"><li>a</li><li>b</li></ol>"_s;
    QTest::newRow("tasks") << u"- [ ] a\n- [x] b"_s << u"- [ ] a\n- [x] b"_s
                           << u"<ul><li>☐ a</li><li>☑ b</li></ul>"_s;
    QTest::newRow("a quote") << u"> a\n>\n> - b"_s << u"> a\n> - b"_s
                             << u"<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"_s;
    QTest::newRow("a table") << u"| a | b |\n|:-:|--:|\n| **1** | 2 |"_s << u"a\tb\n1\t2"_s
                             << u"<table><tr><th align=\"center\">a</th><th align=\"right\">b</th>"
                                "</tr><tr><td align=\"center\"><strong>1</strong></td><td "
                                "align=\"right\">2</td></tr></table>"_s;
    QTest::newRow("a link") << u"[a *b*](https://x.org/?a&b \"t\") c"_s << u"a b c"_s
                            << u"<p><a href=\"https://x.org/?a&amp;b\" title=\"t\">a <em>b</em>"
                               "</a> c</p>"_s;
    QTest::newRow("two links beside each other")
        << u"[a](http://x)[b](http://x)"_s << u"ab"_s
        << u"<p><a href=\"http://x\">a</a><a href=\"http://x\">b</a></p>"_s;
    QTest::newRow("an image is a link") << u"![alt](https://x.org/i.png)"_s << u"alt"_s
                                        << u"<p><a href=\"https://x.org/i.png\">alt</a></p>"_s;
    QTest::newRow("raw HTML is text")
        << u"<img src=x onerror=alert(1)>"_s << u"<img src=x onerror=alert(1)>"_s
        << u"<p>&lt;img src=x onerror=alert(1)&gt;</p>"_s;
    QTest::newRow("mathematics") << u"$x^2 < y$"_s << u"x² < y"_s << u"<p>x² &lt; y</p>"_s;
}

void tst_MarkdownCopies::writesBlocks()
{
    QFETCH(QString, markdown);
    const QList<Block> blocks = Document::parse(markdown);
    QTEST(plainText(blocks), "plain");
    QTEST(toHtml(blocks), "html");
}

void tst_MarkdownCopies::linksOnlyWhereItIsSafe_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("address");

    QTest::newRow("https") << u"https://a.org/b"_s << QByteArray("https://a.org/b");
    QTest::newRow("http") << u"http://a.org"_s << QByteArray("http://a.org");
    QTest::newRow("in capitals") << u"HTTPS://A.org"_s << QByteArray("https://a.org");
    QTest::newRow("mail") << u"mailto:a@b.org"_s << QByteArray("mailto:a@b.org");
    QTest::newRow("a quote in it") << u"https://a.org/\"x"_s << QByteArray("https://a.org/%22x");
    QTest::newRow("a space in it") << u"https://a.org/b c"_s << QByteArray("https://a.org/b%20c");
    for (const char *url : {"",
                            "javascript:alert(1)",
                            "JaVaScRiPt:alert(1)",
                            "java\tscript:alert(1)",
                            " javascript:alert(1)",
                            "data:text/html,x",
                            "file:///etc/passwd",
                            "vbscript:x",
                            "smb://a/b",
                            "vscode://x",
                            "//a.org",
                            "/a",
                            "a",
                            "#a",
                            "http:",
                            "https://",
                            "http:a",
                            "mailto:",
                            "ftp://a.org",
                            "\\\\a\\b",
                            "blob:https://a.org"}) {
        QTest::newRow(url) << QString::fromLatin1(url) << QByteArray();
    }
}

void tst_MarkdownCopies::linksOnlyWhereItIsSafe()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, address);
    QCOMPARE(linkAddress(url), address);
    const Inline link{
        .text = u"t"_s, .spans = {{0, 1, Style::Link, 0}}, .addresses = {{.url = url}}};
    QCOMPARE(toHtml({{.text = link}}).contains("href"_L1), !address.isEmpty());
}

void tst_MarkdownCopies::escapesWhateverItIsGiven()
{
    const QString evil = u"\"'><script>&</script>"_s;
    const Inline text{.text = evil,
                      .spans = {{0, evil.size(), Style::Link, 0}},
                      .addresses = {{.url = u"https://x/"_s + evil, .title = evil}}};
    const QList<Block> blocks{
        {.kind = Block::Kind::Heading, .level = 1, .text = text},
        {.kind = Block::Kind::Code, .language = evil, .lines = {evil}},
        {.kind = Block::Kind::Table, .columns = {Alignment::None}, .rows = {{text}, {text}}}};
    const QString html = toHtml(blocks);
    QVERIFY(!html.contains("<script"_L1));
    QVERIFY(!html.contains("\"'"_L1));
}

void tst_MarkdownCopies::writesATableForASpreadsheet()
{
    const QList<Block> blocks = Document::parse(u"| a | b |\n|--|--|\n| x\ty | `1\\|2` |\n| 3 |");
    QCOMPARE(blocks.size(), 1);
    QCOMPARE(tabSeparated(blocks.first()), u"a\tb\nx y\t1|2\n3\t\n"_s);
}

QTEST_GUILESS_MAIN(tst_MarkdownCopies)
#include "tst_markdowncopies.moc"

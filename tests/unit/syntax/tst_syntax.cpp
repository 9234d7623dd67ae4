// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/await.h"
#include "syntax/reader.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace Maestro::Syntax;
using namespace Qt::StringLiterals;

//! Code as runs with a role, by the library that this system has: what both of them see alike.
class tst_Syntax : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatAWordIs_data();
    void tellsWhatAWordIs();
    void carriesAnOpenCommentOver();
    void readsALineAgainFromTheStateBefore();
    void countsOffsetsInTheUnitsOfTheLine();
    void knowsNoLanguageThatIsAPath_data();
    void knowsNoLanguageThatIsAPath();
    void loadsEveryLanguageItSaysItKnows();
    void leavesALongLinePlain();
    void survivesGarbage_data();
    void survivesGarbage();
    void readsAsideWhatIsTheSameReadAtOnce();
    void givesNothingForAnUnknownLanguage();
    void stopsWhenNobodyWantsItAnyMore();
};

namespace {

const std::unique_ptr<Languages> AllLanguages = Languages::make();

QList<ReadLine> readAll(const QString &name, const QStringList &lines)
{
    const std::shared_ptr<Language> language = AllLanguages->load(name);
    QList<ReadLine> read;
    State state;
    for (const QString &line : lines) {
        read.append(language ? language->read(line, state) : ReadLine());
        state = read.last().after;
    }
    return read;
}

//! The role of the letter in which a word begins.
std::optional<Role> roleAt(const Runs &runs, qsizetype at)
{
    for (const Run &run : runs) {
        if (run.from <= at && at < run.from + run.length) {
            return run.role;
        }
    }
    return {};
}

} // namespace

void tst_Syntax::tellsWhatAWordIs_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("word");
    QTest::addColumn<Role>("role");

    const auto row = [](const char *language, const char *line, const char *word, Role role) {
        QTest::addRow("%s: %s", language, word)
            << QString::fromUtf8(language) << QString::fromUtf8(line) << QString::fromUtf8(word)
            << role;
    };
    row("cpp", "return value + 42; // why", "return", Role::Keyword);
    row("cpp", "return value + 42; // why", "42", Role::Number);
    row("cpp", "return value + 42; // why", "why", Role::Comment);
    row("C++", "int count = 0;", "int", Role::Type);
    row("cpp", "#include <vector>", "#include", Role::Preprocessor);
    row("python", "def answer(): # why", "def", Role::Keyword);
    row("py", "x = 'text'", "text", Role::String);
    row("javascript", "const a = 'text';", "const", Role::Keyword);
    row("ts", "return \"text\"; // why", "why", Role::Comment);
    row("bash", "for i in *; do true; done # why", "for", Role::Keyword);
    row("bash", "for i in *; do true; done # why", "why", Role::Comment);
    row("sql", "SELECT a FROM t WHERE b = 'text'", "SELECT", Role::Keyword);
    row("json", "{\"a\": true, \"b\": 12}", "12", Role::Number);
    row("json", "{\"a\": true, \"b\": 12}", "true", Role::Keyword);
    row("rust", "fn main() { let x = 5; }", "fn", Role::Keyword);
    row("go", "func main() { return }", "return", Role::Keyword);
    row("java", "public class A {}", "class", Role::Keyword);
    row("diff", "+new", "new", Role::Added);
    row("diff", "-old", "old", Role::Removed);
    row("html", "<!-- why -->", "why", Role::Comment);
}

void tst_Syntax::tellsWhatAWordIs()
{
    QFETCH(QString, language);
    QFETCH(QString, line);
    QFETCH(QString, word);
    QFETCH(Role, role);

    QVERIFY(mayKnow(language));
    const QList<ReadLine> read = readAll(language, {line});
    QCOMPARE(roleAt(read.first().runs, line.indexOf(word)), std::optional(role));
}

void tst_Syntax::carriesAnOpenCommentOver()
{
    const QList<ReadLine> read
        = readAll(u"cpp"_s, {u"int a; /* one"_s, u"two return"_s, u"three */ return;"_s});
    QCOMPARE(roleAt(read[1].runs, 4), std::optional(Role::Comment));
    QCOMPARE(roleAt(read[2].runs, 0), std::optional(Role::Comment));
    QCOMPARE(roleAt(read[2].runs, 9), std::optional(Role::Keyword));
    QVERIFY(read[0].after != State());
}

void tst_Syntax::readsALineAgainFromTheStateBefore()
{
    const QStringList lines{u"/* a"_s, u"b */ return 1;"_s, u"int c = 2; // d"_s};
    const QList<ReadLine> whole = readAll(u"cpp"_s, lines);
    // As it streams: every line at every length, each time from the state before it.
    const std::shared_ptr<Language> language = AllLanguages->load(u"cpp"_s);
    State before;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        ReadLine last;
        for (qsizetype length = 0; length <= lines[i].size(); ++length) {
            last = language->read(lines[i].left(length), before);
        }
        QCOMPARE(last.runs, whole[i].runs);
        before = last.after;
    }
}

void tst_Syntax::countsOffsetsInTheUnitsOfTheLine()
{
    const QString line = u"/* größe 😀 日本 */ return größe;"_s;
    const Runs runs = readAll(u"cpp"_s, {line}).first().runs;
    QCOMPARE(roleAt(runs, line.indexOf(u"return"_s)), std::optional(Role::Keyword));
    QCOMPARE(roleAt(runs, line.indexOf(u"return"_s) + 6), std::nullopt);
    QCOMPARE(roleAt(runs, line.indexOf(u"日本"_s)), std::optional(Role::Comment));
}

void tst_Syntax::knowsNoLanguageThatIsAPath_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("nothing") << QString();
    QTest::newRow("a file of the library") << u"cpp.lang"_s;
    QTest::newRow("a path") << u"/etc/passwd"_s;
    QTest::newRow("up and down") << u"../source-highlight/cpp"_s;
    QTest::newRow("no language") << u"esperanto"_s;
    QTest::newRow("long") << QString(100'000, u'c');
}

void tst_Syntax::knowsNoLanguageThatIsAPath()
{
    QFETCH(QString, name);
    QVERIFY(!mayKnow(name));
    QVERIFY(!AllLanguages->load(name));
}

void tst_Syntax::loadsEveryLanguageItSaysItKnows()
{
    for (const QString &name :
         {u"c"_s,    u"cpp"_s,  u"csharp"_s, u"css"_s,    u"diff"_s, u"go"_s,        u"haskell"_s,
          u"html"_s, u"java"_s, u"js"_s,     u"json"_s,   u"lua"_s,  u"make"_s,      u"perl"_s,
          u"php"_s,  u"py"_s,   u"r"_s,      u"ruby"_s,   u"rust"_s, u"scala"_s,     u"sh"_s,
          u"sql"_s,  u"tex"_s,  u"ts"_s,     u"kotlin"_s, u"xml"_s,  u"Dockerfile"_s}) {
        QVERIFY2(mayKnow(name) && AllLanguages->load(name), qPrintable(name));
    }
}

void tst_Syntax::leavesALongLinePlain()
{
    const QString comment = u"// "_s + QString(LongestLine, u'a');
    const QList<ReadLine> read = readAll(u"cpp"_s, {u"/*"_s, comment, u"a */ return"_s});
    QCOMPARE(read[1].runs, Runs());
    QCOMPARE(roleAt(read[2].runs, 0), std::optional(Role::Comment));
}

void tst_Syntax::survivesGarbage_data()
{
    QTest::addColumn<QString>("language");
    for (const char *language :
         {"c",   "cpp",  "csharp", "python",  "js",    "sh",       "sql", "html",
          "css", "json", "rust",   "go",      "java",  "ruby",     "php", "diff",
          "xml", "perl", "lua",    "haskell", "scala", "makefile", "tex"}) {
        QTest::newRow(language) << QString::fromLatin1(language);
    }
}

void tst_Syntax::survivesGarbage()
{
    QFETCH(QString, language);
    QStringList lines{QString(), QString(QChar::Null), u"\x1b[31m\x07\b"_s, QString(300, u'a'),
                      QString(300, u'\\')};
    for (const QString &piece : {u"("_s, u"\""_s, u"a<"_s, u"::a"_s, u"a("_s, u"/*"_s, u"${"_s}) {
        lines.append(piece.repeated(120).left(LongestLine));
    }
    QRandomGenerator random(7);
    for (int i = 0; i < 40; ++i) {
        QString line;
        for (int length = random.bounded(80); length > 0; --length) {
            line += QChar(i % 2 == 0 ? random.bounded(32, 127) : random.bounded(1, 0xffff));
        }
        lines.append(line);
    }
    const QList<ReadLine> read = readAll(language, lines);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        qsizetype end = 0;
        for (const Run &run : read[i].runs) {
            QVERIFY(run.from >= end && run.length > 0);
            end = run.from + run.length;
        }
        QVERIFY(end <= lines[i].size());
    }
}

void tst_Syntax::readsAsideWhatIsTheSameReadAtOnce()
{
    const QStringList lines{u"/* one"_s, u"two */ return 1;"_s, u"int a; // b"_s};
    Reader reader;
    const auto first = Maestro::await(reader.read(u"CPP"_s, {}, lines.mid(0, 1)));
    QCOMPARE(first.size(), 1);
    const auto rest = Maestro::await(reader.read(u"cpp"_s, first[0].after, lines.mid(1)));
    QCOMPARE(rest.size(), 2);
    const QList<ReadLine> whole = readAll(u"cpp"_s, lines);
    QCOMPARE(first[0].runs, whole[0].runs);
    QCOMPARE(rest[0].runs, whole[1].runs);
    QCOMPARE(rest[1].runs, whole[2].runs);
}

void tst_Syntax::givesNothingForAnUnknownLanguage()
{
    Reader reader;
    QVERIFY(Maestro::await(reader.read(u"../../etc/passwd"_s, {}, {u"a"_s})).isEmpty());
}

void tst_Syntax::stopsWhenNobodyWantsItAnyMore()
{
    QElapsedTimer clock;
    QFuture<QList<ReadLine>> last;
    {
        Reader reader;
        const QStringList slow(2000, u"a<"_s.repeated(150));
        for (int i = 0; i < 50; ++i) {
            last = reader.read(u"js"_s, {}, slow);
        }
        clock.start();
    }
    QVERIFY(clock.elapsed() < 5000);
    QVERIFY(last.isFinished());
    QCOMPARE(last.result().size(), 0);
}

QTEST_GUILESS_MAIN(tst_Syntax)
#include "tst_syntax.moc"

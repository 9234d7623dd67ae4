// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

//! Follows what the transcript opens while it shows what asks for files and addresses.
class tst_TranscriptCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opensNothingThatTheTextNames();
    void connectsToNothing();

private:
    QTemporaryDir m_folder;
    QStringList m_calls; //!< while the answers were shown
};

void tst_TranscriptCorpus::initTestCase()
{
    const QString strace = QStandardPaths::findExecutable(u"strace"_s);
    if (strace.isEmpty()) {
        QSKIP("strace is not installed");
    }
    QProcess trial;
    trial.start(strace, {u"-f"_s, u"-o"_s, m_folder.filePath(u"trial"_s), u"true"_s});
    QVERIFY(trial.waitForFinished());
    if (trial.exitCode() != 0) {
        QSKIP("strace may not follow a program here");
    }
    QVERIFY(QDir(m_folder.path()).mkdir(u"files"_s));
    const QString files = m_folder.filePath(u"files"_s);
    for (const QString &name : {u"files/canary.png"_s, u"canary.css"_s}) {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("canary") == 6);
    }
    const QString trace = m_folder.filePath(u"trace"_s);
    QProcess worker;
    worker.setWorkingDirectory(files);
    worker.start(strace,
                 {u"-f"_s, u"-s"_s, u"4096"_s, u"-e"_s, u"trace=%file,%network"_s, u"-o"_s, trace,
                  QStringLiteral(CORPUS_WORKER), files});
    QVERIFY2(worker.waitForFinished(100'000), qPrintable(worker.errorString()));
    QCOMPARE(worker.exitCode(), 0);
    QCOMPARE(worker.readAllStandardOutput().trimmed(), "200");

    QFile file(trace);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString all = QString::fromUtf8(file.readAll());
    const qsizetype begin = all.indexOf(u"maestro-corpus-begins"_s);
    const qsizetype end = all.indexOf(u"maestro-corpus-ends"_s);
    QVERIFY(begin > 0 && end > begin);
    m_calls = all.mid(begin, end - begin).split(u'\n').mid(1);
    m_calls.removeLast(); // that of the mark
}

void tst_TranscriptCorpus::opensNothingThatTheTextNames()
{
    for (const QString &call : std::as_const(m_calls)) {
        QVERIFY2(!call.contains(u"canary"_s), qPrintable(call));
        QVERIFY2(!call.contains(m_folder.path()), qPrintable(call));
    }
    // All else that is opened is fonts and the rules of languages.
    static const QRegularExpression known(
        u"\"(/usr/share/|/usr/lib/|/usr/local/share/|/var/cache/fontconfig|/etc/fonts|/proc/self)"_s);
    for (const QString &call : m_calls.filter(u"O_RDONLY"_s)) {
        QVERIFY2(known.match(call).hasMatch(), qPrintable(call));
    }
    QVERIFY(m_calls.filter(u"O_WRONLY"_s).isEmpty() && m_calls.filter(u"O_RDWR"_s).isEmpty());
}

void tst_TranscriptCorpus::connectsToNothing()
{
    for (const QString &name : {u"connect("_s, u"socket("_s, u"sendto("_s, u"sendmsg("_s}) {
        QCOMPARE(m_calls.filter(name), QStringList());
    }
    QCOMPARE(m_calls.filter(u"execve("_s), QStringList());
}

QTEST_GUILESS_MAIN(tst_TranscriptCorpus)
#include "tst_transcriptcorpus.moc"

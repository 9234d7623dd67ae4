// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

//! A program that crashes leaves no core, which would hold its keys.
class tst_CoreFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areNotLeftByTheTerminalProgram();
};

namespace {

struct Crash
{
    QByteArray limits;
    bool hasDumped = false;
    QStringList files;
};

//! Starts the program where cores are allowed, and aborts it when it has said something.
Crash crash(const QByteArray &program, const QByteArray &argument)
{
    QTemporaryDir folder;
    int fromChild[2] = {};
    if (::pipe(fromChild) != 0) {
        qFatal("No pipe");
    }
    const QByteArray path = QFile::encodeName(folder.path());
    const pid_t pid = ::fork();
    if (pid == 0) {
        rlimit limit{};
        ::getrlimit(RLIMIT_CORE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_CORE, &limit);
        ::dup2(fromChild[1], STDOUT_FILENO);
        if (::chdir(path.constData()) == 0) {
            ::execl(program.constData(), program.constData(), argument.constData(), nullptr);
        }
        ::_exit(127);
    }
    ::close(fromChild[1]);
    char byte = 0;
    (void)!::read(fromChild[0], &byte, 1);
    Crash seen;
    QFile limits(u"/proc/%1/limits"_s.arg(pid));
    if (limits.open(QIODevice::ReadOnly)) {
        seen.limits = limits.readAll();
    }
    ::kill(pid, SIGABRT);
    int status = 0;
    ::waitpid(pid, &status, 0);
    ::close(fromChild[0]);
    seen.hasDumped = WIFSIGNALED(status) && WCOREDUMP(status);
    seen.files = QDir(folder.path()).entryList(QDir::Files);
    return seen;
}

} // namespace

void tst_CoreFiles::areNotLeftByTheTerminalProgram()
{
    const Crash crashed = crash(MAESTRO_CLI, "practice");
    QVERIFY(!crashed.hasDumped);
    QCOMPARE(crashed.files, QStringList());
    QVERIFY2(crashed.limits.simplified().contains("Max core file size 0 0 bytes"),
             crashed.limits.constData());

    // What the test would have seen otherwise, if this machine leaves cores at all.
    const Crash other = crash("/usr/bin/yes", "crash");
    if (!other.hasDumped) {
        QSKIP("This machine leaves no cores, so that only the limit was seen.");
    }
}

QTEST_GUILESS_MAIN(tst_CoreFiles)
#include "tst_corefiles.moc"

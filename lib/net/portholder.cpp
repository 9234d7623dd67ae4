// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/portholder.h"

#include "auth/redact.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QSet>
#include <QtEndian>

#include <cstring>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(PortHolder)
};

//! A table of sockets on a busy server is this long; nobody's desktop is near it.
constexpr qint64 TableLimit = 8 * 1024 * 1024;
constexpr qsizetype NameLimit = 64;

//! The addresses of /proc/net/tcp are the bytes in network order, printed as words of this machine.
QHostAddress addressOf(const QByteArray &hex)
{
    const QByteArray printed = QByteArray::fromHex(hex);
    if (hex.size() != printed.size() * 2 || (printed.size() != 4 && printed.size() != 16)) {
        return {};
    }
    Q_IPV6ADDR bytes{};
    for (qsizetype at = 0; at < printed.size(); at += 4) {
        const auto word = qFromBigEndian<quint32>(printed.constData() + at);
        std::memcpy(bytes.c + at, &word, sizeof word);
    }
    return printed.size() == 16 ? QHostAddress(bytes)
                                : QHostAddress(qFromBigEndian<quint32>(bytes.c));
}

//! Whether a listener there takes what is sent to this computer itself.
bool takesLoopback(const QHostAddress &address)
{
    return address.isLoopback() || address == QHostAddress(QHostAddress::AnyIPv4)
        || address == QHostAddress(QHostAddress::AnyIPv6);
}

//! The socket numbers of the listeners on a port in one of the tables.
void collectListeners(const QString &table, quint16 port, QSet<QByteArray> &sockets)
{
    QFile file(table);
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    const QList<QByteArray> lines = file.read(TableLimit).split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        constexpr qsizetype Local = 1;
        constexpr qsizetype State = 3;
        constexpr qsizetype Inode = 9;
        const QByteArray listening = "0A";
        if (fields.size() <= Inode || fields[State] != listening) {
            continue;
        }
        const QList<QByteArray> local = fields[Local].split(':');
        if (local.size() == 2 && local[1].toUInt(nullptr, 16) == port
            && takesLoopback(addressOf(local[0]))) {
            sockets.insert("socket:[" + fields[Inode] + ']');
        }
    }
}

bool holdsOneOf(const QSet<QByteArray> &sockets, const QString &process)
{
    const QDir descriptors(process + u"/fd"_s);
    const QStringList names
        = descriptors.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        // Qt makes a path of the link's words, which name no file here.
        const QString target = QFile::symLinkTarget(descriptors.filePath(name));
        if (sockets.contains(target.section(u'/', -1).toUtf8())) {
            return true;
        }
    }
    return false;
}

} // namespace

std::optional<PortHolder> findPortHolder(quint16 port, const QString &proc)
{
    QSet<QByteArray> sockets;
    collectListeners(proc + u"/net/tcp"_s, port, sockets);
    collectListeners(proc + u"/net/tcp6"_s, port, sockets);
    if (sockets.isEmpty()) {
        return std::nullopt;
    }
    const QStringList processes = QDir(proc).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &process : processes) {
        bool isNumber = false;
        const qint64 pid = process.toLongLong(&isNumber);
        if (isNumber && holdsOneOf(sockets, proc + u'/' + process)) {
            return PortHolder{pid, programOf(pid, proc)};
        }
    }
    return std::nullopt;
}

QString programOf(qint64 pid, const QString &proc)
{
    QFile name(proc + u'/' + QString::number(pid) + u"/comm"_s);
    if (!name.open(QIODevice::ReadOnly)) {
        return {};
    }
    // Any program may call itself anything.
    return OAuth::quoted(QString::fromUtf8(name.read(NameLimit)).trimmed(), NameLimit);
}

QString describe(const PortHolder &holder)
{
    if (holder.pid == QCoreApplication::applicationPid()) {
        return Tr::tr("another sign-in of this very program");
    }
    return holder.program.isEmpty() ? Tr::tr("a program with PID %1").arg(holder.pid)
                                    : Tr::tr("%1 (PID %2)").arg(holder.program).arg(holder.pid);
}

} // namespace Maestro

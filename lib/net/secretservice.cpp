// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/secretservice.h"

#include "net/keyringname.h"
#include "net/portholder.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPointer>
#include <QPromise>
#include <QThreadPool>
#include <QTimer>
#include <QUuid>

#include <functional>
#include <mutex>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

const QString Service = u"org.freedesktop.secrets"_s;
const QString ServicePath = u"/org/freedesktop/secrets"_s;
const QString ServiceInterface = u"org.freedesktop.Secret.Service"_s;
const QString CollectionInterface = u"org.freedesktop.Secret.Collection"_s;
const QString PromptInterface = u"org.freedesktop.Secret.Prompt"_s;

Error noAnswer()
{
    return Error{Error::Kind::Timeout,
                 QCoreApplication::translate("Keychain", "The system keyring does not answer."),
                 QCoreApplication::translate(
                     "Keychain", "Restart it, or sign out of the desktop and in again.")};
}

//! Connects to the session bus on a thread of the pool, says so on the thread this was made on, and
//! goes. What the threads share is under a lock of the standard library, as in JobThread.
class BusConnecting final : public QObject
{
public:
    //! The connection's name, which is to be disconnected either way.
    using Connected = std::function<void(const QString &name, bool isConnected)>;

    explicit BusConnecting(Connected connected)
        : QObject(qApp) // which waits for the pool when it goes
        , m_connected(std::move(connected))
    {
        QThreadPool::globalInstance()->start([this] { connectToBus(); });
    }

    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::User) {
            return QObject::event(event);
        }
        bool isConnected = false;
        {
            const std::lock_guard lock(m_mutex);
            isConnected = m_isConnected;
        }
        m_connected(m_name, isConnected);
        deleteLater();
        return true;
    }

private:
    void connectToBus()
    {
        const bool isConnected
            = QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_name).isConnected();
        {
            const std::lock_guard lock(m_mutex);
            m_isConnected = isConnected;
        }
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

    const QString m_name = QUuid::createUuid().toString();
    const Connected m_connected;
    std::mutex m_mutex;
    bool m_isConnected = false;
};

QDBusMessage toBus(const QString &method)
{
    return QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                          u"org.freedesktop.DBus"_s, method);
}

QDBusMessage toService(const QString &path, const QString &interface, const QString &method)
{
    return QDBusMessage::createMethodCall(Service, path, interface, method);
}

} // namespace

//! One question, from the bus to the prompt. Answers once, and goes.
class SecretService::Question : public QObject
{
    Q_OBJECT

public:
    Question(const Limits &limits, bool mayPrompt, QObject *parent)
        : QObject(parent)
        , m_limits(limits)
        , m_mayPrompt(mayPrompt)
        , m_bus(QString())
    {
        m_promise.start();
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, &Question::onTimeout);
    }

    ~Question() override
    {
        if (!m_isAnswered) {
            // Left unanswered: whoever asked may be gone, and Qt 6.4 stops a program that
            // continues a future on an object that is.
            new QPromise<Result<Keyring::State>>(std::move(m_promise)); // NOLINT
        }
        if (!m_busName.isEmpty()) {
            QDBusConnection::disconnectFromBus(m_busName);
        }
    }

    QFuture<Result<Keyring::State>> future() { return m_promise.future(); }

    // Connecting is the one thing that QtDBus cannot do without blocking: a bus may be slow to
    // start.
    void begin()
    {
        m_timer.start(m_limits.answer);
        new BusConnecting(
            [question = QPointer<Question>(this)](const QString &name, bool isConnected) {
                if (question) {
                    question->onConnected(name, isConnected);
                } else {
                    QDBusConnection::disconnectFromBus(name);
                }
            });
    }

Q_SIGNALS:
    void met(quint32 process);

private Q_SLOTS:
    void onPromptCompleted(bool dismissed, const QDBusVariant &)
    {
        m_promptPath.clear();
        m_mayPrompt = false;
        m_timer.start(m_limits.answer);
        if (dismissed) {
            answer(Keyring::State::Locked);
        } else {
            askForCollection();
        }
    }

private:
    void onConnected(const QString &name, bool isConnected)
    {
        m_busName = name;
        m_bus = QDBusConnection(name);
        if (!isConnected) {
            answer(Keyring::State::NoBus);
            return;
        }
        call(toBus(u"StartServiceByName"_s) << Service << 0U, [this](const QDBusMessage &reply) {
            if (reply.type() == QDBusMessage::ErrorMessage) {
                answer(Keyring::State::NoService);
            } else {
                askWhoItIs();
            }
        });
    }

    void askWhoItIs()
    {
        call(toBus(u"GetConnectionUnixProcessID"_s) << Service, [this](const QDBusMessage &reply) {
            const QDBusPendingReply<uint> process(reply);
            Q_EMIT met(process.isError() ? 0 : process.value());
            askForCollection();
        });
    }

    void askForCollection()
    {
        call(toService(ServicePath, ServiceInterface, u"ReadAlias"_s) << u"default"_s,
             [this](const QDBusMessage &reply) {
                 const QString path = QDBusPendingReply<QDBusObjectPath>(reply).value().path();
                 if (reply.type() == QDBusMessage::ErrorMessage || path.isEmpty()) {
                     answer(Keyring::State::NoService);
                 } else if (path != "/"_L1) {
                     askWhetherLocked(path);
                 } else if (m_mayPrompt) {
                     makeCollection();
                 } else {
                     answer(Keyring::State::Locked); // none yet: as good as locked, until the
                                                     // person makes one
                 }
             });
    }

    void askWhetherLocked(const QString &collection)
    {
        QDBusMessage get = toService(collection, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
        get << CollectionInterface << u"Locked"_s;
        call(get, [this, collection](const QDBusMessage &reply) {
            const QVariant locked = QDBusPendingReply<QDBusVariant>(reply).value().variant();
            if (reply.type() == QDBusMessage::ErrorMessage || locked.typeId() != QMetaType::Bool) {
                answer(Keyring::State::NoService);
            } else if (!locked.toBool()) {
                answer(Keyring::State::Unlocked);
            } else if (m_mayPrompt) {
                unlock(collection);
            } else {
                answer(Keyring::State::Locked);
            }
        });
    }

    void unlock(const QString &collection)
    {
        QDBusMessage message = toService(ServicePath, ServiceInterface, u"Unlock"_s);
        message << QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(collection)});
        call(message, [this](const QDBusMessage &reply) {
            prompt(
                QDBusPendingReply<QList<QDBusObjectPath>, QDBusObjectPath>(reply).argumentAt<1>());
        });
    }

    void makeCollection()
    {
        QDBusMessage message = toService(ServicePath, ServiceInterface, u"CreateCollection"_s);
        message << QVariantMap{{u"org.freedesktop.Secret.Collection.Label"_s, u"Login"_s}}
                << u"default"_s;
        call(message, [this](const QDBusMessage &reply) {
            prompt(QDBusPendingReply<QDBusObjectPath, QDBusObjectPath>(reply).argumentAt<1>());
        });
    }

    void prompt(const QDBusObjectPath &path)
    {
        if (path.path().isEmpty()
            || path.path() == "/"_L1) { // no prompt was needed, or none is to be had
            m_mayPrompt = false;
            askForCollection();
            return;
        }
        m_promptPath = path.path();
        m_bus.connect(Service, m_promptPath, PromptInterface, u"Completed"_s, this,
                      SLOT(onPromptCompleted(bool, QDBusVariant)));
        call(toService(m_promptPath, PromptInterface, u"Prompt"_s) << QString(),
             [this](const QDBusMessage &reply) {
                 if (reply.type() == QDBusMessage::ErrorMessage) {
                     answer(Keyring::State::Locked);
                 } else if (!m_promptPath.isEmpty()) {
                     m_timer.start(m_limits.person);
                 }
             });
    }

    void onTimeout()
    {
        if (m_promptPath.isEmpty()) {
            answer(noAnswer());
            return;
        }
        // A prompt that stands for ever keeps the keyring from everybody.
        m_bus.send(toService(m_promptPath, PromptInterface, u"Dismiss"_s));
        answer(Keyring::State::Locked);
    }

    void call(const QDBusMessage &message, std::function<void(const QDBusMessage &)> onReply)
    {
        auto *watcher = new QDBusPendingCallWatcher(
            m_bus.asyncCall(message, static_cast<int>(m_limits.answer.count())), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this,
                [this, watcher, reply = std::move(onReply)] {
                    watcher->deleteLater();
                    if (!m_isAnswered) {
                        reply(watcher->reply());
                    }
                });
    }

    void answer(const Result<Keyring::State> &result)
    {
        if (m_isAnswered) {
            return;
        }
        m_isAnswered = true;
        m_timer.stop();
        m_promise.addResult(result);
        m_promise.finish();
        deleteLater();
    }

    const Limits m_limits;
    bool m_mayPrompt;
    bool m_isAnswered = false;
    QString m_busName;
    QDBusConnection m_bus;
    QString m_promptPath; // while it is shown
    QTimer m_timer;
    QPromise<Result<Keyring::State>> m_promise;
};

SecretService::SecretService(const Limits &limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
{ }

SecretService::~SecretService() = default;

QFuture<Result<Keyring::State>> SecretService::state() { return ask(false); }

QFuture<Result<Keyring::State>> SecretService::unlock() { return ask(true); }

QFuture<Result<Keyring::State>> SecretService::ask(bool mayPrompt)
{
    auto *question = new Question(m_limits, mayPrompt, this);
    QFuture<Result<Keyring::State>> future = question->future();
    connect(question, &Question::met, this, &SecretService::meet);
    question->begin();
    return future;
}

void SecretService::meet(quint32 process)
{
    if (process == m_process || process == 0) {
        return;
    }
    const bool isAnother = m_process != 0;
    m_process = process;
    m_name = keyringNameOf(programOf(process));
    if (isAnother) {
        Q_EMIT replaced();
    }
}

} // namespace Maestro

#include "secretservice.moc"

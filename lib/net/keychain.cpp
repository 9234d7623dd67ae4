// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/keychain.h"

#include "core/after.h"

#include <QCoreApplication>
#include <QLibrary>
#include <QPromise>
#include <QTimer>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Keychain)
};

Error noAnswer()
{
    return Error{Error::Kind::Timeout, Tr::tr("The system keyring does not answer."),
                 Tr::tr("Restart it and then Maestro, or sign out of the desktop and in again.")};
}

Error notOpen(const Result<Keyring::State> &state)
{
    if (!state) {
        return state.error();
    }
    return *state == Keyring::State::Locked
        ? Error{Error::Kind::Configuration, Tr::tr("The system keyring is locked."),
                Tr::tr("Unlock it, and try again.")}
        : Error{Error::Kind::Configuration, Tr::tr("There is no system keyring."),
                Tr::tr("Start one, such as GNOME Keyring or KWallet.")};
}

//! libsecret, under QtKeychain, keeps its session with the keyring for the life of the process;
//! with a keyring that was restarted it reads nothing any more. This makes it open another.
void forgetSession()
{
    QLibrary library(u"secret-1"_s, 0); // the one that QtKeychain has loaded, if it has
    if (const auto disconnectService
        = reinterpret_cast<void (*)()>(library.resolve("secret_service_disconnect"))) {
        disconnectService();
    }
}

Error errorOf(const QKeychain::Job &job)
{
    constexpr int MaxDetail = 300;
    return Error{Error::Kind::Configuration, Tr::tr("The system keyring refused."),
                 Tr::tr("Unlock it and try again; if that does not help, restart Maestro."),
                 u"QtKeychain %1: "_s.arg(static_cast<int>(job.error()))
                     + job.errorString().left(MaxDetail)};
}

} // namespace

Keychain::Keychain(QString application, const SecretService::Limits &limits, QObject *parent)
    : QObject(parent)
    , m_application(std::move(application))
    , m_limits(limits)
    , m_service(limits)
    , m_stuckJobs(std::make_shared<int>(0))
{
    connect(&m_service, &SecretService::replaced, this, &forgetSession);
}

QFuture<Result<Keyring::State>> Keychain::state() { return m_service.state(); }

QFuture<Result<Keyring::State>> Keychain::unlock() { return m_service.unlock(); }

QFuture<Result<std::optional<Secret>>> Keychain::read(const QString &name)
{
    using Answer = Result<std::optional<Secret>>;
    const auto makeJob = [service = m_application, key = keyOf(name)] {
        auto *job = new QKeychain::ReadPasswordJob(service);
        job->setKey(key);
        return job;
    };
    const auto conclude = [this](const Ending &ending) {
        if (ending.error || ending.isFound) {
            return QtFuture::makeReadyFuture(ending.error ? Answer(*ending.error)
                                                          : Answer(std::optional(ending.secret)));
        }
        // Not there, if it was open all the while.
        return after(this, m_service.state(), [](const Result<State> &state) {
            const bool isOpen = state && *state == State::Unlocked;
            return isOpen ? Answer(std::optional<Secret>()) : Answer(notOpen(state));
        });
    };
    return after(this, whenUnlocked(makeJob), conclude).unwrap();
}

QFuture<std::optional<Error>> Keychain::write(const QString &name, const Secret &secret)
{
    // As text, which every backend keeps whole only if it is plain.
    const auto makeJob = [service = m_application, key = keyOf(name), secret] {
        auto *job = new QKeychain::WritePasswordJob(service);
        job->setKey(key);
        job->setTextData(QString::fromLatin1(secret.reveal().toBase64()));
        return job;
    };
    return after(this, whenUnlocked(makeJob), [](const Ending &ending) { return ending.error; });
}

QFuture<std::optional<Error>> Keychain::remove(const QString &name)
{
    const auto makeJob = [service = m_application, key = keyOf(name)] {
        auto *job = new QKeychain::DeletePasswordJob(service);
        job->setKey(key);
        return job;
    };
    const auto look = [](const Result<std::optional<Secret>> &left) -> std::optional<Error> {
        if (!left) {
            return left.error();
        }
        return *left ? std::optional(Error{Error::Kind::Configuration,
                                           Tr::tr("The system keyring did not remove the key."),
                                           Tr::tr("Remove it with the keyring's own program.")})
                     : std::nullopt;
    };
    const auto conclude = [this, name, look](const Ending &ending) {
        return ending.error ? QtFuture::makeReadyFuture(ending.error)
                            : after(this, read(name), look);
    };
    return after(this, whenUnlocked(makeJob), conclude).unwrap();
}

QFuture<Keychain::Ending> Keychain::whenUnlocked(std::function<QKeychain::Job *()> makeJob)
{
    const auto start = [this, make = std::move(makeJob)](const Result<State> &state) {
        if (!state || *state != State::Unlocked) {
            return QtFuture::makeReadyFuture(Ending{.error = notOpen(state)});
        }
        // The first job makes QtKeychain choose what it uses. On KDE's desktop, that is a call to
        // KWallet that stops this thread until it is answered: for half a second at most, once, up
        // to QtKeychain 0.15; later versions have no limit of their own. Only a keyring that is the
        // Secret Service and has just answered gets here, and there KWallet is that keyring, so it
        // answers at once. A KWallet that is none counts as no keyring.
        // QtKeychain runs one job after the other: behind a stuck one, none would start.
        if (*m_stuckJobs > 0) {
            return QtFuture::makeReadyFuture(Ending{.error = noAnswer()});
        }
        return run(make());
    };
    return after(this, m_service.state(), start).unwrap();
}

QFuture<Keychain::Ending> Keychain::run(QKeychain::Job *job)
{
    struct Pending
    {
        QPromise<Ending> promise;
        bool isAnswered = false;
    };
    const auto pending = std::make_shared<Pending>();
    pending->promise.start();
    const auto answer = [pending](const Ending &ending) {
        pending->isAnswered = true;
        pending->promise.addResult(ending);
        pending->promise.finish();
    };
    job->setInsecureFallback(false);
    // The job is the context: it outlives this, if it must.
    connect(job, &QKeychain::Job::finished, job,
            [pending, answer, stuckJobs = m_stuckJobs](QKeychain::Job *done) {
                if (pending->isAnswered) {
                    --*stuckJobs;
                    return;
                }
                const bool isMissing = done->error() == QKeychain::EntryNotFound;
                Ending ending{.isFound = !isMissing};
                if (done->error() != QKeychain::NoError && !isMissing) {
                    ending.error = errorOf(*done);
                } else if (const auto *reading = qobject_cast<QKeychain::ReadPasswordJob *>(done);
                           reading && !isMissing) {
                    ending.secret = Secret(QByteArray::fromBase64(reading->textData().toLatin1()));
                }
                answer(ending);
            });
    QTimer::singleShot(m_limits.answer, job, [pending, answer, stuckJobs = m_stuckJobs] {
        if (!pending->isAnswered) {
            ++*stuckJobs;
            answer({.error = noAnswer()});
        }
    });
    job->start();
    return pending->promise.future();
}

//! With the application's name, since Windows knows no other.
QString Keychain::keyOf(const QString &name) const { return m_application + u'/' + name; }

} // namespace Maestro

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/signin.h"

#include <QObject>

#include <memory>

namespace Maestro {

class ProgressPage;
struct SignInChoice;
struct SignInInput;
struct SignInMeans;

//! The sign-in under way, if there is one: shown on the page of its progress, and led from there.
//! Ends with this.
class SignInUnderWay : public QObject
{
    Q_OBJECT

public:
    //! Both must outlive it.
    SignInUnderWay(const SignInMeans &means, ProgressPage &page, QObject *parent = nullptr);
    ~SignInUnderWay() override;

    //! In the place of what was under way.
    void start(const SignInChoice &choice, const SignInInput &input);
    void drop();

Q_SIGNALS:
    void succeeded(const Maestro::SignedIn &signedIn);
    //! The person tries again where nothing of the last attempt can be gone on with.
    void restartRequested();

private:
    void connectPage();
    void connectSignIn();
    void showInBrowser(const QUrl &address);
    void openBrowser();
    void copyLink();
    void submitAddress(const QString &address);
    void retry();
    void keepOther();
    void onFinished(const Result<SignedIn> &result);

    const SignInMeans &m_means;
    ProgressPage &m_page;
    std::unique_ptr<SignIn> m_signIn;
};

} // namespace Maestro

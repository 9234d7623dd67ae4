// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"
#include "ui/common/panel.h"

#include <optional>

class QPushButton;
class QToolButton;

namespace Maestro {

class Details;
class Quotation;

//! What went wrong, why, what to do about it, and the buttons that do it. Hidden while there is
//! nothing.
class ErrorBanner : public Panel
{
    Q_OBJECT

public:
    explicit ErrorBanner(QWidget *parent = nullptr);

    //! Shows the error and has screen readers say it; the focus stays where it is.
    void showError(const Error &error);
    //! Whether part of an answer is there that can be gone on with; until the next error.
    void setCanContinue(bool canContinue);
    void dismiss();
    //! Whether it says that signing in helps, and the question it is about can be asked again then.
    bool awaitsSignIn() const;
    //! The person did: offers to ask again.
    void showSignedIn();
    //! There is a network again: offers to ask again what failed without one, or goes if there is
    //! nobody to ask. Asks nothing by itself, and leaves the focus where it is.
    void showOnline();
    //! The person chose another model, or somebody else's: offers to ask that one.
    void showOtherChoice(const QString &model);
    //! Whether there is somebody to ask again; else that is not offered.
    void setCanRetry(bool canRetry);

Q_SIGNALS:
    void retryRequested();
    void continueRequested();
    void signInRequested();

private:
    //! What was wrong is not any more: offers to ask again.
    void showRemedied(const QString &message, const QString &advice);
    void showRemedies();
    void showMended(bool isMended);
    void sayAloud();

    std::optional<Error::Kind> m_kind; //!< of the error that is shown
    bool m_canRetry = false;
    bool m_canContinue = false;
    bool m_isSignInNeeded = false;
    QLabel *m_wrong;
    QLabel *m_mended;
    QLabel *m_message;
    Quotation *m_reason;
    QLabel *m_advice;
    Details *m_details;
    QPushButton *m_continue;
    QPushButton *m_retry;
    QPushButton *m_signIn;
    QToolButton *m_dismiss;
};

} // namespace Maestro

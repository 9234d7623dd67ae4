// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinmeans.h"

#include <QWizardPage>

class QFormLayout;
class QLabel;
class QPushButton;

namespace Maestro {

class Panel;
class Quotation;

//! Who is signed in now, with what, and where that is kept.
class ResultPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit ResultPage(QWidget *parent = nullptr);

    //! How it ended, with what the provider listed for it.
    struct Ending
    {
        SignInChoice choice;
        SignedIn result;
        std::optional<ModelCount> models = {}; //!< nothing if they did not come yet
        QString keyringName = {};
        bool offersPlan = false; //!< for an account without a key
    };
    void showResult(const Ending &ending);
    //! Nothing follows; pages are not numbered in the order they come.
    int nextId() const override { return -1; }

Q_SIGNALS:
    // What helps an account without a key.
    void organizationPageRequested(const QUrl &page);
    void signInAgainRequested(); //!< once there is one: the tokens know of none
    void apiKeyRequested();
    void planRequested();
    void usagePageRequested(const QUrl &page);

private:
    QWidget *makeNoKeyPanel();
    QWidget *makePlanPanel();
    void addFact(const QString &name, const QString &value);
    void addFacts(const Ending &ending);

    QUrl m_organizationPage;
    QUrl m_usagePage;

    QLabel *m_title;
    QLabel *m_doneMark;
    QLabel *m_noKeyMark;
    Panel *m_noKey;
    QLabel *m_noKeyMessage;
    Quotation *m_noKeyReason;
    QLabel *m_noKeyAdvice;
    QPushButton *m_organization;
    QPushButton *m_again;
    QPushButton *m_key;
    QPushButton *m_plan;
    Panel *m_planNotice;
    QFormLayout *m_facts;
};

} // namespace Maestro

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

class QStackedWidget;

namespace Maestro {

//! What stands where the conversation will be: the ways in, or a few prompts to begin with.
class Welcome : public QScrollArea
{
    Q_OBJECT

public:
    enum class Stage {
        Opening, //!< it is not known yet whether anybody is signed in
        SignedOut,
        SignedIn,
    };

    explicit Welcome(QWidget *parent = nullptr);

    void setStage(Stage stage);

Q_SIGNALS:
    void signInRequested();
    void apiKeyRequested();
    void practiceRequested();
    void promptChosen(const QString &prompt);

private:
    QWidget *makeOpening();
    QWidget *makeWaysIn();
    QWidget *makeExamples();

    QStackedWidget *m_pages;
};

} // namespace Maestro

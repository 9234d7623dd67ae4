// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "answerprinter.h"
#include "browser.h"
#include "check/endtoendcheck.h"
#include "interrupt.h"
#include "pastedlines.h"
#include "practice/practiceperson.h"

#include <memory>

namespace Maestro::Cli {

//! Runs the end-to-end check in the terminal: shows every stage as it happens and the answer as it
//! comes, and writes the report.
class Checking : public QObject
{
    Q_OBJECT

public:
    enum class Person {
        Opens, //!< a browser is opened for the person
        OpensByHand, //!< the address is printed alone
        Practice, //!< Allow is pressed by the program; the practice provider alone lets it
    };
    enum class Output { Text, Json };

    Checking(EndToEndCheck::Setup setup, ChatClient &client, Person person, Output output,
             const QString &reportFile, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    //! With the program's exit code; everything has been said.
    void finished(int exitCode);

private:
    void onStep(const CheckStep &step);
    void onBrowser(const QUrl &url);
    void onPasted(const QString &line);
    void onFinished(const CheckReport &report);
    bool writeReport(const CheckReport &report) const;

    Person m_person;
    Output m_output;
    QString m_reportFile;
    qsizetype m_promptCharacters;
    AnswerPrinter m_printer;
    bool m_answerShown = false;
    PracticePerson m_practicePerson;
    PastedLines m_lines;
    Interrupt m_interrupt;
    std::unique_ptr<EndToEndCheck> m_check;
};

} // namespace Maestro::Cli

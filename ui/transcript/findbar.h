// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/panel.h"
#include "ui/transcript/transcriptview.h"

class QLabel;
class QLineEdit;

namespace Maestro {

//! Looks for words in a transcript, at whose upper edge it stands.
class FindBar : public Panel
{
    Q_OBJECT

public:
    //! `view` becomes its parent.
    explicit FindBar(TranscriptView &view);

    void open();
    //! Stands there with words that were found, without taking the keyboard.
    void showFound(const QStringList &words);
    void dismiss();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void find(TranscriptView::Direction direction);
    void place();

    TranscriptView &m_view;
    QLineEdit *m_words;
    QStringList m_wanted; //!< any of them
    QLabel *m_finding;
};

} // namespace Maestro

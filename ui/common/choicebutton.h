// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractButton>

namespace Maestro {

//! A big button that says what it does and, in a second line, what that means.
class ChoiceButton : public QAbstractButton
{
    Q_OBJECT

public:
    enum class Rank { Primary, Secondary };

    ChoiceButton(const QIcon &icon, const QString &title, const QString &description, Rank rank,
                 QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRect textRect(const QRect &inside) const;
    QFont titleFont() const;

    QString m_description;
    Rank m_rank;
};

} // namespace Maestro

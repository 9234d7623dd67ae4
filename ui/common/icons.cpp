// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/icons.h"

#include "ui/common/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! How strongly the icon of a disabled control is drawn.
constexpr double DisabledOpacity = 0.4;

QColor colorOf(IconTint tint)
{
    const QPalette palette = QGuiApplication::palette();
    const ThemeColors &colors = themeColors(palette);
    switch (tint) {
    case IconTint::Text:
        return colors.text;
    case IconTint::Muted:
        return colors.muted;
    case IconTint::Accent:
        return colors.accent;
    case IconTint::OnAccent:
        return colors.onAccent;
    case IconTint::Danger:
        return colors.danger;
    case IconTint::Success:
        return colors.success;
    case IconTint::OnPractice:
        return colors.onPractice;
    }
    Q_UNREACHABLE();
}

QByteArray readIcon(const QString &name)
{
    QFile file(u":/maestro/icons/"_s + name + u".svg"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class ThemeIconEngine : public QIconEngine
{
public:
    ThemeIconEngine(const QString &name, IconTint tint)
        : m_svg(readIcon(name))
        , m_tint(tint)
    { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        QByteArray svg = m_svg;
        const bool onAccent
            = mode == QIcon::Selected || (state == QIcon::On && m_tint == IconTint::Text);
        const IconTint tint = onAccent ? IconTint::OnAccent : m_tint;
        svg.replace("currentColor", colorOf(tint).name().toLatin1());
        QSvgRenderer renderer(svg);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        painter->save();
        painter->setOpacity(mode == QIcon::Disabled ? DisabledOpacity : 1.0);
        renderer.render(painter, rect);
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new ThemeIconEngine(*this); }
    QString key() const override { return u"MaestroThemeIcon"_s; }

private:
    QByteArray m_svg;
    IconTint m_tint;
};

} // namespace

QIcon themeIcon(const QString &name, IconTint tint)
{
    return QIcon(new ThemeIconEngine(name, tint));
}

QIcon applicationIcon() { return themeIcon(u"maestro"_s); }

} // namespace Maestro

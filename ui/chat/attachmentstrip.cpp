// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/attachmentstrip.h"

#include "core/after.h"
#include "core/attachmentfile.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QBuffer>
#include <QHBoxLayout>
#include <QImage>
#include <QLocale>
#include <QMimeData>
#include <QToolButton>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! More than any provider takes in one prompt.
constexpr int MostAttachments = 20;
constexpr int WidestName = 24; //!< in grid steps

Result<Attachment> encode(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return makeAttachment(u"picture.png"_s, bytes);
}

} // namespace

AttachmentStrip::AttachmentStrip(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, gridSteps(0.75));
    m_row->setSpacing(gridSteps(1));
    m_row->addStretch();
    setAccessibleName(tr("Attachments"));
    hide();
}

AttachmentStrip::~AttachmentStrip() { m_isEnding = true; }

bool AttachmentStrip::canTake(const QMimeData &given)
{
    const QList<QUrl> urls = given.urls();
    const bool areFiles = !urls.isEmpty()
        && std::all_of(urls.begin(), urls.end(), [](const QUrl &url) { return url.isLocalFile(); });
    // What was copied in an office program has a picture of its text, too.
    return areFiles || (given.hasImage() && !given.hasText());
}

void AttachmentStrip::take(const QMimeData &given)
{
    QStringList paths;
    const QList<QUrl> urls = given.urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile()) {
            paths.append(url.toLocalFile());
        }
    }
    if (!paths.isEmpty()) {
        addFiles(paths);
    } else if (given.hasImage()) {
        addImage(given.imageData().value<QImage>());
    }
}

void AttachmentStrip::addFiles(const QStringList &paths)
{
    for (const QString &path : paths) {
        readAside([path] { return readAttachment(path); });
    }
}

void AttachmentStrip::addImage(const QImage &image)
{
    if (!image.isNull()) {
        readAside([image] { return encode(image); });
    }
}

// To read from a disk, or to encode a picture of the size of a screen, takes longer than a frame.
void AttachmentStrip::readAside(std::function<Result<Attachment>()> read)
{
    ++m_reading;
    const auto job = [this, read = std::move(read)] {
        return m_isEnding ? Result<Attachment>(Error{}) : read();
    };
    after(this, m_reader.run(job),
          [this, number = ++m_given](const Result<Attachment> &result) { settle(number, result); });
    Q_EMIT changed();
}

void AttachmentStrip::give(const Result<Attachment> &attachment)
{
    ++m_reading;
    settle(++m_given, attachment);
}

void AttachmentStrip::restore(const QList<Attachment> &attachments)
{
    for (const Attachment &attachment : attachments) {
        add(++m_given, attachment);
    }
    Q_EMIT changed();
}

void AttachmentStrip::addText(const QString &text)
{
    give(makeAttachment(tr("pasted.txt"), text.toUtf8()));
}

void AttachmentStrip::settle(int number, const Result<Attachment> &attachment)
{
    if (number <= m_cleared) {
        return;
    }
    --m_reading;
    if (!attachment) {
        Q_EMIT refused(attachment.error());
    } else if (m_items.size() >= MostAttachments) {
        Q_EMIT refused({Error::Kind::TooLarge, tr("%1 is one file too many.").arg(attachment->name),
                        tr("Up to %1 files go along with a message.").arg(MostAttachments)});
    } else {
        add(number, *attachment);
    }
    Q_EMIT changed();
}

void AttachmentStrip::add(int number, const Attachment &attachment)
{
    auto *chip = new Panel(Panel::Tone::Raised, this);
    const QString size = QLocale().formattedDataSize(attachment.bytes.size(), 0);
    auto *name = makeLabel({}, LabelLook::Body, chip);
    name->setWordWrap(false);
    name->setText(
        name->fontMetrics().elidedText(attachment.name, Qt::ElideMiddle, gridSteps(WidestName)));
    chip->setToolTip(u"%1, %2"_s.arg(attachment.name, size));
    auto *sizeLabel = makeLabel(size, LabelLook::Small, chip);
    sizeLabel->setWordWrap(false);
    auto *close = new QToolButton(chip);
    close->setIcon(themeIcon(u"close"_s, IconTint::Muted));
    close->setToolTip(tr("Take %1 away").arg(attachment.name));
    close->setAccessibleName(close->toolTip());
    close->setFocusPolicy(Qt::StrongFocus);

    auto *layout = new QHBoxLayout(chip);
    layout->setContentsMargins(gridSteps(1), gridSteps(0.25), gridSteps(0.25), gridSteps(0.25));
    layout->setSpacing(gridSteps(0.75));
    layout->addWidget(
        makeIconLabel(themeIcon(attachment.isImage() ? u"image"_s : u"file"_s, IconTint::Muted),
                      gridSteps(2.25), chip));
    layout->addWidget(name);
    layout->addWidget(sizeLabel);
    layout->addWidget(close);

    const auto next = std::find_if(m_items.begin(), m_items.end(),
                                   [number](const Item &item) { return item.number > number; });
    m_row->insertWidget(static_cast<int>(next - m_items.begin()), chip);
    m_items.insert(next, {number, attachment, chip});
    show();
    connect(close, &QToolButton::clicked, this, [this, chip] { remove(chip); });
}

void AttachmentStrip::remove(QWidget *chip)
{
    m_items.removeIf([chip](const Item &item) { return item.chip == chip; });
    chip->hide(); // its button is being clicked
    chip->deleteLater();
    setVisible(!m_items.isEmpty());
    Q_EMIT changed();
}

void AttachmentStrip::clear()
{
    m_cleared = m_given;
    m_reading = 0;
    for (const Item &item : std::as_const(m_items)) {
        item.chip->deleteLater();
        item.chip->hide();
    }
    m_items.clear();
    hide();
    Q_EMIT changed();
}

QList<Attachment> AttachmentStrip::attachments() const
{
    QList<Attachment> attachments;
    for (const Item &item : m_items) {
        attachments.append(item.attachment);
    }
    return attachments;
}

} // namespace Maestro

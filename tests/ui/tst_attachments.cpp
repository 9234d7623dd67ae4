// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatfixture.h"
#include "ui/chat/attachmentstrip.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QMimeData>
#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

struct Fixture : ChatFixture<>
{
    QTemporaryDir folder;

    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return file.fileName();
    }
    void drop(const QMimeData &given, QWidget &on)
    {
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &given, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&on, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &given, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&on, &event);
    }
};

} // namespace

class tst_Attachments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsFilesAlongAndForgetsThem()
    {
        Fixture f;
        f.composer()->attach(
            {f.write(u"notes.txt"_s, "one\n"), f.write(u"paper.pdf"_s, "%PDF-1.7")});
        QTRY_COMPARE(namesOf(f.composer()->attachments()),
                     QStringList({u"notes.txt"_s, u"paper.pdf"_s}));
        f.ask(u"What is this?"_s);
        QCOMPARE(f.chat.requests.size(), 1);
        const auto prompt = std::get<Prompt>(f.chat.requests[0].conversation.turns[0]);
        QCOMPARE(prompt.text, u"What is this?"_s);
        QCOMPARE(prompt.attachments.size(), 2);
        QCOMPARE(prompt.attachments[0], (Attachment{u"notes.txt"_s, u"text/plain"_s, "one\n"}));
        QCOMPARE(prompt.attachments[1].mimeType, u"application/pdf"_s);
        QVERIFY(f.composer()->attachments().isEmpty());
        QVERIFY(f.transcript().contains(u"With notes.txt, paper.pdf"_s));
    }

    void takesAwayWhatIsNotToGoAlong()
    {
        Fixture f;
        f.composer()->attach({f.write(u"a.txt"_s, "a"), f.write(u"b.txt"_s, "b")});
        QTRY_COMPARE(f.composer()->attachments().size(), 2);
        QAbstractButton *button = findButton(f.window, u"Take a.txt away"_s);
        QVERIFY(button);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(namesOf(f.composer()->attachments()), QStringList(u"b.txt"_s));
    }

    void saysWhyAFileCannotGoAlong_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        QTest::newRow("a program") << u"tool.exe"_s << QByteArray("MZ\0\1\2", 5) << u"tool.exe"_s;
        QTest::newRow("nothing in it") << u"empty.txt"_s << QByteArray() << u"empty.txt"_s;
        QTest::newRow("too large")
            << u"huge.txt"_s << QByteArray(LargestAttachment + 1, 'x') << u"huge.txt"_s;
        QTest::newRow("not there") << QString() << QByteArray() << u"gone.txt"_s;
    }
    void saysWhyAFileCannotGoAlong()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        Fixture f;
        const QString good = f.write(u"good.txt"_s, "good");
        const QString bad
            = name.isEmpty() ? f.folder.filePath(u"gone.txt"_s) : f.write(name, bytes);
        f.edit()->setPlainText(u"my words"_s);
        f.composer()->attach({bad, good});
        QTRY_VERIFY(f.banner()->isVisible());
        QVERIFY2(f.banner()->accessibleName().contains(words),
                 qPrintable(f.banner()->accessibleName()));
        QTRY_COMPARE(namesOf(f.composer()->attachments()), QStringList(u"good.txt"_s));
        QCOMPARE(f.edit()->toPlainText(), u"my words"_s);
    }

    void opensNoPipe()
    {
        Fixture f;
        const QString path = f.folder.filePath(u"pipe"_s);
        QCOMPARE(mkfifo(qPrintable(path), 0600), 0);
        f.composer()->attach({path});
        QTRY_VERIFY(f.banner()->isVisible());
        QVERIFY(f.banner()->accessibleName().contains(u"not a file"_s));
    }

    void takesAPictureFromTheClipboard()
    {
        Fixture f;
        QImage image(40, 30, QImage::Format_RGB32);
        image.fill(Qt::red);
        QGuiApplication::clipboard()->setImage(image);
        f.edit()->paste();
        QTRY_COMPARE(f.composer()->attachments().size(), 1);
        const Attachment attachment = f.composer()->attachments().first();
        QCOMPARE(attachment.mimeType, u"image/png"_s);
        QCOMPARE(QImage::fromData(attachment.bytes).convertToFormat(QImage::Format_RGB32), image);
        QVERIFY(f.edit()->toPlainText().isEmpty());
    }

    void takesFilesThatWereCopied()
    {
        Fixture f;
        auto *given = new QMimeData;
        const QString path = f.write(u"a.txt"_s, "a");
        // As a file manager does, which gives their names as text, too.
        given->setUrls(
            {QUrl::fromLocalFile(path), QUrl::fromLocalFile(f.write(u"b.pdf"_s, "%PDF-1.7"))});
        given->setText(path);
        QGuiApplication::clipboard()->setMimeData(given);
        f.edit()->paste();
        QTRY_COMPARE(namesOf(f.composer()->attachments()), QStringList({u"a.txt"_s, u"b.pdf"_s}));
        QVERIFY(f.edit()->toPlainText().isEmpty());
        // What is only an address is text.
        given = new QMimeData;
        given->setUrls({QUrl(u"https://example.org/c.png"_s)});
        QGuiApplication::clipboard()->setMimeData(given);
        f.edit()->paste();
        QCOMPARE(f.edit()->toPlainText(), u"https://example.org/c.png"_s);
        QVERIFY(!f.composer()->isReading());
        QCOMPARE(f.composer()->attachments().size(), 2);
    }

    void takesFilesThatWereChosen()
    {
        Fixture f;
        f.click(u"Attach files"_s);
        QPointer<QFileDialog> dialog = f.window.findChild<QFileDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->fileMode(), QFileDialog::ExistingFiles);
        Q_EMIT dialog->filesSelected({f.write(u"a.txt"_s, "a"), f.write(u"b.txt"_s, "b")});
        static_cast<QDialog *>(dialog)->done(QDialog::Accepted);
        QTRY_COMPARE(namesOf(f.composer()->attachments()), QStringList({u"a.txt"_s, u"b.txt"_s}));
        QTRY_VERIFY(!dialog);
        f.window.activateWindow(); // a window manager does that
        QTRY_VERIFY(f.edit()->hasFocus());
        // Whoever thinks better of it has added nothing.
        QTest::keyClick(&f.window, Qt::Key_O, Qt::ControlModifier);
        dialog = f.window.findChild<QFileDialog *>();
        QVERIFY(dialog);
        dialog->reject();
        QTRY_VERIFY(!dialog);
        QCOMPARE(f.composer()->attachments().size(), 2);
    }

    void pastesTextAsText()
    {
        Fixture f;
        auto *given = new QMimeData;
        given->setText(u"cell"_s);
        given->setImageData(QImage(4, 4, QImage::Format_RGB32)); // as an office program does
        QGuiApplication::clipboard()->setMimeData(given);
        f.edit()->paste();
        QCOMPARE(f.edit()->toPlainText(), u"cell"_s);
        QVERIFY(f.composer()->attachments().isEmpty());
    }

    void takesWhatIsDroppedAnywhere()
    {
        Fixture f;
        QMimeData given;
        given.setUrls({QUrl::fromLocalFile(f.write(u"a.txt"_s, "a"))});
        f.drop(given, f.window);
        QTRY_COMPARE(f.composer()->attachments().size(), 1);
        QMimeData web;
        web.setUrls({QUrl(u"https://example.org/a.png"_s)});
        QVERIFY(!AttachmentStrip::canTake(web)); // nothing is fetched
    }

    void keepsThemWithAQuestionThatCouldNotGo()
    {
        Fixture f;
        f.window.setTargets({});
        f.composer()->attach({f.write(u"a.txt"_s, "a")});
        QTRY_COMPARE(f.composer()->attachments().size(), 1);
        f.ask(u"hello"_s);
        QVERIFY(f.chat.requests.isEmpty());
        QCOMPARE(f.edit()->toPlainText(), u"hello"_s);
        QCOMPARE(f.composer()->attachments().size(), 1);
    }

    void hasANameForEverything()
    {
        Fixture f;
        f.composer()->attach({f.write(u"<b>a.txt"_s, "a")});
        QTRY_COMPARE(f.composer()->attachments().size(), 1);
        QCOMPARE(namelessWidgets(f.window), QStringList());
        QCOMPARE(richLabels(f.window), QStringList());
    }
};

QTEST_MAIN(tst_Attachments)
#include "tst_attachments.moc"

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/errorbanner.h"
#include "ui/common/quotation.h"
#include "widgetwalk.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

Error unknownModel()
{
    Error error{Error::Kind::InvalidRequest, u"OpenAI did not accept the request."_s,
                u"Choose another model."_s, u"HTTP 400, request id req_7"_s};
    error.reason = u"The parameter 'top_p' is not supported with this model."_s;
    return error;
}

Error offline()
{
    return {Error::Kind::Offline, u"You are offline."_s, u"Connect this computer."_s,
            u"Network error 3"_s};
}

struct Fixture
{
    Fixture()
    {
        window.resize(700, 400);
        window.show();
    }
    Quotation *reason() { return banner->findChild<Quotation *>(); }
    int topOf(const QString &text)
    {
        const auto labels = banner->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisible() && label->text() == text) {
                return label->y();
            }
        }
        return -1;
    }

    QWidget window;
    ErrorBanner *banner = new ErrorBanner(&window);
};

} // namespace

class tst_ErrorBanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatWhyAndWhatToDo()
    {
        Fixture f;
        f.banner->resize(700, 200);
        f.banner->showError(unknownModel());
        const int message = f.topOf(u"OpenAI did not accept the request."_s);
        const int reason = f.topOf(u"“The parameter 'top_p' is not supported with this model.”"_s);
        const int advice = f.topOf(u"Choose another model."_s);
        QVERIFY(message >= 0);
        QVERIFY(reason > message);
        QVERIFY(advice > reason);
        // All of that with the details closed, which are there to be opened.
        QVERIFY(findButton(*f.banner, u"Details"_s));
        auto *details = f.banner->findChild<QPlainTextEdit *>();
        QVERIFY(!details->isVisible());
        findButton(*f.banner, u"Details"_s)->click();
        QVERIFY(details->isVisible());
        QCOMPARE(details->toPlainText(), u"HTTP 400, request id req_7"_s);
    }

    void isHeardAsItReads()
    {
        Fixture f;
        f.banner->showError(unknownModel());
        QCOMPARE(f.banner->accessibleName(), u"Error: OpenAI did not accept the request."_s);
        QCOMPARE(
            f.banner->accessibleDescription(),
            u"“The parameter 'top_p' is not supported with this model.” Choose another model."_s);
        QVERIFY(f.reason()->accessibleName().contains(u"'top_p' is not supported"_s));
        QCOMPARE(namelessWidgets(*f.banner), QStringList());
    }

    void showsNoQuotationWithoutAReason()
    {
        Fixture f;
        f.banner->showError(unknownModel());
        QVERIFY(f.reason()->isVisible());
        Error error = unknownModel();
        error.reason.clear();
        f.banner->showError(error);
        QVERIFY(!f.reason()->isVisible());
        QCOMPARE(f.banner->accessibleDescription(), u"Choose another model."_s);
        QCOMPARE(namelessWidgets(*f.banner), QStringList());
        f.banner->showError(unknownModel());
        f.banner->showSignedIn();
        QVERIFY(!f.reason()->isVisible());
    }

    void offersToAskAgainOnceThereIsANetwork()
    {
        Fixture f;
        f.banner->setCanRetry(true);
        f.banner->showError(offline());
        QCOMPARE(f.banner->accessibleName(), u"Error: You are offline."_s);
        QVERIFY(findButton(*f.banner, u"Try again"_s));
        const QSignalSpy retried(f.banner, &ErrorBanner::retryRequested);
        f.banner->showOnline();
        QVERIFY(f.topOf(u"You are online again."_s) >= 0);
        QVERIFY(f.topOf(u"You are offline."_s) < 0);
        QCOMPARE(f.banner->accessibleName(), u"You are online again."_s);
        QVERIFY(!findButton(*f.banner, u"Details"_s));
        QVERIFY(retried.isEmpty());
        findButton(*f.banner, u"Try again"_s)->click();
        QCOMPARE(retried.size(), 1);
        QCOMPARE(namelessWidgets(*f.banner), QStringList());
    }

    void goesOnceThereIsANetworkAndNobodyToAsk()
    {
        Fixture f;
        f.banner->showError(offline());
        f.banner->showOnline();
        QVERIFY(f.banner->isHidden());
    }

    void saysNothingOfTheNetworkWhereItWasNotMissing()
    {
        Fixture f;
        f.banner->setCanRetry(true);
        f.banner->showOnline();
        QVERIFY(f.banner->isHidden());
        f.banner->showError({Error::Kind::Network, u"It broke."_s});
        f.banner->showOnline();
        QVERIFY(f.topOf(u"It broke."_s) >= 0);
        f.banner->showError(offline());
        f.banner->dismiss();
        f.banner->showOnline();
        QVERIFY(f.banner->isHidden());
    }

    void takesNoReasonForMarkup()
    {
        Fixture f;
        Error error = unknownModel();
        error.reason
            = u"<b>Bold</b> &amp; <img src=\"file:///etc/passwd\"><a href=\"x\">here</a>"_s;
        f.banner->showError(error);
        QCOMPARE(f.reason()->text(), u'“' + error.reason + u'”');
        QCOMPARE(f.reason()->textFormat(), Qt::PlainText);
        QVERIFY(!f.reason()->openExternalLinks());
        QCOMPARE(richLabels(*f.banner), QStringList());
        // What is selected is what was shown, signs and all.
        f.reason()->setSelection(0, static_cast<int>(f.reason()->text().size()));
        QCOMPARE(f.reason()->selectedText(), f.reason()->text());
    }

    void boundsALongReason()
    {
        Fixture f;
        Error error = unknownModel();
        for (const QString &part : {u"One more line.\n"_s, u"word "_s, u"x"_s}) {
            error.reason = part.repeated(10'240 / part.size());
            f.banner->showError(error);
            QVERIFY(f.reason()->text().size() < 320);
            QVERIFY(f.reason()->text().endsWith(u"…”"_s));
            QVERIFY(!f.reason()->text().contains(u'\n'));
            QVERIFY(f.banner->accessibleDescription().size() < 400);
        }
    }

    void letsTheReasonBeSelectedAndCopied()
    {
        Fixture f;
        f.banner->resize(700, 200);
        f.banner->showError(unknownModel());
        QTest::mouseDClick(f.reason(), Qt::LeftButton, {}, f.reason()->rect().center());
        QVERIFY(f.reason()->hasSelectedText());
        f.reason()->setSelection(1, 13);
        QTest::keyClick(f.reason(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"The parameter"_s);
    }
};

QTEST_MAIN(tst_ErrorBanner)
#include "tst_errorbanner.moc"

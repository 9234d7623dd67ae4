// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Renders the wizard's pages and the chat window's states to PNG files, light and dark. The scale
// is the environment's (QT_SCALE_FACTOR=2 for twice the size).

#include "scriptedchat.h"
#include "scriptedsignin.h"
#include "support/chatstoredouble.h"
#include "support/scriptedprobe.h"
#include "support/vaultdouble.h"
#include "transcriptreader.h"
#include "ui/accounts/accountsdialog.h"
#include "ui/accounts/signoutdialog.h"
#include "ui/chat/chatpage.h"
#include "ui/chat/chatwindow.h"
#include "ui/chat/composer.h"
#include "ui/chat/modelpicker.h"
#include "ui/chat/modelpopup.h"
#include "ui/chat/setupdialog.h"
#include "ui/check/doctordialog.h"
#include "ui/common/themestyle.h"
#include "ui/conversations/sidebar.h"
#include "ui/signin/signinwizard.h"
#include "ui/transcript/transcriptview.h"
#include "ui/vault/vaultpanel.h"
#include "widgetwalk.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

struct Camera
{
    QDir folder;
    QString suffix;

    void take(QWidget &widget, const QString &name) const
    {
        // Layouts settle and the frame timer of the transcript fires.
        QTest::qWait(60);
        const QString path = folder.filePath(name + suffix + u".png"_s);
        if (!widget.grab().save(path)) {
            qFatal("cannot write %s", qUtf8Printable(path));
        }
    }
};

ChatTarget openAiTarget()
{
    return {.account = openAiAccount(),
            .api = u"responses"_s,
            .providerName = u"OpenAI"_s,
            .models = {u"gpt-5.4"_s, u"gpt-5.4-mini"_s, u"o4"_s, u"gpt-4.1"_s}};
}

ChatTarget practiceTarget()
{
    return {.account = {.key = {u"practice"_s, AccountKey::Type::OAuth, u"practice"_s}},
            .api = u"responses"_s,
            .providerName = u"Practice provider"_s,
            .isPractice = true,
            .models = {u"practice"_s, u"practice-slow"_s, u"practice-drop"_s}};
}

const QString Question
    = u"How would you write a FastAPI application that handles Stripe-based subscriptions?"_s;

const QString Text = uR"(## A small service with three parts

Keep **Stripe** as the source of truth and let *webhooks* change your own tables. The parts are:

1. An endpoint that makes a `checkout.Session`
2. A webhook that **verifies the signature** before it reads anything
3. A dependency that asks your own database whether a subscription is active
   - never Stripe, while a request waits
   - so a hiccup over there is not one over here

```python
from fastapi import FastAPI, Header, HTTPException, Request
import stripe

app = FastAPI()

@app.post("/webhooks/stripe")
async def stripe_webhook(request: Request, stripe_signature: str = Header()):
    payload = await request.body()
    try:
        event = stripe.Webhook.construct_event(payload, stripe_signature, SECRET)
    except stripe.SignatureVerificationError:
        raise HTTPException(status_code=400)
    await handle(event)
    return {"received": True}
```

| Event | What to do | Idempotent |
|---|---|---|
| `checkout.session.completed` | Link customer and user | yes |
| `customer.subscription.updated` | Store status and period end | yes |
| `invoice.payment_failed` | Warn the person, keep access for 3 days | yes |

> Answer a webhook within a few seconds; do the slow work in a queue.
)"_s;

void beginAnswer(ScriptedChat &chat, ChatWindow &window)
{
    window.findChild<Composer *>()->setText(Question);
    QTest::keyClick(window.findChild<ComposerEdit *>(), Qt::Key_Return);
    chat.stream->say({Reasoning{
        0, u"**Planning the answer**\n\nThe person wants structure first, then code.\n"_s}});
}

void shootChat(const Camera &camera)
{
    ScriptedChat chat;
    ChatStoreDouble store;
    OpenChats chats(chat, store);
    ChatSession &session = chats.shown().session;
    ChatWindow window(chats, store);
    window.resize(1060, 800);
    window.show();
    camera.take(window, u"chat-empty"_s);
    window.setTargets({openAiTarget(), practiceTarget()});
    camera.take(window, u"chat-signed-in"_s);
    window.findChild<ModelPicker *>()->openList();
    camera.take(*window.findChild<ModelPopup *>(), u"chat-models"_s);
    window.findChild<ModelPopup *>()->close();
    beginAnswer(chat, window);
    QTest::qWait(1100);
    chat.stream->say({Content{0, Text.left(1100)}});
    camera.take(window, u"chat-streaming"_s);
    chat.stream->say(
        {Content{0, Text.mid(1100)},
         FunctionCall{FunctionCall::Phase::Begin, 0, u"c1"_s, u"get_price"_s, {}},
         FunctionCall{FunctionCall::Phase::Arguments, 0, {}, {}, uR"({"product":"team","curr)"_s},
         FunctionCall{FunctionCall::Phase::Complete, 0, u"c1"_s, u"get_price"_s,
                      uR"({"product":"team","currency":"EUR"})"_s},
         FunctionCall{FunctionCall::Phase::Begin, 1, u"c2"_s, u"list_webhook_events"_s, {}},
         FunctionCall{FunctionCall::Phase::Arguments, 1, {}, {}, uR"({"since":"2026-)"_s}});
    camera.take(window, u"chat-calls"_s);
    chat.stream->say({Citation{0,
                               u"Stripe: Build a subscriptions integration"_s,
                               u"https://docs.stripe.com/billing"_s,
                               {}},
                      Usage{.input = 1243,
                            .output = 912,
                            .cached = 900,
                            .reasoning = 320,
                            .inputTotal = 1243,
                            .outputTotal = 912}});
    chat.stream->end(complete());
    camera.take(window, u"chat-finished"_s);
    auto *view = window.findChild<TranscriptView *>();
    for (const FoundTarget &each : targetsIn(*view)) {
        if (each.target.kind == Target::Kind::Fold) {
            view->choose(each.place, each.index);
            break;
        }
    }
    view->verticalScrollBar()->setValue(0);
    camera.take(window, u"chat-reasoning-open"_s);
    session.clear();
    beginAnswer(chat, window);
    chat.stream->say({Content{0, Text.left(300)}});
    chat.stream->end(Done{},
                     Error{Error::Kind::Interrupted,
                           u"The connection closed before the answer was complete."_s,
                           u"What arrived was kept. You can ask again."_s,
                           u"stream closed after 41 events\nrequest id: req_7f21"_s});
    Error refused{Error::Kind::RateLimited, u"OpenAI asks for fewer requests in a short time."_s,
                  u"Wait a little and try again."_s,
                  u"HTTP 429, requests, rate_limit_exceeded, request id req_7f21"_s};
    refused.reason
        = u"Rate limit reached for gpt-5.6 in organization org-7 on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s. Visit https://platform.openai.com/account/rate-limits to learn more."_s;
    refused.retryAfter = std::chrono::seconds(20);
    window.showError(refused);
    camera.take(window, u"chat-error-reason"_s);
    window.findChild<Composer *>()->setText(
        u"And how would you test the webhook?\nWith recorded events?"_s);
    camera.take(window, u"chat-error"_s);
    session.clear();
    window.chooseTarget(practiceTarget().account.key);
    beginAnswer(chat, window);
    chat.stream->say({Content{0, Text.left(700)}});
    camera.take(window, u"chat-practice"_s);
    window.resize(640, 600);
    camera.take(window, u"chat-small"_s);
}

const QString Everything = uR"(# Everything that an answer may hold

A paragraph with **strong**, *emphasized*, ~~struck~~ and `inline code`, a [link](https://x.example/a),
an image ![a diagram](https://x.example/diagram.png) and math: $e^{i\pi} + 1 = 0$, for $5 or so.

## Lists

1. First
   - inner with `code`
     - deeper, and long enough that the line is broken somewhere before it reaches the end of the column
   - [ ] a task
   - [x] a task that is done
2. Second

   with a paragraph of its own
10. Tenth

### A quote

> Quoted words, *twice*
>
> > nested
> > - and a list

#### A table

| Language | Typing | First released | Known for | A column that is rather wide | Another one of them |
|:---|:---:|---:|---|---|---|
| C++ | static | 1985 | **templates** and `const` correctness | `std::expected<T, E>` | yes |
| Python | dynamic | 1991 | readability | [docs](https://docs.python.org) | no |
| 日本語 | – | 1,234.5 | 全角文字 | 😀👩‍👩‍👧 | مرحبا |

$$\sum_{i=1}^{n} \frac{x_i^2}{\sqrt{2\pi}} \le \alpha \cdot \int_0^\infty f(x)\,dx$$

---

```cpp
// A comment that explains
template <typename T>
std::optional<T> find(const std::vector<T> &all, int at = 42) { return "text\n"; }
```

```python
@dataclass
class Point:
    """A point."""
    x: float = 1.5  # metres

    def norm(self) -> float:
        return f"{self.x}" if True else None
```

```typescript
const answer: number = await ask(`why ${name}?`); // a long line that does not fit into the column, so that it scrolls sideways
export interface Shape { readonly kind: "circle" | "square" }
```

```bash
for file in *.txt; do echo "$file" | grep -q 'x' && exit 1; done  # stop
```

```json
{"name": "maestro", "private": true, "count": 12}
```

```diff
@@ -1,2 +1,2 @@
-int old = 1;
+int now = 2;
 same
```

```js
if (isAdmin§RLO§ { grant(); }) // allow
```

日本語の段落です。漢字とかなが混ざっています。中文段落也应当正确换行，标点不应出现在行首。

هذه فقرة باللغة العربية مع كلمة English في الوسط و`code` أيضًا.

1. قائمة عربية
2. البند الثاني

Emoji 😀 🎉 👩‍💻 🇪🇺 and combining marks: é ñ Z̗͕ạ́l.
)"_s;

//! A whole conversation at once, as high as it is.
void shootReading(const Camera &camera)
{
    TranscriptView view;
    view.resize(860, 3600);
    view.show();
    view.setOffersActions(true);
    view.addPrompt(u"Show me everything that you can write.\nIn one answer, please."_s,
                   {u"diagram.png"_s});
    view.beginAnswer();
    view.addToAnswer(
        {Reasoning{0, u"**Planning**\n\nHeadings first, then *code*:\n\n- one\n- two"_s},
         Content{1, QString(Everything).replace(u"§RLO§"_s, u"\u202e"_s)},
         FunctionCall{FunctionCall::Phase::Complete, 2, u"c1"_s, u"get_price"_s,
                      u"{\"product\":\"team\",\"currency\":\"EUR\"}"_s}});
    view.addToAnswer({Citation{1,
                               u"Stripe: Build a subscriptions integration"_s,
                               u"https://docs.stripe.com/billing"_s,
                               {}},
                      Citation{1, {}, u"https://x.example/a/rather/long/address"_s, {}},
                      Done{.ending = Done::Ending::Complete, .stop = Done::Stop::End}});
    view.endAnswer();
    view.addResult({.callId = u"c1"_s, .name = u"get_price"_s, .output = u"{\"price\": 12}"_s});
    for (const Done::Ending ending : {Done::Ending::Stopped, Done::Ending::Silent,
                                      Done::Ending::Failed, Done::Ending::CutOff}) {
        view.addPrompt(u"And then?"_s);
        view.beginAnswer();
        view.addToAnswer({Content{0, u"Then the answer went on, until"_s}, Done{.ending = ending}});
        view.endAnswer();
    }
    view.addPrompt(u"Something that it will not do"_s);
    view.beginAnswer();
    view.addToAnswer({Refusal{u"I can't help with that."_s},
                      Done{.ending = Done::Ending::Complete, .stop = Done::Stop::Refused}});
    view.endAnswer();
    view.verticalScrollBar()->setValue(0);
    const auto isColored = [&view] {
        const TranscriptEntry &entry = view.column().entry(1);
        for (qsizetype part = 0; part < entry.partCount(); ++part) {
            if (entry.lacksColors(part)) {
                return false;
            }
        }
        return true;
    };
    if (!QTest::qWaitFor(isColored)) {
        qFatal("the code has no colours");
    }
    camera.take(view, u"transcript"_s);
    for (const FoundTarget &each : targetsIn(view)) {
        if (each.target.kind == Target::Kind::Fold) {
            view.choose(each.place, each.index);
            break;
        }
    }
    view.selectAll();
    camera.take(view, u"transcript-selected"_s);
}

void addConversations(ChatStoreDouble &store)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const std::tuple<QString, QString, qint64> entries[] = {
        {u"FastAPI service with Stripe subscriptions"_s,
         u"Keep Stripe as the source of truth and let webhooks change your own tables."_s, 0},
        {u"Sourdough that does not rise"_s, u"Let it rise until the webhooks of time call."_s, 3},
        {u"なぜ空は青いのですか"_s, u"レイリー散乱のためです。"_s, 7},
        {u"Explain PKCE in five sentences"_s, u"A verifier, a challenge, and no secret."_s, 26},
        {u"A very long title that says in detail what this conversation was about"_s,
         u"Nothing in particular."_s, 50},
        {u"Compare SQLite, PostgreSQL and DuckDB"_s, u"For a desktop program, SQLite."_s, 24 * 9},
        {u"Letter to the landlord"_s, u"Dear Sir or Madam,"_s, 24 * 40},
        {u"Packing list for Lisbon"_s, u"Sunscreen, and webhooks for the towels."_s, 24 * 400},
    };
    ChatId id = 0;
    for (const auto &[title, text, hours] : entries) {
        ++id;
        store.add({.id = id,
                   .title = title,
                   .changed = now.addSecs(-hours * 3600),
                   .isPinned = id == 4 || id == 6,
                   .isSuspect = id == 7},
                  text);
    }
}

void shootConversations(const Camera &camera)
{
    ScriptedChat chat;
    ChatStoreDouble store;
    addConversations(store);
    OpenChats chats(chat, store);
    ChatWindow window(chats, store);
    window.resize(1180, 800);
    window.show();
    window.setTargets({openAiTarget(), practiceTarget()});
    window.showConversations();
    auto *sidebar = window.findChild<Sidebar *>();
    auto *list = sidebar->findChild<QListView *>();
    if (!QTest::qWaitFor([list] { return list->model()->rowCount() == 8; })) {
        qFatal("the list does not show");
    }
    camera.take(window, u"conversations"_s);
    sidebar->findChild<QLineEdit *>()->setText(u"webhooks"_s);
    if (!QTest::qWaitFor([list] { return list->model()->rowCount() == 3; })) {
        qFatal("nothing is found");
    }
    camera.take(window, u"conversations-search"_s);
    sidebar->findChild<QLineEdit *>()->setText(u"nowhere"_s);
    if (!QTest::qWaitFor([list] { return list->model()->rowCount() == 0; })) {
        qFatal("something is found");
    }
    camera.take(window, u"conversations-none"_s);
    sidebar->findChild<QLineEdit *>()->clear();
    if (!QTest::qWaitFor([list] { return list->model()->rowCount() == 8; })) {
        qFatal("the list does not show");
    }
    // Versions, what waits, and a disk that is full.
    OpenChat &shown = chats.shown();
    shown.session.send(Question);
    chat.stream->say({Content{0, Text.left(600)}});
    chat.stream->end(complete());
    shown.record.regenerate(shown.record.tree().leaf());
    chat.stream->say({Content{0, Text.left(300)}});
    chat.stream->end(complete());
    list->setCurrentIndex(list->model()->index(2, 0));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Delete);
    camera.take(window, u"conversations-versions"_s);
    window.shownPage().composer().focusText();
    QTest::keyClick(window.shownPage().findChild<ComposerEdit *>(), Qt::Key_Up);
    camera.take(window, u"conversations-editing"_s);
    QTest::keyClick(window.shownPage().findChild<ComposerEdit *>(), Qt::Key_Escape);
    shown.session.send(u"And how would you test the webhook?"_s);
    chat.stream->say({Content{0, Text.left(200)}});
    shown.queue.add({u"With recorded events, or with Stripe's own command line program?"_s});
    shown.queue.add({u"Then write the tests."_s});
    window.shownPage().composer().setText(u"And a README"_s);
    store.fault
        = Error{Error::Kind::Configuration, u"The disk is full."_s, u"Make room on the disk."_s};
    shown.record.setTitle(u"Another title"_s);
    camera.take(window, u"conversations-full-disk"_s);
    store.fault.reset();
    chats.begin(RecordedChat::Keep::Temporary);
    camera.take(window, u"conversations-temporary"_s);
    SetupDialog dialog({.system = u"Answer briefly, and in British English."_s,
                        .reasoningEffort = u"low"_s,
                        .temperature = 0.3});
    dialog.show();
    camera.take(dialog, u"conversations-setup"_s);
}

class PageTool : public Tool
{
public:
    FunctionDeclaration declaration() const override { return {u"fetch_url"_s, {}, {}}; }
    QString question(const QJsonObject &arguments) const override
    {
        return u"May the model fetch %1 from the internet?"_s.arg(arguments[u"url"_s].toString());
    }
    QFuture<Result<ToolOutput>> run(const QJsonObject &) override
    {
        return QtFuture::makeReadyFuture(Result<ToolOutput>(ToolOutput{
            u"Subscriptions | Stripe Documentation\n\nHow to bill people again and again."_s}));
    }
};

void shootWaiting(const Camera &camera)
{
    ScriptedChat chat;
    ChatStoreDouble store;
    OpenChats chats(chat, store);
    ChatSession &session = chats.shown().session;
    chats.shown().tools.add(std::make_unique<PageTool>());
    chats.setToolsAllowed(true);
    ChatWindow window(chats, store);
    window.resize(1060, 800);
    window.show();
    window.setTargets({openAiTarget()});
    QTemporaryDir folder;
    QStringList paths;
    for (const auto &[name, bytes] :
         {std::pair{u"diagram.png"_s, QByteArray("\x89PNG\r\n\x1a\n") + QByteArray(48'000, 'x')},
          std::pair{u"What Stripe said about our webhooks in March.pdf"_s,
                    QByteArray("%PDF-1.7") + QByteArray(1'300'000, 'x')},
          std::pair{u"main.py"_s, QByteArray("import stripe\n")}}) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) < 0) {
            qFatal("cannot write");
        }
        paths.append(file.fileName());
    }
    auto *composer = window.findChild<Composer *>();
    composer->attach(paths);
    composer->setText(Question);
    if (!QTest::qWaitFor([composer] { return composer->attachments().size() == 3; })) {
        qFatal("the files are not read");
    }
    camera.take(window, u"chat-attachments"_s);
    QTest::keyClick(window.findChild<ComposerEdit *>(), Qt::Key_Return);
    Q_EMIT chat.stream->pausing(
        {{Error::Kind::RateLimited, u"OpenAI takes no more questions from you for now."_s},
         std::chrono::seconds(12),
         1});
    camera.take(window, u"chat-pause"_s);
    Q_EMIT chat.stream->resumed();
    Q_EMIT chat.stream->stalled(std::chrono::minutes(5), std::chrono::minutes(5));
    camera.take(window, u"chat-stall"_s);
    chat.stream->say(
        {Content{0, u"Let me look that up."_s},
         FunctionCall{FunctionCall::Phase::Complete, 0, u"c1"_s, u"fetch_url"_s,
                      uR"({"url":"https://docs.stripe.com/billing/subscriptions"})"_s}});
    chat.stream->end({.ending = Done::Ending::Complete, .stop = Done::Stop::ToolUse});
    camera.take(window, u"chat-permission"_s);
    session.allowTool(u"c1"_s, true);
    if (!QTest::qWaitFor([&chat] { return chat.requests.size() == 2; })) {
        qFatal("the model is not asked on");
    }
    chat.stream->say({Content{0, u"Stripe bills people **again and again**."_s}});
    chat.stream->end(complete());
    camera.take(window, u"chat-tool-result"_s);
}

void shootRightToLeft(const Camera &camera)
{
    TranscriptView view;
    view.resize(860, 420);
    view.show();
    view.addPrompt(uR"(איך קוראים ל־`f();` בלולאה?)"_s);
    view.beginAnswer();
    view.addToAnswer({Content{0, uR"(כתבו `for (int i = 0; i < n; ++i) f(i);` ואחר כך `return 0;`

1. קודם `a[0] = 1;`
2. אחר כך `x->next;`, ובסוף **`end();`**
10. In English: `f();`

| שם | קוד |
|---|---|
| לולאה | `while (x);` ועוד |
)"_s},
                      complete()});
    view.endAnswer();
    camera.take(view, u"reading-right-to-left"_s);
}

void shootOffline(const Camera &camera)
{
    ScriptedChat chat;
    ChatStoreDouble store;
    OpenChats chats(chat, store);
    ChatWindow window(chats, store);
    window.resize(1060, 500);
    window.show();
    window.setTargets({openAiTarget(), practiceTarget()});
    chats.shown().session.send(Question);
    chat.stream->fail({Error::Kind::Offline,
                       u"You are offline, so api.openai.com could not be reached."_s,
                       u"Connect this computer to a network and try again. Nothing was sent."_s,
                       u"Network error HostNotFoundError (3)"_s});
    camera.take(window, u"chat-offline"_s);
    window.showOnline();
    camera.take(window, u"chat-online"_s);
    window.chooseTarget(practiceTarget().account.key);
    camera.take(window, u"chat-another-model"_s);
}

void shootWizard(const Camera &camera)
{
    SignInScript script;
    SignInWizard wizard(script.choices, script.means());
    wizard.show();
    camera.take(wizard, u"wizard-1-choice"_s);
    wizard.choose(u"openai-key"_s);
    wizard.currentPage()->findChild<QLineEdit *>()->setText(u"sk-0123456789012345678901234567"_s);
    camera.take(wizard, u"wizard-2-key"_s);
    wizard.restart();
    wizard.choose(u"openai"_s);
    script.signIn->reachAllUntil(SignInStage::Person);
    camera.take(wizard, u"wizard-3-browser"_s);
    for (QToolButton *button : wizard.currentPage()->findChildren<QToolButton *>()) {
        if (button->isVisible() && button->isCheckable()) {
            button->click();
            break;
        }
    }
    camera.take(wizard, u"wizard-4-paste"_s);
    script.signIn->reach(SignInStage::Code);
    Error failure{Error::Kind::InvalidGrant,
                  u"The sign-in server did not take the authorization code."_s,
                  u"A code is valid for a short time and only once. Start the sign-in again."_s,
                  u"HTTP 400, invalid_grant: The authorization code has expired."_s};
    failure.reason = u"The authorization code has expired."_s;
    script.signIn->failAt(SignInStage::Tokens, failure);
    camera.take(wizard, u"wizard-5-failure"_s);
    wizard.restart();
    wizard.choose(u"openai"_s);
    script.signIn->reachAllUntil(SignInStage::ApiKey);
    script.signIn->finish(SignedIn{openAiAccount()});
    camera.take(wizard, u"wizard-6-result"_s);
    wizard.restart();
    wizard.choose(u"openai"_s);
    script.signIn->reachAllUntil(SignInStage::Tokens);
    script.signIn->finish(SignedIn{
        openAiAccount(),
        Error{
            Error::Kind::NoOrganization,
            u"This account has no API organization, so there is no key for it."_s,
            u"Create an organization on the OpenAI platform, use an API key instead, or sign in with another account."_s},
        QUrl(u"https://platform.openai.com/settings/organization/general"_s)});
    camera.take(wizard, u"wizard-7-no-key"_s);
}

ChatTarget keptTarget(const QString &mail, Account::Keeping keeping)
{
    ChatTarget target = openAiTarget();
    target.account.key.accountId = mail;
    target.account.email = mail;
    target.account.keeping = keeping;
    target.account.expiresAt = QDateTime(QDate(2026, 12, 1), QTime(18, 30), Qt::UTC);
    return target;
}

//! Every state of the vault that a person meets, over an empty conversation.
void shootVault(const Camera &camera)
{
    using State = CredentialVault::State;
    const std::tuple<State, QString, QString, QString> states[] = {
        {State::KeyringLocked, u"locked"_s, u"The system keyring is locked."_s,
         u"Unlock it to use your sign-ins."_s},
        {State::KeyringUnavailable, u"unavailable"_s,
         u"The system keyring, which has the key to your sign-ins, cannot be reached."_s,
         u"Start the keyring and try again. Your sign-ins are safe."_s},
        {State::NeedsPassphrase, u"passphrase"_s,
         u"Your sign-ins are locked with your passphrase."_s, u"Type it to unlock them."_s},
        {State::OlderCopy, u"older"_s,
         u"The saved sign-ins are an older copy than the last that was written."_s,
         u"If you restored a backup, go on with it. Otherwise set it aside and sign in again."_s}};
    ScriptedChat chat;
    ChatStoreDouble store;
    OpenChats chats(chat, store);
    ChatWindow window(chats, store);
    Test::VaultDouble vault;
    auto *panel = new VaultPanel(vault, VaultPanel::UntilQuit::Offered, &window);
    window.addNotice(panel);
    window.setTargets({keptTarget(u"ada@example.org"_s, Account::Keeping::Keyring)});
    window.resize(1060, 800);
    window.show();
    for (const auto &[state, name, message, advice] : states) {
        vault.enter(state, Error{Error::Kind::Configuration, message, advice});
        camera.take(window, u"vault-"_s + name);
    }
    findButton(*panel, u"Set aside and start over"_s)->click();
    camera.take(window, u"vault-start-over"_s);
}

void shootAccounts(const Camera &camera)
{
    Test::VaultDouble vault;
    AccountsDialog dialog(vault);
    const ChatTarget ada = keptTarget(u"ada@example.org"_s, Account::Keeping::Keyring);
    ChatTarget key = keptTarget({}, Account::Keeping::Environment);
    key.account = {.key = {u"gemini"_s, AccountKey::Type::ApiKey, {}},
                   .keeping = Account::Keeping::Environment,
                   .source = u"GEMINI_API_KEY"_s};
    key.providerName = u"Google Gemini"_s;
    dialog.showAccounts({}, std::nullopt);
    dialog.show();
    camera.take(dialog, u"accounts-empty"_s);
    dialog.showAccounts({ada, key, keptTarget(u"grace@example.org"_s, Account::Keeping::Memory)},
                        ada.account.key);
    camera.take(dialog, u"accounts"_s);
    findButton(dialog, u"Use a passphrase"_s)->click();
    camera.take(dialog, u"accounts-passphrase"_s);
    SignOutDialog signOut(ada, SignOutDialog::Revocation::Possible);
    signOut.show();
    camera.take(signOut, u"signout"_s);
    signOut.showResult(
        SignedOut{.revocation = SignedOut::Revocation::Confirmed, .leavesKey = true});
    camera.take(signOut, u"signout-done"_s);
}

void shootLaterPages(const Camera &camera)
{
    SignInScript script;
    Test::VaultDouble vault;
    vault.enter(CredentialVault::State::FirstRun);
    SignInMeans means = script.means();
    means.vault = &vault;
    means.prepareKeeping = [] {
        return QtFuture::makeReadyFuture(std::optional<Error>(
            Test::vaultProblem(u"The system keyring cannot keep the key to your sign-ins."_s)));
    };
    means.keepUntilQuit = [] {};
    SignInWizard wizard(script.choices, means);
    wizard.show();
    wizard.choose(u"openai"_s);
    wizard.currentPage()->findChild<QLineEdit *>()->setText(u"correct horse battery"_s);
    camera.take(wizard, u"wizard-8-keeping"_s);
    findButton(wizard, u"Stay signed in until I quit"_s)->click();
    script.signIn->reachAllUntil(SignInStage::Person);
    findButton(wizard, u"The browser is on another computer?"_s)->click();
    findButton(wizard, u"Use a code instead"_s)->click();
    script.signIn->reach(SignInStage::AuthorizationUrl);
    script.signIn->offerCode();
    script.signIn->reach(SignInStage::Person);
    camera.take(wizard, u"wizard-9-code"_s);
    script.signIn->reachAllUntil(SignInStage::Tokens);
    script.signIn->findOther(openAiAccount());
    camera.take(wizard, u"wizard-10-other"_s);
    script.signIn->retryable = true;
    script.signIn->failAt(SignInStage::Tokens,
                          {Error::Kind::Network, u"The provider could not be reached."_s,
                           u"Check your connection or proxy, then try again."_s,
                           u"host: auth.openai.com\nconnection refused"_s});
    camera.take(wizard, u"wizard-11-retry"_s);
    wizard.restart();
    wizard.choose(u"compatible"_s);
    findButton(wizard, u"Stay signed in until I quit"_s)->click();
    wizard.currentPage()->findChild<QLineEdit *>()->setText(u"http://localhost:11434/v1"_s);
    camera.take(wizard, u"wizard-12-server"_s);
    wizard.restart();
    wizard.choose(u"chatgpt"_s);
    findButton(wizard, u"Stay signed in until I quit"_s)->click();
    script.signIn->finish(SignedIn{openAiAccount()});
    camera.take(wizard, u"wizard-13-plan"_s);
}

void shootDoctor(const Camera &camera)
{
    using Status = ProbeResult::Status;
    const QList<ProbeResult> found{
        {{}, u"Proxy"_s, Status::Ok, u"HTTP proxy proxy.example:3128"_s},
        {{},
         u"Name api.openai.com"_s,
         Status::Skipped,
         u"not found from here; the proxy looks it up instead"_s},
        {{},
         u"Connection to api.openai.com"_s,
         Status::Ok,
         u"TLS 1.3, certificate issued by Google Trust Services, WE1, answered in 118 ms"_s},
        {{},
         u"Connection to auth.openai.com"_s,
         Status::Problem,
         u"the certificate is not to be trusted: The issuer certificate of a locally looked up "
         "certificate could not be found. It was issued by Acme Corp, Acme Inspection Root."_s,
         u"If your company reads its network's traffic, have its root certificate installed in "
         "the system. Maestro makes no exception."_s},
        {{}, u"Clock"_s, Status::Ok, u"0 seconds from that of api.openai.com"_s},
        {{},
         u"Ports for the sign-in"_s,
         Status::Ok,
         u"1455 is taken by codex (PID 4711), 1457 is free"_s},
        {{}, u"Keyring"_s, Status::Ok, u"gnome-keyring-d answers; it is unlocked"_s},
        {{}, u"Data directory"_s, Status::Ok, u"~/.local/share/Maestro, for you alone"_s},
    };
    QList<Test::ScriptedProbe *> probes;
    DoctorDialog dialog([&] {
        Probes made;
        for (const ProbeResult &result : found) {
            auto probe = std::make_unique<Test::ScriptedProbe>(result.id, result.title);
            probes.append(probe.get());
            made.push_back(std::move(probe));
        }
        return std::make_unique<Doctor>(std::move(made));
    });
    dialog.show();
    for (qsizetype i = 0; i < found.size(); ++i) {
        if (i == 4) {
            camera.take(dialog, u"doctor-running"_s);
        }
        probes[i]->end(found[i].status, found[i].finding, found[i].advice);
    }
    camera.take(dialog, u"doctor-done"_s);
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    Camera camera{QDir(app.arguments().value(1, u"screenshots"_s)), {}};
    camera.folder.mkpath(u"."_s);
    const QString scale = app.devicePixelRatio() > 1 ? u"@2x"_s : QString();
    for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
        QApplication::setStyle(new ThemeStyle(appearance));
        camera.suffix = (appearance == Appearance::Light ? u"-light"_s : u"-dark"_s) + scale;
        shootWizard(camera);
        shootReading(camera);
        shootChat(camera);
        shootWaiting(camera);
        shootOffline(camera);
        shootRightToLeft(camera);
        shootConversations(camera);
        shootDoctor(camera);
        shootVault(camera);
        shootAccounts(camera);
        shootLaterPages(camera);
    }
    return 0;
}

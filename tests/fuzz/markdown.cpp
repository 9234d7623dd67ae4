// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// An answer, as markdown to blocks: however it is cut, the blocks are those of the whole, they say
// where they stand, and what is copied of them is harmless.

#include "fuzz.h"
#include "markdown/document.h"
#include "markdown/html.h"
#include "markdown/plaintext.h"

#include <algorithm>

using namespace Maestro;
using namespace Maestro::Fuzz;
using namespace Maestro::Markdown;

namespace {

constexpr qsizetype MostContainers = 100;
constexpr qsizetype MostColumns = 128;

//! Two bytes a unit, so that every half of a character is tried; one byte a unit if the first is
//! even, which is what text mostly is.
QString textFrom(QByteArrayView bytes)
{
    if (bytes.isEmpty() || bytes.front() % 2 == 0) {
        return QString::fromLatin1(bytes);
    }
    QString text;
    for (qsizetype at = 1; at + 1 < bytes.size(); at += 2) {
        text += QChar(static_cast<uchar>(bytes[at]), static_cast<uchar>(bytes[at + 1]));
    }
    return text;
}

void judge(const Inline &text)
{
    qsizetype end = 0;
    for (const Span &span : text.spans) {
        require(span.from >= end && span.length > 0, "spans come in order");
        require(span.styles != Styles(), "a span is marked");
        require(span.address < text.addresses.size(), "an address is there");
        end = span.from + span.length;
    }
    require(end <= text.text.size(), "spans are within their text");
    require(text.text.isValidUtf16(), "a text has whole characters");
    require(!text.text.contains(QChar(u'\0')), "a text has no NUL");
}

void judge(const QList<Block> &blocks, qsizetype size)
{
    qsizetype end = 0;
    for (const Block &block : blocks) {
        require(block.from >= end && block.to >= block.from, "blocks stand one behind the other");
        end = block.to;
        require(block.containers.size() <= MostContainers, "nesting has a limit");
        require(block.columns.size() <= MostColumns, "columns have a limit");
        judge(block.text);
        for (const QList<Inline> &row : block.rows) {
            require(row.size() == block.columns.size(), "a row has all its cells");
            std::for_each(row.begin(), row.end(), [](const Inline &cell) { judge(cell); });
        }
    }
    require(end <= size, "blocks are within their source");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArrayView view = viewOf(bytes, size);
    const QString text = textFrom(view);
    const QList<Block> whole = Document::parse(text);
    judge(whole, text.size());

    for (const Cut cut : {Cut::EveryByte, Cut::AnyPieces}) {
        Document document;
        qsizetype at = 0;
        forEachPiece(view, cut, [&](QByteArrayView piece) {
            const qsizetype units = std::min(piece.size(), text.size() - at);
            const QList<Block> before = document.blocks();
            const qsizetype changed = document.append(QStringView(text).sliced(at, units));
            at += units;
            require(changed >= 0 && changed <= document.blocks().size(), "what changed is there");
            require(before.first(std::min(changed, before.size()))
                        == document.blocks().first(std::min(changed, before.size())),
                    "what did not change is the same");
        });
        require(document.blocks() == whole, "the pieces are read as the whole");
    }

    const QString html = toHtml(whole);
    require(!html.contains(QStringLiteral("<img")) && !html.contains(QStringLiteral("<script")),
            "HTML loads nothing");
    require(!html.contains(QStringLiteral("href=\"javascript")), "HTML does nothing");
    plainText(whole);
    return 0;
}

// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/wholemarkdown.h"

#include "markdown/inlinebuilder.h"

namespace Maestro::Markdown {

namespace {

QString stringOf(const MD_ATTRIBUTE &attribute)
{
    return QString::fromUtf8(attribute.text, static_cast<qsizetype>(attribute.size));
}

Alignment alignmentOf(MD_ALIGN align)
{
    switch (align) {
    case MD_ALIGN_LEFT:
        return Alignment::Left;
    case MD_ALIGN_CENTER:
        return Alignment::Center;
    case MD_ALIGN_RIGHT:
        return Alignment::Right;
    case MD_ALIGN_DEFAULT:
        break;
    }
    return Alignment::None;
}

//! Puts blocks together from what md4c reports.
class Reader
{
public:
    QList<Block> read(QStringView source);

private:
    void enter(MD_BLOCKTYPE type, const void *detail);
    void leave(MD_BLOCKTYPE type);
    void begin(Block::Kind kind);
    void openItem(const MD_BLOCK_LI_DETAIL &detail);
    void flushTight();

    QList<Block> m_blocks;
    Block m_block;
    bool m_isInLeaf = false;
    bool m_hasText = false;
    QString m_code;
    InlineBuilder m_builder;
    QList<Container> m_containers;
    QList<Container> m_lists;
};

QList<Block> Reader::read(QStringView source)
{
    QString text = source.toString();
    text.replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
    const QByteArray bytes = text.toUtf8() + (text.endsWith(u'\n') ? "" : "\n");
    MD_PARSER parser = {};
    parser.flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML;
    parser.enter_block = [](MD_BLOCKTYPE type, void *detail, void *self) {
        static_cast<Reader *>(self)->enter(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void *, void *self) {
        static_cast<Reader *>(self)->leave(type);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void *detail, void *self) {
        auto *reader = static_cast<Reader *>(self);
        reader->m_hasText = true;
        reader->m_builder.enter(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void *, void *self) {
        static_cast<Reader *>(self)->m_builder.leave(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR *characters, MD_SIZE size, void *self) {
        auto *reader = static_cast<Reader *>(self);
        const QByteArrayView piece(characters, static_cast<qsizetype>(size));
        if (reader->m_isInLeaf && reader->m_block.kind == Block::Kind::Code) {
            reader->m_code += QString::fromUtf8(piece);
        } else {
            reader->m_hasText = true;
            reader->m_builder.add(type, piece);
        }
        return 0;
    };
    md_parse(bytes.constData(), static_cast<MD_SIZE>(bytes.size()), &parser, this);
    return m_blocks;
}

void Reader::begin(Block::Kind kind)
{
    flushTight();
    m_block = {.kind = kind, .containers = m_containers};
    for (Container &container : m_containers) {
        container.begins = false;
    }
    m_isInLeaf = true;
    m_code.clear();
}

//! Text that stands in a tight item without a paragraph around it.
void Reader::flushTight()
{
    if (m_isInLeaf || !m_hasText) {
        return;
    }
    m_hasText = false;
    begin(Block::Kind::Paragraph);
    m_block.text = m_builder.take();
    m_blocks.append(m_block);
    m_isInLeaf = false;
}

void Reader::openItem(const MD_BLOCK_LI_DETAIL &detail)
{
    Container item = m_lists.last();
    item.begins = true;
    if (detail.is_task) {
        item.done = detail.task_mark != ' ';
    }
    m_containers.append(item);
    ++m_lists.last().number;
}

void Reader::enter(MD_BLOCKTYPE type, const void *detail)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
        flushTight();
        m_containers.append({.kind = Container::Kind::Quote});
        break;
    case MD_BLOCK_UL:
        flushTight();
        m_lists.append({.kind = Container::Kind::Bullet});
        break;
    case MD_BLOCK_OL:
        flushTight();
        m_lists.append(
            {.kind = Container::Kind::Number,
             .number = static_cast<int>(static_cast<const MD_BLOCK_OL_DETAIL *>(detail)->start)});
        break;
    case MD_BLOCK_LI:
        openItem(*static_cast<const MD_BLOCK_LI_DETAIL *>(detail));
        break;
    case MD_BLOCK_HR:
        begin(Block::Kind::Rule);
        break;
    case MD_BLOCK_H:
        begin(Block::Kind::Heading);
        m_block.level = static_cast<int>(static_cast<const MD_BLOCK_H_DETAIL *>(detail)->level);
        break;
    case MD_BLOCK_CODE:
        begin(Block::Kind::Code);
        m_block.language = stringOf(static_cast<const MD_BLOCK_CODE_DETAIL *>(detail)->lang);
        break;
    case MD_BLOCK_P:
        begin(Block::Kind::Paragraph);
        break;
    case MD_BLOCK_TABLE:
        begin(Block::Kind::Table);
        break;
    case MD_BLOCK_TR:
        m_block.rows.append(QList<Inline>());
        break;
    case MD_BLOCK_TH:
        m_block.columns.append(alignmentOf(static_cast<const MD_BLOCK_TD_DETAIL *>(detail)->align));
        break;
    default:
        break;
    }
}

void Reader::leave(MD_BLOCKTYPE type)
{
    switch (type) {
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        m_block.rows.last().append(m_builder.take());
        return;
    case MD_BLOCK_QUOTE:
        m_containers.removeLast();
        return;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        m_lists.removeLast();
        return;
    case MD_BLOCK_LI:
        flushTight();
        if (m_containers.last().begins) { // an empty item
            begin(Block::Kind::Paragraph);
            m_blocks.append(m_block);
            m_isInLeaf = false;
        }
        m_containers.removeLast();
        return;
    case MD_BLOCK_H:
    case MD_BLOCK_P:
        m_block.text = m_builder.take();
        break;
    case MD_BLOCK_CODE:
        m_block.lines = m_code.split(u'\n');
        m_block.lines.removeLast();
        break;
    case MD_BLOCK_TABLE:
    case MD_BLOCK_HR:
        break;
    default:
        return;
    }
    m_blocks.append(m_block);
    m_isInLeaf = false;
    m_hasText = false;
}

} // namespace

QList<Block> readWhole(QStringView text) { return Reader().read(text); }

} // namespace Maestro::Markdown

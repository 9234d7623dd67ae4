// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>

//! A provider's way to stream an answer.
struct Dialect
{
    const char *name;
    const char *provider;
    const char *api;
    //! What comes before the pieces of text, one of these pieces, and what comes after them. The
    //! words PIECE, NUMBER, WHOLE and FILLING stand for what differs.
    const char *begin;
    const char *piece;
    const char *end;
    //! How many pieces of about five characters come in one event.
    int wordsPerEvent;
};

const QList<Dialect> &dialects();

//! An answer of so much text, event by event as that provider sends it.
QByteArray longStream(const Dialect &dialect, qsizetype textSize);

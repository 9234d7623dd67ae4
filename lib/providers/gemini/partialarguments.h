// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <map>
#include <memory>

namespace Maestro::Gemini {

//! The arguments of a call that Vertex streams value by value: {"jsonPath": "$.a[0].b",
//! "stringValue": "…"}. Strings grow, other values are set. Each piece costs the length of its
//! path.
class PartialArguments
{
public:
    explicit PartialArguments(const QJsonObject &initial = {});

    //! Pieces whose path cannot be followed are left out.
    void take(const QJsonArray &pieces);
    QJsonObject json() const;

private:
    struct Node
    {
        QJsonValue value = QJsonValue::Null; //!< where it is none of the following
        QString text = {};
        bool isText = false;
        std::map<QString, std::unique_ptr<Node>> members = {};
        std::map<int, std::unique_ptr<Node>> elements = {};

        QJsonValue json() const;
    };

    Node *nodeAt(QStringView path);

    QJsonObject m_initial;
    Node m_root;
};

} // namespace Maestro::Gemini

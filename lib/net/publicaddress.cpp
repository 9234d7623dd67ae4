// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/publicaddress.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr qsizetype LongestAddress = 2048;
constexpr int HttpsPort = 443;

bool isIn(const QHostAddress &address, const QList<QLatin1StringView> &subnets)
{
    return std::any_of(subnets.begin(), subnets.end(), [&address](QLatin1StringView subnet) {
        return address.isInSubnet(QHostAddress::parseSubnet(subnet));
    });
}

} // namespace

bool isPublicAddress(const QHostAddress &address)
{
    // RFC 6890 and its successors in IANA's registries of special-purpose addresses.
    static const QList<QLatin1StringView> specialFour{
        "0.0.0.0/8"_L1,      "10.0.0.0/8"_L1,     "100.64.0.0/10"_L1, "127.0.0.0/8"_L1,
        "169.254.0.0/16"_L1, "172.16.0.0/12"_L1,  "192.0.0.0/24"_L1,  "192.0.2.0/24"_L1,
        "192.88.99.0/24"_L1, "192.168.0.0/16"_L1, "198.18.0.0/15"_L1, "198.51.100.0/24"_L1,
        "203.0.113.0/24"_L1, "224.0.0.0/4"_L1,    "240.0.0.0/4"_L1};
    // Tunnels carry addresses of version 4 inside, and those may be anyone's.
    static const QList<QLatin1StringView> specialSix{"2001::/23"_L1, "2001:db8::/32"_L1,
                                                     "2002::/16"_L1, "3fff::/20"_L1};
    bool isFour = false;
    const quint32 four = address.toIPv4Address(&isFour); // of mapped ones, too
    if (isFour) {
        return !isIn(QHostAddress(four), specialFour);
    }
    return address.protocol() == QAbstractSocket::IPv6Protocol && isIn(address, {"2000::/3"_L1})
        && !isIn(address, specialSix);
}

bool isPublicPage(const QUrl &url)
{
    const QHostAddress literal(url.host());
    return url.isValid() && url.scheme() == "https"_L1 && !url.host().isEmpty()
        && url.userInfo().isEmpty() && url.port(HttpsPort) == HttpsPort
        && url.toEncoded().size() <= LongestAddress
        && (literal.isNull() || isPublicAddress(literal));
}

} // namespace Maestro

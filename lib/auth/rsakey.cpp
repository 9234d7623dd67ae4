// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/rsakey.h"

#include <memory>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace Maestro::OAuth {

namespace {

//! Less is not safe any more (RFC 7518 §3.3); more makes somebody else's key our work.
constexpr int FewestBits = 2048;
constexpr int MostBits = 8192;
constexpr qsizetype LongestExponent = 8;

template <auto Free>
struct Freer
{
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Number = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;

const unsigned char *octets(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

Number toNumber(const QByteArray &bytes)
{
    return Number(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
}

Key toKey(const RsaKey &key)
{
    if (key.modulus.size() > MostBits / 8 || key.exponent.size() > LongestExponent) {
        return {};
    }
    const Number modulus = toNumber(key.modulus);
    const Number exponent = toNumber(key.exponent);
    const Builder builder(OSSL_PARAM_BLD_new());
    // An exponent of 1 would make every padded digest its own signature.
    const bool isSafe = modulus && exponent && BN_num_bits(modulus.get()) >= FewestBits
        && BN_is_odd(modulus.get()) != 0 && BN_is_odd(exponent.get()) != 0
        && BN_is_one(exponent.get()) == 0;
    if (!isSafe || !builder
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
        return {};
    }
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY *made = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        return {};
    }
    return Key(made);
}

} // namespace

bool verifyRs256(const RsaKey &key, QByteArrayView bytes, QByteArrayView signature)
{
    const Key publicKey = toKey(key);
    const Digest digest(EVP_MD_CTX_new());
    const bool isValid = publicKey && digest
        && signature.size() == EVP_PKEY_get_size(publicKey.get())
        && EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, publicKey.get()) == 1
        && EVP_DigestVerify(digest.get(), octets(signature), static_cast<size_t>(signature.size()),
                            octets(bytes), static_cast<size_t>(bytes.size()))
            == 1;
    ERR_clear_error(); // what was wrong with it is nobody's business later on
    return isValid;
}

} // namespace Maestro::OAuth

// The packet authentication of libsrtp on OpenSSL (see srtpOnOpenssl.hpp):
// HMAC-SHA1 (RFC 2104), of which a packet carries the first octets.
#include "srtpOnOpenssl.hpp"
#include <cstdint>
#include <cstring>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <srtp2/auth.h>

extern "C"
{
	extern const srtp_auth_test_case_t srtp_hmac_test_case_0;
	extern const srtp_auth_type_t srtp_hmac;

	DebugModule srtp_mod_hmac{ 0, "hmac sha-1 openssl" };
}

namespace
{
	// In octets.
	constexpr int Sha1Length{ 20 };

	struct Mac
	{
		srtp_auth_t handle{};
		EVP_MAC_CTX* ctx{ nullptr };
	};

	srtp_err_status_t allocHmac(srtp_auth_pointer_t* out, int keyLength, int tagLength)
	{
		static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr);

		if (keyLength > Sha1Length || tagLength > Sha1Length)
		{
			return srtp_err_status_bad_param;
		}

		auto* ctx = EVP_MAC_CTX_new(algorithm);

		if (ctx == nullptr)
		{
			return srtp_err_status_alloc_fail;
		}

		auto* mac = new Mac();

		mac->ctx    = ctx;
		mac->handle = { &srtp_hmac, mac, tagLength, keyLength, 0 };
		*out        = &mac->handle;

		return srtp_err_status_ok;
	}

	srtp_err_status_t deallocHmac(srtp_auth_pointer_t handle)
	{
		auto* mac = static_cast<Mac*>(handle->state);

		EVP_MAC_CTX_free(mac->ctx);
		delete mac;

		return srtp_err_status_ok;
	}

	srtp_err_status_t initHmac(void* state, const uint8_t* key, int keyLength)
	{
		char digest[] = "SHA1";
		const OSSL_PARAM params[] = {
			OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
			OSSL_PARAM_construct_end(),
		};

		return statusOf(
		  EVP_MAC_init(static_cast<Mac*>(state)->ctx, key, static_cast<size_t>(keyLength), params) == 1,
		  srtp_err_status_auth_fail);
	}

	// Keeps the key and begins a new message.
	srtp_err_status_t startHmac(void* state)
	{
		return statusOf(
		  EVP_MAC_init(static_cast<Mac*>(state)->ctx, nullptr, 0, nullptr) == 1,
		  srtp_err_status_auth_fail);
	}

	srtp_err_status_t updateHmac(void* state, const uint8_t* message, int length)
	{
		return statusOf(
		  EVP_MAC_update(static_cast<Mac*>(state)->ctx, message, static_cast<size_t>(length)) == 1,
		  srtp_err_status_auth_fail);
	}

	srtp_err_status_t computeHmac(void* state, const uint8_t* message, int length, int tagLength, uint8_t* tag)
	{
		uint8_t whole[Sha1Length];
		size_t done{ 0 };

		if (
		  tagLength > Sha1Length || updateHmac(state, message, length) != srtp_err_status_ok ||
		  EVP_MAC_final(static_cast<Mac*>(state)->ctx, whole, &done, sizeof(whole)) != 1)
		{
			return srtp_err_status_auth_fail;
		}

		std::memcpy(tag, whole, static_cast<size_t>(tagLength));

		return srtp_err_status_ok;
	}
} // namespace

extern "C" const srtp_auth_type_t srtp_hmac{
	allocHmac,
	deallocHmac,
	initHmac,
	computeHmac,
	updateHmac,
	startHmac,
	"hmac sha-1 authentication function using openssl",
	&srtp_hmac_test_case_0,
	SRTP_HMAC_SHA1
};

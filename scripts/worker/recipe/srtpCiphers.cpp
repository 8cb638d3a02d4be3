// The ciphers of libsrtp on OpenSSL (see srtpOnOpenssl.hpp): AES in counter
// mode (RFC 3711 section 4.1.1) and in Galois counter mode (RFC 7714).
#include "srtpOnOpenssl.hpp"
#include <cstdint>
#include <cstring>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <srtp2/cipher.h>

extern "C"
{
	extern const srtp_cipher_test_case_t srtp_aes_icm_128_test_case_0;
	extern const srtp_cipher_test_case_t srtp_aes_icm_192_test_case_0;
	extern const srtp_cipher_test_case_t srtp_aes_icm_256_test_case_0;
	extern const srtp_cipher_test_case_t srtp_aes_gcm_128_test_case_0;
	extern const srtp_cipher_test_case_t srtp_aes_gcm_256_test_case_0;
	extern const srtp_cipher_type_t srtp_aes_icm_128;
	extern const srtp_cipher_type_t srtp_aes_icm_192;
	extern const srtp_cipher_type_t srtp_aes_icm_256;
	extern const srtp_cipher_type_t srtp_aes_gcm_128;
	extern const srtp_cipher_type_t srtp_aes_gcm_256;

	DebugModule srtp_mod_aes_icm{ 0, "aes icm openssl" };
	DebugModule srtp_mod_aes_gcm{ 0, "aes gcm openssl" };
}

namespace
{
	// All in octets.
	constexpr int GcmSaltLength{ 12 };
	constexpr int IcmSaltLength{ 14 };
	constexpr int BlockLength{ 16 };

	// The state of one direction's cipher. `tagLength` is set for GCM only.
	struct Cipher
	{
		srtp_cipher_t handle{};
		EVP_CIPHER_CTX* ctx{ nullptr };
		const EVP_CIPHER* algorithm{ nullptr };
		int tagLength{ 0 };
		uint8_t salt[BlockLength]{};
		int keyLength{ 0 };
	};

	srtp_err_status_t allocCipher(
	  srtp_cipher_pointer_t* out,
	  const srtp_cipher_type_t* type,
	  const EVP_CIPHER* algorithm,
	  int saltLength,
	  int givenKeyLength,
	  int tagLength)
	{
		const int keyLength = EVP_CIPHER_get_key_length(algorithm);

		if (givenKeyLength != keyLength + saltLength)
		{
			return srtp_err_status_bad_param;
		}

		auto* ctx = EVP_CIPHER_CTX_new();

		if (ctx == nullptr)
		{
			return srtp_err_status_alloc_fail;
		}

		auto* cipher = new Cipher();

		cipher->ctx       = ctx;
		cipher->algorithm = algorithm;
		cipher->keyLength = keyLength;
		cipher->tagLength = tagLength;
		cipher->handle    = { type, cipher, givenKeyLength, static_cast<int>(type->id) };
		*out              = &cipher->handle;

		return srtp_err_status_ok;
	}

	srtp_err_status_t deallocCipher(srtp_cipher_pointer_t handle)
	{
		auto* cipher = static_cast<Cipher*>(handle->state);

		EVP_CIPHER_CTX_free(cipher->ctx);
		OPENSSL_cleanse(cipher->salt, sizeof(cipher->salt));
		delete cipher;

		return srtp_err_status_ok;
	}

	bool transform(Cipher* cipher, uint8_t* out, const uint8_t* in, int length)
	{
		int done{ 0 };

		return length == 0 || EVP_CipherUpdate(cipher->ctx, out, &done, in, length) == 1;
	}

	/* Counter mode. The key is followed by 14 octets of salt. */

	template<const srtp_cipher_type_t& Type, const EVP_CIPHER* (*Algorithm)()>
	srtp_err_status_t allocIcm(srtp_cipher_pointer_t* out, int keyLength, int /*tagLength*/)
	{
		return allocCipher(out, &Type, Algorithm(), IcmSaltLength, keyLength, 0);
	}

	srtp_err_status_t initIcm(void* state, const uint8_t* key)
	{
		auto* cipher = static_cast<Cipher*>(state);

		std::memcpy(cipher->salt, key + cipher->keyLength, IcmSaltLength);

		return statusOf(
		  EVP_EncryptInit_ex(cipher->ctx, cipher->algorithm, nullptr, key, nullptr) == 1,
		  srtp_err_status_init_fail);
	}

	srtp_err_status_t setIcmIv(void* state, uint8_t* iv, srtp_cipher_direction_t /*direction*/)
	{
		auto* cipher = static_cast<Cipher*>(state);
		uint8_t counter[BlockLength];

		for (int i = 0; i < BlockLength; ++i)
		{
			counter[i] = static_cast<uint8_t>(cipher->salt[i] ^ iv[i]);
		}

		return statusOf(
		  EVP_EncryptInit_ex(cipher->ctx, nullptr, nullptr, nullptr, counter) == 1,
		  srtp_err_status_cipher_fail);
	}

	srtp_err_status_t transformIcm(void* state, uint8_t* buffer, unsigned int* length)
	{
		return statusOf(
		  transform(static_cast<Cipher*>(state), buffer, buffer, static_cast<int>(*length)),
		  srtp_err_status_cipher_fail);
	}

	/* Galois counter mode. The key is followed by 12 octets of salt, which
	 * libsrtp itself mixes into the nonce. */

	template<const srtp_cipher_type_t& Type, const EVP_CIPHER* (*Algorithm)()>
	srtp_err_status_t allocGcm(srtp_cipher_pointer_t* out, int keyLength, int tagLength)
	{
		return allocCipher(out, &Type, Algorithm(), GcmSaltLength, keyLength, tagLength);
	}

	srtp_err_status_t initGcm(void* state, const uint8_t* key)
	{
		auto* cipher = static_cast<Cipher*>(state);

		return statusOf(
		  EVP_CipherInit_ex(cipher->ctx, cipher->algorithm, nullptr, key, nullptr, 1) == 1,
		  srtp_err_status_init_fail);
	}

	srtp_err_status_t setGcmIv(void* state, uint8_t* iv, srtp_cipher_direction_t direction)
	{
		const int encrypt = direction == srtp_direction_encrypt ? 1 : 0;

		return statusOf(
		  EVP_CipherInit_ex(static_cast<Cipher*>(state)->ctx, nullptr, nullptr, nullptr, iv, encrypt) == 1,
		  srtp_err_status_cipher_fail);
	}

	srtp_err_status_t addGcmData(void* state, const uint8_t* data, uint32_t length)
	{
		return statusOf(
		  transform(static_cast<Cipher*>(state), nullptr, data, static_cast<int>(length)),
		  srtp_err_status_algo_fail);
	}

	srtp_err_status_t encryptGcm(void* state, uint8_t* buffer, unsigned int* length)
	{
		return statusOf(
		  transform(static_cast<Cipher*>(state), buffer, buffer, static_cast<int>(*length)),
		  srtp_err_status_cipher_fail);
	}

	srtp_err_status_t getGcmTag(void* state, uint8_t* tag, uint32_t* length)
	{
		auto* cipher = static_cast<Cipher*>(state);
		int done{ 0 };

		*length = static_cast<uint32_t>(cipher->tagLength);

		return statusOf(
		  EVP_EncryptFinal_ex(cipher->ctx, tag, &done) == 1 &&
		    EVP_CIPHER_CTX_ctrl(cipher->ctx, EVP_CTRL_AEAD_GET_TAG, cipher->tagLength, tag) == 1,
		  srtp_err_status_algo_fail);
	}

	// The tag is at the end of the buffer.
	srtp_err_status_t decryptGcm(void* state, uint8_t* buffer, unsigned int* length)
	{
		auto* cipher = static_cast<Cipher*>(state);
		int done{ 0 };

		if (*length < static_cast<unsigned int>(cipher->tagLength))
		{
			return srtp_err_status_bad_param;
		}

		const int dataLength = static_cast<int>(*length) - cipher->tagLength;

		if (
		  EVP_CIPHER_CTX_ctrl(
		    cipher->ctx, EVP_CTRL_AEAD_SET_TAG, cipher->tagLength, buffer + dataLength) != 1 ||
		  !transform(cipher, buffer, buffer, dataLength))
		{
			return statusOf(false, srtp_err_status_algo_fail);
		}

		*length = static_cast<unsigned int>(dataLength);

		return statusOf(
		  EVP_DecryptFinal_ex(cipher->ctx, buffer + dataLength, &done) == 1, srtp_err_status_auth_fail);
	}
} // namespace

#define ICM(bits, code)                                                                            \
	extern "C" const srtp_cipher_type_t srtp_aes_icm_##bits{                                         \
		allocIcm<srtp_aes_icm_##bits, EVP_aes_##bits##_ctr>,                                           \
		deallocCipher,                                                                                 \
		initIcm,                                                                                       \
		nullptr,                                                                                       \
		transformIcm,                                                                                  \
		transformIcm,                                                                                  \
		setIcmIv,                                                                                      \
		nullptr,                                                                                       \
		"AES-" #bits " counter mode using openssl",                                                    \
		&srtp_aes_icm_##bits##_test_case_0,                                                            \
		code                                                                                           \
	}

#define GCM(bits, code)                                                                            \
	extern "C" const srtp_cipher_type_t srtp_aes_gcm_##bits{                                         \
		allocGcm<srtp_aes_gcm_##bits, EVP_aes_##bits##_gcm>,                                           \
		deallocCipher,                                                                                 \
		initGcm,                                                                                       \
		addGcmData,                                                                                    \
		encryptGcm,                                                                                    \
		decryptGcm,                                                                                    \
		setGcmIv,                                                                                      \
		getGcmTag,                                                                                     \
		"AES-" #bits " GCM using openssl",                                                             \
		&srtp_aes_gcm_##bits##_test_case_0,                                                            \
		code                                                                                           \
	}

ICM(128, SRTP_AES_ICM_128);
ICM(192, SRTP_AES_ICM_192);
ICM(256, SRTP_AES_ICM_256);
GCM(128, SRTP_AES_GCM_128);
GCM(256, SRTP_AES_GCM_256);

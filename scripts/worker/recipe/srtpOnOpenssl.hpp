// Debian's libsrtp computes with NSS. With OpenSSL a packet costs half (GCM) to
// a quarter (counter mode with HMAC-SHA1). The objects in srtpCiphers.cpp and
// srtpHmac.cpp have the names that libsrtp's cryptographic kernel refers to, so
// the linker takes them and leaves NSS's out of the static library. At each
// start the kernel runs libsrtp's own known-answer tests on all of them, and
// srtp_init() fails if one does not pass.
#pragma once
#include <openssl/err.h>
#include <srtp2/srtp.h>

// As libsrtp's private err.h has it.
struct DebugModule
{
	int on;
	const char* name;
};

// OpenSSL keeps a thread's errors until they are read, and SSL_get_error()
// takes any it finds for its own connection's: a forged packet must not
// leave one behind for the next DTLS handshake.
inline srtp_err_status_t statusOf(bool ok, srtp_err_status_t otherwise)
{
	if (ok)
	{
		return srtp_err_status_ok;
	}

	ERR_clear_error();

	return otherwise;
}

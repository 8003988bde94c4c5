/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4), by libcrypto. */
#include "base/digest/digest.h"

/* The functions of one digest, and not those of EVP: they take no memory, look up
 * no provider and so cannot fail. EVP_MD_fetch() of OpenSSL 3.0 ends the program
 * where there is no memory for it. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdlib.h>

#include "base/thread/owner.h"

_Static_assert(DIGEST_BYTES == SHA256_DIGEST_LENGTH, "it is SHA-256");

struct digest {
	SHA256_CTX context;
	struct owner owner;
};

struct digest *digest_new(void)
{
	struct digest *digest = calloc(1, sizeof(*digest));

	if (digest && SHA256_Init(&digest->context) == 1)
		return digest;
	free(digest);
	return NULL;
}

void digest_free(struct digest *digest)
{
	free(digest);
}

void digest_hand_over(struct digest *digest)
{
	owner_hand_over(&digest->owner);
}

bool digest_add(struct digest *digest, const void *data, size_t len)
{
	owner_use(&digest->owner);
	return SHA256_Update(&digest->context, data, len) == 1;
}

static bool finish(SHA256_CTX *context, char hex[static DIGEST_HEX])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char raw[DIGEST_BYTES];

	if (SHA256_Final(raw, context) != 1)
		return false;
	for (unsigned i = 0; i < DIGEST_BYTES; i++) {
		hex[2 * i] = digits[raw[i] >> 4];
		hex[2 * i + 1] = digits[raw[i] & 15];
	}
	hex[2 * DIGEST_BYTES] = '\0';
	return true;
}

bool digest_end(struct digest *digest, char hex[static DIGEST_HEX])
{
	owner_use(&digest->owner);
	return finish(&digest->context, hex);
}

bool digest_so_far(const struct digest *digest, char hex[static DIGEST_HEX])
{
	SHA256_CTX copy = digest->context;

	return finish(&copy, hex);
}

bool digest_of(const void *data, size_t len, char hex[static DIGEST_HEX])
{
	struct digest digest = { 0 };

	return SHA256_Init(&digest.context) == 1 && digest_add(&digest, data, len) &&
	       finish(&digest.context, hex);
}

bool digest_raw(const void *data, size_t len, unsigned char out[static DIGEST_BYTES])
{
	struct digest digest = { 0 };

	return SHA256_Init(&digest.context) == 1 && digest_add(&digest, data, len) &&
	       SHA256_Final(out, &digest.context) == 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4), by libcrypto. */
#include "base/digest/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "base/thread/owner.h"

struct digest {
	EVP_MD_CTX *context;
	EVP_MD_CTX *copy;           /* of digest_so_far(); NULL: not asked yet */
	struct owner owner;
};

struct digest *digest_new(void)
{
	struct digest *digest = calloc(1, sizeof(*digest));

	if (!digest)
		return NULL;
	digest->context = EVP_MD_CTX_new();
	if (!digest->context ||
	    !EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL)) {
		digest_free(digest);
		return NULL;
	}
	return digest;
}

void digest_free(struct digest *digest)
{
	if (!digest)
		return;
	EVP_MD_CTX_free(digest->context);
	EVP_MD_CTX_free(digest->copy);
	free(digest);
}

void digest_hand_over(struct digest *digest)
{
	owner_hand_over(&digest->owner);
}

bool digest_add(struct digest *digest, const void *data, size_t len)
{
	owner_use(&digest->owner);
	return EVP_DigestUpdate(digest->context, data, len) == 1;
}

static bool finish(EVP_MD_CTX *context, char hex[static DIGEST_HEX])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned len = 0;

	if (EVP_DigestFinal_ex(context, raw, &len) != 1 || len != 32)
		return false;
	for (unsigned i = 0; i < len; i++) {
		hex[2 * i] = digits[raw[i] >> 4];
		hex[2 * i + 1] = digits[raw[i] & 15];
	}
	hex[64] = '\0';
	return true;
}

bool digest_end(struct digest *digest, char hex[static DIGEST_HEX])
{
	owner_use(&digest->owner);
	return finish(digest->context, hex);
}

bool digest_so_far(struct digest *digest, char hex[static DIGEST_HEX])
{
	owner_use(&digest->owner);
	if (!digest->copy)
		digest->copy = EVP_MD_CTX_new();
	return digest->copy &&
	       EVP_MD_CTX_copy_ex(digest->copy, digest->context) == 1 &&
	       finish(digest->copy, hex);
}

bool digest_of(const void *data, size_t len, char hex[static DIGEST_HEX])
{
	struct digest *digest = digest_new();
	bool done = digest && digest_add(digest, data, len) &&
		    digest_end(digest, hex);

	digest_free(digest);
	return done;
}

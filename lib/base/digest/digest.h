/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4), by libcrypto. */
#ifndef UNSPOOF_BASE_DIGEST_DIGEST_H
#define UNSPOOF_BASE_DIGEST_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#define DIGEST_BYTES 32
#define DIGEST_HEX 65      /* 64 hexadecimal digits and a NUL */

struct digest;

struct digest *digest_new(void);       /* NULL: out of memory */
void digest_free(struct digest *digest);
/* The thread is done with it, and another may use it: see base/thread/owner.h. */
void digest_hand_over(struct digest *digest);
bool digest_add(struct digest *digest, const void *data, size_t len);
/* Ends the digest and writes it in lower case; false when libcrypto failed.
 * The digest can only be freed after that. */
bool digest_end(struct digest *digest, char hex[static DIGEST_HEX]);
/* The digest of what was added so far, to which more can be added. */
bool digest_so_far(const struct digest *digest, char hex[static DIGEST_HEX]);
/* The digest of one block of bytes, for which no memory is taken; as bytes. */
bool digest_of(const void *data, size_t len, char hex[static DIGEST_HEX]);
bool digest_raw(const void *data, size_t len, unsigned char out[static DIGEST_BYTES]);

#endif
